"""The app and its stacks, and how they are written (cdktf lib/app.ts, terraform-stack.ts, synthesizer.ts)."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from latitude.bindings import garbage
from latitude.bindings.kernel.blocks import Block
from latitude.bindings.kernel.document import dumps
from latitude.bindings.kernel.elements import Backend, Body, Element, LocalBackend, Output, Overridable, Provider
from latitude.bindings.kernel.merge import merge
from latitude.bindings.kernel.tokens import Tokens
from latitude.bindings.kernel.tree import Construct
from latitude.bindings.kernel.unknown import unknown

VERSION: Final = "0.21.0"
"""The release of cdktf that is followed here."""
_REFUSED_IN_STACKS: Final = re.compile(r"[*?\[\]{}!\s\ufeff]|^\.{1,2}$")


class App(Construct):
    """The program."""

    __slots__ = ("cwd", "is_synthesized", "outdir", "tokens", "version")

    def __init__(
        self, *, outdir: str | None, tokens: Tokens, cwd: str, environ: Mapping[str, str], version: str = VERSION
    ) -> None:
        """Make the output folder (lib/app.ts and lib/manifest.ts); its parent has to exist.

        Raises:
            UnknownError: HCL is wanted, the context cannot be read, or the folder cannot be made.

        """
        super().__init__(None, "")
        if environ.get("SYNTH_HCL_OUTPUT") in {"true", "1"}:
            unknown("output in HCL")
        if context := environ.get("CDKTF_CONTEXT_JSON"):
            _check_context(context)
        self.outdir = outdir if outdir is not None else environ.get("CDKTF_OUTDIR", "cdktf.out")
        self.tokens = tokens
        self.cwd = cwd
        self.version = version
        self.is_synthesized = False
        if not self.outdir:
            unknown("an output folder without a name")
        try:
            for folder in (self.folder, self.folder / "stacks"):
                if not folder.exists():
                    folder.mkdir()
        except OSError as error:
            unknown(str(error))

    @property
    def folder(self) -> Path:
        """Where the output goes, from the directory in which the program was started."""
        return Path(self.cwd, self.outdir)

    def read(self, name: str) -> Any:
        """Return a property; the folder of a test's app has a random name."""
        return self.outdir if name == "outdir" and self.version == VERSION else super().read(name)

    def stacks(self) -> "Iterator[Stack]":
        """Yield the stacks; they all stand directly below."""
        return (child for child in self.children.values() if isinstance(child, Stack))

    def synth(self) -> None:
        """Write every stack and the manifest (lib/app.ts, `synth`).

        Raises:
            UnknownError: it was done before, and the manifest keeps what it said then.

        """
        if self.is_synthesized:
            unknown("a second synth")
        self.is_synthesized = True
        stacks = list(self.stacks())
        with garbage.left_alone():
            for stack in stacks:
                stack.prepare()
            for stack in stacks:
                stack.validate()
                self._write(f"stacks/{stack.id}/cdk.tf.json", stack.to_terraform(), stack)
            manifest = {"stacks": {stack.id: _manifest(stack) for stack in stacks}, "version": self.version}
            self._write("manifest.json", manifest)

    def _write(self, name: str, document: Body, stack: "Stack | None" = None) -> None:
        text = dumps(document, self.tokens.resolver(stack))
        file = self.folder / name
        try:
            if not file.parent.exists():
                file.parent.mkdir()
            file.write_bytes(text)
        except OSError as error:
            unknown(str(error))


