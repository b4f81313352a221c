"""A table's replica in another region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.data.table_schema import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec import Table


class TableReplica(Capability):
    """Makes a replica of a table in the provider's region.

    Tags, point-in-time recovery, deletion protection and key are each replica's own. DynamoDB makes one replica of a
    table at a time: each waits for the one before.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Table,
        provider: Any,
        source_arn: str,
        kms_key_arn: str | None,
        after: Sequence[Any],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.replica = self.make(
            aws.dynamodb_table_replica.DynamodbTableReplicaA,
            global_table_arn=source_arn,
            # The AWS-managed key's own ARN would come back as a change for ever (provider issues 29102, 29636).
            kms_key_arn=kms_key_arn,
            point_in_time_recovery=spec.point_in_time_recovery,
            deletion_protection_enabled=spec.deletion_protection,
            tags=spec.tags or None,
            timeouts=waiting(spec),
            depends_on=list(after) or None,
            # A replica has the class of its source, also when that changes. As an override, it would be replaced.
            lifecycle=cdktf.TerraformResourceLifecycle(ignore_changes=["table_class_override"]),
        )
        self.arn: str = self.replica.arn
