"""Facts about Node, and what passes between Python and it: errors, calls back, what takes over when it fails."""

import latitude.bindings  # noqa: F401  # before jsii, to put its provider there

# isort: split
import datetime as dt
import json
import subprocess
import sys
from typing import Any

import jsii
import pytest
from jsii._kernel import types
from jsii.errors import JavaScriptError, JSIIError

from latitude.bindings import aws, cdktf, wire


@pytest.fixture(scope="module")
def provider() -> Any:
    """Make a provider that has Node from the start, with the assemblies that this process has loaded."""
    ours: Any = jsii.kernel.provider
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATITUDE_KERNEL", "node")
        made = type(ours)()
    for request in ours._loads:
        made.load(request)
    return made


@pytest.fixture(autouse=True)
def _in_node(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Node answer in these tests; elsewhere Python does."""
    monkeypatch.setattr(jsii.kernel, "provider", provider)


@pytest.fixture
def stack() -> Any:
    """Make a stack to put resources into."""
    return cdktf.TerraformStack(cdktf.Testing.app(), "stack")


def test_provider_is_latitudes(provider: Any) -> None:
    """The tests below speak of Latitude's provider, not of jsii's own, and of Node."""
    assert type(provider).__module__ == "jsii._kernel.providers.process"
    assert provider._kernel is None


def test_error_of_cdktf_is_a_runtime_error_with_javascripts_stack(stack: Any) -> None:
    """An error in JavaScript is raised where Python caused it, as jsii raises it."""
    aws.ecr_repository.EcrRepository(stack, "same", name="a")
    with pytest.raises(RuntimeError, match="There is already a Construct with name 'same'") as raised:
        aws.ecr_repository.EcrRepository(stack, "same", name="b")
    assert isinstance(raised.value.__cause__, JavaScriptError)
    assert "at " in raised.value.__cause__.stack


def test_fault_of_the_kernel_is_a_jsii_error(stack: Any) -> None:
    """What the kernel itself refuses is a JSIIError."""
    with pytest.raises(JSIIError, match="doesn't have a property 'nonsense'"):
        jsii.kernel.get(stack, "nonsense")


def test_call_of_node_in_python_returns_its_value(stack: Any) -> None:
    """An aspect in Python is called for each construct, reads and changes it."""

    @jsii.implements(cdktf.IAspect)
    class Tag:
        def visit(self, node: Any) -> None:
            if isinstance(node, aws.ecr_repository.EcrRepository):
                node.tags = {**(node.tags_input or {}), "id": node.node.id}

    aws.ecr_repository.EcrRepository(stack, "web", name="web", tags={"a": "b"})
    cdktf.Aspects.of(stack).add(Tag())
    resource = json.loads(cdktf.Testing.synth(stack))["resource"]
    assert resource["aws_ecr_repository"]["web"]["tags"] == {"a": "b", "id": "web"}


def test_error_in_python_called_by_node_comes_back(stack: Any) -> None:
    """What Python raises when Node calls it passes through Node."""

    @jsii.implements(cdktf.IAspect)
    class Refuse:
        def visit(self, node: Any) -> None:
            raise ValueError(f"not {node.node.id}")

    cdktf.Aspects.of(stack).add(Refuse())
    with pytest.raises(RuntimeError, match="not stack"):
        cdktf.Testing.synth(stack)


def test_wire_writes_and_reads_what_json_has_no_word_for() -> None:
    """Dates, references and members of enums are written as the kernel reads them; a naive date is refused."""
    moment = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    reference = types.ObjRef(ref="cdktf.App@10000", interfaces=["cdktf.IAspect"])
    line = wire.dumps([moment, reference, types.Override(method="visit", cookie="visit")])
    assert json.loads(line, object_hook=wire.decode) == [
        moment,
        reference,
        {"method": "visit", "property": None, "cookie": "visit"},
    ]
    assert json.loads('{"$jsii.enum": "cdktf.E/A"}', object_hook=wire.decode) == types.EnumRef(
        ref=types.ObjRef(ref="cdktf.E@"), member="A"
    )
    with pytest.raises(TypeError, match="Don't know how to convert object to JSON"):
        wire.dumps(dt.datetime(2026, 11, 24))  # noqa: DTZ001  that is the case


def test_map_with_a_key_of_jsiis_among_others_stays_a_map() -> None:
    """Only what has exactly the keys that jsii gives is read as a reference."""
    value = {"$jsii.byref": "cdktf.App@10000", "other": 1}
    assert json.loads(json.dumps(value), object_hook=wire.decode) == value


FALLBACK = """
import json, sys
from latitude.bindings import node
{change}
from latitude.bindings import aws, cdktf
stack = cdktf.TerraformStack(cdktf.Testing.app(), "stack")
repository = aws.ecr_repository.EcrRepository(stack, "repository", name="web")
if "leave" in globals():
    repository.name = "web"
print(json.loads(cdktf.Testing.synth(stack))["resource"]["aws_ecr_repository"]["repository"])
"""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("node.JSII = '9.9.'", "latitude: jsii 1.142.0 is not the 9.9.x known here, so that synth is slower"),
        (
            "import os; os.environ['LATITUDE_KERNEL'] = 'node'; node.RUNTIME = node.HERE / 'hook.js'",
            "latitude: jsii's runtime did not start as expected, so that synth is slower",
        ),
        (
            "node.RUNTIME = node.HERE / 'hook.js'; leave = True",
            "latitude: jsii's runtime did not start as expected, so that synth is slower",
        ),
    ],
    ids=["another jsii", "a runtime that ends", "a runtime that ends when it takes over"],
)
def test_fallback_to_jsiis_own_process_is_said_once(change: str, reason: str) -> None:
    """When something is not as expected, jsii's own process does the work, with one line on stderr and no other."""
    done = subprocess.run(
        [sys.executable, "-c", FALLBACK.format(change=change)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "{'name': 'web'}\n", done.stderr
    assert done.stderr == f"{reason}\n"
