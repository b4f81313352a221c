"""A copy of an image on its way from one registry to another."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moto.ecr.models import Image, Repository


@dataclass(kw_only=True)
class Copy:
    """One image bound for one destination; ``status`` as DescribeImageReplicationStatus names it.

    ``arrives_at`` is in seconds since 1970. ``layers`` are the sizes of the image's blobs in bytes, by digest.
    """

    region: str
    registry_id: str
    image: Image
    tag: str | None
    layers: dict[str, int]
    arrives_at: float
    status: str = "IN_PROGRESS"
    failure_code: str | None = None

    def fail(self, code: str) -> None:
        """End without a copy."""
        self.status, self.failure_code = "FAILED", code

    def arrive(self, repository: Repository, *, frozen_tag: bool) -> None:
        """Put the image into ``repository``; ``frozen_tag``: the tag may not be taken from another image there."""
        digest = self.image.get_image_digest()
        holder = next((image for image in repository.images if self.tag in image.image_tags), None)
        if holder is not None and holder.get_image_digest() != digest:
            if frozen_tag:
                self.fail("ImageTagAlreadyExists")
                return
            release_tag(holder, self.tag)
        held = next((image for image in repository.images if image.get_image_digest() == digest), None)
        if held is None:
            held = copy.copy(self.image)
            held.image_tags = []
            held.registry_id = self.registry_id
            repository.images.append(held)
        if self.tag is not None:
            held.update_tag(self.tag)
        repository.layers |= self.layers
        self.status = "COMPLETE"

    def describe(self) -> dict[str, str]:
        """Return the entry of ``replicationStatuses``."""
        described = {"region": self.region, "registryId": self.registry_id, "status": self.status}
        if self.failure_code is not None:
            described["failureCode"] = self.failure_code
        return described


def release_tag(image: Image, tag: str | None) -> None:
    """Take ``tag`` from ``image``, which stays in its repository: a service pinned to its digest still finds it."""
    image.image_tags = [name for name in image.image_tags if name != tag]
    image.image_tag = image.image_tags[-1] if image.image_tags else None  # type: ignore[assignment]  # as moto does
