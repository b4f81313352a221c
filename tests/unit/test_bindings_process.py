"""Facts about what passes between Python and Node: errors, calls back, tokens read once, objects created ahead."""

from latitude import bindings  # before jsii, to put its provider there

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


def provider() -> Any:
    """Give the provider that jsii uses in this process."""
    return jsii.kernel.provider


@pytest.fixture
def stack() -> Any:
    """Make a stack to put resources into."""
    return cdktf.TerraformStack(cdktf.Testing.app(), "stack")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Record what Python sends to Node."""
    lines: list[dict[str, Any]] = []
    node = provider()._node
    write = node.write

    def record(line: str) -> None:
        lines.append(json.loads(line))
        write(line)

    monkeypatch.setattr(node, "write", record)
    return lines


def test_provider_is_latitudes() -> None:
    """The tests below speak of Latitude's provider, not of jsii's own."""
    assert type(jsii.kernel.provider).__module__ == "jsii._kernel.providers.process"
    assert hasattr(jsii.kernel.provider, "settle")


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


def test_token_is_read_once_until_something_changes(stack: Any, sent: list[dict[str, Any]]) -> None:
    """A second read of an ARN asks Node nothing; after any call that may change the object it asks again."""
    repository = aws.ecr_repository.EcrRepository(stack, "repository", name="web")
    sent.clear()
    assert repository.arn == repository.arn
    assert [line["api"] for line in sent] == ["get"]
    repository.force_delete = True
    sent.clear()
    _ = repository.arn
    assert [line["api"] for line in sent] == ["get"]


def test_plain_value_is_asked_for_every_time(stack: Any, sent: list[dict[str, Any]]) -> None:
    """What is not a token is not kept."""
    sent.clear()
    _ = (stack.node.path, stack.node.path)
    assert [line["property"] for line in sent if line["api"] == "get"].count("path") == 2


def test_ahead_creates_without_waiting(stack: Any, sent: list[dict[str, Any]]) -> None:
    """Within the block an object can be used before Node has answered, and it is the same object afterwards."""
    with bindings.ahead():
        role = aws.iam_role.IamRole(stack, "role", assume_role_policy="{}")
        assert provider()._due
        aws.iam_role_policy_attachment.IamRolePolicyAttachment(stack, "pull", role=role.name, policy_arn="p")
    assert not provider()._due
    assert json.loads(cdktf.Testing.synth(stack))["resource"]["aws_iam_role_policy_attachment"] == {
        "pull": {"policy_arn": "p", "role": "${aws_iam_role.role.name}"}
    }
    assert sum(line["api"] == "create" for line in sent) == 2


def test_ahead_names_and_overrides_without_waiting(stack: Any) -> None:
    """A logical id and an escape hatch are sent on, and hold."""
    with bindings.ahead():
        repository = aws.ecr_repository.EcrRepository(stack, "repository", name="web")
        repository.override_logical_id("web")
        repository.add_override("force_delete", True)  # noqa: FBT003  cdktf's signature
        assert len(provider()._due) == 3
        cdktf.TerraformOutput(stack, "arn", value=repository.arn)
    synthesized = json.loads(cdktf.Testing.synth(stack))
    assert synthesized["resource"]["aws_ecr_repository"] == {"web": {"force_delete": True, "name": "web"}}
    assert synthesized["output"]["arn"]["value"] == "${aws_ecr_repository.web.arn}"


def test_ahead_raises_an_error_when_the_block_ends(stack: Any) -> None:
    """An error comes out of the block, and the kernel can be used afterwards."""

    def twice() -> None:
        with bindings.ahead():
            aws.ecr_repository.EcrRepository(stack, "same", name="a")
            aws.ecr_repository.EcrRepository(stack, "same", name="b")

    with pytest.raises(RuntimeError, match="There is already a Construct with name 'same'"):
        twice()
    assert aws.ecr_repository.EcrRepository(stack, "other", name="c").arn.startswith("${TfToken[")
    with bindings.ahead():
        assert aws.ecr_repository.EcrRepository(stack, "third", name="d").arn.startswith("${TfToken[")


def test_ahead_holds_while_node_calls_python(stack: Any) -> None:
    """An aspect that creates an object within the block has it created before Node goes on."""

    @jsii.implements(cdktf.IAspect)
    class Output:
        def visit(self, node: Any) -> None:
            if isinstance(node, aws.ecr_repository.EcrRepository):
                cdktf.TerraformOutput(stack, f"{node.node.id}-name", value="x")

    with bindings.ahead():
        aws.ecr_repository.EcrRepository(stack, "web", name="web")
        cdktf.Aspects.of(stack).add(Output())
        synthesized = json.loads(cdktf.Testing.synth(stack))
    assert synthesized["output"] == {"web-name": {"value": "x"}}


def test_ahead_does_not_fill_the_pipe(stack: Any) -> None:
    """A thousand objects in a row do not make each side wait for the other."""
    with bindings.ahead():
        for number in range(1_000):
            cdktf.TerraformOutput(stack, f"output-{number}", value="x" * 200)
    assert len(json.loads(cdktf.Testing.synth(stack))["output"]) == 1_000


def test_wrong_foretold_reference_is_an_error(stack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that Node calls otherwise than foretold stops the program instead of standing for another."""
    monkeypatch.setattr(provider(), "_last", provider()._last + 7)
    with (
        pytest.raises(JSIIError, match=r"jsii's kernel answered with .*, not cdktf.TerraformOutput@"),
        bindings.ahead(),
    ):
        cdktf.TerraformOutput(stack, "output", value="x")


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
print(json.loads(cdktf.Testing.synth(stack))["resource"]["aws_ecr_repository"]["repository"])
"""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("node.JSII = '9.9.'", r"latitude: jsii 1.142.0 is not the 9.9.x known here, so that synth is slower"),
        (
            "node.RUNTIME = node.HERE / 'hook.js'",
            "latitude: jsii's runtime did not start as expected, so that synth is slower",
        ),
    ],
    ids=["another jsii", "a runtime that ends"],
)
def test_fallback_to_jsiis_own_process_is_said_once(change: str, reason: str) -> None:
    """When something is not as expected, jsii's own process does the work, with one line on stderr and no other."""
    done = subprocess.run(
        [sys.executable, "-c", FALLBACK.format(change=change)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "{'name': 'web'}\n", done.stderr
    assert done.stderr == f"{reason}\n"
