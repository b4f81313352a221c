"""The rooms of the package: what each may import, and who may know a kind of compute by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import latitude
from tests.support.import_graph import cycles, import_graph

_PACKAGE: Final = Path(latitude.__file__).parent
_ARCHITECTURE: Final = Path(__file__).parents[2] / "docs" / "architecture.md"
_CONSTRUCTS: Final = "latitude.constructs"
# What has no room: the package's own names, and the entry point of its command.
_DOORS: Final = {"latitude", "latitude.cli"}
# Writing files whole: what every room that writes may use, and which uses none.
_TOOLS: Final = {"files"}
# They have a line for every type of resource that Latitude makes, whatever computes.
_LISTS_OF_TYPES: Final = {"operate/import_ids.py", "operate/look_ups.py"}

_MAY_IMPORT: Final = {
    "spec": set[str](),
    "bindings": {"spec"},
    "constructs": {"bindings", "spec"},
    "stacks": {"bindings", "constructs", "spec"},
    "hcl": {"diagram", "spec"},
    "diagram": {"spec"},
    "operate": {"bindings", "spec", "stacks"},
    "trial": {"operate", "spec", "stacks"},
    "acceptance": {"trial", "operate", "spec"},
    "demo": {"operate", "trial", "spec", "stacks"},
    "sandbox": set[str](),
    "commands": {"acceptance", "demo", "diagram", "hcl", "operate", "trial", "sandbox", "spec", "stacks"},
}
"""The rooms of ``latitude``, as docs/architecture.md has them."""

_CONSTRUCTS_MAY_IMPORT: Final = {
    "identity": set[str](),
    "network": set[str](),
    "registry": {"identity"},
    "data": {"identity"},
    "state": {"identity"},
    "compute": {"data", "identity", "network", "registry"},
    "edge": {"compute"},
}
"""The rooms of ``latitude.constructs``, all of which import its base, ``capability``."""


def _room(module: str, package: str) -> str:
    """Return the room of a module below a package; the module's own name if it stands in none."""
    return module.removeprefix(f"{package}.").partition(".")[0]


def _strangers(package: str, allowed: dict[str, set[str]], always: set[str]) -> list[str]:
    """Return the imports from one room to another that the arrows don't allow."""
    return sorted(
        f"{module} imports {target}"
        for module, targets in import_graph(package).items()
        for target in targets
        if target.startswith(f"{package}.")
        and (room := _room(module, package)) in allowed
        and _room(target, package) not in {room, *allowed[room], *always}
    )


def test_rooms_import_only_what_the_arrows_allow() -> None:
    """Imports point one way, under TYPE_CHECKING and in functions too."""
    assert _strangers("latitude", _MAY_IMPORT, _TOOLS) == []
    assert {target for target in import_graph("latitude")["latitude.files"] if target != "latitude"} == set()


def test_rooms_of_constructs_import_only_what_the_arrows_allow() -> None:
    """A room of constructs knows the base, and those rooms whose constructs it puts together."""
    assert _strangers(_CONSTRUCTS, _CONSTRUCTS_MAY_IMPORT, {"capability"}) == []


@pytest.mark.parametrize(
    ("package", "rooms"),
    [("latitude", _MAY_IMPORT), (_CONSTRUCTS, _CONSTRUCTS_MAY_IMPORT)],
    ids=["latitude", "constructs"],
)
def test_every_module_is_in_a_room(package: str, rooms: dict[str, set[str]]) -> None:
    """A new room is given its arrows here, and its row in docs/architecture.md."""
    plain = {*_DOORS, _CONSTRUCTS, f"{_CONSTRUCTS}.capability", f"{_CONSTRUCTS}.regional_service"}
    found = {_room(module, package) for module in import_graph(package) if module not in plain}
    assert found - _TOOLS == set(rooms)


def test_architecture_has_the_arrows_that_are_held() -> None:
    """The table of rooms in docs/architecture.md says of each room what this test allows it."""
    rows = re.findall(r"^\| `(\w+)/` \|.*\| (.*) \|$", _ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    stated = {room: set(re.findall(r"`(\w+)`", imports)) for room, imports in rows if room in _MAY_IMPORT}
    everything = {room: set(_MAY_IMPORT) - {room} for room, imports in rows if imports == "all of them"}
    assert {**stated, **everything} == {**_MAY_IMPORT, **everything}
    assert set(everything) == {"commands"}


def test_rooms_have_no_import_cycle() -> None:
    """No room of the package needs a room that needs it."""
    rooms: dict[str, set[str]] = {}
    for module, targets in import_graph("latitude").items():
        if module not in _DOORS:
            found = {_room(target, "latitude") for target in targets if target not in _DOORS}
            rooms.setdefault(_room(module, "latitude"), set()).update(found - {_room(module, "latitude")})
    assert cycles({room: frozenset(targets) for room, targets in rooms.items()}) == []


def test_compute_is_known_by_its_interface_alone() -> None:
    """Whoever imports a kind of compute is ``kinds.py``."""
    kinds = f"{_CONSTRUCTS}.compute.app_runner"
    knowing = {
        module
        for module, targets in import_graph("latitude").items()
        if any(target.startswith(kinds) for target in targets) and not module.startswith(kinds)
    }
    assert knowing == {f"{_CONSTRUCTS}.compute.kinds"}


@pytest.mark.parametrize(
    "room",
    ["stacks", "operate", "diagram", "demo", *(f"constructs/{room}" for room in ("edge", "data", "network", "state"))],
)
def test_code_of_a_room_names_no_kind_of_compute(room: str) -> None:
    """Stacks, records, pipelines and pictures ask the interface: no kind's name or API stands in their code."""
    naming = [
        f"{file.relative_to(_PACKAGE)}:{number}: {line.strip()}"
        for file in sorted((_PACKAGE / room).rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if re.search(r"app.?runner|fargate", line, re.IGNORECASE)
        and str(file.relative_to(_PACKAGE)) not in _LISTS_OF_TYPES
    ]
    assert naming == []
