"""jsii's requests, answered (npm @jsii/kernel, lib/kernel.ts): objects by their references, methods, properties."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

from jsii._kernel import types

from latitude.bindings.kernel.aws import Kinds
from latitude.bindings.kernel.blocks import Block
from latitude.bindings.kernel.document import dumps
from latitude.bindings.kernel.elements import Element, Overridable, Variable
from latitude.bindings.kernel.names import VERSION as AWS_VERSION
from latitude.bindings.kernel.objects import MAKERS, STUBBED, block, testing_app
from latitude.bindings.kernel.shapes import Structs, anything
from latitude.bindings.kernel.stack import VERSION as CDKTF_VERSION
from latitude.bindings.kernel.stack import App, Stack, without_metadata
from latitude.bindings.kernel.tokens import Tokens
from latitude.bindings.kernel.tree import Construct
from latitude.bindings.kernel.unknown import unknown

T = TypeVar("T", bound=Construct)

_ASSEMBLIES = {"cdktf": CDKTF_VERSION, "@cdktf/provider-aws": AWS_VERSION}
_BEFORE_THE_FIRST = 9_999  # jsii numbers the objects that Python knows, from 10000


class Kernel:
    """The objects of a program, by jsii's references to them."""

    def __init__(self) -> None:
        self.cwd = os.getcwd()  # noqa: PTH109  a text
        self.environ = dict(os.environ)  # as Node would have found it
        self.structs = Structs()
        self.tokens = Tokens()
        self._kinds = Kinds()
        self._objects: dict[str, Construct] = {}
        self._last = _BEFORE_THE_FIRST
        self._answers: dict[type[Any], Callable[[Any], Any]] = {
            types.CreateRequest: self._create,
            types.GetRequest: self._get,
            types.InvokeRequest: self._invoke,
            types.StaticInvokeRequest: self._static_invoke,
        }

    def load(self, request: types.LoadRequest) -> None:
        """Take note of an assembly.

        Raises:
            UnknownError: it is a release that these answers were not compared with.

        """
        if _ASSEMBLIES.get(request.name, request.version) != request.version:
            unknown(f"{request.name} {request.version}")

    def answer(self, request: Any) -> Any:
        """Answer a request as Node would.

        Raises:
            UnknownError: Node has to be asked.

        """
        answer = self._answers.get(type(request))
        if answer is None:
            unknown(type(request).__name__)
        return answer(request)

    def object(self, value: Any, kind: type[T]) -> T:
        """Return the object that an argument or a reference stands for."""
        found = self._objects.get(getattr(getattr(value, "__jsii_ref__", value), "ref", ""))
        if not isinstance(found, kind):
            unknown(f"{value!r} as a {kind.__name__}")
        return found

    def _create(self, request: types.CreateRequest) -> types.CreateResponse:
        fqn = request.fqn
        if request.overrides or request.interfaces != self._kinds.interfaces(fqn):
            unknown(f"a {fqn} that is called back")
        if (maker := MAKERS.get(fqn)) is not None:
            made = maker(self, *request.args)
        elif (kind := self._kinds.get(fqn)) is not None:
            made = block(self, kind, *request.args)
        else:
            unknown(f"a new {fqn}")
        return types.CreateResponse(ref=self._register(fqn, made))

    def _get(self, request: types.GetRequest) -> types.GetResponse:
        ref, name = request.objref.ref, request.property
        made = self.object(request.objref, Construct)
        if made.node_ref == ref:
            if name in {"id", "path"}:
                return types.GetResponse(value=getattr(made, name))
        elif name == "node":
            return types.GetResponse(value=types.ObjRef(ref=self._node(made)))
        elif isinstance(made, Block):
            kind = self._kinds.get(ref[: ref.rindex("@")])
            if kind is not None and name in kind.texts:
                return types.GetResponse(value=made.attribute(kind.texts[name]))
            if kind is not None and name in kind.lists:
                return types.GetResponse(value=made.list_attribute(kind.lists[name]))
        elif isinstance(made, App):
            if name == "outdir" and made.version != STUBBED:  # a folder with a random name
                return types.GetResponse(value=made.outdir)
        elif isinstance(made, Stack) and name == "dependencies":
            return types.GetResponse(value=[types.ObjRef(ref=other.ref) for other in made.dependencies])
        elif isinstance(made, Variable) and name == "stringValue":
            return types.GetResponse(value=self.tokens.text(made.address(), made.stack))
        if isinstance(made, Element) and made.ref == ref:
            if name == "friendlyUniqueId":
                return types.GetResponse(value=made.unique_id)
            if name == "fqn":
                return types.GetResponse(value=made.fqn())
        unknown(f"{name} of {ref}")

    def _invoke(self, request: types.InvokeRequest) -> types.InvokeResponse:
        ref, method, args = request.objref.ref, request.method, request.args
        made = self.object(request.objref, Construct)
        result = None
        if made.node_ref == ref:
            unknown(f"{method} of a node")
        elif method == "overrideLogicalId" and isinstance(made, Element):
            made.name_it(args[0])
        elif method == "addOverride" and isinstance(made, Overridable):
            made.add_override(args[0], None if args[1] is None else anything(args[1], unset=True))
        elif method == "addDependency" and isinstance(made, Stack):
            made.add_dependency(self.object(args[0], Stack))
        elif method == "getStringAttribute" and isinstance(made, Block):
            result = made.attribute(args[0])
        elif method == "synth" and isinstance(made, App):
            made.synth()
        else:
            unknown(f"{method} of {ref}")
        return types.InvokeResponse(result=result)

    def _static_invoke(self, request: types.StaticInvokeRequest) -> types.InvokeResponse:
        name, args = f"{request.fqn}.{request.method}", request.args
        if name == "cdktf.TerraformStack.of":
            stack = self.object(args[0], Construct).stack
            if stack is not None:
                return types.InvokeResponse(result=types.ObjRef(ref=stack.ref))
        elif name == "cdktf.Testing.app" and not args[0]["$jsii.struct"]["data"]:
            app = testing_app(self)
            return types.InvokeResponse(result=types.ObjRef(ref=self._register("cdktf.App", app)))
        elif name == "cdktf.Testing.synth" and not args[1]:
            document = without_metadata(self.object(args[0], Stack).to_terraform())
            return types.InvokeResponse(result=dumps(document, self.tokens.resolver(None)).decode())
        unknown(name)

    def _register(self, fqn: str, made: Construct) -> str:
        """Give an object jsii's next reference."""
        self._last += 1
        made.ref = f"{fqn}@{self._last}"
        self._objects[made.ref] = made
        return made.ref

    def _node(self, made: Construct) -> str:
        """Return jsii's reference to a construct's node, which gets a number when it is first returned."""
        if not made.node_ref:
            self._last += 1
            made.node_ref = f"constructs.Node@{self._last}"
            self._objects[made.node_ref] = made
        return made.node_ref
