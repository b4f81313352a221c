"""Replication of ECR images between regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.spec.replication import rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Replication(Capability):
    """Sets the registry's replication configuration: images below a prefix go from this region to the destinations.

    ``others`` are further prefixes, with the destinations of each; those with the same destinations share a rule.

    A registry has one such configuration per region, and a second owner overwrites the first. Only what is pushed after
    the rule exists is copied, and nothing that was itself copied (ECR User Guide, private image replication).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        account_id: str,
        prefix: str,
        destinations: Sequence[str],
        after: Sequence[Any],
        others: Mapping[str, Sequence[str]] = {},
    ) -> None:
        super().__init__(scope, id, provider=provider)
        module = aws.ecr_replication_configuration
        copies = {prefix: tuple(destinations), **{name: tuple(regions) for name, regions in others.items()}}
        rules = [
            module.EcrReplicationConfigurationReplicationConfigurationRule(
                destination=[
                    module.EcrReplicationConfigurationReplicationConfigurationRuleDestination(
                        region=region, registry_id=account_id
                    )
                    for region in regions
                ],
                repository_filter=[
                    module.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter(
                        filter=filtered, filter_type="PREFIX_MATCH"
                    )
                    for filtered in prefixes
                ],
            )
            for regions, prefixes in rules_of(copies).items()
        ]
        self.configuration = self.make(
            module.EcrReplicationConfiguration,
            replication_configuration=module.EcrReplicationConfigurationReplicationConfiguration(rule=rules),
            # ECR would make a missing repository itself, without lifecycle policy and the rest.
            depends_on=list(after) or None,
        )
