"""The operations on tags of scalable targets."""

from __future__ import annotations

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from latitude.sandbox.dynamodb.scaling.models import TaggedTargetsBackend


class TaggedTargetsResponse(ApplicationAutoScalingResponse):
    """moto's handler with tags."""

    @property
    def tagged_backend(self) -> TaggedTargetsBackend:
        """The backend of the region that is asked."""
        backend = self.applicationautoscaling_backend
        assert isinstance(backend, TaggedTargetsBackend)  # noqa: S101 - install() put it there
        return backend

    def register_scalable_target(self) -> str:
        """RegisterScalableTarget, with Tags."""
        answer = super().register_scalable_target()
        tags = self._get_param("Tags")
        if tags:
            self.tagged_backend.tag(json.loads(answer)["ScalableTargetARN"], tags)
        return answer

    def list_tags_for_resource(self) -> str:
        """ListTagsForResource."""
        return json.dumps({"Tags": self.tagged_backend.tags_of(self._get_param("ResourceARN"))})

    def tag_resource(self) -> str:
        """TagResource."""
        self.tagged_backend.tag(self._get_param("ResourceARN"), self._get_param("Tags"))
        return "{}"

    def untag_resource(self) -> str:
        """UntagResource."""
        self.tagged_backend.untag(self._get_param("ResourceARN"), self._get_param("TagKeys"))
        return "{}"
