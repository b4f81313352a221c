"""What Latitude writes is taken by every version of the provider that its constraint allows, as far as is known."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.support.emitted import Path, emitted, referenced
from tests.support.provider_schemas import FILE, camel

SCHEMAS: Final[dict[str, dict[str, Any]]] = json.loads(FILE.read_text("utf-8"))
STRONG_ALONE: Final = {
    ("aws_dynamodb_table", ("global_table_witness",)),
    ("aws_dynamodb_table", ("global_table_witness", "region_name")),
    ("aws_dynamodb_table", ("replica", "consistency_mode")),
    ("aws_dynamodb_table", ("replica", "deletion_protection_enabled")),
}
"""Of strongly consistent tables, whose stack requires provider 6.22."""
DEPRECATED_LATER: Final = {
    ("aws_dynamodb_table", ("global_secondary_index", "hash_key")),
    ("aws_dynamodb_table", ("global_secondary_index", "range_key")),
}
"""Newer 6.x warn of these, and want ``key_schema``, which 5.x and 6.25 don't know: docs/adr/0086."""


def _takes(arguments: dict[str, Any], path: Path) -> bool:
    taken: Any = arguments
    for name in path:
        if taken is None:
            return True  # a map, whose keys are the user's
        if camel(name) not in taken:
            return False
        taken = taken[camel(name)]
    return True


@pytest.mark.parametrize("version", SCHEMAS)
def test_types_that_are_written_are_in_the_file(version: str) -> None:
    """A new type is added by the command in tests/support/provider_schemas.py."""
    assert set(emitted()) - set(SCHEMAS[version]) == set()


@pytest.mark.parametrize("version", SCHEMAS)
def test_arguments_that_are_written_exist_and_can_be_set(version: str) -> None:
    """Arguments that a later major took away, or made read-only, would end every user's plan."""
    strangers = {
        (kind, path)
        for kind, paths in emitted().items()
        for path in paths
        if kind in SCHEMAS[version] and not _takes(SCHEMAS[version][kind]["arguments"], path)
    }
    assert strangers == (STRONG_ALONE if version.startswith("5.") else set())


@pytest.mark.parametrize("version", SCHEMAS)
def test_attributes_that_are_read_exist(version: str) -> None:
    """An attribute that is renamed ends a plan as well."""
    strangers = {
        (kind, attribute)
        for kind, attributes in referenced().items()
        for attribute in attributes
        if kind in SCHEMAS[version] and camel(attribute) not in SCHEMAS[version][kind]["attributes"]
    }
    assert strangers == set()


def test_nothing_that_is_written_is_deprecated() -> None:
    """Provider 5.100 marks what a later major takes away; the bindings of later ones don't say."""
    schema = SCHEMAS["5.100.0"]
    written = {
        (kind, ".".join(camel(name) for name in path[:length]))
        for kind, paths in emitted().items()
        for path in paths
        for length in range(1, len(path) + 1)
    }
    assert [each for each in sorted(written) if each[1] in schema.get(each[0], {}).get("deprecated", [])] == []


def test_what_later_versions_deprecate_is_still_written() -> None:
    """The list of known warnings shrinks with its reasons."""
    found = emitted()
    assert {(kind, path) for kind, path in DEPRECATED_LATER if path not in found[kind]} == set()


def test_argument_that_no_version_knows_is_found() -> None:
    """The check can fail."""
    assert not _takes(SCHEMAS["6.69.1"]["aws_dynamodb_table"]["arguments"], ("ttl", "enable"))
    assert _takes(SCHEMAS["6.69.1"]["aws_dynamodb_table"]["arguments"], ("ttl", "enabled"))
    assert _takes(SCHEMAS["6.69.1"]["aws_dynamodb_table"]["arguments"], ("tags", "Any thing"))
