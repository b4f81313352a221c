"""What Python finds as `jsii._kernel.providers.process`: jsii's kernel reached through one Node and plain JSON.

jsii's own starts two Node processes after the imports, and passes every request and reply through cattrs. The requests
and replies here are the same; see docs/adr/0011-one-node-and-plain-json.md.
"""

import contextlib
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import jsii
from jsii.__meta__ import __jsii_runtime_version__ as RUNTIME_VERSION  # noqa: N812  a constant
from jsii._kernel import types
from jsii.errors import ErrorType, JavaScriptError, JSIIError

from latitude.bindings import checks, node, notice, structs, wire

# The kernel's name of each request, and what it answers with.
APIS: dict[type[Any], tuple[str, type[Any]]] = {
    types.BeginRequest: ("begin", types.BeginResponse),
    types.CallbacksRequest: ("callbacks", types.CallbacksResponse),
    types.CompleteRequest: ("complete", types.CompleteResponse),
    types.CreateRequest: ("create", types.CreateResponse),
    types.DeleteRequest: ("del", types.DeleteResponse),
    types.EndRequest: ("end", types.EndResponse),
    types.GetRequest: ("get", types.GetResponse),
    types.GetScriptCommandRequest: ("getBinScriptCommand", types.GetScriptCommandResponse),
    types.InvokeRequest: ("invoke", types.InvokeResponse),
    types.LoadRequest: ("load", types.LoadResponse),
    types.SetRequest: ("set", types.SetResponse),
    types.StaticBeginRequest: ("sbegin", types.BeginResponse),
    types.StaticGetRequest: ("sget", types.GetResponse),
    types.StaticInvokeRequest: ("sinvoke", types.InvokeResponse),
    types.StaticSetRequest: ("sset", types.SetResponse),
    types.StatsRequest: ("stats", types.StatsResponse),
}
SLOW = "unpacking the AWS bindings; the first run after an installation takes some seconds, the next ones do not"
VOID = frozenset({"addOverride", "overrideLogicalId"})  # cdktf's methods that are not waited for either
MOST_AHEAD = 100  # replies that are not read yet have to fit into a pipe, or each side waits for the other


