"""The oldest Terraform that the stacks and modules take."""

from __future__ import annotations

from typing import Final

OLDEST_TERRAFORM: Final = (1, 10)
"""Terraform 1.10 and OpenTofu 1.10 are the first with a lock file in S3 (their changelogs, ``use_lockfile``)."""
OLDEST_TERRAFORM_TEXT: Final = ".".join(str(number) for number in OLDEST_TERRAFORM)
REQUIRED_TERRAFORM: Final = f">= {OLDEST_TERRAFORM_TEXT}"
"""What ``required_version`` says."""
