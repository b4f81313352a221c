"""jsii's requests, answered (npm @jsii/kernel, lib/kernel.ts): objects by their references, methods, properties."""

import os
from typing import TYPE_CHECKING, Any, TypeVar

from jsii._kernel import types

from latitude.bindings.kernel.aws import Kinds
from latitude.bindings.kernel.blocks import Block
from latitude.bindings.kernel.document import dumps
from latitude.bindings.kernel.elements import Element, Overridable
from latitude.bindings.kernel.names import VERSION as AWS_VERSION
from latitude.bindings.kernel.objects import MAKERS, block, testing_app
from latitude.bindings.kernel.shapes import Structs, anything
from latitude.bindings.kernel.stack import VERSION as CDKTF_VERSION
from latitude.bindings.kernel.stack import App, Stack, without_metadata
from latitude.bindings.kernel.tokens import Tokens
from latitude.bindings.kernel.tree import Construct
from latitude.bindings.kernel.unknown import unknown

if TYPE_CHECKING:
    from collections.abc import Callable

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
        if name == "node" and made.ref == ref:
            return types.GetResponse(value=types.ObjRef(ref=self._node(made)))
        value = made.read_node(name) if made.node_ref == ref else made.read(name)
        if type(value) is tuple:
            value = [types.ObjRef(ref=each.ref) for each in value]
        return types.GetResponse(value=value)

    def _invoke(self, request: types.InvokeRequest) -> types.InvokeResponse:
        ref, method, args = request.objref.ref, request.method, request.args or []
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
            result = made.token(f".{args[0]}")
        elif method == "synth" and isinstance(made, App):
            made.synth()
        else:
            unknown(f"{method} of {ref}")
        return types.InvokeResponse(result=result)

    def _static_invoke(self, request: types.StaticInvokeRequest) -> types.InvokeResponse:
        name, args = f"{request.fqn}.{request.method}", request.args or []
        if name == "cdktf.TerraformStack.of":
            stack = self.object(args[0], Construct).stack
            if stack is not None:
                return types.InvokeResponse(result=types.ObjRef(ref=stack.ref))
        if name == "cdktf.Testing.app" and not args[0]["$jsii.struct"]["data"]:
            app = testing_app(self)
            return types.InvokeResponse(result=types.ObjRef(ref=self._register("cdktf.App", app)))
        if name == "cdktf.Testing.synth" and not args[1]:
            document = without_metadata(self.object(args[0], Stack).to_terraform())
            return types.InvokeResponse(result=dumps(document, self.tokens.resolver(None)).decode())
        return unknown(name)

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
