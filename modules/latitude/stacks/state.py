"""The buckets that keep the state of every stack, and of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.state.bucket import TerraformStateBucket
from latitude.constructs.state.replication import StateReplication
from latitude.spec.regions import identifier
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from latitude.bindings import Construct
    from latitude.spec import Application, S3State, StateBucket


class StateStack(LatitudeStack):
    """The stack ``NAME-state``, made by ``latitude bootstrap``: its state moves into the first of its own buckets."""

    def __init__(
        self, scope: Construct, id: str, *, application: Application, state: S3State, spec: StateBucket
    ) -> None:
        regions = state.regions(application)
        elsewhere = [] if spec.replica_region is None else [spec.replica_region]
        super().__init__(scope, id, application=application, regions=[*regions, *elsewhere], account=state.account)
        # IAM takes no boundary of another account.
        roles = application.roles if state.account is None else application.roles.in_account(state.account.id)
        made = {
            region: self._bucket(
                spec,
                f"state_{identifier(region)}",
                region,
                state.bucket_in(region),
                application.aws_names.state_key_alias,
            )
            for region in regions
        }
        for region in regions if spec.replica_region is not None else ():
            StateReplication(
                self,
                f"replication_{identifier(region)}",
                provider=self.providers[region],
                role_name=application.aws_names.state_replication_role(region),
                settings=roles,
                source=made[region],
                destination=self._bucket(
                    spec,
                    f"replica_{identifier(region)}",
                    elsewhere[0],
                    state.replica_of(region),
                    application.aws_names.replica_key_alias(region),
                ),
            )
        self.outputs(
            {
                "state_buckets": ({region: found.name for region, found in made.items()}, "The bucket of each region"),
                "state_key_arns": ({region: found.key_arn for region, found in made.items()}, "The KMS key of each"),
            }
        )

    def _bucket(self, spec: StateBucket, id: str, region: str, name: str, key_alias: str) -> TerraformStateBucket:
        return TerraformStateBucket(
            self,
            id,
            spec=spec,
            provider=self.providers[region],
            region=region,
            name=name,
            key_alias=key_alias,
        )
