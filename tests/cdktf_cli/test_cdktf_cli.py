"""The real cdktf command line: on a fresh copy of the project, and deploying to the embedded AWS."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from latitude.operate.cli_config import usable_environment
from latitude.sandbox.pytest_plugin import ClientFactory, client, sandbox
from tests.support.applications import example
from tests.support.synthesized import synthesized
from tests.support.template import Template

if TYPE_CHECKING:
    from collections.abc import Callable

    from latitude.sandbox.server import Sandbox

    Cdktf = Callable[..., str]

__all__ = ["client", "sandbox"]
pytestmark = pytest.mark.cdktf_cli

_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parents[1]
_PINNED: Final = ("package.json", "package-lock.json", ".npmrc")
_NO_REGISTRY: Final = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH")
_STACKS: Final = ["orders-data", "orders-registry", "orders-routing", "orders-us-east-1", "orders-us-west-2"]
_KEY: Final = "orders/orders-us-east-1.tfstate"
_PROGRAM: Final = """
from latitude import Application, PublicImage, S3State, Service, synthesize
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1")),),
    state=S3State(bucket="orders-state"),
)
if __name__ == "__main__":
    synthesize(application)
"""


@pytest.fixture(scope="module")
def program(request: pytest.FixtureRequest) -> Path:
    """Install the pinned cdktf-cli from npm, once for this machine and version, and return its program."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("cdktf-cli is a program of npm, and there is no npm on the PATH")
    folder = Path(request.config.cache.mkdir("cdktf-cli")) if request.config.cache else Path()
    installed = folder / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf.js"
    lock = folder / "package-lock.json"
    if not (installed.is_file() and lock.read_bytes() == (_HERE / "package-lock.json").read_bytes()):
        for name in _PINNED:
            shutil.copy(_HERE / name, folder / name)
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts"], cwd=folder, capture_output=True, text=True, timeout=600, check=False
        )
        if done.returncode != 0 and _NO_REGISTRY.search(done.stderr):
            pytest.skip("npm reaches no registry to install cdktf-cli from")
        assert done.returncode == 0, done.stderr
    return installed


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what git knows of the project, without anything that was made from it."""
    copy = tmp_path_factory.mktemp("fresh")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (_ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(_ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def cdktf(program: Path, project: Path) -> Cdktf:
    """Return what runs the command in the copy with the environment active, and returns all that it said."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = usable_environment(
        {**os.environ, "PATH": path, "CI": "1", "CHECKPOINT_DISABLE": "1"}, project / ".tf"
    )

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["node", str(program), *arguments],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def test_list_names_the_stacks(cdktf: Cdktf) -> None:
    """`cdktf list` names the example's stacks and their folders."""
    said = cdktf("list")
    assert re.findall(r"^(\S+)\s+cdktf\.out/stacks/\S+$", said, re.MULTILINE) == _STACKS


def test_synth_writes_what_the_program_writes(cdktf: Cdktf, project: Path) -> None:
    """`cdktf synth` writes the very JSON that `python main.py` writes."""
    cdktf("synth")
    expected = synthesized(example())
    assert sorted(expected) == _STACKS
    for stack, template in expected.items():
        assert Template.read(project / "cdktf.out", stack).document == template.document, stack


def test_nothing_is_warned_of(cdktf: Cdktf) -> None:
    """No warning comes out: of an end of life, a deprecation, or a version that does not fit."""
    assert re.findall(r".*(?:warn|deprecat|end.of.life|not supported).*", cdktf("synth"), re.IGNORECASE) == []


def test_cdktf_deploy_keeps_the_state_in_s3(
    program: Path, tmp_path: Path, sandbox: Sandbox, client: ClientFactory
) -> None:
    """`cdktf deploy` applies a cell with its state and lock in the bucket, and the providers that are locked."""
    client("s3").create_bucket(Bucket="orders-state")
    (tmp_path / "main.py").write_text(_PROGRAM)
    shutil.copy(_ROOT / "cdktf.json", tmp_path)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    switches = {"CI": "1", "CHECKPOINT_DISABLE": "1", "PATH": path, "PYTHONPATH": str(_ROOT / "modules")}
    environment = usable_environment({**os.environ, **sandbox.child_environment(), **switches}, tmp_path / "home")

    def run(*command: str | Path) -> None:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    # Without a lock file, cdktf asks the registry for one, whatever mirror is configured.
    run("latitude", "synth", "--lock", "--platform", _platform())
    run("node", program, "deploy", "orders-us-east-1", "--auto-approve")

    state = json.loads(client("s3").get_object(Bucket="orders-state", Key=_KEY)["Body"].read())
    assert "aws_apprunner_service" in {resource["type"] for resource in state["resources"]}
    assert "Contents" not in client("s3").list_objects_v2(Bucket="orders-state", Prefix=f"{_KEY}.")


def _platform() -> str:
    said = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=True, timeout=60)
    platform: str = json.loads(said.stdout)["platform"]
    return platform
