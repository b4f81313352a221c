"""The emitted tree: what lies in ``terraform/``, as it is or, where a region's name occurs, from a template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER: Final = Path(__file__).parent / "terraform"
TEMPLATE: Final = ".j2"
_RULES: Final = "_rules.tf.j2"
_EACH_REGION: Final = "[region]"
_COPIES: Final = ("modules/image-replication/", "examples/image-replication/")
"""What is of no use in one region."""


class Region(str):
    """A region's name, and what stands for it in addresses; ``padded`` as ``terraform fmt`` aligns what follows."""

    __slots__ = ("id", "padded", "padded_id")

    id: str
    padded: str
    padded_id: str


def regions_of(names: Sequence[str]) -> list[Region]:
    """Return the regions for templates, in their order."""
    width = max(map(len, names))
    found = []
    for name in names:
        region = Region(name)
        region.id = identifier(name)
        region.padded, region.padded_id = name.ljust(width), region.id.ljust(width)
        found.append(region)
    return found


def rendered(regions: Sequence[Region], values: Mapping[str, Any], *, documents: bool) -> dict[str, str]:
    """Return the text of each file by its path: of the documents, or of all else.

    ``values`` are what templates may use beside the regions.
    """
    files: dict[str, str] = {}
    given = {"regions": regions, "home": regions[0], "others": regions[1:], **values}
    for path in sorted(FOLDER.rglob("*")):
        name = path.relative_to(FOLDER).as_posix()
        plain = name.removesuffix(TEMPLATE)
        if not path.is_file() or path.name.startswith("_") or plain.endswith(".md") != documents:
            continue
        if name.startswith(_COPIES) and len(regions) == 1:
            continue
        if plain == name:
            files[name] = path.read_text("utf-8")
        elif _EACH_REGION in name:
            template = _environment().get_template(name)
            files |= {plain.replace(_EACH_REGION, each.id): template.render(given, region=each) for each in regions}
        else:
            files[plain] = _environment().get_template(name).render(given)
    return files


def rules(folder: str, regions: Sequence[Region]) -> str:
    """Return what the variables of the module in a folder must be together; nothing where it has no rules."""
    name = f"{folder}{_RULES}"
    return _environment().get_template(name).render(regions=regions) if (FOLDER / name).is_file() else ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # HCL, no HTML
    )
    environment.filters["pad"] = _padded
    return environment


def _padded(name: str, names: Iterable[str]) -> str:
    """Return a name as wide as the longest of the names that stand below each other."""
    return name.ljust(max(map(len, names)))
