"""KMS's state, with a primary key that stays one when it is replicated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.kms.models import KmsBackend

if TYPE_CHECKING:
    from moto.kms.models import Key


class MultiRegionBackend(KmsBackend):
    """KMS in which each multi-Region key says of itself whether it is the primary.

    In moto a replica and its primary share one record, so the first look at the replica turns both into replicas,
    and Terraform then refuses to plan the primary.
    """

    def replicate_key(self, key_id: str, replica_region: str) -> Key:
        """Copy a key to another region, as a replica."""
        replica = super().replicate_key(key_id, replica_region)
        replica.multi_region_configuration = replica.multi_region_configuration | {"MultiRegionKeyType": "REPLICA"}
        return replica
