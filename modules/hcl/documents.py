"""What goes with a module: its README, an example that can be applied, and tests that need no AWS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from modules.hcl.fields import REQUIRED, default_code, type_code
from modules.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from modules.hcl.fields import Field


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a module's documents say."""

    name: str
    summary: str
    regions: tuple[str, ...]
    fields: Sequence[Field]
    example: Mapping[str, str]
    """Values, in code, with which the example calls the module."""
    refused: Mapping[str, tuple[str, ...]]
    """Per test: a variable, a value of it, in code, that is refused, and checks that can't be answered then."""
    guide: str = ""
    """What whoever applies it has to know, as Markdown."""
    unknown: tuple[str, ...] = ()
    """Checks that only an apply can answer: Terraform's tests count them as failures of a plan."""


_MOCKED: Final = {
    "aws_caller_identity": '      account_id = "123456789012"',
    "aws_region": '      id = "us-east-1"',
    "aws_iam_policy_document": '      json = "{}"',
    "aws_ecr_lifecycle_policy_document": '      json = "{}"',
}


def readme(document: Document, outputs: str, note: str) -> str:
    """Return the README: what the module makes, an example, its inputs and outputs."""
    lines = [f"# {document.name}", "", document.summary, "", note.removeprefix("# ").strip(), ""]
    lines += ["## Example", "", "```hcl", _call(document, f"./{document.name}").strip(), "```", ""]
    lines += ["`examples/basic` can be applied as it stands; `terraform test` in this folder needs no AWS.", ""]
    lines += [document.guide, ""] if document.guide else []
    lines += ["## Inputs", "", "| name | type | default | meaning |", "| --- | --- | --- | --- |"]
    for field in document.fields:
        kind = type_code(field.annotation)
        kind = re.sub(r"\{.*\}", "{…}", kind, flags=re.DOTALL)
        default = "required" if field.default is REQUIRED else f"`{default_code(field.default)}`"
        lines.append(f"| `{field.name}` | `{kind}` | {default} | {field.description} |")
    lines += ["", "## Outputs", "", "| name | meaning |", "| --- | --- |"]
    described = re.findall(r'output "(\w+)" \{\n\s*description += "([^\n]*)"', outputs)
    lines += [f"| `{name}` | {description} |" for name, description in described]
    return "\n".join([*lines, ""])


def example_of(document: Document) -> dict[str, str]:
    """Return the example: a root with providers, which calls the module."""
    regions = document.regions or ("us-east-1",)
    providers = []
    for region in regions:
        alias = f'  alias  = "{identifier(region)}"\n' if document.regions else ""
        providers.append(f'provider "aws" {{\n{alias}  region = "{region}"\n}}')
    text = "\n\n".join([*providers, _call(document, "../.."), 'output "example" {\n  value = module.example\n}'])
    return {"examples/basic/main.tf": text}


def tests(document: Document) -> dict[str, str]:
    """Return tests with a mocked provider: the example's values are accepted, and each bad value is refused."""
    mocked = "".join(
        f'  mock_data "{kind}" {{\n    defaults = {{\n{text}\n    }}\n  }}\n\n' for kind, text in _MOCKED.items()
    )
    mocks = [
        f'mock_provider "aws" {{\n  alias = "{identifier(region)}"\n\n{mocked}}}' for region in document.regions
    ] or [f'mock_provider "aws" {{\n{mocked}}}']
    variables = "\n".join(f"  {name} = {code}" for name, code in document.example.items())
    expected = f"\n  expect_failures = [{', '.join(document.unknown)}]\n" if document.unknown else ""
    blocks = [*mocks, f"variables {{\n{variables}\n}}", f'run "plans" {{\n  command = plan\n{expected}}}']
    for name, (field, code, *failing) in document.refused.items():
        blocks.append(
            f'run "{name}" {{\n  command = plan\n\n  variables {{\n    {field} = {code}\n  }}\n\n'
            f"  expect_failures = [{', '.join((f'var.{field}', *failing))}]\n}}"
        )
    return {"tests/module.tftest.hcl": "\n\n".join(blocks)}


def _call(document: Document, source: str) -> str:
    arguments = "\n".join(f"  {name} = {code}" for name, code in document.example.items())
    providers = ""
    if document.regions:
        given = "\n".join(f"    aws.{identifier(r)} = aws.{identifier(r)}" for r in document.regions)
        providers = f"\n\n  providers = {{\n{given}\n  }}"
    return f'module "example" {{\n  source = "{source}"\n\n{arguments}{providers}\n}}'
