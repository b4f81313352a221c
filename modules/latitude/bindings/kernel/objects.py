"""How each class is made from the arguments of a request: `MAKERS`, by jsii's names, and the AWS bindings' blocks."""

import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from latitude.bindings.kernel.blocks import Block, DataSource, Kind, Resource
from latitude.bindings.kernel.elements import Element, LocalBackend, Output, Provider, S3Backend, Variable
from latitude.bindings.kernel.stack import App, Stack
from latitude.bindings.kernel.tree import Construct
from latitude.bindings.kernel.unknown import unknown

if TYPE_CHECKING:
    from latitude.bindings.kernel.requests import Kernel

PROVIDER = "@cdktf/provider-aws.provider.AwsProvider"
_UNKNOWN_META = frozenset({"connection", "count", "forEach", "provisioners"})
_META = ("dependsOn", "lifecycle", "provider")
STUBBED = "stubbed"
_NOTHING: dict[str, Any] = {"data": {}}


def block(kernel: "Kernel", kind: Kind, scope: Any, id: str, config: Any = None) -> Block:
    """Make a resource or a data source of the AWS bindings."""
    struct = _NOTHING if config is None else config["$jsii.struct"]
    attributes = kernel.structs.fields(struct, _META) if struct["data"] else {}
    return _block(kernel, kind, scope, id, data=struct["data"], attributes=attributes)


def _block(
    kernel: "Kernel", kind: Kind, scope: Any, id: str, *, data: dict[str, Any], attributes: dict[str, Any]
) -> Block:
    """Make a resource or a data source with what cdktf calls meta-arguments (lib/terraform-resource.ts)."""
    if not _UNKNOWN_META.isdisjoint(data):
        unknown(f"{', '.join(sorted(_UNKNOWN_META & data.keys()))} of {kind.type}")
    provider, depends_on, lifecycle = data.get("provider"), data.get("dependsOn"), data.get("lifecycle")
    return kind.make(
        kernel.object(scope, Construct),
        id,
        kind=kind,
        attributes=attributes,
        provider=None if provider is None else kernel.object(provider, Provider),
        depends_on=None if depends_on is None else [kernel.object(item, Block) for item in depends_on],
        lifecycle=None if lifecycle is None else kernel.structs.fields(lifecycle["$jsii.struct"]),
    )


def _plain(make: "type[Resource | DataSource]") -> Callable[..., Block]:
    """Make a block of any type, whose arguments are overrides (`TerraformResource`, `TerraformDataSource`)."""

    def made(kernel: "Kernel", scope: Any, id: str, config: Any) -> Block:
        data = config["$jsii.struct"]["data"]
        if "terraformGeneratorMetadata" in data:
            unknown("a resource's generator")
        return _block(kernel, Kind(make, data["terraformResourceType"]), scope, id, data=data, attributes={})

    return made


def _app(kernel: "Kernel", config: Any = None) -> App:
    data = {} if config is None else config["$jsii.struct"]["data"]
    if not data.keys() <= {"context", "outdir", "stackTraces"}:
        unknown(f"an app with {', '.join(data)}")
    return App(outdir=data.get("outdir"), tokens=kernel.tokens, cwd=kernel.cwd, environ=kernel.environ)


def testing_app(kernel: "Kernel") -> App:
    """Make an app in a temporary folder, which says of its version nothing (lib/testing/index.ts, `app`)."""
    outdir = tempfile.mkdtemp(prefix="cdktf.outdir.")
    return App(outdir=outdir, tokens=kernel.tokens, cwd=kernel.cwd, environ=kernel.environ, version=STUBBED)


def _stack(kernel: "Kernel", scope: Any, id: str) -> Stack:
    return Stack(kernel.object(scope, Construct), id)


def _construct(kernel: "Kernel", scope: Any, id: str) -> Construct:
    return Construct(kernel.object(scope, Construct), id)


def _provider(kernel: "Kernel", scope: Any, id: str, config: Any = None) -> Provider:
    attributes = {} if config is None else kernel.structs.fields(config["$jsii.struct"])
    return Provider(kernel.object(scope, Construct), id, attributes)


def _backend(make: "type[LocalBackend | S3Backend]") -> Callable[..., Element]:
    def made(kernel: "Kernel", scope: Any, config: Any = None) -> Element:
        properties = {} if config is None else kernel.structs.fields(config["$jsii.struct"])
        return make(kernel.object(scope, Construct), properties)

    return made


def _output(kernel: "Kernel", scope: Any, id: str, config: Any) -> Output:
    struct = config["$jsii.struct"]
    attributes = kernel.structs.fields(struct, ("dependsOn", "precondition", "staticId"))
    if _has_fqn(attributes["value"]):
        unknown("an output's value that looks like an element")
    depends_on = struct["data"].get("dependsOn")
    made = Output(
        kernel.object(scope, Construct),
        id,
        attributes=attributes,
        depends_on=None if depends_on is None else [kernel.object(item, Block) for item in depends_on],
    )
    if struct["data"].get("staticId") is True:
        made.name_it(made.id)
    return made


def _has_fqn(value: Any) -> bool:
    """Whether cdktf would take a part of an output's value for an element (lib/terraform-output.ts)."""
    if type(value) is dict:
        return "fqn" in value or any(_has_fqn(item) for item in value.values())
    return type(value) is list and any(_has_fqn(item) for item in value)


def _variable(kernel: "Kernel", scope: Any, id: str, config: Any) -> Variable:
    attributes = kernel.structs.fields(config["$jsii.struct"])
    return Variable(kernel.object(scope, Construct), id, attributes)


MAKERS: dict[str, Callable[..., Construct]] = {
    "cdktf.App": _app,
    "cdktf.TerraformStack": _stack,
    "constructs.Construct": _construct,
    PROVIDER: _provider,
    "cdktf.TerraformResource": _plain(Resource),
    "cdktf.TerraformDataSource": _plain(DataSource),
    "cdktf.TerraformOutput": _output,
    "cdktf.TerraformVariable": _variable,
    "cdktf.LocalBackend": _backend(LocalBackend),
    "cdktf.S3Backend": _backend(S3Backend),
}
"""What can be made, but for the AWS bindings' resources and data sources."""
