"""What a role needs for Terraform's S3 backend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latitude.spec.iam import IamStatement
from latitude.spec.partition import make_arn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec.application import Application
    from latitude.spec.s3_state import S3State


@dataclass(frozen=True, kw_only=True)
class StateAccess:
    """The buckets, the state objects in them, and the keys that encrypt those; nothing where state is elsewhere."""

    buckets: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @classmethod
    def to(
        cls, state: S3State, application: Application, regions: Mapping[str, str], *, keys: tuple[str, ...]
    ) -> StateAccess:
        """Return what the stacks' states are, by the stacks' names; ``regions`` has the region of each."""
        buckets = {stack: make_arn("s3", state.bucket_in(region)) for stack, region in regions.items()}
        return cls(
            buckets=tuple(dict.fromkeys(buckets.values())),
            objects=tuple(f"{bucket}/{state.key_of(stack, application)}" for stack, bucket in buckets.items()),
            keys=keys,
        )

    def statements(self, *, writes: bool) -> list[IamStatement]:
        """Return the statements that let Terraform plan without the lock, or with ``writes`` take it and apply."""
        if not self.objects:
            return []
        locks = [f"{name}.tflock" for name in self.objects]
        statements = [
            IamStatement(sid="Find", actions=["s3:ListBucket"], resources=self.buckets),
            IamStatement(sid="Read", actions=["s3:GetObject"], resources=[*self.objects, *(locks if writes else [])]),
        ]
        if writes:
            statements += [
                IamStatement(sid="Lock", actions=["s3:DeleteObject", "s3:PutObject"], resources=locks),
                IamStatement(sid="Write", actions=["s3:PutObject"], resources=self.objects),
            ]
        if self.keys:
            uses = ["kms:Decrypt", "kms:GenerateDataKey"] if writes else ["kms:Decrypt"]
            statements.append(IamStatement(sid="Keys", actions=uses, resources=self.keys))
        return statements
