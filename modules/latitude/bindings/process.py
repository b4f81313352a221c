"""What Python finds as `jsii._kernel.providers.process`: requests answered in Python, and by Node from where it has to.

`latitude.bindings.kernel` answers what it knows. A journal keeps requests and answers. At the first request that is not
known, Node is started, is sent the journal, has to give the same answers, and goes on. An object's reference is the
same in both, so that the program notices nothing. See docs/adr/0014-requests-answered-in-python.md.
"""

import gc
import os
from typing import Any

from jsii._kernel import types

from latitude.bindings import checks, node, notice, structs
from latitude.bindings.kernel.requests import Kernel
from latitude.bindings.kernel.unknown import UnknownError
from latitude.bindings.remote import Asked, Link, Ordinary, Remote

SWITCH = "LATITUDE_KERNEL"
"""`node`: Node answers everything. `why`: a line on stderr says why Node took over."""


class ProcessProvider:
    """jsii's kernel: in Python as long as it knows the answers, then in Node."""

    def __init__(self) -> None:
        checks.install()
        structs.install()
        self._loads: list[types.LoadRequest] = []
        self._journal: list[Asked] | None = []
        self._kernel: Kernel | None = Kernel()
        self._remote: Remote | None = None
        if os.environ.get(SWITCH) == "node":
            self._leave_kernel(f"{SWITCH}=node")
        elif not __debug__:
            self._leave_kernel("python -O leaves out the checks of arguments that the kernel relies on")

    def load(self, request: types.LoadRequest) -> None:
        """Take note of an assembly; Node is told of it when Node is there."""
        self._loads.append(request)
        if self._remote is not None:
            self._remote.load(request)
        elif self._kernel is not None:
            try:
                self._kernel.load(request)
            except UnknownError as why:
                self._leave_kernel(str(why))

    def ask(self, request: Any) -> Any:
        """Return the reply to a request; raises what JavaScript raised."""
        if self._kernel is not None and self._journal is not None:
            if not self._journal:
                gc.freeze()  # what was imported is never garbage, and need not be looked at again
            try:
                reply = self._kernel.answer(request)
            except UnknownError as why:
                self._leave_kernel(str(why))
            else:
                self._journal.append((request, reply))
                return reply
        return self._node().ask(request)

    begin = callbacks = complete = create = delete = end = get = getScriptCommand = invoke = ask  # noqa: N815  jsii's names
    sbegin = set = sget = sinvoke = sset = ask

    def sync_complete(self, request: types.CompleteRequest, response_type: type[Any]) -> Any:
        """Return from a method that Node called in Python, and go on with what Node was asked before."""
        return self._node().complete(request, response_type)

    def stats(self, request: types.StatsRequest | None = None) -> Any:
        """Ask for the number of objects that are kept."""
        return self.ask(types.StatsRequest() if request is None else request)

    def _leave_kernel(self, why: str) -> None:
        """Start Node, where and with what the program was started; it loads while Python goes on."""
        assert self._kernel is not None  # noqa: S101  this is done once
        if os.environ.get(SWITCH) == "why":
            notice.say(f"Node takes over: {why}")
        self._remote = Link(node.Node(cwd=self._kernel.cwd, environ=self._kernel.environ))
        for request in self._loads:
            self._remote.load(request)
        self._kernel = None

    def _node(self) -> Remote:
        """Return the kernel in Node, which has answered everything that Python has."""
        assert self._remote is not None  # noqa: S101  see ask
        if self._journal is not None:
            if isinstance(self._remote, Link) and not self._remote.greet():
                self._remote = Ordinary()
                for request in self._loads:
                    self._remote.load(request)
            journal, self._journal = self._journal, None
            self._remote.replay(journal)
        return self._remote
