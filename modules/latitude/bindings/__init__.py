"""The one door to cdktf, constructs and the AWS bindings: lazy, and answered in Python as far as possible.

`from latitude.bindings import Construct, aws, cdktf` loads cdktf; importing this module alone does not, so that a wrong
description is refused before it is loaded. `aws.apprunner_service` imports that one of the 2,212 submodules of
`cdktf_cdktf_provider_aws`, and so does an ordinary import of it in a program that imported `latitude` first.

A cdktf program in Python only asks: each object, method and attribute is a request of jsii to Node. Its way:

| step | module | ADR |
| --- | --- | --- |
| Python imports jsii and the bindings, and finds two modules of ours in their place | `finder`, `lazy` | 0010 |
| a constructor checks its arguments, each shape of value once, and makes a request | `checks`, `structs` | 0012 |
| `process` gives it to the kernel in Python, which answers what it knows | `process`, `kernel` | 0014 |
| Node, told what came before, answers what the kernel does not know, and what follows | `remote`, `wire` | 0011 |
| Node runs jsii's own kernel and cdktf, and loads and records less | `node`, `runtime.js`, `hook.js` | 0013 |

Beside the way: `plain` makes resources of which there are no bindings, `text` passes texts on to Terraform, `notice`
says a line on stderr, `garbage` keeps Python's collector away.
"""

import importlib
from typing import TYPE_CHECKING, Any

from latitude.bindings import finder

if TYPE_CHECKING:
    import cdktf  # noqa: TID251  the door itself
    from constructs import Construct, IConstruct

    aws: Any

__all__ = ["Construct", "IConstruct", "aws", "cdktf"]

finder.install()


def __getattr__(name: str) -> Any:
    """Load what is first asked for, when it is first asked for (PEP 562)."""
    if name == "aws":
        value: Any = importlib.import_module(finder.AWS)
    elif name == "cdktf":
        value = importlib.import_module("cdktf")
    elif name in {"Construct", "IConstruct"}:
        value = getattr(importlib.import_module("constructs"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value
