"""Facts about Terraform's names of the AWS bindings' properties, read from their JavaScript."""

import re
import tarfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from latitude.bindings.kernel.names import (
    LISTS,
    PROVIDER_VERSION,
    RENAMED_BY_PROVIDER,
    WRITTEN_IF_UNSET,
    terraform_name,
)

_FILES: Final = re.compile(r"package/lib/[\w-]+/(index|index-structs/structs\d+)\.js")
_STRUCT: Final = re.compile(
    r"^function (\w+)(?<!Hcl)ToTerraform\(struct\) \{\n.*?^    return \{\n(.*?)^    \};\n\}", re.MULTILINE | re.DOTALL
)
_ATTRIBUTES: Final = re.compile(r"synthesizeAttributes\(\) \{\n\s+return \{\n(.*?)\n        \};", re.DOTALL)
_LINE: Final = re.compile(r"^ +(\w+): .*?(?:struct\.|this\._)(\w+)", re.MULTILINE)
_GETTER: Final = re.compile(
    r"^    get (\w+)\(\) \{\n\s+return this\.get(String|List)Attribute\('([\w.]+)'\);\n", re.MULTILINE
)
_UNSET: Final = "=== undefined ? null"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """Return the JavaScript of each resource and data source, from the package that Python's bindings carry."""
    spec = find_spec("cdktf_cdktf_provider_aws._jsii")
    assert spec is not None
    assert spec.origin is not None
    (tarball,) = Path(spec.origin).parent.glob("*.jsii.tgz")
    with tarfile.open(tarball) as archive:
        found = {}
        for member in archive:
            if _FILES.fullmatch(member.name):
                content = archive.extractfile(member)
                assert content is not None
                found[member.name] = content.read().decode()
    return found


def test_every_property_has_the_name_that_javascript_gives_it(files: dict[str, str]) -> None:
    """Each of the properties of structs and classes is called in Terraform what `terraform_name` says."""
    wrong, count = [], 0
    for name, text in files.items():
        bodies = [body for struct, body in _STRUCT.findall(text) if not struct.endswith(RENAMED_BY_PROVIDER[3:])]
        for body in [*bodies, *_ATTRIBUTES.findall(text)]:
            for written, name_here in _LINE.findall(body):
                count += 1
                if terraform_name(name_here) != written:
                    wrong.append((name, name_here, written))
    assert wrong == []
    assert count > 30_000


def test_every_text_attribute_has_the_name_that_javascript_gives_it(files: dict[str, str]) -> None:
    """Each getter of a text asks for the attribute that `terraform_name` says."""
    getters = [found for text in files.values() for found in _GETTER.findall(text) if found[1] == "String"]
    assert [found for found in getters if terraform_name(found[0]) != found[2]] == []
    assert len(getters) > 15_000


def test_structs_that_write_what_is_unset_are_the_known_ones(files: dict[str, str]) -> None:
    """A struct writes null for what is unset for all of its properties or for none, and is known if it does."""
    unset = set()
    for text in files.values():
        for struct, body in _STRUCT.findall(text):
            if _UNSET in body:
                assert body.count(_UNSET) == body.count("\n"), struct
                unset.add(struct[0].upper() + struct[1:])
    assert unset == WRITTEN_IF_UNSET


def test_lists_are_lists_and_not_sets(files: dict[str, str]) -> None:
    """A list's getter returns the attribute as it is; a set's would wrap it in `tolist`."""
    for kind, attributes in LISTS.items():
        (text,) = [text for text in files.values() if f"class {kind} extends" in text]
        lists = {read: written for read, shape, written in _GETTER.findall(text) if shape == "List"}
        assert attributes.items() <= lists.items()


def test_provider_requires_the_release_of_the_bindings(files: dict[str, str]) -> None:
    """Every class was generated from one release of the provider, the one that is required."""
    versions = {found for text in files.values() for found in re.findall(r"providerVersion: '([\d.]+)'", text)}
    assert versions == {PROVIDER_VERSION}
