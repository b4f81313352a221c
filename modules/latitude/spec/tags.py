"""Tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Letters, Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_SOURCE: Final = "IAM CreateRole; AWS tagging rules"
_MOST: Final = 45
_MOST_IN_ROUTE_53: Final = 10
_NAME: Final = "Name"
_CASE: Final = "IAM User Guide, tagging: keys of a role are not case-sensitive"
_IGNORED: Final = "AWS provider, ignore_tags"
_OTHERS: Final = "_.:/=+-@"
_TEXT: Final = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]"
"""Letters, spaces and digits of every script, as IAM has it; no signs, emoji, or accents that stand by themselves."""
_WORDS: Final = "letters, digits, spaces and _ . : / = + - @"


@dataclass(frozen=True, kw_only=True)
class DistinctKeys(Limit):
    """Keys that differ in more than case."""

    def allows(self, value: Mapping[str, str]) -> bool:
        """Say whether no two keys are the same in lower case."""
        return len({key.lower() for key in value}) == len(value)

    @property
    def allowed(self) -> str:
        """The limit in words."""
        return "keys that differ in more than upper and lower case"


TagKey = Annotated[
    str,
    Letters(
        regex=f"{_TEXT}+",
        categories="LZN",
        others=_OTHERS,
        but_not=r"(?i:aws):.*",
        words=f"{_WORDS}, not beginning with aws:",
        source=_SOURCE,
        shape="iam:CreateRole.Tags[].Key",
    ),
    Length(minimum=1, maximum=128, source=_SOURCE, shape="iam:CreateRole.Tags[].Key"),
]
TagValue = Annotated[
    str,
    Letters(
        regex=f"{_TEXT}*",
        categories="LZN",
        others=_OTHERS,
        words=_WORDS,
        source=_SOURCE,
        shape="iam:CreateRole.Tags[].Value",
    ),
    Length(minimum=0, maximum=256, source=_SOURCE, shape="iam:CreateRole.Tags[].Value"),
]
Tags = Annotated[
    dict[TagKey, TagValue],
    Length(
        minimum=0,
        maximum=_MOST,
        unit="tags",
        source="AWS tagging rules: 50, five kept for Latitude's own",
        shape="iam:CreateRole.Tags",
    ),
    DistinctKeys(source=_CASE),
]


class IgnoredTags(Part):
    """Tags that somebody else gives to what Latitude makes, such as an organization's tag policy.

    Terraform neither shows nor removes them.
    """

    keys: Annotated[
        tuple[TagKey, ...], Length(minimum=0, maximum=50, unit="keys", source="AWS tagging rules: 50 tags")
    ] = ()
    """Whole keys, such as ``LastSeen``."""
    key_prefixes: Annotated[
        tuple[TagKey, ...], Length(minimum=0, maximum=50, unit="prefixes", source="AWS tagging rules: 50 tags")
    ] = ()
    """Beginnings of keys, such as ``c7n:``."""

    @rule
    def _not_stated(self, application: Application) -> Iterator[Fault]:
        """Ignore no tag that the description gives: Terraform would never be done with it."""
        stated = dict.fromkeys([_NAME, *application.default_tags])
        for service in application.services:
            stated |= dict.fromkeys(service.tags)
        for table in application.tables:
            stated |= dict.fromkeys(table.tags)
        for field, given in (("keys", self.keys), ("key_prefixes", self.key_prefixes)):
            for index, ignored in enumerate(given):
                found = [key for key in stated if (key == ignored if field == "keys" else key.startswith(ignored))]
                if found:
                    yield fault(
                        field,
                        index,
                        message=f"must not be of a tag that is given here, got {ignored!r} and the tag {found[0]!r} "
                        f"({_IGNORED}: a perpetual difference)",
                    )


def default_tags(name: str, tags: Mapping[str, str], of_parts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the tags of everything: Latitude's own, and those of the application, ``tags``, which win.

    Latitude spells its own keys as the description does, here or in a part's tags: for IAM two that differ only in case
    are the same ("Duplicate tag keys found").
    """
    own = {"Application": name, "ManagedBy": "Latitude"}
    spelled: dict[str, str] = {}
    for stated in (tags, *of_parts):
        for key in stated:
            spelled.setdefault(key.lower(), key)
    return {**{spelled.get(key.lower(), key): value for key, value in own.items()}, **tags}


def route_53_tags(*stated: Mapping[str, str]) -> int:
    """Return how many tags a health check or a hosted zone has, with its name."""
    return len({_NAME, *(key for tags in stated for key in tags)})


def route_53_faults(count: int, whose: str) -> Iterator[Fault]:
    """Yield a fault if a health check or a hosted zone has more tags than Route 53 takes."""
    if count > _MOST_IN_ROUTE_53:
        yield fault(
            "tags",
            message=f"must leave {whose} at most {_MOST_IN_ROUTE_53} tags with Latitude's own and {_NAME}, got "
            f"{count} (Route 53 ChangeTagsForResource)",
        )


def case_faults(tags: Mapping[str, str], of_application: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each of a part's keys that the application, or another part, spells in another case."""
    spelled = {key.lower(): key for key in of_application}
    for key in tags:
        elsewhere = spelled.get(key.lower(), key)
        if elsewhere != key:
            yield fault(
                "tags", key, message=f"must be spelled {elsewhere!r}, as it is elsewhere, got {key!r} ({_CASE})"
            )


def tag_faults(tags: Mapping[str, str], of_application: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault if a part's own tags and the application's are too many together."""
    count = len({*tags, *of_application})
    if count > _MOST:
        yield fault(
            "tags",
            message=f"must be at most {_MOST} with the application's, got {count} "
            "(AWS tagging rules: 50, five kept for Latitude's own)",
        )