class Stack(Overridable):
    """What has a state of its own."""

    __slots__ = ("app", "dependencies", "tokens")

    def __init__(self, scope: Construct, id: str) -> None:
        """Add a stack to the app.

        Raises:
            UnknownError: cdktf refuses the id, or the stack stands in another stack or in a construct.

        """
        if not isinstance(scope, App) or _REFUSED_IN_STACKS.search(id):
            unknown(f"the stack {id!r} here")
        super().__init__(scope, id)
        self.stack = self
        self.app = scope
        self.tokens = scope.tokens
        self.dependencies: list[Stack] = []

    def read(self, name: str) -> Any:
        """Return a property."""
        return tuple(self.dependencies) if name == "dependencies" else super().read(name)

    def add_dependency(self, other: "Stack") -> None:
        """Say that another stack comes before (`addDependency`).

        Raises:
            UnknownError: it would be a circle, which cdktf refuses.

        """
        if other is self or other.depends_on(self):
            unknown("stacks that depend on each other")
        if other not in self.dependencies:
            self.dependencies.append(other)

    def depends_on(self, other: "Stack") -> bool:
        """Whether another stack comes before this one (`dependsOn`)."""
        return any(found is other or found.depends_on(other) for found in self.dependencies)

    def elements(self) -> list[Element]:
        """Return the stack's elements in the order of the tree (`terraformElements`)."""
        found: list[Element] = []
        _collect(self, found)
        return found

    def prepare(self) -> None:
        """Give the stack a backend, and make the tokens that are made while it is first resolved (`prepareStack`)."""
        elements = self.elements()
        if not any(isinstance(element, Backend) for element in elements):
            elements.append(LocalBackend(self, {}))
        document: Body = {}
        for element in elements:
            if isinstance(element, Block | Output) and element.depends_on:
                element.add_to(document)

    def validate(self) -> None:
        """Check that there is a provider (lib/validations/validate-provider-presence.ts)."""
        elements = self.elements()
        wants = any(isinstance(element, Block) and element.kind.is_aws for element in elements)
        if wants and not any(isinstance(element, Provider) for element in elements):
            unknown(f"no AWS provider in {self.id}")

    def to_terraform(self) -> Body:
        """Return the stack's document (`toTerraform`)."""
        metadata: Body = {"version": self.app.version, "stackName": self.id, "backend": "local"}
        if self.overrides:
            metadata["overrides"] = {"stack": list(self.overrides)}
        outputs: Body = {}
        document: Body = {"//": {"metadata": metadata, "outputs": outputs}}
        for element in self.elements():
            element.add_to(document)
            if element.overrides and (kind := element.noted_as()):
                merge(metadata, {"overrides": {kind: list(element.overrides)}})
            if isinstance(element, Backend):
                metadata["backend"] = element.name
            elif isinstance(element, Output):
                *parts, last = element.path.split("/")
                place = {last: element.unique_id}
                for part in reversed(parts):
                    place = {part: place}  # type: ignore[dict-item]  # one level more each time
                merge(outputs, place)
        for section in self.overrides.keys() & document.keys():
            document[section] = merge({}, document[section])  # or the override would go into the elements' own
        return merge(document, self.overrides)


def without_metadata(value: Any) -> Any:
    """Return a document without what begins with `//`'s key, as tests read it (lib/testing/index.ts, `synth`)."""
    if type(value) is list:
        return [without_metadata(item) for item in value]
    if type(value) is not dict:
        return value
    return {key: without_metadata(item) for key, item in value.items() if key != "//"}


def _collect(construct: Construct, found: list[Element]) -> None:
    if isinstance(construct, Element):
        found.append(construct)
    for child in construct.children.values():
        _collect(child, found)


def _manifest(stack: Stack) -> Body:
    """Return a stack's entry of the manifest (lib/manifest.ts, `forStack`)."""
    folder = os.path.join("stacks", stack.id)  # noqa: PTH118  as JavaScript's path.join writes it
    return {
        "annotations": [],
        "constructPath": stack.path,
        "dependencies": [other.path for other in stack.dependencies],
        "name": stack.id,
        "stackMetadataPath": os.path.join(folder, "metadata.json"),  # noqa: PTH118
        "synthesizedStackPath": os.path.join(folder, "cdk.tf.json"),  # noqa: PTH118
        "workingDirectory": folder,
    }


def _check_context(text: str) -> None:
    """Read the context as lib/app.ts does; no answer depends on it, but it has to be an object."""

    def refuse(constant: str) -> Any:
        raise ValueError(constant)

    try:
        context = json.loads(text, parse_constant=refuse)
    except ValueError:
        unknown("a context that is no JSON")
    if type(context) is not dict:
        unknown("a context that is no object")
