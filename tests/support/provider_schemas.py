"""What versions of the AWS provider take and give, of the types that Latitude writes: ``provider_schemas.json``.

Provider 5.100 says it itself (``terraform providers schema``). For later ones the bindings made from their schemas do:
the installed ones, and a wheel of their community continuation, which follows the newest provider:

    pip download --no-deps cdktn-provider-aws
    python -m tests.support.provider_schemas SCHEMA.json cdktn_provider_aws-*.whl

``SCHEMA.json`` is what ``terraform providers schema -json`` prints in a folder with provider 5.100.
"""

from __future__ import annotations

import importlib.metadata
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_suffix(".json")
_DOCUMENTED: Final = re.compile(
    r"registry\.terraform\.io/providers/hashicorp/aws/([0-9.]+)/docs/(resources|data-sources)/(\w+)"
)
_ADDED: Final = {"connection", "count", "dependsOn", "forEach", "lifecycle", "provider", "provisioners"}
"""What CDKTF gives the configuration of each type, beside the provider's arguments."""

Arguments = dict[str, Any]
"""By name in camel case, as CDKTF has them: ``None``, or what a block or a nested object takes."""


def camel(name: str) -> str:
    """Return an argument's name as CDKTF writes it."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


def of_provider(schema: dict[str, Any], types: set[str]) -> dict[str, Any]:
    """Return what the provider's own schema says: what can be set, which of that is deprecated, and attributes."""
    (provider,) = schema["provider_schemas"].values()
    known = {
        **provider["resource_schemas"],
        **{f"data.{name}": s for name, s in provider["data_source_schemas"].items()},
    }
    return {
        name: {
            "arguments": _settable(known[name]["block"]),
            "deprecated": sorted(_deprecated(known[name]["block"])),
            "attributes": sorted(camel(each) for each in _readable(known[name]["block"])),
        }
        for name in sorted(types)
    }


def _readable(block: dict[str, Any]) -> set[str]:
    """Return the names of attributes, and of blocks, which are read as attributes are."""
    return {*block.get("attributes", {}), *block.get("block_types", {})}


def _settable(block: dict[str, Any]) -> Arguments:
    own = {
        camel(name): None
        for name, attribute in block.get("attributes", {}).items()
        if attribute.get("required") or attribute.get("optional")
    }
    return own | {camel(name): _settable(nested["block"]) for name, nested in block.get("block_types", {}).items()}


def _deprecated(block: dict[str, Any], path: str = "") -> list[str]:
    own = [path + camel(name) for name, each in block.get("attributes", {}).items() if each.get("deprecated")]
    for name, nested in block.get("block_types", {}).items():
        own += [path + camel(name)] if nested["block"].get("deprecated") else []
        own += _deprecated(nested["block"], f"{path}{camel(name)}.")
    return own


def of_bindings(assembly: dict[str, Any], types: set[str]) -> tuple[str, dict[str, Any]]:
    """Return the provider's version, and what bindings made from its schema say."""
    found: dict[str, Any] = {}
    version = ""
    for each in assembly["types"].values():
        documented = _DOCUMENTED.search(each.get("docs", {}).get("summary", ""))
        if each["kind"] != "class" or documented is None:
            continue
        version, kind, name = documented.groups()
        terraform = f"aws_{name}" if kind == "resources" else f"data.aws_{name}"
        if terraform in types:
            configuration = each["initializer"]["parameters"][-1]["type"]["fqn"]
            found[terraform] = {
                "arguments": {
                    argument: takes
                    for argument, takes in _taken(assembly["types"], configuration).items()
                    if argument not in _ADDED
                },
                "attributes": sorted(each["name"] for each in each.get("properties", []) if not each.get("static")),
            }
    return version, {name: found[name] for name in sorted(found)}


def _taken(types: dict[str, Any], fqn: str) -> Arguments:
    return {each["name"]: _nested(types, each["type"]) for each in types[fqn].get("properties", [])}


def _nested(types: dict[str, Any], reference: dict[str, Any]) -> Arguments | None:
    if "union" in reference:
        inner = [_nested(types, each) for each in reference["union"]["types"]]
        return next((each for each in inner if each is not None), None)
    if "collection" in reference:
        return _nested(types, reference["collection"]["elementtype"])
    fqn = reference.get("fqn", "")
    return _taken(types, fqn) if types.get(fqn, {}).get("datatype") else None


def _assembly(packed: bytes) -> dict[str, Any]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as package:
        member = package.extractfile("package/.jsii")
        if member is None:
            raise ValueError("package/.jsii: must be a file")
        document: dict[str, Any] = json.load(member)
    return document


def main(schema: str, wheel: str) -> None:
    """Write the file, for all types that the test applications have in their stacks."""
    from tests.support.emitted import emitted_types  # noqa: PLC0415  it writes every stack

    types = emitted_types()
    versions = {"5.100.0": of_provider(json.loads(Path(schema).read_text("utf-8")), types)}
    installed = importlib.metadata.distribution("cdktf-cdktf-provider-aws")
    (own,) = [each for each in installed.files or [] if each.name.endswith(".jsii.tgz")]
    with zipfile.ZipFile(wheel) as later:
        (name,) = [each for each in later.namelist() if each.endswith(".jsii.tgz")]
        packed = [Path(str(own.locate())).read_bytes(), later.read(name)]
    for assembly in map(_assembly, packed):
        version, found = of_bindings(assembly, types)
        versions[version] = found
    FILE.write_text(json.dumps(versions, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
