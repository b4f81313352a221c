"""What one value of a table allows another to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import GlobalIndex, LocalIndex, OnDemand, ScaledCapacity
from tests.unit.descriptions import REGIONS, application, only, table

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals


def test_witness_that_is_a_replica_is_refused(refusals: Refusals) -> None:
    """Two regions and one of them as the witness are not three."""
    described = table(consistency="strong", witness="us-west-2")
    assert "got us-east-1, us-west-2, us-west-2" in only(refusals(lambda: application(tables=[described])))


@pytest.mark.parametrize(
    ("regions", "witness"),
    [(REGIONS, "us-east-2"), ((*REGIONS, "us-east-2"), None), (("eu-west-1", "eu-central-1"), "eu-west-3")],
)
def test_strong_consistency_in_three_regions_of_a_set_is_accepted(
    regions: tuple[str, ...], witness: str | None
) -> None:
    """Three replicas, or two and a witness that need not have App Runner."""
    assert application(regions=regions, tables=[table(consistency="strong", witness=witness)])


def test_strong_consistency_across_sets_is_refused(refusals: Refusals) -> None:
    """Three regions of two sets can't be strongly consistent."""
    described = table(consistency="strong", witness="eu-west-1")
    assert only(refusals(lambda: application(tables=[described]))).startswith(
        "tables[0].consistency: strong must have "
    )


def test_witness_without_strong_consistency_is_refused(refusals: Refusals) -> None:
    """Eventual consistency has no witness."""
    assert only(refusals(lambda: application(tables=[table(witness="us-east-2")]))) == (
        "tables[0].witness: must be unset with eventual consistency, got 'us-east-2' "
        "(DynamoDB Developer Guide, multi-Region strong consistency)"
    )


def test_strong_consistency_with_what_it_lacks_is_refused(refusals: Refusals) -> None:
    """Neither TTL nor local indexes go with strong consistency."""
    described = table(
        consistency="strong",
        ttl_attribute="expires",
        range_key="date",
        attributes={"id": "S", "date": "S", "rank": "N"},
        local_indexes=[LocalIndex(name="by-rank", range_key="rank")],
    )
    considerations = "must be unset with strong consistency (DynamoDB Developer Guide, MRSC considerations)"
    assert refusals(described.checked) == [f"ttl_attribute: {considerations}", f"local_indexes: {considerations}"]


@pytest.mark.parametrize("index", [False, True])
def test_same_attribute_for_both_keys_is_refused(refusals: Refusals, index: bool) -> None:  # noqa: FBT001 - a column
    """A key of two attributes has two attributes."""
    same = "must be another attribute than the hash key, got 'id' for both (DynamoDB CreateTable)"
    if index:
        described = table(
            range_key="date",
            attributes={"id": "S", "date": "S"},
            local_indexes=[LocalIndex(name="own", range_key="id")],
            global_indexes=[GlobalIndex(name="all", hash_key="id", range_key="id")],
        )
        assert refusals(described.checked) == [
            f"local_indexes[0].range_key: {same}",
            f"global_indexes[0].range_key: {same}",
        ]
    else:
        assert only(refusals(table(range_key="id").checked)) == f"range_key: {same}"


def test_local_index_without_a_sort_key_is_refused(refusals: Refusals) -> None:
    """A local index orders the table's partitions in another way: there must be a first one."""
    described = table(attributes={"id": "S", "rank": "N"}, local_indexes=[LocalIndex(name="by-rank", range_key="rank")])
    assert only(refusals(described.checked)) == (
        "local_indexes: need a table with a range_key, which is not set (DynamoDB CreateTable)"
    )


def test_index_name_given_twice_is_refused(refusals: Refusals) -> None:
    """Global and local indexes share their names."""
    described = table(
        range_key="date",
        attributes={"id": "S", "date": "S"},
        global_indexes=[GlobalIndex(name="all", hash_key="date")],
        local_indexes=[LocalIndex(name="all", range_key="date")],
    )
    assert only(refusals(described.checked)) == (
        "global_indexes: must have names of their own, got 'all' 2 times (DynamoDB CreateTable)"
    )


@pytest.mark.parametrize(("projection", "names"), [("ALL", ("a",)), ("KEYS_ONLY", ("a",)), ("INCLUDE", ())])
def test_projection_and_its_attributes_go_together(refusals: Refusals, projection: Any, names: tuple[str, ...]) -> None:
    """Only ``INCLUDE`` names attributes, and always."""
    index = GlobalIndex(name="all", hash_key="id", projection=projection, non_key_attributes=names)
    assert only(refusals(index.checked)) == (
        f"non_key_attributes: must be set with projection INCLUDE and only then, got {names!r} with {projection} "
        "(DynamoDB Projection)"
    )


@pytest.mark.parametrize("count", [100, 101])
def test_projected_attributes_of_all_indexes_are_counted(count: int) -> None:
    """DynamoDB counts the attributes of all indexes together, also where they are the same."""
    sizes = [20] * (count // 20) + [count % 20] * bool(count % 20)
    indexes = [
        GlobalIndex(
            name=f"index-{number}",
            hash_key="id",
            projection="INCLUDE",
            non_key_attributes=[f"a{n}" for n in range(size)],
        )
        for number, size in enumerate(sizes)
    ]
    assert [str(fault) for fault in table(global_indexes=indexes).faults()] == (
        [
            (
                "global_indexes: must have at most 100 non_key_attributes together with local_indexes, got 101 "
                "(DynamoDB CreateTable)"
            )
        ]
        if count > 100
        else []
    )


@pytest.mark.parametrize(("kind", "fits"), [("N", True), ("S", False)])
def test_ttl_attribute_that_is_a_key_is_a_number(kind: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    """DynamoDB ignores a time to live that is no number, without a word."""
    described = table(range_key="expires", attributes={"id": "S", "expires": kind}, ttl_attribute="expires")
    found = [str(fault) for fault in described.faults()]
    assert (found == []) is fits
    if not fits:
        assert only(found) == (
            "ttl_attribute: must be an attribute of type N, got 'expires' of type S "
            "(DynamoDB Developer Guide, time to live)"
        )


def test_capacity_with_its_bounds_in_reverse_is_refused(refusals: Refusals) -> None:
    """The least is not more than the most."""
    assert only(refusals(ScaledCapacity(min_units=9, max_units=5).checked)) == (
        "min_units: must be at most max_units, 5, got 9 (Application Auto Scaling)"
    )


@pytest.mark.parametrize("stated", [{"max_read_units": 5}, {"max_write_units": 5}])
def test_one_limit_without_the_other_is_refused(stated: dict[str, Any], refusals: Refusals) -> None:
    """The provider would send 0 for the other, which DynamoDB refuses."""
    (missing,) = {"max_read_units", "max_write_units"} - set(stated)
    found = only(refusals(lambda: application(tables=[table(billing=OnDemand(**stated))])))
    assert found.startswith(f"tables[0].billing.{missing}: must be set with the other limit")
