"""Auto scaling of a table's provisioned capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.spec.aws_names import scaling_policy
from latitude.spec.names import terraform_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec import Provisioned, ScaledCapacity, Table


class TableScaling(Capability):
    """Registers a table and its global indexes, in one region, with Application Auto Scaling.

    A replica is refused to a provisioned table whose write capacity does not scale (DynamoDB Developer Guide).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Table,
        capacity: Provisioned,
        provider: Any,
        name: str,
        after: Sequence[Any],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.policies = [
            policy
            for resource_id, dimension, index in _scaled(spec, name)
            for policy in (
                self._scale(resource_id, f"{dimension}:Read", f"{index}read", capacity.read, after),
                self._scale(resource_id, f"{dimension}:Write", f"{index}write", capacity.write, after),
            )
        ]

    def _scale(self, resource_id: str, units: str, name: str, bounds: ScaledCapacity, after: Sequence[Any]) -> Any:
        dimension, role = f"dynamodb:{units}CapacityUnits", terraform_name(name)
        target = self.make(
            aws.appautoscaling_target.AppautoscalingTarget,
            role,
            service_namespace="dynamodb",
            resource_id=resource_id,
            scalable_dimension=dimension,
            min_capacity=bounds.min_units,
            max_capacity=bounds.max_units,
            depends_on=list(after) or None,
        )
        metric = dimension.rpartition(":")[2].replace("CapacityUnits", "CapacityUtilization")
        return self.make(
            aws.appautoscaling_policy.AppautoscalingPolicy,
            role,
            name=scaling_policy(resource_id, name),
            policy_type="TargetTrackingScaling",
            service_namespace="dynamodb",
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            target_tracking_scaling_policy_configuration={
                "target_value": bounds.target_percent,
                "predefined_metric_specification": {"predefined_metric_type": f"DynamoDB{metric}"},
            },
        )


def _scaled(spec: Table, name: str) -> Iterator[tuple[str, str, str]]:
    yield f"table/{name}", "table", ""
    for index in spec.global_indexes:
        yield f"table/{name}/index/{index.name}", "index", f"{terraform_name(index.name)}_"
