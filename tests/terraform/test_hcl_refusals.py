"""What Python refuses, a plan of the emitted variables refuses too, with the same limit in its message.

Terraform tells in one run of every validation that fails, in every module: one plan has all the cases. The modules are
the emitted variables and the local values that their validations name; no provider is needed then, and with resources
it would take minutes. That the whole modules refuse too is for their own tests (``test_hcl_modules``).
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.hcl.inputs.module import ROOT
from latitude.hcl.inputs.modules import modules
from latitude.operate.terraform import Terraform, TerraformError
from latitude.spec import InvalidDescriptionError
from tests.support.hcl import literal, modules_for, write_modules
from tests.support.hcl_cases import Case, cases_of, rounds
from tests.support.plan import terraform_environment
from tests.support.refused import REFUSED, REGIONS, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from latitude.hcl.inputs.module import Module

pytestmark = pytest.mark.terraform

_MODULES: Final[Mapping[str, Module]] = {module.name: module for module in modules(REGIONS)}
_PARTS: Final = [module for module in _MODULES.values() if module.folder]
_LOCAL: Final = re.compile(r"^  (\w+) = ((?:.|\n   |\n  [})\]])*)$", re.MULTILINE)
_BASES: Final[Mapping[str, Mapping[str, Any]]] = {
    "registry": {"application": "orders", "services": {"web": {}}},
    "image-replication": {"applications": ["orders"]},
    "global-table": {"name": "carts", "hash_key": "id", "attributes": {"id": "S"}},
    "regional-service": {"application": "orders", "name": "web", "image": {"tag": "1"}},
    "latency-routing": {
        "name": "shop.example.com",
        "zone_id": "Z0123456789ABCDEFGHIJ",
        "service": {"name": "orders-web", "arn": "arn", "host": "host"},
    },
    ROOT: {"application": "orders"},
}


def _locals(module: Module) -> dict[str, str]:
    """Return the local values that validations name, by name: a file has them and nothing else."""
    path = f"{module.path}limits.tf"
    return dict(_LOCAL.findall(modules_for(REGIONS).get(path, "")))


def _needs(module: Module) -> dict[str, set[str]]:
    """Return the other variables that each variable's validations name, by themselves or through local values."""
    found: dict[str, set[str]] = {}
    known = _locals(module)
    text = modules_for(REGIONS)[f"{module.path}variables.tf"]
    for variable, block in re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL):
        named = [code for name, code in known.items() if f"local.{name}" in block]
        named += [code for name, code in known.items() if any(f"local.{name}" in other for other in named)]
        variables = set(re.findall(r"\bvar\.(\w+)", "\n".join([block, *named])))
        found.setdefault(variable, set()).update(variables - {variable})
    for needed in found.values():
        # Each is complete once it has been gone through as often as there are variables between.
        for _ in found:
            needed |= {further for variable in needed for further in found.get(variable, ())}
    return found


_ROUNDS: Final[Mapping[str, list[list[Case]]]] = {
    module.name: rounds([case for field in module.fields for case in cases_of(field)], _needs(module))
    for module in _PARTS
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """Return what plans say of all the cases: the messages of each call in their root."""
    folder = tmp_path_factory.mktemp("refusals")
    write_modules(REGIONS, folder / "emitted")
    calls = {f"rule_{number}": _call(case.module, _stated(case)) for number, case in enumerate(REFUSED)}
    for part, found in _ROUNDS.items():
        for number, cases in enumerate(found):
            calls[f"{part}_{number}"] = _call(part, {case.variable: case.value for case in cases})
    first = _planned(calls, folder / "first", folder / "emitted")
    # A plan validates first, and what only values of other variables forbid is found after that.
    rest = {name: call for name, call in calls.items() if name.startswith("rule_") and name not in first}
    return {**first, **_planned(rest, folder / "second", folder / "emitted")}


@pytest.mark.parametrize("part", [module.name for module in _PARTS])
def test_module_refuses_what_is_beyond_a_limit_and_nothing_else(part: str, said: Mapping[str, list[str]]) -> None:
    """Each value beyond a limit is refused with the limit as Python says it, and no value within one is."""
    known = {message for cases in _ROUNDS[part] for case in cases for message in case.refused}
    for number, cases in enumerate(_ROUNDS[part]):
        found = sorted({_limit(message, known) for message in said.get(f"{part}_{number}", [])} - {""})
        assert found == sorted({message for case in cases for message in case.refused}), cases


_IN_PYTHON: Final = {f"{case.module}: {case.words}": (case, case.python) for case in REFUSED if case.python is not None}


@pytest.mark.parametrize(("case", "stated"), _IN_PYTHON.values(), ids=_IN_PYTHON.keys())
def test_python_refuses_what_rules_forbid(case: Refused, stated: Callable[[], Any]) -> None:
    """The same arguments have a fault with the same words in Python."""
    with pytest.raises(InvalidDescriptionError) as caught:
        stated().checked()
    assert any(case.words in str(fault) for fault in caught.value.faults), caught.value


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[f"{case.module}: {case.words}" for case in REFUSED])
def test_module_refuses_what_rules_forbid(number: int, said: Mapping[str, list[str]]) -> None:
    """Each combination that a rule forbids is refused by that rule, and by no other."""
    case = REFUSED[number]
    found = said.get(f"rule_{number}", [])
    assert [words for words in (case.words, *case.also) if not any(words in message for message in found)] == [], found
    assert len(found) == 1 + len(case.also), found


def _call(module: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"source": f"./{module}", **literal({**_BASES[module], **arguments})}


def _planned(calls: Mapping[str, Any], root: Path, emitted: Path) -> dict[str, list[str]]:
    for module in _BASES:
        _copy_variables(module, emitted, root)
    for name, call in calls.items():
        # A file each: what Terraform does to show a fault takes a tenth of a second in a file of half a megabyte.
        (root / f"{name}.tf.json").write_text(json.dumps({"module": {name: call}}, indent=1), encoding="utf-8")
    terraform = Terraform(directory=root, environment=terraform_environment({}, root))
    terraform.init()
    with pytest.raises(TerraformError) as refused:
        terraform.run("plan", "-input=false", "-json")
    return _messages(refused.value.output)


def _copy_variables(module: str, emitted: Path, root: Path) -> None:
    (root / module).mkdir(parents=True)
    for name in ("variables.tf", "limits.tf"):
        path = emitted / _MODULES[module].folder / name
        if path.is_file():
            shutil.copy(path, root / module / name)


def _stated(case: Refused) -> dict[str, Any]:
    # A variable that another takes the place of.
    return {**({"image": None} if "source_code" in case.arguments else {}), **case.arguments}


def _messages(output: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in output.splitlines():
        diagnostic = json.loads(line).get("diagnostic", {}) if line.startswith("{") else {}
        if diagnostic.get("severity") == "error":
            assert diagnostic["summary"] == "Invalid value for variable", diagnostic
            call = re.sub(r"^module\.", "", diagnostic["snippet"]["context"])
            found.setdefault(call, []).append(diagnostic["detail"].partition("\n\n")[0])
    return found


def _limit(message: str, known: set[str]) -> str:
    """Return the limit that a message begins with, the longest of those that do; none for a rule's."""
    return max((limit for limit in known if message.startswith(limit)), key=len, default="")
