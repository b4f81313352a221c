"""The replication rules of one region's registry: their limits, and which copies a push calls for."""

from __future__ import annotations

import functools
from typing import Any

import botocore.session

from latitude.sandbox.ecr.exceptions import ConstraintException


@functools.cache
def limit(shape: str) -> int:
    """Return the longest list that botocore's model of ECR allows for ``shape``, such as ``ReplicationRuleList``.

    botocore's client does not hold requests to it, ECR does. AWS raised the limits in 2026 (rules 10 to 25,
    destinations 25 to 100); reading them from the model follows the installed botocore.
    """
    model = botocore.session.get_session().get_service_model("ecr")
    return int(model.shape_for(shape).metadata["max"])


def check(configuration: dict[str, Any], *, account_id: str, region: str, known_regions: list[str]) -> None:
    """Refuse a replication configuration that ECR refuses in the registry of ``account_id`` in ``region``."""
    rules = configuration["rules"]
    destinations = {
        (destination["region"], destination["registryId"]) for rule in rules for destination in rule["destinations"]
    }
    _check_length("replicationConfiguration.rules", len(rules), shape="ReplicationRuleList")
    _check_length("replicationConfiguration.rules.destinations", len(destinations), shape="ReplicationDestinationList")
    for rule in rules:
        filters = rule.get("repositoryFilters", [])
        _check_length("replicationConfiguration.rules.repositoryFilters", len(filters), shape="RepositoryFilterList")
    if (region, account_id) in destinations:
        raise ConstraintException(
            parameter="replicationConfiguration",
            constraint="Replication destination cannot be the same as the source registry",
        )
    unknown = sorted({name for name, _ in destinations} - set(known_regions))
    if unknown:
        raise ConstraintException(
            parameter="replicationConfiguration", constraint=f"Invalid destination region: {', '.join(unknown)}"
        )


def _check_length(parameter: str, length: int, *, shape: str) -> None:
    if length > limit(shape):
        raise ConstraintException(
            parameter=parameter, constraint=f"Member must have length less than or equal to {limit(shape)}"
        )


def destinations_of(configuration: dict[str, Any], *, repository: str) -> list[tuple[str, str]]:
    """Return the (region, registry) pairs to which an image that is pushed to ``repository`` is copied.

    A rule without filters takes every repository; a filter is a prefix of the repository's name.
    """
    found: dict[tuple[str, str], None] = {}
    for rule in configuration["rules"]:
        filters = rule.get("repositoryFilters")
        if not filters or any(repository.startswith(entry["filter"]) for entry in filters):
            found |= {(entry["region"], entry["registryId"]): None for entry in rule["destinations"]}
    return list(found)
