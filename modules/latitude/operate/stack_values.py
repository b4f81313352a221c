"""The arguments of one synthesized stack, as words of a shell, with what refers to something else looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_REFERENCE: Final = re.compile(r"(?<!\$)\$\{([^{}]+)\}")
_ATTRIBUTE: Final = re.compile(r"(?:(data)\.)?([a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z0-9_]+)")


class UnknownIdError(LookupError):
    """Nothing that is known leads to the id of an object; the message says why."""


@dataclass(frozen=True, kw_only=True)
class StackValues:
    """Resolves the arguments of one synthesized stack's resources to words of a shell in double quotes.

    ``commands`` collects the lines that look something up, each behind the name of its variable. ``attributes`` says
    how an attribute that AWS makes up is found, by type and name; a data source's type begins with ``data.``.
    """

    document: Mapping[str, Any]
    attributes: Mapping[tuple[str, str], Callable[[StackValues, Mapping[str, Any]], str]]
    commands: dict[str, str] = field(default_factory=dict)

    def text(self, block: Mapping[str, Any], argument: str) -> str:
        """Return an argument of a resource."""
        if argument not in block:
            raise UnknownIdError(f"{argument} is not stated")
        return self._resolved(str(block[argument]))

    def region(self, block: Mapping[str, Any]) -> str:
        """Return the region of a resource's provider."""
        return str(self._provider(block)["region"])

    def managed_by(self, block: Mapping[str, Any]) -> str:
        """Return the filter, as EC2 takes it, for the tag that tells what Latitude made, as it is spelled."""
        tags: Mapping[str, str] = self._provider(block)["default_tags"][0]["tags"]
        key = next(key for key in tags if key.lower() == "managedby")
        return f"Name=tag:{_quoted(key)},Values={_quoted(tags[key])}"

    def _provider(self, block: Mapping[str, Any]) -> Mapping[str, Any]:
        alias = str(block["provider"]).removeprefix("aws.")
        found: Mapping[str, Any] = next(each for each in self.document["provider"]["aws"] if each["alias"] == alias)
        return found

    def asked(self, block: Mapping[str, Any], service: str, command: str, *options: str, query: str) -> str:
        """Return what the AWS CLI answers in the resource's region; the options are words in double quotes."""
        words = [each if each.startswith("--") else f'"{each}"' for each in options]
        place = f"--region {self.region(block)}"
        line = " ".join(["aws", service, command, place, *words, "--query", f'"{query}"', "--output text"])
        variable = next((name for name, known in self.commands.items() if known == line), f"id{len(self.commands) + 1}")
        self.commands[variable] = line
        return f"${variable}"

    def arguments(self, address: str) -> Mapping[str, Any]:
        """Return the block of the resource that an expression leads to."""
        found = _ATTRIBUTE.fullmatch(address.removeprefix("${").removesuffix("}"))
        if found is None or found[1]:
            raise UnknownIdError(f"{address} is known to Terraform alone")
        return self.block(found[2], found[3])

    def block(self, kind: str, name: str) -> Mapping[str, Any]:
        """Return the block of a resource, with its type and name in it."""
        found: Mapping[str, Any] = self.document["resource"][kind][name]
        return {**found, "_kind": kind, "_name": name}

    def _resolved(self, text: str) -> str:
        pieces = _REFERENCE.split(text)
        return "".join(self._attribute(piece) if index % 2 else _quoted(piece) for index, piece in enumerate(pieces))

    def _attribute(self, expression: str) -> str:
        found = _ATTRIBUTE.fullmatch(expression)
        if found is None:
            raise UnknownIdError(f"{expression} is known to Terraform alone")
        data, kind, name, attribute = found.groups()
        if data:
            return self._data(kind, name, attribute)
        block = self.block(kind, name)
        if attribute in block:
            return self.text(block, attribute)
        special = self.attributes.get((kind, attribute))
        if special is None:
            raise UnknownIdError(f"{expression} is known to Terraform alone")
        return special(self, block)

    def _data(self, kind: str, name: str, attribute: str) -> str:
        if (kind, attribute) == ("aws_caller_identity", "account_id"):
            return "$account"
        special = self.attributes.get((f"data.{kind}", attribute))
        if special is not None:
            return special(self, self.document["data"][kind][name])
        raise UnknownIdError(f"data.{kind}.{name}.{attribute} is known to Terraform alone")


def _quoted(text: str) -> str:
    """Return a text as it stands in double quotes."""
    literal = text.replace("$${", "${").replace("%%{", "%{")
    return re.sub(r'([\\"$`])', r"\\\1", literal)
