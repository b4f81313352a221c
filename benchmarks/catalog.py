"""The peers: how each one's program is started in its environment."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import peers.program as values
from environments import PEERS, Environment

from latitude.bindings import node

AFTER_MODULES = (
    "import runpy, sys, latitude.bindings; del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
)
CDKTF = ("cdktf==0.21.0", "cdktf-cdktf-provider-aws==21.22.1", "constructs==10.8.1", "jsii==1.142.0")
VALUES = json.dumps(
    {
        "zone": values.ZONE,
        "zones": values.ZONES,
        "pullPolicy": values.PULL_POLICY,
        "trust": json.dumps(values.TRUST),
        "expire": json.dumps(values.EXPIRE),
    }
)


@dataclass(frozen=True)
class Peer:
    """One way to write the program; `prepare` makes its environment and gives the command without the sizes."""

    key: str
    title: str
    packages: tuple[str, ...]
    prepare: Callable[[Environment], list[str]]
    trailing: tuple[str, ...] = ()

    def command(self, environment: Environment, regions: int, services: int, outdir: Path) -> list[str]:
        """Give the whole command for one size."""
        return [*self.prepare(environment), str(regions), str(services), str(outdir), *self.trailing]


def _ordinary(environment: Environment) -> list[str]:
    environment.make_python()
    return [str(environment.python), str(PEERS / "cdktf_python.py")]


def _cdktn(environment: Environment) -> list[str]:
    """Run the same program under cdktn's names, for its interface is cdktf's."""
    environment.make_python()
    program = environment.root / "cdktn_python.py"
    text = (PEERS / "cdktf_python.py").read_text(encoding="utf-8")
    text = text.replace("cdktf_cdktf_provider_aws", "cdktn_provider_aws").replace(
        "from cdktf import", "from cdktn import"
    )
    program.write_text(text, encoding="utf-8")
    return [str(environment.python), str(program)]


def _aws_cdk(environment: Environment) -> list[str]:
    environment.make_python()
    return [str(environment.python), str(PEERS / "aws_cdk_python.py")]


def _javascript(environment: Environment) -> list[str]:
    environment.make_npm()
    program = environment.root / "cdktf_javascript.js"
    program.write_text((PEERS / "cdktf_javascript.js").read_text(encoding="utf-8"), encoding="utf-8")
    return [str(node.packaged_node()), str(program)]


PEER_LIST = (
    Peer("cdktf-python", "cdktf Python, ordinary", CDKTF, _ordinary),
    Peer("cdktn-python", "cdktn Python", ("cdktn==0.24.0", "cdktn-provider-aws==25.8.1", "jsii==1.142.0"), _cdktn),
    Peer("aws-cdk-python", "AWS CDK Python", ("aws-cdk-lib==2.275.0", "jsii==1.142.0"), _aws_cdk),
    Peer(
        "latitude-bindings",
        "the same cdktf Python program after `import latitude`",
        (),
        lambda _: [sys.executable, "-c", AFTER_MODULES, str(PEERS / "cdktf_python.py")],
    ),
    Peer("latitude", "Latitude's Application", (), lambda _: [sys.executable, str(PEERS / "application.py")]),
    Peer(
        "cdktf-javascript",
        "cdktf in plain JavaScript",
        ("cdktf@0.21.0", "@cdktf/provider-aws@21.22.1", "constructs@10.8.1"),
        _javascript,
        (VALUES,),
    ),
    Peer("floor", "dicts and json.dump", (), lambda _: [sys.executable, str(PEERS / "floor.py")]),
)
