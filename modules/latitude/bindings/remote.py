"""jsii's kernel in Node: requests as lines of JSON on its stdin, replies on its stdout (jsii's kernel, api.ts)."""

import contextlib
import importlib.util
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import jsii
from jsii.__meta__ import __jsii_runtime_version__ as RUNTIME_VERSION  # noqa: N812  a constant
from jsii._kernel import types
from jsii.errors import ErrorType, JavaScriptError, JSIIError

from latitude.bindings import node, notice, wire

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
MOST_AHEAD = 100  # replies that are not read yet have to fit into a pipe, or each side waits for the other
Asked = tuple[Any, Any]


class Remote(Protocol):
    """A kernel in another process."""

    def load(self, request: types.LoadRequest) -> None:
        """Load an assembly."""

    def ask(self, request: Any) -> Any:
        """Return the reply to a request; raises what JavaScript raised."""

    def complete(self, request: types.CompleteRequest, response: type[Any]) -> Any:
        """Return from a method that Node called in Python; what follows is the reply to what Node was asked before."""

    def replay(self, journal: Iterable[Asked]) -> None:
        """Ask what was answered elsewhere; raises `JSIIError` if a reply is another than the one given."""


class Link:
    """The kernel in the Node of `latitude.bindings.node`. The reply to a load is read with the next request's."""

    def __init__(self, running: node.Node) -> None:
        self._node = running
        self._loading = 0
        self._greeted = False
        self._from_json = json.JSONDecoder(object_hook=wire.decode).decode

    def greet(self) -> bool:
        """Wait for Node's greeting, once; False if it is not the one known here."""
        if not self._greeted:
            with notice.patience(SLOW), contextlib.suppress(ValueError):
                self._greeted = json.loads(self._node.read()) == {"hello": f"@jsii/runtime@{RUNTIME_VERSION}"}
                while self._greeted and self._loading:
                    self._loading -= 1
                    self._read(types.LoadResponse)
        return self._greeted

    def load(self, request: types.LoadRequest) -> None:
        """Ask for an assembly, and leave the reply for later."""
        self._send(request)
        self._loading += 1

    def ask(self, request: Any) -> Any:
        """Return the reply to a request."""
        self._send(request)
        while self._loading:
            self._loading -= 1
            self._read(types.LoadResponse)
        return self._read(APIS[type(request)][1])

    def complete(self, request: types.CompleteRequest, response: type[Any]) -> Any:
        """Return from a method that Node called in Python."""
        self._node.write(wire.dumps({"complete": wire.fields(request)}))
        return self._read(response)

    def replay(self, journal: Iterable[Asked]) -> None:
        """Ask what was answered elsewhere, a hundred requests at a time; a static method's reply may be long."""
        sent: list[Asked] = []
        for asked in journal:
            self._send(asked[0])
            sent.append(asked)
            if len(sent) == MOST_AHEAD or type(asked[0]) is types.StaticInvokeRequest:
                self._compare(sent)
        self._compare(sent)

    def _compare(self, sent: list[Asked]) -> None:
        for request, told in sent:
            check(request, told, self._read(APIS[type(request)][1]))
        sent.clear()

    def _send(self, request: Any) -> None:
        self._node.write(wire.dumps({"api": APIS[type(request)][0], **wire.fields(request)}))

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


class Ordinary:
    """jsii's own process, for when Node's greeting is not the one known here."""

    def __init__(self) -> None:
        notice.say("jsii's runtime did not start as expected, so that synth is slower")
        node.prepare_ordinary(os.environ)
        path = Path(jsii.__file__).parent / "_kernel" / "providers" / "process.py"
        spec = importlib.util.spec_from_file_location("jsii._kernel.providers.ordinary", path)
        assert spec is not None and spec.loader is not None  # noqa: S101, PT018  the file is jsii's
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self._provider = module.ProcessProvider()

    def load(self, request: types.LoadRequest) -> None:
        """Load an assembly."""
        self._provider.load(request)

    def ask(self, request: Any) -> Any:
        """Return the reply to a request."""
        return self._provider._process.send(request, APIS[type(request)][1])  # noqa: SLF001  jsii's own class

    def complete(self, request: types.CompleteRequest, response: type[Any]) -> Any:
        """Return from a method that Node called in Python."""
        return self._provider.sync_complete(request, response)

    def replay(self, journal: Iterable[Asked]) -> None:
        """Ask what was answered elsewhere."""
        for request, told in journal:
            check(request, told, self.ask(request))


def check(request: Any, told: Any, reply: Any) -> None:
    """Compare a reply with what was answered before; a difference is an error, never a choice."""
    if reply != told:
        raise JSIIError(
            f"Python answered {told} to {request}, Node answers {reply}; run with LATITUDE_KERNEL=node, and tell us"
        )
