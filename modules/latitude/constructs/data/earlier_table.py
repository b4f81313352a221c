"""The table as AWS has it while Terraform plans: what the description can't know of its own past."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws, cdktf
from latitude.bindings.text import Expression, expression, joined
from latitude.constructs.capability import Capability
from latitude.spec import OnDemand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import Table

_GUIDE: Final = "docs/changing-tables.md"


class EarlierTable(Capability):
    """Reads a table of the home region, where there is one, so that a change of it is planned right or refused.

    A data source fails where nothing is found: the names of all tables are listed first, and tell whether to read.
    """

    def __init__(self, scope: Construct, id: str, *, provider: Any, name: str) -> None:
        super().__init__(scope, id, provider=provider)
        self.make(aws.data_aws_dynamodb_tables.DataAwsDynamodbTables)
        found = self.make(aws.data_aws_dynamodb_table.DataAwsDynamodbTable, name=name)
        listed = f"data.aws_dynamodb_tables.{self.address}.names"
        found.add_override("count", f"${{try(contains({listed}, {json.dumps(name)}), false) ? 1 : 0}}")
        self.name = name
        self._found = f"data.aws_dynamodb_table.{self.address}"

    def time_to_live(self, attribute: str | None) -> dict[str, Any]:
        """Return the block ``ttl``: left out, it would keep what was there.

        DynamoDB takes the attribute's name with the request that turns time to live off, too, and refuses another one
        than the one that is on (UpdateTimeToLive; provider issues 39195, 44730).
        """
        if attribute is not None:
            return {"enabled": True, "attribute_name": attribute}
        return {"enabled": False, "attribute_name": expression(f"try({self._time_to_live}, null)")}

    def index_capacity(self, index: str, units: str, *, least: int) -> Expression:
        """Return the capacity that Application Auto Scaling has given an index, or ``least`` where it has not.

        So a plan finds nothing to change in what scales, and still sees an index that is new, gone or different, which
        ``ignore_changes`` hides: it can't name an argument of a block in a set.
        """
        indexes = f"{self._found}[0].global_secondary_index"
        found = f"one([for index in {indexes} : index.{units} if index.name == {json.dumps(index)}])"
        return expression(f"try(max({least}, {found}), {least})")

    def conditions(self, *, spec: Table, keys: Mapping[str, str]) -> list[Any] | None:
        """Return what must hold before the table is changed.

        ``keys`` are the customer's keys by region, home first, each in Terraform's own language; empty without.
        """
        found = [] if spec.ttl_attribute is None else [self._same_time_to_live(spec.ttl_attribute)]
        if isinstance(spec.billing, OnDemand) and spec.billing.max_read_units is None:
            found.append(self._no_limits())
        if len(keys) > 1:
            found.append(self._same_keys(keys))
        return found or None

    def results(self, *, has_indexes: bool) -> list[Any] | None:
        """Return what must hold afterwards: a table whose last index left the description has none.

        In the newest providers 6, ``global_secondary_index`` is computed, and kept when it is left out.
        """
        if has_indexes:
            return None
        kept = cdktf.Postcondition(
            condition=expression("length(self.global_secondary_index) == 0"),
            error_message=f"Table {self.name}: this AWS provider keeps the global indexes of a table whose description "
            f"has none any more. Delete them with `aws dynamodb update-table`, and apply again: {_GUIDE}.",
        )
        return [kept]

    @property
    def _time_to_live(self) -> str:
        return f"one([for ttl in {self._found}[0].ttl : ttl.attribute_name if ttl.enabled])"

    def _same_time_to_live(self, attribute: str) -> Any:
        before = f"try(coalesce({self._time_to_live}), {json.dumps(attribute)})"
        return cdktf.Precondition(
            condition=expression(f"{before} == {json.dumps(attribute)}"),
            error_message=joined(
                f"Table {self.name}: ttl_attribute can't change from ",
                expression(before),
                f" to {attribute} in one step (DynamoDB UpdateTimeToLive). Leave ttl_attribute out and apply, and set "
                f"it an hour later: {_GUIDE}.",
            ),
        )

    def _no_limits(self) -> Any:
        own, indexes = f"{self._found}[0].on_demand_throughput", f"{self._found}[0].global_secondary_index"
        limits = f"try(flatten([{own}, [for index in {indexes} : index.on_demand_throughput]]), [])"
        none = "try(max(limit.max_read_request_units, limit.max_write_request_units) <= 0, true)"
        return cdktf.Precondition(
            condition=expression(f"alltrue([for limit in {limits} : {none}])"),
            error_message=f"Table {self.name}: DynamoDB keeps a limit of requests that is no longer stated. State it, "
            f"or remove it with `aws dynamodb update-table`, as -1, and plan again: {_GUIDE}.",
        )

    def _same_keys(self, keys: Mapping[str, str]) -> Any:
        own, *_ = keys.values()
        encryption, replicas = f"one({self._found}[0].server_side_encryption)", f"{self._found}[0].replica"
        wanted = ", ".join(f"{json.dumps(region)} = {key}" for region, key in keys.items())
        theirs = (
            f"alltrue([for other in {replicas} : try(other.kms_key_arn == {{ {wanted} }}[other.region_name], true)])"
        )
        # A key that is yet to be made has no ARN at plan: where no customer's key is in use, it isn't asked for.
        in_use = f'try({encryption}.enabled, false) && try({encryption}.kms_key_arn, "") != ""'
        same = f"{in_use} ? {encryption}.kms_key_arn == {own} && {theirs} : false"
        return cdktf.Precondition(
            condition=expression(f"try(length({replicas}), 0) == 0 ? true : ({same})"),
            error_message=f"Table {self.name}: Terraform can't give a table with replicas other customer-managed keys "
            "than it has (AWS provider, issues 29102 and 49651). Set encryption back, or change the keys beside "
            f"Terraform first: {_GUIDE}.",
        )
