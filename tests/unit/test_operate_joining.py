"""A deployment's order in DNS: what leaves leaves first, what joins joins last, and not before its domain is live."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latitude.operate.deployment import Deployment
from latitude.operate.events import Changes
from latitude.operate.order import Stage
from latitude.operate.planned import Planned
from latitude.operate.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

EAST, WEST, SOUTH = "us-east-1", "us-west-2", "sa-east-1"
CELL, ROUTING = "orders-us-east-1", "orders-routing"
STAGES = (Stage(stacks=(CELL,)), Stage(stacks=(ROUTING,)))


@dataclass(kw_only=True)
class Recorded(Deployment):
    """A deployment that leads to ``before``, is to lead to ``after``, and hears ``says`` of its cell.

    ``log`` has what was applied: a cell by its name, routing with the regions that it leads to.
    """

    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)
    says: list[str] = field(default_factory=list)
    log: list[Any] = field(default_factory=list)
    planned: dict[str, set[str]] = field(default_factory=dict)

    def _planned(self, stack: str, files: Any, *, out: Collection[str] = ()) -> Planned:
        del files
        if stack == CELL:
            says = self.says.pop(0) if self.says else ""
            return Planned(stack=stack, changes=Changes(change=1, waits=(says,) if says else ()), needed=True)
        self.planned[stack] = self.after - {*out, *self.draining}
        routes = Routes(before=frozenset(self.before), after=frozenset(self.planned[stack]))
        return Planned(stack=stack, changes=Changes(routes=routes), needed=self.before != self.planned[stack])

    def _apply(self, stack: str, files: Any) -> None:
        del files
        self.begun.append(stack)
        if stack == ROUTING:
            self.before = self.planned[stack]
        self.log.append(stack if stack == CELL else sorted(self.before))
        self.done.append(stack)


def deployment(tmp_path: Path, **fields: Any) -> Recorded:
    """Return a deployment of a cell and of what leads to it."""
    given = {"stages": STAGES, "routing": ROUTING, "confirm": lambda _: True, **fields}
    (tmp_path / "stacks").mkdir()
    return Recorded(folder=tmp_path / "stacks", environment={}, tell=lambda *_: None, bake=lambda _: None, **given)


def test_region_that_leaves_does_so_before_the_cells_and_one_that_joins_after_them(tmp_path: Path) -> None:
    """Routing is applied twice: without what joins, and when the cells are done with it."""
    run = deployment(tmp_path, before={EAST, SOUTH}, after={EAST, WEST})
    assert run.run() is True
    assert run.log == [[EAST], CELL, [EAST, WEST]]


def test_region_that_leaves_alone_is_done_with_before_the_cells(tmp_path: Path) -> None:
    """There is nothing left to do for routing then."""
    run = deployment(tmp_path, before={EAST, WEST}, after={WEST})
    run.run()
    assert run.log == [[WEST], CELL]


def test_region_that_nobody_has_seen_join_stays_out(tmp_path: Path) -> None:
    """A drain by variable survives a run that nobody watches, beside what the description drains; it is told of."""
    run = deployment(tmp_path, before={WEST}, after={EAST, WEST, SOUTH}, draining={SOUTH}, seen=frozenset())
    run.run()
    assert run.log == [CELL]
    assert run.out == {EAST}


def test_region_that_somebody_has_seen_joins(tmp_path: Path) -> None:
    """Whoever runs it names the region."""
    run = deployment(tmp_path, before={WEST}, after={EAST, WEST}, seen=frozenset({EAST}))
    run.run()
    assert run.log == [CELL, [EAST, WEST]]
    assert run.out == set()


def test_first_regions_of_all_join_by_themselves(tmp_path: Path) -> None:
    """Nothing was drained before anything was led to."""
    run = deployment(tmp_path, before=set(), after={EAST, WEST}, seen=frozenset())
    run.run()
    assert run.log == [CELL, [EAST, WEST]]


def test_region_joins_when_its_domain_is_live(tmp_path: Path) -> None:
    """The cell is applied, planned until AWS says that the domain is live, and applied once more."""
    run = deployment(tmp_path, before=set(), after={EAST}, says=["unknown", "pending", "pending"], wait_seconds=60)
    run.run()
    assert run.log == [CELL, CELL, [EAST]]
    assert run.waiting == {}


def test_deployment_that_may_not_wait_says_what_is_not_live(tmp_path: Path) -> None:
    """The region stays closed, whoever is led to it."""
    run = deployment(tmp_path, before=set(), after={EAST}, says=["pending"])
    run.run()
    assert run.log == [CELL, [EAST]]
    assert run.waiting == {CELL: "pending"}


def test_plan_with_other_changes_is_left_to_the_next_run(tmp_path: Path) -> None:
    """Nobody has seen them: what opens a region is a change in place, and no more."""
    run = deployment(tmp_path, before=set(), after={EAST}, says=["unknown"], wait_seconds=60)
    plain = run._planned

    def with_loss(stack: str, files: Any, *, out: Collection[str] = ()) -> Planned:
        found = plain(stack, files, out=out)
        if stack != CELL or CELL not in run.begun:
            return found
        return Planned(stack=stack, changes=Changes(change=1, remove=1), needed=True)

    run._planned = with_loss  # type: ignore[method-assign]
    run.run()
    assert run.log == [CELL, [EAST]]
    assert run.waiting == {CELL: "its plan has other changes meanwhile, 0 to add, 1 to change, 1 to destroy."}