class ProcessProvider:
    """The kernel in the Node of `latitude.bindings.node`, or in jsii's own process if that Node does not answer.

    An assembly is not waited for: Node loads those of Latitude before it is asked to, and an error comes out with the
    next request. While `ahead` is true, a new object is not waited for either: its reference is foretold, and compared
    when the reply is read.
    """

    def __init__(self) -> None:
        checks.install()
        structs.install()
        self.ahead = False
        self._node = node.start()
        self._greeted = False
        self._loads: list[types.LoadRequest] = []
        self._due: list[tuple[type[Any], str | None]] = [(types.LoadResponse, None)] * self._node.loading
        self._last = 9_999  # the kernel numbers the objects that Python knows, from 10000; this is in a reply
        self._foretold = 0
        self._tokens: dict[tuple[str, str], types.GetResponse] = {}
        self._from_json = json.JSONDecoder(object_hook=self._decode).decode

    def load(self, request: types.LoadRequest) -> None:
        """Ask for an assembly, and leave the reply for later."""
        self._loads.append(request)
        self._send(request)

    def create(self, request: types.CreateRequest) -> Any:
        """Create an object; ahead of the reply if that is wanted, unless the object may call Python."""
        if not self.ahead or request.overrides or len(self._due) >= MOST_AHEAD:
            return self._ask(request)
        self._foretold += 1
        expected = types.CreateResponse(ref=f"{request.fqn}@{self._last + self._foretold}")
        self._send(request, expected.ref)
        return expected

    def invoke(self, request: types.InvokeRequest) -> Any:
        """Call a method; ahead of the reply if that is wanted, and there is nothing in the reply."""
        if not self.ahead or request.method not in VOID or len(self._due) >= MOST_AHEAD:
            return self._change(request)
        self._tokens.clear()
        self._send(request)
        return types.InvokeResponse()

    def get(self, request: types.GetRequest) -> Any:
        """Read a property; the text of a token once, until something may have changed the object."""
        key = (request.objref.ref, request.property)
        response = self._tokens.get(key)
        if response is None:
            response = self._ask(request)
            if type(response) is types.GetResponse and str(response.value).startswith("${TfToken["):
                self._tokens[key] = response
        return response

    def sync_complete(self, request: types.CompleteRequest, response_type: type[Any]) -> Any:
        """Return from a method that Node called in Python, and go on with what Node was asked before."""
        self._tokens.clear()
        self.settle()
        self._node.write(wire.dumps({"complete": wire.fields(request)}))
        return self._read(response_type)

    def stats(self, request: types.StatsRequest | None = None) -> Any:
        """Ask for the number of objects that Node keeps."""
        return self._ask(types.StatsRequest() if request is None else request)

    def settle(self) -> Any:
        """Read the replies that are due, and return the last; raises the first error among them."""
        due, self._due, self._foretold = self._due, [], 0
        errors: list[Exception] = []
        reply = None
        for response, expected in due:
            try:
                reply = self._read(response)
                if expected is not None and getattr(reply, "ref", None) != expected:
                    errors.append(JSIIError(f"jsii's kernel answered with {reply}, not {expected}"))
            except (JSIIError, RuntimeError) as error:
                errors.append(error)
        if errors:
            raise errors[0]
        return reply

    def _ask(self, request: Any) -> Any:
        if not self._greeted and not self._greet():
            return self._give_up()._process.send(request, APIS[type(request)][1])  # noqa: SLF001  jsii's own class
        self._send(request)
        return self.settle()

    def _change(self, request: Any) -> Any:
        self._tokens.clear()
        return self._ask(request)

    begin = complete = delete = end = sbegin = set = sinvoke = sset = _change
    callbacks = getScriptCommand = sget = _ask  # noqa: N815  jsii's names

    def _greet(self) -> bool:
        with notice.patience(SLOW), contextlib.suppress(ValueError):
            self._greeted = json.loads(self._node.read()) == {"hello": f"@jsii/runtime@{RUNTIME_VERSION}"}
            if self._greeted:
                self.settle()
        return self._greeted

    def _give_up(self) -> Any:
        """Put jsii's own process in this one's place, and load there what was loaded here."""
        notice.say("jsii's runtime did not start as expected, so that synth is slower")
        node.prepare_ordinary(os.environ)
        path = Path(jsii.__file__).parent / "_kernel" / "providers" / "process.py"
        spec = importlib.util.spec_from_file_location("jsii._kernel.providers.ordinary", path)
        assert spec is not None and spec.loader is not None  # noqa: S101, PT018  the file is jsii's
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        ordinary = module.ProcessProvider()
        for request in self._loads:
            ordinary.load(request)
        jsii.kernel.provider = ordinary
        return ordinary

    def _send(self, request: Any, expected: str | None = None) -> None:
        api, response = APIS[type(request)]
        self._due.append((response, expected))
        self._node.write(wire.dumps({"api": api, **wire.fields(request)}))

    def _read(self, response: type[Any]) -> Any:
        line = self._node.read()
        if not line:
            raise JSIIError("Node has ended; its last words, if any, stand on stderr")
        reply = self._from_json(line.decode())
        if "ok" in reply:
            return wire.structure(response, reply["ok"])
        if "callback" in reply:
            return wire.structure(types.Callback, reply["callback"])
        error = JSIIError if reply["name"] == ErrorType.JSII_FAULT.value else RuntimeError
        raise error(reply["error"]) from JavaScriptError(reply["stack"])  # type: ignore[no-untyped-call]  # jsii's own

    def _decode(self, value: dict[str, Any]) -> Any:
        decoded = wire.decode(value)
        if type(decoded) is types.ObjRef:
            self._last = max(self._last, int(decoded.ref.rpartition("@")[2]))
        return decoded
