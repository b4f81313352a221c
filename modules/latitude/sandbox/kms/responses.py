"""ReplicateKey with what the replica has of its own."""

from __future__ import annotations

import json

from moto.kms.models import kms_backends
from moto.kms.responses import KmsResponse


class MultiRegionResponse(KmsResponse):
    """moto's KMS, whose replicas do not take over the primary's description, policy and tags."""

    def replicate_key(self) -> str:
        """Copy a key to another region: AWS shares the key material, and nothing that is said about it."""
        region = self._get_param("ReplicaRegion")
        answer = json.loads(super().replicate_key())
        there = kms_backends[self.current_account][region]
        replica = there.keys[answer["ReplicaKeyMetadata"]["KeyId"]]
        replica.description = self._get_param("Description", "")
        replica.policy = self._get_param("Policy", replica.generate_default_policy())
        there.tag_resource(replica.id, {tag["TagKey"]: tag["TagValue"] for tag in self._get_param("Tags", [])})
        answer["ReplicaKeyMetadata"] = replica.to_dict()["KeyMetadata"]
        answer["ReplicaPolicy"] = replica.policy
        return json.dumps(answer)
