"""Drafts, parts with faults: they are ordinary Python objects, whose refused fields are not there."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from pydantic import BaseModel, ValidationError

import latitude
from latitude.spec import Application, AutoScaling, Fault, Image, InvalidDescriptionError, Service, TableAccess
from latitude.spec.base import Part, fault, rule
from latitude.spec.faults import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.unit.descriptions import Refusals

MIN_SIZE = "min_size: must be 1 to 25, got 0 (App Runner CreateAutoScalingConfiguration)"
TABLES: Any = [TableAccess(table="carts", variable="PORT"), 5]
GOOD = Service(name="web", image=Image(tag="1"), cpu="1 vCPU", environment={"A": "1"})
DRAFT = Service(name="W", image=Image(), environment={"A": "1"}, tables=TABLES, colour="red")  # type: ignore[call-arg]
"""Refused are its name, an entry of ``tables`` and ``colour``; its image and the other entry have faults."""


class Pair(Part):
    """Two numbers in order."""

    low: int = 1
    high: int = 2

    @property
    def gap(self) -> int:
        """How far they lie apart."""
        return self.high - self.low

    @rule
    def _first(self) -> Iterator[Fault]:
        """Have a gap that is not negative."""
        if self.gap < 0:
            yield fault("low", message="must be at most high")

    @rule
    def _second(self) -> Iterator[Fault]:
        """Have no gap of 13, which a bug in this rule is to find."""
        if self.high == 13:
            _ = cast("Any", self).nothing_of_the_kind
            yield fault("high", message="must not be 13")


class Web(Service):
    """A user's own service, with a constructor of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, image=Image(tag="1"))


def faults(part: Part) -> list[str]:
    """Return a part's faults, each as its user reads it."""
    return [str(found) for found in part.faults()]


def test_refused_field_is_not_there() -> None:
    """Python's own questions get the answer that they get of any object without the attribute."""
    draft = AutoScaling(min_size=0)
    assert not hasattr(draft, "min_size")
    assert getattr(draft, "min_size", None) is None
    assert hasattr(draft, "max_size")
    assert "min_size" not in repr(draft)


def test_refused_field_that_is_read_says_why() -> None:
    """Nobody can go on with a value that was refused, or with the default in its place."""
    with pytest.raises(UnknownValueError) as caught:
        _ = AutoScaling(min_size=0, max_size=99).min_size
    assert [str(found) for found in caught.value.faults] == [MIN_SIZE]
    assert isinstance(caught.value, InvalidDescriptionError)


def test_required_field_that_is_read_says_that_it_is_missing() -> None:
    """A part that pydantic's own ``model_construct`` made without a field says the same."""
    nothing: dict[str, Any] = {}
    for part in (Service.model_construct(**nothing), Service(**nothing)):
        with pytest.raises(UnknownValueError, match=r"name: is required \(Service\)$"):
            _ = part.name


def test_program_that_reads_a_refused_field_ends_with_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """A user who reads too early sees the fault, and no lines of Latitude's code."""
    with pytest.raises(UnknownValueError) as caught:
        _ = AutoScaling(min_size=0).min_size
    sys.excepthook(caught.type, caught.value, caught.tb)
    assert capsys.readouterr().err == f"The description has 1 fault; nothing was written.\n  {MIN_SIZE}\n"


def test_attribute_that_no_part_has_is_an_attribute_error() -> None:
    """A slip of the pen in a program is Python's own error, of a draft too."""
    for part in (AutoScaling(), AutoScaling(min_size=0)):
        with pytest.raises(AttributeError, match="has no attribute 'min_sise'") as caught:
            _ = cast("Any", part).min_sise
        assert not isinstance(caught.value, InvalidDescriptionError)


def test_rule_that_reads_a_refused_field_is_skipped() -> None:
    """A property in between makes no difference; other rules go on."""
    wrong: Any = "one"
    assert faults(Pair(low=wrong)) == ["low: must be a whole number, got 'one' (Pair)"]
    assert faults(Pair(low=3)) == ["low: must be at most high"]


def test_rule_with_a_bug_is_not_skipped() -> None:
    """An ``AttributeError`` of another kind is a bug in Latitude, and is seen."""
    wrong: Any = "one"
    for pair in (Pair(high=13), Pair(low=wrong, high=13)):
        with pytest.raises(AttributeError, match="'Pair' object has no attribute 'nothing_of_the_kind'"):
            pair.checked()


