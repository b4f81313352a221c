"""Revisions of an application are new descriptions, checked like the first."""

from __future__ import annotations

import pytest

from latitude import InvalidDescriptionError, LocalState, Service
from latitude.demo.scene import suits
from latitude.trial.revisions import revised, with_draining, with_region, with_tag, with_variables
from tests.support.applications import example


def test_region_joins_with_subnets_of_its_own() -> None:
    """A region that joins is the last, and services reach into its VPC there as they do elsewhere."""
    joined = with_region(example(), "eu-west-1")
    assert joined.regions == ("us-east-1", "us-west-2", "eu-west-1")
    vpc = joined.services[0].vpc
    assert vpc is not None
    assert list(vpc) == ["us-east-1", "us-west-2", "eu-west-1"]


def test_variables_and_tag_change_and_all_else_stays() -> None:
    """What is stated otherwise is the same, in the application and in its service."""
    stated = example()
    changed = with_tag(with_variables(stated, {"LOG_LEVEL": "debug"}), "2.0.0")
    service = changed.services[0]
    assert service.environment == {"LOG_LEVEL": "debug"}
    assert service.image is not None
    back = revised(service, environment=stated.services[0].environment, image=stated.services[0].image)
    assert revised(changed, services=(back,)) == stated


def test_revision_with_a_fault_is_refused() -> None:
    """A region that the application is not in cannot be drained by a revision either."""
    with pytest.raises(InvalidDescriptionError, match="draining: must be regions of the application"):
        with_draining(example(), "eu-west-1")


def test_application_that_cannot_be_demonstrated_is_refused_with_every_reason() -> None:
    """What the demonstration needs and the description lacks is said at once."""
    service: Service = revised(example().services[0], domain=None)
    with pytest.raises(ValueError, match=r"layout 'cells', no region that drains, a service with a domain$"):
        suits(example(layout="single", draining={"us-west-2"}, services=(service,)))


def test_application_of_main_py_can_be_demonstrated() -> None:
    """The example is fit for the demonstration, wherever its state is kept."""
    suits(example())
    suits(example(state=LocalState()))
