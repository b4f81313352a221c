"""IAM's state, with AWS's managed policies."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend

if TYPE_CHECKING:
    from moto.iam.models import ManagedPolicy


class PolicedBackend(IAMBackend):
    """IAM that has AWS's managed policies.

    moto leaves them out unless told otherwise, and then reads all 1,500 anew, in half a second, at each reset.
    """

    def _init_aws_policies(self) -> list[ManagedPolicy]:
        return [copy.copy(policy) for policy in _managed_policies(self.account_id, self.region_name)]


@lru_cache
def _managed_policies(account_id: str, region_name: str) -> tuple[ManagedPolicy, ...]:
    return tuple(
        AWSManagedPolicy.from_data(name, account_id, region_name, data)
        for name, data in json.loads(aws_managed_policies_data).items()
    )
