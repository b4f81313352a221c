"""Facts about the checks of arguments: the same errors as typeguard's, the first time and the second."""

import typing
from typing import Any

import pytest
import typeguard

from latitude.bindings import aws, cdktf, checks

ORIGINAL = vars(typeguard.check_type).get("__wrapped__", typeguard.check_type)


@pytest.fixture
def stack() -> Any:
    """Make a stack to put resources into."""
    return cdktf.TerraformStack(cdktf.Testing.app(), "stack")


def test_check_refuses_what_typeguard_refuses_every_time(stack: Any) -> None:
    """A number in place of a text gives typeguard's TypeError, also after texts have passed."""
    aws.ecr_repository.EcrRepository(stack, "right", name="web")
    for name in ("first", "second"):
        with pytest.raises(TypeError, match="type of argument name must be str; got int instead"):
            aws.ecr_repository.EcrRepository(stack, name, name=1)


def test_check_looks_into_lists(stack: Any) -> None:
    """That a list of texts passed says nothing about a list with a number in it."""
    record = aws.route53_record.Route53Record
    record(stack, "right", zone_id="Z", name="n", type="A", records=["192.0.2.1"])
    with pytest.raises(TypeError, match="type of argument records must be one of"):
        record(stack, "wrong", zone_id="Z", name="n", type="A", records=["192.0.2.1", 2])


def test_check_of_a_structs_field_is_typeguards() -> None:
    """A struct's own constructor is checked too."""
    with pytest.raises(TypeError, match="type of argument name must be str; got int instead"):
        aws.dynamodb_table.DynamodbTableAttribute(name=1, type="S")


@pytest.mark.parametrize(
    ("value", "hint", "right"),
    [
        ([1, 2], list[int], True),
        ([1, "2"], list[int], False),
        ((1, 2), typing.Sequence[int], True),
        ({"a": [1]}, dict[str, list[int]], True),
        ({"a": [None]}, dict[str, list[int]], False),
        ({1: "a"}, dict[str, str], False),
        (True, int, True),
        (1.5, int, False),
        (None, int | None, True),
        ({1}, set[str], False),
    ],
)
def test_check_agrees_with_typeguard(value: Any, hint: Any, right: bool) -> None:  # noqa: FBT001  a case's column
    """For each shape the answer is typeguard's own, and it is the same when it comes from memory."""
    quick = checks._check_once(ORIGINAL)
    for _ in range(2):
        if right:
            quick(argname="x", value=value, expected_type=hint)
        else:
            with pytest.raises(TypeError):
                quick(argname="x", value=value, expected_type=hint)


def test_check_remembers_a_shape_and_asks_typeguard_once() -> None:
    """Values of one shape reach typeguard once for each hint."""
    seen: list[Any] = []
    quick = checks._check_once(lambda **arguments: seen.append(arguments["value"]))
    hint, other = list[str], list[Any]
    for value in (["a"], ["b", "c"], ["d"]):
        quick(argname="x", value=value, expected_type=hint)
    quick(argname="x", value=["e"], expected_type=other)
    assert seen == [["a"], ["e"]]


def test_hints_of_other_functions_are_pythons_own() -> None:
    """typing.get_type_hints keeps nothing of a function that is not one of jsii's stubs."""

    def function(argument: int) -> None: ...

    assert typing.get_type_hints(function) == {"argument": int, "return": type(None)}
    function.__annotations__["argument"] = str
    assert typing.get_type_hints(function)["argument"] is str
