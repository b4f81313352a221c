"""What goes with a module: its README, an example that can be applied, and tests that need no AWS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.hcl.fields import REQUIRED, default_code, type_code
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.hcl.fields import Field
    from latitude.hcl.validation import Rule


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a module's variables and documents say."""

    name: str
    summary: str
    """What the module makes, in the words of its README."""
    fields: Sequence[Field]
    """The variables, in their order."""
    rules: Sequence[Rule]
    """What the variables must be together."""
    example: Mapping[str, str]
    """Values, in code, with which the example calls the module."""
    refused: Mapping[str, tuple[str, ...]]
    """Per test: a variable, a value of it, in code, that is refused, and checks that can't be answered then."""
    regions: tuple[str, ...] = ()
    """The regions with a provider each; none where the module works in the caller's region."""
    root: str = ""
    """The example, where it is more than a call of the module: a root for ``ROOT_REGIONS``."""
    mocked: str = ""
    """What the example's test mocks beside what all do."""
    guide: str = ""
    """What whoever applies it has to know, as Markdown for its README."""
    unknown: tuple[str, ...] = ()
    """Checks that only an apply can answer: Terraform's tests count them as failures of a plan."""


ROOT_REGIONS: Final = ("us-east-1", "us-west-2")
_EXAMPLE_OUTPUT: Final = """output "example" {
  description = "What the module tells."
  value       = module.example
}"""
_MOCKED: Final = {
    "aws_caller_identity": '      account_id = "123456789012"',
    "aws_region": '      id = "{region}"',
    "aws_iam_policy_document": '      json = "{}"',
    "aws_ecr_lifecycle_policy_document": '      json = "{}"',
}


def readme(document: Document, outputs: str, note: str) -> str:
    """Return the README: what the module makes, an example, its inputs and outputs."""
    lines = [f"# {document.name}", "", document.summary, "", note.removeprefix("# ").strip(), ""]
    example = document.root.replace("../../..", ".") or _call(document, f"./{document.name}")
    lines += ["## Example", "", "```hcl", example.replace('"../.."', f'"./{document.name}"').strip(), "```", ""]
    lines += [
        "`examples/basic` can be applied as it stands. `terraform test`, there and here, needs no AWS.",
        "",
    ]
    lines += [document.guide.strip(), ""] if document.guide else []
    lines += ["## Inputs", "", "In the order of `variables.tf`: names first, tags last.", ""]
    lines += ["| name | type | default | meaning |", "| --- | --- | --- | --- |"]
    for field in document.fields:
        kind = type_code(field.annotation)
        kind = re.sub(r"\{.*\}", "{…}", kind, flags=re.DOTALL)
        default = "required" if field.default is REQUIRED else f"`{default_code(field.default)}`"
        lines.append(f"| `{field.name}` | `{kind}` | {default} | {field.description} |")
    lines += ["", "## Outputs", "", "| name | meaning |", "| --- | --- |"]
    described = re.findall(r'output "(\w+)" \{\n\s*description += "([^\n]*)"', outputs)
    lines += [f"| `{name}` | {description} |" for name, description in described]
    return "\n".join([*lines, ""])


def example_of(document: Document, versions: str) -> dict[str, str]:
    """Return the example, a root with providers which calls the module, and a test of it with mocked ones."""
    regions = document.regions or ("us-east-1",)
    aliased = bool(document.regions)
    providers = [_provider(region, aliased=aliased) for region in regions]
    body = [*providers, _call(document, "../.."), _EXAMPLE_OUTPUT]
    if document.root:
        aliased, regions, body = True, ROOT_REGIONS, [document.root]
    mocks = [_mock(region if aliased else None, document.mocked) for region in regions]
    return {
        "examples/basic/main.tf": "\n\n".join([versions, *body]),
        "examples/basic/tests/example.tftest.hcl": "\n\n".join([*mocks, 'run "plans" {\n  command = plan\n}']),
    }


def tests(document: Document) -> dict[str, str]:
    """Return tests with a mocked provider: the example's values are accepted, and each bad value is refused."""
    mocks = [_mock(region) for region in document.regions] or [_mock()]
    variables = "\n".join(f"  {name} = {code}" for name, code in document.example.items())
    expected = f"\n  expect_failures = [{', '.join(document.unknown)}]\n" if document.unknown else ""
    blocks = [*mocks, f"variables {{\n{variables}\n}}", f'run "plans" {{\n  command = plan\n{expected}}}']
    for name, (field, code, *failing) in document.refused.items():
        blocks.append(
            f'run "{name}" {{\n  command = plan\n\n  variables {{\n    {field} = {code}\n  }}\n\n'
            f"  expect_failures = [{', '.join((f'var.{field}', *failing))}]\n}}"
        )
    return {"tests/module.tftest.hcl": "\n\n".join(blocks)}


def _provider(region: str, *, aliased: bool) -> str:
    alias = f'  alias  = "{identifier(region)}"\n' if aliased else ""
    return f'provider "aws" {{\n{alias}  region = "{region}"\n}}'


def _mock(region: str | None = None, more: str = "") -> str:
    alias = [] if region is None else [f'  alias = "{identifier(region)}"']
    known = {
        kind: text.replace("{region}", "us-east-1" if region is None else region) for kind, text in _MOCKED.items()
    }
    data = [f'  mock_data "{kind}" {{\n    defaults = {{\n{text}\n    }}\n  }}' for kind, text in known.items()]
    parts = "\n\n".join([*alias, *data, *([more] if more else [])])
    return f'mock_provider "aws" {{\n{parts}\n}}'


def _call(document: Document, source: str) -> str:
    arguments = "\n".join(f"  {name} = {code}" for name, code in document.example.items())
    providers = ""
    if document.regions:
        given = "\n".join(f"    aws.{identifier(r)} = aws.{identifier(r)}" for r in document.regions)
        providers = f"\n\n  providers = {{\n{given}\n  }}"
    return f'module "example" {{\n  source = "{source}"\n\n{arguments}{providers}\n}}'
