"""Facts about what Python answers, and at what it leaves the work to Node; nothing here starts Node."""

from latitude.bindings import aws, cdktf  # before jsii, to put its provider there

# isort: split
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
import pytest

from latitude.bindings.kernel.requests import Kernel
from latitude.bindings.kernel.unknown import UnknownError
from tests.support.cdktf_programs import KNOWN, LEAVING, Program


class Alone:
    """A provider of jsii that has the kernel, and no Node."""

    def __init__(self) -> None:
        self.kernel = Kernel()

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        return self.kernel.answer


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Alone:
    """Let only Python answer."""
    provider = Alone()
    monkeypatch.setattr(jsii.kernel, "provider", provider)
    return provider


def synth(program: Program, outdir: Path) -> None:
    """Run a program in an app of its own."""
    app = cdktf.App(outdir=str(outdir))
    stack = cdktf.TerraformStack(app, "stack")
    aws.provider.AwsProvider(stack, "aws", region="us-east-1")
    program(app, stack)
    app.synth()


@pytest.mark.parametrize("program", KNOWN.values(), ids=KNOWN)
def test_program_is_answered_to_the_end(program: Program, tmp_path: Path) -> None:
    """What Latitude and most programs use needs no Node; tests/terraform compares the bytes."""
    synth(program, tmp_path)
    assert json.loads((tmp_path / "manifest.json").read_text())["stacks"]["stack"]["name"] == "stack"


@pytest.mark.parametrize("program", LEAVING.values(), ids=LEAVING)
def test_program_is_left_to_node(program: Program, tmp_path: Path) -> None:
    """What Python does not know, or might answer otherwise than Node, it does not answer."""
    with pytest.raises(UnknownError):
        synth(program, tmp_path)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SYNTH_HCL_OUTPUT", "true"),
        ("CDKTF_CONTEXT_JSON", "{"),
        ("CDKTF_CONTEXT_JSON", "[]"),
        ("CDKTF_CONTEXT_JSON", '{"a": NaN}'),
        ("CDKTF_OUTDIR", ""),
        ("CDKTF_OUTDIR", "no/such/folder"),
    ],
)
def test_app_is_left_to_node(
    variable: str, value: str, alone: Alone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HCL, a context that cannot be read, and a folder that cannot be made have cdktf's own answers."""
    monkeypatch.setenv(variable, value)
    monkeypatch.chdir(tmp_path)
    alone.kernel = Kernel()
    with pytest.raises(UnknownError):
        cdktf.App()


def test_app_of_the_command_line_is_answered(alone: Alone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`cdktf synth` gives the context and the folder in the environment; both are known."""
    monkeypatch.setenv("CDKTF_CONTEXT_JSON", '{"excludeStackIdFromLogicalIds": "true", "cdktfVersion": "1"}')
    monkeypatch.setenv("CDKTF_OUTDIR", "out")
    monkeypatch.setenv("SYNTH_HCL_OUTPUT", "false")
    monkeypatch.chdir(tmp_path)
    alone.kernel = Kernel()
    app = cdktf.App()
    cdktf.TerraformStack(app, "stack")
    app.synth()
    written = json.loads((tmp_path / "out" / "stacks" / "stack" / "cdk.tf.json").read_text())
    assert app.outdir == "out"
    assert written["//"]["metadata"]["version"] == "0.21.0"
    assert written["terraform"]["backend"]["local"]["path"] == str(tmp_path / "terraform.stack.tfstate")


@pytest.mark.parametrize(("name", "version"), [("cdktf", "0.22.0"), ("@cdktf/provider-aws", "21.22.2")])
def test_assembly_of_another_release_is_left_to_node(name: str, version: str, alone: Alone) -> None:
    """The answers were compared with two releases, and hold for no other."""
    with pytest.raises(UnknownError, match=version):
        alone.kernel.load(jsii._kernel.types.LoadRequest(name=name, version=version, tarball=""))
