"""Tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import fault
from latitude.spec.limits import Length, Letters, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from latitude.spec.faults import Fault

_SOURCE: Final = "IAM CreateRole; AWS tagging rules"
_MOST: Final = 45
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
    DistinctKeys(source="IAM User Guide, tagging: keys of a role are not case-sensitive"),
]


def tag_faults(tags: Mapping[str, str], of_application: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault if a part's own tags and the application's are too many together."""
    count = len({*tags, *of_application})
    if count > _MOST:
        yield fault(
            "tags",
            message=f"must be at most {_MOST} with the application's, got {count} "
            "(AWS tagging rules: 50, five kept for Latitude's own)",
        )
