"""As much of the AWS CLI as a script of Latitude's asks of it, for machines that lack it: ``aws SERVICE COMMAND …``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import boto3
import jmespath  # type: ignore[import-untyped]
from botocore import xform_name

if TYPE_CHECKING:
    from pathlib import Path

_STAND_IN: Final = """\
#!/bin/sh
PYTHONPATH='{path}' exec '{python}' -m tests.support.aws_cli "$@"
"""


def install(folder: Path) -> Path:
    """Write an ``aws`` into a folder, and return the folder, for the PATH."""
    folder.mkdir()
    (folder / "aws").write_text(_STAND_IN.format(path=":".join(sys.path), python=sys.executable))
    (folder / "aws").chmod(0o755)
    return folder


def main(service: str, command: str, *words: str) -> None:
    """Call an operation and print what a query finds in its answer, as text."""
    options = _options(words)
    client: Any = boto3.client(service, region_name=options.pop("region", "us-east-1"))  # type: ignore[call-overload]
    query = jmespath.compile(options.pop("query"))
    assert options.pop("output") == "text"
    method = command.replace("-", "_")
    shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[method]).input_shape
    members = {xform_name(name, "-"): (name, member) for name, member in shape.members.items()}
    arguments = {members[name][0]: _value(members[name][1].type_name, given) for name, given in options.items()}
    paged = client.can_paginate(method)
    # As text, the query is asked of each page, and a list is one line (the AWS CLI's guide, "Output format").
    for page in client.get_paginator(method).paginate(**arguments) if paged else [getattr(client, method)(**arguments)]:
        found = query.search(page)
        sys.stdout.write("\t".join(map(str, found if isinstance(found, list) else [found])) + "\n")


def _options(words: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    name = ""
    for word in words:
        if word.startswith("--"):
            name = word.removeprefix("--")
            found[name] = True
        else:
            found[name] = [*found[name], word] if isinstance(found[name], list) else [word]
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in found.items()}


def _value(type_name: str, given: Any) -> Any:
    """Return an option's value: of a list of structures, each word is ``Name=NAME,Values=VALUE``."""
    if type_name != "list":
        return given
    pairs = [
        dict(part.split("=", 1) for part in word.split(",", 1))
        for word in ([given] if isinstance(given, str) else given)
    ]
    return [{"Name": pair["Name"], "Values": [pair["Values"]]} for pair in pairs]


if __name__ == "__main__":
    main(*sys.argv[1:])
