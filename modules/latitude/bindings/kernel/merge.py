"""cdktf's way with objects (cdktf lib/util.js): `deepMerge`, and keys in snake case."""

import re
from typing import Any

from latitude.bindings.kernel.unknown import unknown

_ENDS = re.compile(r"^[^A-Za-z0-9]*|[^A-Za-z0-9]*$")
_HUMP = re.compile(r"([a-z0-9])([A-Z])")
_GAPS = re.compile(r"[^A-Za-z0-9]+|_+")


class Null:
    """JavaScript's null, which is written; None is its undefined, which is not."""


NULL = Null()


def merge(target: dict[str, Any], *sources: dict[str, Any]) -> dict[str, Any]:
    """Merge as `deepMerge` does: objects by key, lists one after the other, anything else replaced; None deletes.

    Raises:
        UnknownError: an object meets a list, of which JavaScript makes a list with keys, or a null.

    """
    for source in sources:
        for key, value in source.items():
            if type(value) is dict:
                found = target.get(key)
                if type(found) is list or found is NULL:
                    unknown(f"an object over a list at {key}")
                if type(found) is not dict:
                    found = target[key] = {}
                merge(found, value)
            elif value is None:
                target.pop(key, None)
            elif type(value) is list and type(target.get(key)) is list:
                target[key] = [*target[key], *value]
            else:
                target[key] = value
    return target


def snake_case(text: str) -> str:
    """Return a key in snake case (`snakeCase`)."""
    return _GAPS.sub("_", _HUMP.sub(r"\1_\2", _ENDS.sub("", text))).lower()


def keys_to_snake_case(value: Any) -> Any:
    """Return a value with its keys in snake case, but for what stands below `tags` and `environment`."""
    if type(value) is list:
        return [keys_to_snake_case(item) for item in value]
    if type(value) is not dict:
        return value
    return {
        key if key in {"tags", "environment"} else snake_case(key): item
        if key in {"tags", "environment"}
        else keys_to_snake_case(item)
        for key, item in value.items()
    }
