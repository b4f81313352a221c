"""The one door to cdktf, constructs and the AWS bindings; lazy on both sides of jsii.

`from modules.bindings import Construct, aws, cdktf` loads cdktf and starts Node; importing this module alone does
neither, so that a wrong description is refused before either is loaded. `aws.apprunner_service` imports that one of
the 2,212 submodules of `cdktf_cdktf_provider_aws`, and so does an ordinary import of it in a program that imported
`modules` first. See docs/adr/0010-one-lazy-door-to-the-bindings.md.
"""

from typing import TYPE_CHECKING, Any

from modules.bindings import lazy, node

if TYPE_CHECKING:
    import cdktf  # noqa: TID251  the door itself
    from constructs import Construct, IConstruct

    aws: Any

__all__ = ["Construct", "IConstruct", "aws", "cdktf"]

aws = lazy.keep_package_lazy()
node.prepare()


def __getattr__(name: str) -> Any:
    """Load cdktf or constructs when a name of theirs is first asked for (PEP 562)."""
    if name == "cdktf":
        import cdktf as loaded  # noqa: PLC0415, TID251  the door itself, and only when it is asked for

        value: Any = loaded
    elif name in {"Construct", "IConstruct"}:
        import constructs  # noqa: PLC0415  it starts Node

        value = getattr(constructs, name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value
