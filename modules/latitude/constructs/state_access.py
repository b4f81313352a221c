"""What a role needs for Terraform's S3 backend."""

from __future__ import annotations

from dataclasses import dataclass

from latitude.constructs.policy import Grant


@dataclass(frozen=True, kw_only=True)
class StateAccess:
    """The buckets, the state objects in them, and the keys that encrypt those; nothing where state is elsewhere."""

    buckets: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def grants(self, *, writes: bool) -> list[Grant]:
        """Return the statements that let Terraform plan, which takes the lock, or with ``writes`` apply."""
        if not self.objects:
            return []
        locks = [f"{name}.tflock" for name in self.objects]
        grants = [
            Grant(sid="Find", actions=["s3:ListBucket"], resources=self.buckets),
            Grant(sid="Read", actions=["s3:GetObject"], resources=[*self.objects, *locks]),
            Grant(sid="Lock", actions=["s3:DeleteObject", "s3:PutObject"], resources=locks),
        ]
        if writes:
            grants.append(Grant(sid="Write", actions=["s3:PutObject"], resources=self.objects))
        if self.keys:
            grants.append(Grant(sid="Keys", actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=self.keys))
        return grants
