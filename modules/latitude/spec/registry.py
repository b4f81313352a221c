"""The application's ECR repositories, one per service that runs an image of its own, in every region."""

from __future__ import annotations

from typing import Annotated, Literal

from latitude.spec.base import Part
from latitude.spec.encryption import CustomerManagedKey
from latitude.spec.limits import Range
from latitude.spec.policies import Principals

_LIFECYCLE = "ECR lifecycle policies, countNumber"


class Registry(Part):
    """Settings of the ECR repositories, the same in every region: ECR replicates images, and nothing else.

    A registry has one replication configuration per region. Latitude's rule, in the home region, has a filter for the
    application's own repositories; where other applications replicate too, leave it to whoever owns the configuration.
    """

    immutable: bool = True
    """Whether a tag, once pushed, always means the same image."""
    scan_on_push: bool = True
    """Whether ECR scans each image for known vulnerabilities."""
    keep_images: Annotated[int, Range(minimum=1, maximum=10000, source=_LIFECYCLE)] = 50
    """Images kept in each repository, the newest first."""
    expire_untagged_days: Annotated[int, Range(minimum=1, maximum=10000, source=_LIFECYCLE)] = 14
    """Days after which an image without a tag is deleted."""
    encryption: CustomerManagedKey | None = None
    """A customer-managed key in each region; unset: AES-256 with a key of Amazon S3. Changing it replaces."""
    pull_principals: Principals | None = None
    """Accounts, roles and users beside this account that may pull."""
    replication: Literal["managed", "external"] = "managed"
    """``external``: somebody else's configuration copies ``APPLICATION/`` from the home region to the others."""
    force_delete: bool = False
    """Whether a repository that still has images can be destroyed."""
