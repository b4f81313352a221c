"""The table in the home region, from which the others are replicated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.data.table_schema import index_scaled_capacity, recovery, schema

if TYPE_CHECKING:
    from latitude.constructs.data.earlier_table import EarlierTable
    from latitude.spec import Table


class SourceTable(Capability):
    """Makes a DynamoDB table in the home region, with the stream that replicas need.

    Its replicas are resources of their own; ``replica`` is ignored here, or the two would undo each other's work. The
    table can't be deleted for 24 hours after a replica was added (DynamoDB Developer Guide, global tables).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Table,
        provider: Any,
        name: str,
        earlier: EarlierTable,
        kms_key_arn: str | None,
        conditions: list[Any] | None,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        ignored = ["replica"]
        if spec.provisioned is not None:
            # Application Auto Scaling owns the numbers from the first minute on.
            ignored += ["read_capacity", "write_capacity"]
        self.table = self.make(
            aws.dynamodb_table.DynamodbTable,
            name=name,
            **schema(spec, earlier, kms_key_arn=kms_key_arn),
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
            point_in_time_recovery=recovery(spec),
            deletion_protection_enabled=spec.deletion_protection,
            tags=spec.tags or None,
            lifecycle=cdktf.TerraformResourceLifecycle(
                ignore_changes=ignored,
                precondition=conditions,
                postcondition=earlier.results(has_indexes=bool(spec.global_indexes)),
            ),
        )
        index_scaled_capacity(self.table, spec, earlier)
        self.arn: str = self.table.arn
