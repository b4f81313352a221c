"""DynamoDB global tables with strong consistency across regions (MRSC)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.data.table_schema import index_scaled_capacity, recovery, schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.constructs.data.earlier_table import EarlierTable
    from latitude.spec import Table


class StrongTable(Capability):
    """Makes a table and its replicas at once: strong consistency can be had only so, and never added later.

    ``consistency_mode`` came with AWS provider 6.3 and ``global_table_witness`` with 6.22, so a stack with such a
    table asks for 6.22 or newer.
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
        replica_key_arns: Mapping[str, str | None],
        conditions: list[Any] | None,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        module = aws.dynamodb_table
        self.table = self.make(
            module.DynamodbTable,
            name=name,
            **schema(spec, earlier, kms_key_arn=kms_key_arn),
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
            point_in_time_recovery=recovery(spec),
            deletion_protection_enabled=spec.deletion_protection,
            replica=[
                module.DynamodbTableReplica(
                    region_name=region,
                    consistency_mode="STRONG",
                    kms_key_arn=key,
                    point_in_time_recovery=spec.point_in_time_recovery,
                    deletion_protection_enabled=spec.deletion_protection,
                    propagate_tags=True,
                )
                for region, key in replica_key_arns.items()
            ],
            global_table_witness=None if spec.witness is None else {"region_name": spec.witness},
            tags=spec.tags or None,
            lifecycle=cdktf.TerraformResourceLifecycle(
                precondition=conditions, postcondition=earlier.results(has_indexes=bool(spec.global_indexes))
            ),
        )
        index_scaled_capacity(self.table, spec, earlier)
        self.arn: str = self.table.arn
