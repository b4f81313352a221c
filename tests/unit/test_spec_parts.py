"""Parts by themselves: drafts, defaults, what is fixed once it is stated, and what every field documents."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from latitude import spec
from latitude.spec import (
    Application,
    AutoScaling,
    Fault,
    Image,
    InvalidDescriptionError,
    Service,
    Table,
    TableAccess,
    VpcAccess,
)
from latitude.spec.base import Part
from latitude.spec.inspection import annotation_of, description_of, models

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals


def test_part_with_a_fault_waits_for_whoever_holds_it() -> None:
    """A part with a fault comes into being, so that the application can report it with all others."""
    draft = AutoScaling(min_size=0)
    assert [str(fault) for fault in draft.faults()] == [
        "min_size: must be 1 to 25, got 0 (App Runner CreateAutoScalingConfiguration)"
    ]
    assert draft.max_size == 25


def test_part_with_a_fault_used_alone_says_so(refusals: Refusals) -> None:
    """``checked`` raises with the part's own paths, for whoever takes a part without an application."""
    access = VpcAccess(subnet_ids=[], security_group_ids=["sg-1"])
    assert refusals(access.checked) == [
        "subnet_ids: must be 1 to 16 subnets, got 0: () (App Runner CreateVpcConnector)",
        "security_group_ids[0]: must be the id of a security group, sg-…, got 'sg-1' (Amazon EC2 resource ids)",
    ]


def test_part_without_faults_used_alone_is_itself() -> None:
    """``checked`` returns the part, so that it can stand in an expression."""
    part = AutoScaling(min_size=3)
    assert part.checked() is part


def test_part_below_a_part_with_a_fault_is_reported_too(refusals: Refusals) -> None:
    """Faults of a part, of its rules and of the parts below it are reported together, each once."""
    values: dict[str, Any] = {"port": 0, "image": Image(), "autoscaling": AutoScaling(min_size=5, max_size=2)}
    assert refusals(lambda: Service(name="web", **values).checked()) == [
        "port: must be 1 to 65535, got 0 (TCP)",
        "image.tag: exactly one of tag and digest must be set, got neither (ECR ImageIdentifier)",
        "autoscaling.min_size: must be at most max_size, 2, got 5 (App Runner CreateAutoScalingConfiguration)",
    ]


def test_rule_that_asks_the_application_is_skipped_without_one(refusals: Refusals) -> None:
    """A service alone can't know its application's tables; within one, it is held to them."""
    service = Service(name="web", image=Image(tag="1"), tables=[TableAccess(table="carts")])
    assert service.checked() is service
    assert refusals(lambda: Application(name="orders", regions=["us-east-1"], services=[service])) == [
        "services[0].tables[0].table: must be a table of the application (none), got 'carts' (Latitude)"
    ]
    tables = [Table(name="carts", hash_key="id", attributes={"id": "S"})]
    assert Application(name="orders", regions=["us-east-1"], services=[service], tables=tables).services == (service,)


def test_rule_that_asks_for_a_refused_field_is_silent(refusals: Refusals) -> None:
    """A fault is not followed by others that are only its echo."""
    tables: Any = "carts"
    service = Service(name="web", image=Image(tag="1"), tables=[TableAccess(table="carts")])
    assert refusals(lambda: Application(name="orders", regions=["us-east-1"], services=[service], tables=tables)) == [
        "tables: must be a tuple or a list, got 'carts' (Application)"
    ]


def test_error_says_how_many_faults_there_are() -> None:
    """The report counts its faults, and says that nothing was written."""
    one = InvalidDescriptionError([Fault(("name",), "is required (Service)")])
    assert str(one) == "The description has 1 fault; nothing was written.\n  name: is required (Service)"
    two = InvalidDescriptionError([*one.faults, Fault((), "is odd (Latitude)")])
    assert str(two).splitlines()[::2] == ["The description has 2 faults; nothing was written.", "  is odd (Latitude)"]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_part_is_frozen(model: type[Part]) -> None:
    """No field of any class can be changed once it is stated."""
    part = model.model_construct()
    for field in model.model_fields:
        with pytest.raises(ValidationError, match="Instance is frozen"):
            setattr(part, field, "changed")


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_default_is_one_that_the_field_takes(model: type[Part]) -> None:
    """Every default passes its own field's limits: pydantic does not check defaults by itself."""
    for name, field in model.model_fields.items():
        if not field.is_required():
            adapter = TypeAdapter[Any](annotation_of(model, name))
            assert adapter.validate_python(field.get_default()) == field.get_default()


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_field_and_rule_is_documented(model: type[Part]) -> None:
    """Every class, field and rule says in a sentence what it is."""
    assert (inspect.getdoc(model) or "").rstrip(")").endswith((".", ":"))
    for name in model.model_fields:
        assert description_of(model, name).endswith("."), name
    for name in model._rules:
        assert (inspect.getdoc(getattr(model, name)) or "").endswith("."), name


def test_every_public_class_is_part_of_a_description() -> None:
    """What ``latitude.spec`` offers is what the models are made of, and the error."""
    public = {name for name in spec.__all__ if issubclass(getattr(spec, name), Part)}
    assert public == {model.__name__ for model in models()}
    assert set(spec.__all__) - public == {"Fault", "InvalidDescriptionError"}


def test_spec_imports_neither_cdktf_nor_the_rest_of_latitude() -> None:
    """The spec stands by itself: no import leads out of it, lazily or not."""
    for model in models():
        tree = ast.parse(inspect.getsource(inspect.getmodule(model) or spec))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {name for name in imported if name.startswith(("cdktf", "jsii", "constructs", "latitude."))} <= {
            name for name in imported if name.startswith("latitude.spec.")
        }


def test_value_reaches_the_model_as_written() -> None:
    """Nothing is stripped, replaced or normalized: Terraform's own syntax, quotes, newlines and emoji stay."""
    text = ' ${x} %{if y} $${z} "quoted" \\n \n\t🚀 é '
    described = Service(name="web", image=Image(tag="1"), environment={"TEXT": text})
    assert described.checked().variables_in("us-east-1") == {"TEXT": text}


def test_variables_of_a_region_win_over_the_common_ones() -> None:
    """A region has the common variables, with its own in their place."""
    described = Service(
        name="web",
        image=Image(tag="1"),
        environment={"A": "common", "B": "common"},
        regional_environment={"us-east-1": {"B": "east", "C": "east"}},
    ).checked()
    assert described.variables_in("us-east-1") == {"A": "common", "B": "east", "C": "east"}
    assert described.variables_in("us-west-2") == {"A": "common", "B": "common"}
