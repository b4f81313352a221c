"""What a role needs for Terraform's S3 backend."""

from __future__ import annotations

from dataclasses import dataclass

from latitude.constructs.identity.policy_document import IamStatement


@dataclass(frozen=True, kw_only=True)
class StateAccess:
    """The buckets, the state objects in them, and the keys that encrypt those; nothing where state is elsewhere."""

    buckets: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def statements(self, *, writes: bool) -> list[IamStatement]:
        """Return the statements that let Terraform plan, which takes the lock, or with ``writes`` apply."""
        if not self.objects:
            return []
        locks = [f"{name}.tflock" for name in self.objects]
        statements = [
            IamStatement(sid="Find", actions=["s3:ListBucket"], resources=self.buckets),
            IamStatement(sid="Read", actions=["s3:GetObject"], resources=[*self.objects, *locks]),
            IamStatement(sid="Lock", actions=["s3:DeleteObject", "s3:PutObject"], resources=locks),
        ]
        if writes:
            statements.append(IamStatement(sid="Write", actions=["s3:PutObject"], resources=self.objects))
        if self.keys:
            statements.append(
                IamStatement(sid="Keys", actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=self.keys)
            )
        return statements
