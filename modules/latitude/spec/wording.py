"""What pydantic finds wrong, in Latitude's words: what is allowed, and what was given."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from latitude.spec.faults import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_WORDS: Mapping[str, str] = {
    "bool_parsing": "True or False",
    "bool_type": "True or False",
    "dict_type": "a dict",
    "frozen_set_type": "a set",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "string_type": "text",
    "tuple_type": "a tuple or a list",
}


def in_our_words(model: type[BaseModel], detail: ErrorDetails, not_offered: Mapping[str, str]) -> Fault:
    """Return a fault that pydantic found in a model; ``not_offered`` says why a name is no field of it."""
    location = tuple(step for step in detail["loc"] if step != "[key]" and not str(step).startswith("<"))
    kind = detail["type"]
    if kind == "limit":
        return Fault(location, detail["msg"])
    if kind == "missing":
        return Fault(location, f"is required ({model.__name__})")
    if kind == "extra_forbidden":
        why = not_offered.get(str(location[-1]))
        if why is not None:
            return Fault(location, f"{why}, got {shown(detail['input'])}")
        names = list(model.model_fields)
        near = difflib.get_close_matches(str(location[-1]), names, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        return Fault(location, f"is not a field of {model.__name__}; {hint}its fields are {', '.join(names)}")
    context = detail.get("ctx", {})
    if kind == "union_tag_invalid":
        allowed = _either([f"{name}(…)" for name in re.findall(r"<(\w+)>", context["expected_tags"])])
    elif kind == "is_instance_of":
        allowed = f"{context['class']}(…)"
    elif kind == "literal_error":
        allowed = context["expected"]
    else:
        allowed = _WORDS.get(kind, detail["msg"])
    return Fault(location, f"must be {allowed}, got {shown(detail['input'])} ({model.__name__})")


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