@pytest.mark.parametrize("part", [GOOD, DRAFT], ids=["good", "draft"])
@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        lambda part: pickle.loads(pickle.dumps(part)),  # noqa: S301  # its own
        lambda part: part.model_copy(),
        lambda part: part.model_copy(deep=True),
        lambda part: part.model_copy(update={}),
        lambda part: part.model_copy(update={}, deep=True),
    ],
    ids=["copy", "deepcopy", "pickle", "model_copy", "model_copy_deep", "model_copy_anew", "model_copy_anew_deep"],
)
def test_copy_is_equal_in_all_that_was_stated(part: Part, copied: Callable[[Part], Part]) -> None:
    """Whatever copies a part copies its faults, its refused values and the names of the fields that were stated."""
    found = copied(part)
    assert found is not part
    assert found == part
    assert repr(found) == repr(part)
    assert faults(found) == faults(part)
    assert found.model_fields_set == part.model_fields_set


def test_deep_copy_shares_nothing_that_can_be_changed() -> None:
    """A copy's dicts are its own, changed fields or not; a shallow copy shares them, as Python's do."""
    assert GOOD.model_copy(update={"port": 80}, deep=True).environment is not GOOD.environment
    assert GOOD.model_copy(deep=True).environment is not GOOD.environment
    assert GOOD.model_copy().environment is GOOD.environment


def test_drafts_are_equal_if_the_same_was_refused() -> None:
    """A draft is never equal to a part without faults, or to one with others."""
    assert AutoScaling(min_size=0) == AutoScaling(min_size=0)
    assert AutoScaling(min_size=0) != AutoScaling(min_size=-1)
    assert AutoScaling(min_size=0) != AutoScaling()


def test_copy_with_changes_is_held_to_the_limits(refusals: Refusals) -> None:
    """``model_copy(update=…)`` states a part anew, where pydantic's own takes any value."""
    scaling = AutoScaling(min_size=3)
    assert faults(scaling.model_copy(update={"min_size": 0})) == [MIN_SIZE]
    assert scaling.model_copy(update={"max_size": 9}) == AutoScaling(min_size=3, max_size=9)
    assert GOOD.model_copy(update={"cpu": "2 vCPU", "memory": "4 GB"}).cpu == 2048
    described = Application(name="orders", regions=["us-east-1"])
    assert refusals(lambda: described.model_copy(update={"draining": {"mars"}})) == [
        "draining: must be regions of the application (us-east-1), got 'mars' (Latitude)"
    ]


def test_copy_with_changes_mends_a_draft() -> None:
    """What is changed is stated anew; what else was refused stays so, with the parts in it."""
    assert AutoScaling(min_size=0).model_copy(update={"min_size": 1}).checked() == AutoScaling(min_size=1)
    mended = DRAFT.model_copy(update={"name": "web", "image": Image(tag="1")})
    assert [found.path for found in mended.faults()] == ["tables[1]", "colour", "tables[0].variable"]


def test_class_with_a_constructor_of_its_own_is_a_draft_too() -> None:
    """What its constructor hands on is what is refused; a copy with changes needs no such constructor."""
    assert [found.path for found in Web("W").faults()] == ["name"]
    assert Web("W").image == Image(tag="1")
    assert Web("web").model_copy(update={"port": 80}).checked().port == 80


def test_wrong_application_does_not_come_from_a_dict() -> None:
    """Pydantic's ``model_validate`` asks the rules too, and reports what they find."""
    values = {"name": "orders", "regions": ["us-east-1", "us-east-1"]}
    with pytest.raises(ValidationError, match="regions: must be different from each other, got 'us-east-1' 2 times"):
        Application.model_validate(values)
    assert Application.model_validate({**values, "regions": ["us-east-1"]}).regions == ("us-east-1",)


def test_error_reaches_another_process_whole() -> None:
    """A pool of processes pickles the errors of its workers."""
    error = InvalidDescriptionError([Fault(("name",), "is required (Service)")])
    found = pickle.loads(pickle.dumps(error))  # noqa: S301  # its own
    assert type(found) is InvalidDescriptionError
    assert found.faults == error.faults
    assert str(found) == str(error)


def test_constructor_takes_the_fields_by_name() -> None:
    """Editors and Python's ``help`` see the fields, as mypy does, which the ignored errors here show."""
    assert list(inspect.signature(AutoScaling).parameters) == ["min_size", "max_size", "max_concurrency"]
    (said,) = faults(AutoScaling(min_sise=1))  # type: ignore[call-arg]
    assert said.startswith("min_sise: is not a field of AutoScaling; did you mean min_size?")
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        cast("Any", AutoScaling)(1)


def test_models_stand_on_what_pydantic_documents() -> None:
    """No module imports what pydantic keeps to itself, and parts have no metaclass of their own."""
    assert type(Part) is type(BaseModel)
    for path in Path(latitude.__file__).parent.rglob("*.py"):
        assert "pydantic._internal" not in path.read_text(), path
