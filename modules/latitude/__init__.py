"""Latitude: one Python description of a web application; Terraform for AWS App Runner in several regions.

The public names are those of `latitude.spec`, and `synthesize`. They are loaded when the first of them is asked for, so
that a program that only wants the lazy bindings does not load the models of a description.
"""

import importlib
from typing import TYPE_CHECKING, Any

import latitude.bindings  # noqa: F401  # from here on, the bindings are lazy in the user's own program too

if TYPE_CHECKING:
    from latitude.spec import *  # noqa: F403  # its __all__ is the list of public names
    from latitude.stacks import synthesize as synthesize


def __getattr__(name: str) -> Any:
    """Load the public names when the first is asked for (PEP 562)."""
    if name.startswith("__") and name != "__all__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    spec = importlib.import_module("latitude.spec")
    stacks = importlib.import_module("latitude.stacks")
    public = {each: getattr(spec, each) for each in spec.__all__} | {"synthesize": stacks.synthesize}
    globals().update(public, __all__=[*public])
    if name not in globals():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return globals()[name]


def __dir__() -> list[str]:
    """List the public names too."""
    return sorted({*globals(), *__getattr__("__all__")})
