"""Tags."""

from __future__ import annotations

from typing import Annotated

from modules.spec.limits import Length, Pattern

TagKey = Annotated[
    str,
    Pattern(regex=r"(?!aws:).+", words="a key that does not begin with aws:", source="AWS tagging rules"),
    Length(minimum=1, maximum=128, source="AWS tagging rules"),
]
TagValue = Annotated[str, Length(minimum=0, maximum=256, source="AWS tagging rules")]
Tags = Annotated[
    dict[TagKey, TagValue],
    Length(minimum=0, maximum=45, unit="tags", source="AWS tagging rules: 50, five kept for default tags"),
]
