"""Both sides of every bound of the description, taken from the limits in the models' annotations."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from latitude.spec import GlobalIndex, LocalIndex
from latitude.spec.inspection import annotation_of, limits, models
from latitude.spec.limits import Length, Limit, OneOf, Pattern, Range

_MODELS: Final = {model.__name__: model for model in models()}
_ENTRIES: Final = (
    GlobalIndex(name="by-name", hash_key="name"),
    LocalIndex(name="by-date", range_key="date"),
    "subnet-0123456789abcdef0",
    "sg-0123456789abcdef0",
    "123456789012",
    "eu-west-1",
    "arn:aws:iam::123456789012:root",
    "arn:aws:iam::123456789012:role/deploy",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "dynamodb:GetItem",
    "ecr:BatchGetImage",
    "*",
)
"""Entries for collections: each collection of the description takes one of them."""
_TEXTS: Final = (
    *("a{}", "/{}", "Z{}", "public.ecr.aws/a/{}", "arn:aws:iam::123456789012:role/{}"),
    *("arn:aws:iam::123456789012:policy/{}", "{}"),
)
"""Beginnings of texts of a given length: each text of the description that has a maximum takes one of them."""

CASES: Final = [(name, limit) for name, found in limits().items() for limit in found]


def of_kind(kind: type[Limit]) -> pytest.MarkDecorator:
    """Return the parametrization of a test by every limit of a kind."""
    cases = [case for case in CASES if isinstance(case[1], kind)]
    return pytest.mark.parametrize(("name", "limit"), cases, ids=[f"{name}: {limit.allowed}" for name, limit in cases])


@cache
def adapter(name: str) -> TypeAdapter[Any]:
    """Return what checks a field by itself, without the rules that look at others."""
    model, field, *_ = re.split(r"\W", name)
    return TypeAdapter(annotation_of(_MODELS[model], field))


def messages(name: str, value: Any) -> list[str]:
    """Return what limits say of a value, put at the place that ``name`` gives, as in ``Service.environment{key}``."""
    try:
        adapter(name).validate_python(placed(name, value))
    except ValidationError as error:
        return [detail["msg"] for detail in error.errors() if detail["type"] == "limit"]
    return []


def sized(name: str, limit: Length, length: int) -> Any:
    """Return a value of a length that every other limit at the same place allows, or any if there is none."""
    if limit.unit == "characters":
        others = [other for other in limits()[name] if isinstance(other, Pattern)]
        texts = [(form.format("") + "a" * length)[:length] for form in _TEXTS]
        texts += [text.upper() for text in texts]
        texts.append(f"/{'a' * (length - 2)}/"[:length])
        texts += [".".join(["a" * 49] * 6)[: length - 1] + "a"] if length else []
        return next((text for text in texts if all(other.allows(text) for other in others)), texts[0])
    if name.endswith("tags"):
        return {f"key-{number}": "" for number in range(length)}
    middle = max(limit.minimum, 1)
    return next((entry,) * length for entry in _ENTRIES if fits(name, (entry,) * middle))


def placed(name: str, value: Any) -> Any:
    """Return what has a value at the place that ``name`` gives."""
    for step in reversed(re.findall(r"\[\]|\{key\}|\{value\}", name)):
        value = (value,) if step == "[]" else {value: "S"} if step == "{key}" else {"us-east-1": value}
    return value


def fits(name: str, value: object) -> bool:
    """Say whether a field takes a value at the place that ``name`` gives."""
    try:
        adapter(name).validate_python(placed(name, value))
    except ValidationError:
        return False
    return True


@of_kind(Range)
def test_spec_range_ends_where_it_says(name: str, limit: Range) -> None:
    """Both ends of a range are allowed, and the numbers beyond them refused with the range and its source."""
    assert messages(name, limit.minimum) == messages(name, limit.maximum) == []
    for beyond in (limit.minimum - 1, limit.maximum + 1):
        assert messages(name, beyond) == [
            f"must be {limit.minimum} to {limit.maximum}, got {beyond} ({limit.source})",
        ]


@of_kind(Range)
@pytest.mark.parametrize("value", [True, "7", 7.0, 7.5])
def test_spec_range_takes_whole_numbers_only(name: str, limit: Range, value: object) -> None:
    """What Python or pydantic would count as a number, but nobody means as one, is refused."""
    assert messages(name, value) == [f"must be {limit.allowed}, got {value!r} ({limit.source})"]


@of_kind(Length)
def test_spec_length_ends_where_it_says(name: str, limit: Length) -> None:
    """Values of the smallest and of the greatest length are allowed, and longer ones refused with their length."""
    assert not [said for said in messages(name, sized(name, limit, limit.minimum)) if limit.allowed in said]
    assert messages(name, sized(name, limit, limit.maximum)) == []
    too_long = messages(name, sized(name, limit, limit.maximum + 1))
    assert len(too_long) == 1
    assert too_long[0].startswith(f"must be {limit.allowed}, got {limit.maximum + 1}: ")
    assert too_long[0].endswith(f"({limit.source})")


@of_kind(Length)
def test_spec_length_below_the_minimum_is_refused(name: str, limit: Length) -> None:
    """A value that is too short is refused, by the length or by the pattern of the same value."""
    if limit.minimum:
        allowed = [other.allowed for other in limits()[name]]
        said = messages(name, sized(name, limit, limit.minimum - 1))
        assert len(said) == 1
        assert any(said[0].startswith(f"must be {words}, got ") for words in allowed)


@of_kind(OneOf)
def test_spec_choice_takes_its_values_and_no_other(name: str, limit: OneOf) -> None:
    """Every value of a list is allowed; another is refused with the list and its source."""
    for value in limit.values:
        assert messages(name, value) == []
    other = f"{limit.values[0]}X" if isinstance(limit.values[0], str) else max(map(int, limit.values)) + 1
    listed = ", ".join(str(value) for value in limit.values)
    assert messages(name, other) == [f"must be one of {listed}, got {other!r} ({limit.source})"]


def distinct(kind: type[Pattern]) -> list[tuple[str, Pattern]]:
    """Return each pattern once, with the first place that has it."""
    return list({limit: (name, limit) for name, limit in reversed(CASES) if type(limit) is kind}.values())


@pytest.mark.parametrize(("name", "limit"), distinct(Pattern), ids=[limit.words for _, limit in distinct(Pattern)])
@settings(max_examples=10)
@given(data=st.data())
def test_spec_pattern_decides(name: str, limit: Pattern, data: st.DataObject) -> None:
    """A text that matches a pattern is not refused by it, and every other text is, with the pattern in words."""
    # ASCII, and short: a text that matches should be one that can be read.
    matching = st.from_regex(limit.regex, fullmatch=True, alphabet=st.characters(codec="ascii"))
    text = data.draw(st.one_of(matching.filter(lambda text: len(text) < 120), st.text(max_size=8)))
    said = [message for message in messages(name, text) if message.startswith(f"must be {limit.words}, got ")]
    assert bool(said) is not limit.allows(text)


@pytest.mark.parametrize("limit", [limit for _, limit in distinct(Pattern)], ids=lambda limit: limit.words)
def test_spec_pattern_is_one_of_terraform_too(limit: Pattern) -> None:
    """No pattern uses what Terraform's regular expressions (RE2) lack: look-around and references back."""
    for regex in filter(None, (limit.regex, limit.but_not)):
        assert re.search(r"\(\?(?!:|i:)|\\[1-9]|[*+?}]\+", regex) is None


def test_spec_bounds_are_all_of_a_tested_kind() -> None:
    """No limit is of a kind that the tests above don't know, but for S3's and the tags' own rules."""
    kinds = {type(limit).__name__ for _, limit in CASES}
    assert kinds == {"Range", "Length", "Pattern", "Letters", "OneOf", "BucketRules", "DistinctKeys"}


@pytest.mark.parametrize("limit", [limit for _, limit in CASES], ids=lambda limit: f"{type(limit).__name__}")
def test_spec_bounds_cite_a_source(limit: Limit) -> None:
    """Every bound says who says so."""
    assert limit.source.split()[0] in {
        "AWS", "Amazon", "App", "DynamoDB", "ECR", "GitHub,", "HCP", "IAM", "KMS", "Latitude:", "OCI", "RFC",
        "Route", "SSM", "STS", "Secrets", "TCP", "Terraform,", "WAFv2", "git",
    }  # fmt: skip
