"""Values on both sides of every limit of a module's variables, taken from the limits in their annotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args, get_origin

from latitude.hcl.fields import REQUIRED, MapOf, OrNull, Shape, fields_of, unwrapped
from latitude.spec.base import Part
from latitude.spec.limits import Length, Limit, OneOf, Pattern, Range
from latitude.spec.tags import DistinctKeys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from latitude.hcl.fields import Field

_KEY: Final = "12345678-1234-1234-1234-123456789012"
_TEXTS: Final = (
    *(
        "a",
        "web",
        "orders",
        "id",
        "sid",
        "1.0",
        "/",
        "main",
        "shop.example.com",
        "123456789012",
        "by-name",
        "{region}.{domain}",
    ),
    *("https://github.com/example/web", "public.ecr.aws/nginx/nginx:stable", f"sha256:{'0' * 64}"),
    *(
        "sqs:SendMessage",
        "dynamodb:GetItem",
        "ecr:BatchGetImage",
        "0123456789abcdef0123456789abcdef",
        "StringEquals",
        "aws:SourceVpc",
        "Z0123456789ABCDEFGHIJ",
    ),
    *("subnet-0123456789abcdef0", "sg-0123456789abcdef0", "vpc-0123456789abcdef0", "vpce-0123456789abcdef0", "*"),
    f"arn:aws:kms:us-east-1:123456789012:key/{_KEY}",
    "arn:aws:apprunner:us-east-1:123456789012:connection/web/0123",
    "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/web/0123",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:web-AbCdEf",
    "arn:aws:iam::123456789012:role/web",
)
"""Each pattern of the variables allows one of them."""
_BAD_TEXTS: Final = ("A B\n", "{", "-", "PORT", "")
"""Each pattern of the variables refuses one of them."""
_BEGINNINGS: Final = ("a", "/", "Z", "public.ecr.aws/a/", "arn:aws:iam::123456789012:role/", "")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A value of a variable, and the beginnings of the messages with which it is refused; none where it is not."""

    variable: str
    value: Any
    refused: tuple[str, ...]


def cases_of(field: Field) -> Iterator[Case]:
    """Yield values of a variable, each on one side of a limit, everything else in them being as it should be."""
    for value, refused in _cases(field.annotation, field.name, lambda value: value):
        yield Case(variable=field.name, value=value, refused=refused)


def rounds(cases: Sequence[Case], needs: Mapping[str, set[str]]) -> list[list[Case]]:
    """Return the cases in few rounds; ``needs`` has the other variables that a variable's validations name.

    No round refuses a variable twice, nor one that another's validations need: those are not looked at then.
    """
    found: list[list[Case]] = []
    for case in cases:
        apart = {case.variable} | needs.get(case.variable, set())
        apart |= {variable for variable, needed in needs.items() if case.variable in needed}
        free = (each for each in found if apart.isdisjoint(other.variable for other in each))
        taken = next(free, None)
        if taken is None:
            found.append([case])
        else:
            taken.append(case)
    return found


def _cases(annotation: Any, path: str, wrap: Callable[[Any], Any]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    own = list(_limits(annotation))
    for limit in own:
        for value in _samples(limit, own, annotation):
            refused = tuple(f"{path}: must be {each.allowed}" for each in own if not _allows(each, value))
            yield wrap(value), refused
    plain, _ = unwrapped(annotation)
    origin, arguments = get_origin(plain), get_args(plain)
    if origin is Literal:
        yield wrap(f"{arguments[0]}X"), (f"{path}: must be {' or '.join(map(repr, arguments))}",)
        yield from ((wrap(value), ()) for value in arguments)
    elif _is_object(plain):
        required = {field.name: valid(field.annotation) for field in fields_of(plain) if field.default is REQUIRED}
        for field in fields_of(plain):
            yield from _cases(
                field.annotation,
                f"{path}.{field.name}",
                lambda value, name=field.name: wrap({**required, name: value}),  # type: ignore[misc]  # a bound name
            )
    elif origin in {tuple, frozenset}:
        yield from _cases(arguments[0], f"{path}[*]", lambda value: wrap([value]))
    elif origin is dict or isinstance(plain, MapOf):
        key, entry = arguments if origin is dict else (plain.key, plain.value)
        yield from _cases(key, path, lambda name: wrap({name: valid(entry)}))
        yield from _cases(entry, f"{path}[*]", lambda value: wrap({valid(key): value}))


def valid(annotation: Any) -> Any:
    """Return a value that an annotation allows."""
    plain, _ = unwrapped(annotation)
    origin, arguments = get_origin(plain), get_args(plain)
    if origin is Literal:
        return arguments[0]
    if _is_object(plain):
        return {field.name: valid(field.annotation) for field in fields_of(plain) if field.default is REQUIRED}
    if origin in {tuple, frozenset}:
        return [valid(arguments[0])]
    if origin is dict or isinstance(plain, MapOf):
        key, entry = arguments if origin is dict else (plain.key, plain.value)
        return {valid(key): valid(entry)}
    limits = list(_limits(annotation))
    if plain is int:
        return next((limit.minimum for limit in limits if isinstance(limit, Range)), 1)
    return next(text for text in _TEXTS if all(limit.allows(text) for limit in limits)) if plain is str else True


def _samples(limit: Limit, limits: Sequence[Limit], annotation: Any) -> Iterator[Any]:
    if isinstance(limit, Range):
        yield from (limit.minimum, limit.maximum, limit.minimum - 1, limit.maximum + 1, limit.minimum + 0.5)
    elif isinstance(limit, OneOf):
        yield from limit.values
        yield f"{limit.values[0]}X" if isinstance(limit.values[0], str) else max(map(int, limit.values)) + 1
    elif isinstance(limit, Pattern):
        yield next(text for text in _TEXTS if all(each.allows(text) for each in limits))
        yield next(text for text in _BAD_TEXTS if not limit.allows(text))
    elif isinstance(limit, Length):
        lengths = {limit.minimum - 1, limit.minimum, limit.maximum, limit.maximum + 1}
        yield from (_sized(limit, limits, annotation, length) for length in sorted(lengths) if length >= 0)
    elif isinstance(limit, DistinctKeys):
        yield {"team": "a", "Team": "b"}


def _sized(limit: Length, limits: Sequence[Limit], annotation: Any, length: int) -> Any:
    plain, _ = unwrapped(annotation)
    if get_origin(plain) is dict:
        return {f"key-{number}": "" for number in range(length)}
    if get_origin(plain) is not None:
        return [valid(get_args(plain)[0])] * length
    texts = [(beginning + "a" * length)[:length] for beginning in _BEGINNINGS]
    texts.append((".".join(["a" * 49] * 6)[: length - 1] + "a")[:length])
    others = [other for other in limits if other is not limit]
    return next((text for text in texts if all(other.allows(text) for other in others)), texts[0])


def _allows(limit: Limit, value: Any) -> bool:
    return limit.allows(value) and not (isinstance(limit, Range) and isinstance(value, float))


def _limits(annotation: Any) -> Iterator[Limit]:
    """Yield the limits of a value itself, in the order of the validations."""
    if isinstance(annotation, OrNull):
        yield from _limits(annotation.value)
    elif get_origin(annotation) is Annotated:
        yield from (part for part in get_args(annotation)[1:] if isinstance(part, Limit))
        yield from _limits(get_args(annotation)[0])
    elif type(None) in get_args(annotation):
        for argument in get_args(annotation):
            yield from _limits(argument)


def _is_object(plain: Any) -> bool:
    return isinstance(plain, Shape) or (
        isinstance(plain, type) and get_origin(plain) is None and issubclass(plain, Part)
    )
