"""moto's Application Auto Scaling backend of one region, with tags."""

from __future__ import annotations

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend
from moto.utilities.tagging_service import TaggingService

from latitude.sandbox.dynamodb.scaling.exceptions import TargetNotFoundError


class TaggedTargetsBackend(ApplicationAutoscalingBackend):
    """Scalable targets, with their tags by ARN."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.tagger = TaggingService()

    def require_target(self, arn: str) -> None:
        """Raise ``ResourceNotFoundException`` unless ``arn`` is a target's."""
        if not any(target.arn == arn for regional in self.targets.values() for target in regional.values()):
            raise TargetNotFoundError(arn)

    def tags_of(self, arn: str) -> dict[str, str]:
        """Return the tags of a target. Raises ``ResourceNotFoundException``."""
        self.require_target(arn)
        tags: dict[str, str] = self.tagger.get_tag_dict_for_resource(arn)
        return tags

    def tag(self, arn: str, tags: dict[str, str]) -> None:
        """Add tags to a target, over those of the same key. Raises ``ResourceNotFoundException``."""
        self.require_target(arn)
        self.tagger.tag_resource(arn, TaggingService.convert_dict_to_tags_input(tags))

    def untag(self, arn: str, keys: list[str]) -> None:
        """Take tags from a target. Raises ``ResourceNotFoundException``."""
        self.require_target(arn)
        self.tagger.untag_resource_using_names(arn, keys)
