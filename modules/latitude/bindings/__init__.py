"""The one door to cdktf, constructs and the AWS bindings; lazy on both sides of jsii.

`from latitude.bindings import Construct, aws, cdktf` loads cdktf and starts Node; importing this module alone does
neither, so that a wrong description is refused before either is loaded. `aws.apprunner_service` imports that one of
the 2,212 submodules of `cdktf_cdktf_provider_aws`, and so does an ordinary import of it in a program that imported
`latitude` first. See docs/adr/0010-one-lazy-door-to-the-bindings.md.
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
