"""Replication of ECR images between regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Sequence


class Replication(Capability):
    """Sets the registry's replication configuration: images below a prefix go from this region to the destinations.

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
    ) -> None:
        super().__init__(scope, id, provider=provider)
        module = aws.ecr_replication_configuration
        rule = module.EcrReplicationConfigurationReplicationConfigurationRule(
            destination=[
                module.EcrReplicationConfigurationReplicationConfigurationRuleDestination(
                    region=region, registry_id=account_id
                )
                for region in destinations
            ],
            repository_filter=[
                module.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter(
                    filter=prefix, filter_type="PREFIX_MATCH"
                )
            ],
        )
        self.configuration = self.make(
            module.EcrReplicationConfiguration,
            replication_configuration=module.EcrReplicationConfigurationReplicationConfiguration(rule=[rule]),
            # ECR would make a missing repository itself, without lifecycle policy and the rest.
            depends_on=list(after) or None,
        )
