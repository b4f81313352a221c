"""What Python finds as `jsii._kernel.providers.process`: jsii's kernel reached through one Node and plain JSON.

jsii's own starts two Node processes after the imports, and passes every request and reply through cattrs. The requests
and replies here are the same (jsii's kernel, `api.ts`); see docs/adr/0011-one-node-and-plain-json.md.
"""

import datetime as dt
import enum
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import jsii
from jsii.__meta__ import __jsii_runtime_version__ as RUNTIME_VERSION  # noqa: N812  a constant
from jsii._kernel import types
from jsii.errors import ErrorType, JavaScriptError, JSIIError

from modules.bindings import checks, node, notice, structs

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
    types.SetRequest: ("set", types.SetResponse),
    types.StaticBeginRequest: ("sbegin", types.BeginResponse),
    types.StaticGetRequest: ("sget", types.GetResponse),
    types.StaticInvokeRequest: ("sinvoke", types.InvokeResponse),
    types.StaticSetRequest: ("sset", types.SetResponse),
    types.StatsRequest: ("stats", types.StatsResponse),
}


class ProcessProvider:
    """The kernel in the Node of `modules.bindings.node`, or in jsii's own process if that Node does not answer.

    An assembly is not waited for: Node loads those of Latitude before it is asked to, and an error comes out with the
    next request.
    """

    def __init__(self) -> None:
        checks.install()
        structs.install()
        self._node = node.start()
        self._greeted = False
        self._loads: list[types.LoadRequest] = []

    def load(self, request: types.LoadRequest) -> None:
        """Ask for an assembly, and leave the reply for later."""
        self._loads.append(request)
        self._node.write(_dumps({"api": "load", **_fields(request)}))
        self._node.owed += 1

    def sync_complete(self, request: types.CompleteRequest, response: type[Any]) -> Any:
        """Return from a method that Node called in Python, and go on with what Node was asked before."""
        self._node.write(_dumps({"complete": _fields(request)}))
        return self._read(response)

    def stats(self, request: types.StatsRequest | None = None) -> Any:
        """Ask for the number of objects that Node keeps."""
        return self._ask(types.StatsRequest() if request is None else request)

    def _ask(self, request: Any) -> Any:
        api, response = APIS[type(request)]
        if not self._greeted and not self._greet():
            return self._give_up()._process.send(request, response)  # noqa: SLF001  jsii's own class
        self._node.write(_dumps({"api": api, **_fields(request)}))
        if self._node.owed:
            self._settle()
        return self._read(response)

    begin = callbacks = complete = create = delete = end = get = getScriptCommand = invoke = _ask  # noqa: N815  jsii's
    sbegin = set = sget = sinvoke = sset = _ask

    def _greet(self) -> bool:
        self._node.owed -= 1
        try:
            self._greeted = json.loads(self._node.read()) == {"hello": f"@jsii/runtime@{RUNTIME_VERSION}"}
        except ValueError:
            self._greeted = False
        return self._greeted

    def _settle(self) -> None:
        while self._node.owed:
            self._node.owed -= 1
            self._read(types.LoadResponse)
        self._node.slow.cancel()

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

    def _read(self, response: type[Any]) -> Any:
        line = self._node.read()
        if not line:
            raise JSIIError("Node has ended; its last words, if any, stand on stderr")
        reply = _loads(line.decode())
        if "ok" in reply:
            return _structure(response, reply["ok"])
        if "callback" in reply:
            return _structure(types.Callback, reply["callback"])
        error = JSIIError if reply["name"] == ErrorType.JSII_FAULT.value else RuntimeError
        raise error(reply["error"]) from JavaScriptError(reply["stack"])  # type: ignore[no-untyped-call]  # jsii's own


def _structure(response: type[Any], reply: Any) -> Any:
    """Build one of jsii's replies, and the requests within it, from JSON."""
    if response is types.CreateResponse:
        return types.CreateResponse(ref=reply.ref)
    if response is types.CallbacksResponse:
        return types.CallbacksResponse([_structure(types.Callback, callback) for callback in reply["callbacks"]])
    if response is types.Callback:
        nested = {"get": types.GetRequest, "invoke": types.InvokeRequest, "set": types.SetRequest}
        reply = {name: _structure(nested[name], value) if name in nested else value for name, value in reply.items()}
    return response(**{name: value for name, value in reply.items() if name in response.__slots__})


def _fields(request: Any) -> dict[str, Any]:
    return {name: getattr(request, name) for name in request.__slots__ if name != "__weakref__"}


def _encode(value: Any) -> Any:
    """Write what json cannot write itself, as jsii's kernel reads it."""
    if isinstance(value, types.ObjRef):
        interfaces = {"$jsii.interfaces": value.interfaces} if value.interfaces else {}
        return {"$jsii.byref": value.ref, **interfaces}
    if isinstance(value, types.Override):
        return _fields(value)
    if isinstance(value, enum.Enum):
        return {"$jsii.enum": f"{getattr(type(value), '__jsii_type__')}/{value.value}"}  # noqa: B009  mypy knows no such attribute
    if hasattr(value, "__jsii_ref__"):
        return value.__jsii_ref__
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return {"$jsii.date": value.isoformat()}
    raise TypeError(f"Don't know how to convert object to JSON: {value!r}")


def _decode(value: dict[str, Any]) -> Any:
    """Read what stands in jsii's JSON for an object, a date, a member of an enum, or a map."""
    keys = value.keys()
    if keys in ({"$jsii.byref"}, {"$jsii.byref", "$jsii.interfaces"}):
        return types.ObjRef(ref=value["$jsii.byref"], interfaces=value.get("$jsii.interfaces"))
    if keys == {"$jsii.enum"}:
        ref, member = value["$jsii.enum"].rsplit("/", 1)
        return types.EnumRef(ref=types.ObjRef(ref=f"{ref}@"), member=member)
    if keys == {"$jsii.date"}:
        return dt.datetime.fromisoformat(value["$jsii.date"])
    return value["$jsii.map"] if keys == {"$jsii.map"} else value


_dumps = json.JSONEncoder(default=_encode).encode
_loads = json.JSONDecoder(object_hook=_decode).decode
