"""The ECR operations that moto lacks, or answers otherwise than AWS."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from moto.core.responses import ActionResult
from moto.ecr.responses import ECRResponse

from latitude.sandbox.ecr.models import ReplicatingBackend

TOKEN_LIFETIME = timedelta(hours=12)
TEMPLATE_FIELDS = (
    "prefix",
    "description",
    "encryptionConfiguration",
    "resourceTags",
    "imageTagMutability",
    "imageTagMutabilityExclusionFilters",
    "repositoryPolicy",
    "lifecyclePolicy",
    "appliedFor",
    "customRoleArn",
)


class ReplicatingResponse(ECRResponse):
    """moto's handler with replication statuses and repository creation templates."""

    @property
    def replicating_backend(self) -> ReplicatingBackend:
        """The backend of the region that is asked."""
        backend = self.ecr_backend
        assert isinstance(backend, ReplicatingBackend)  # noqa: S101 - install() put it there
        return backend

    def describe_image_replication_status(self) -> ActionResult:
        """DescribeImageReplicationStatus."""
        repository = self._get_param("repositoryName")
        image, copies = self.replicating_backend.image_replication_statuses(repository, self._get_param("imageId"))
        return ActionResult(
            {
                "repositoryName": repository,
                "imageId": image.image_id,
                "replicationStatuses": [entry.describe() for entry in copies],
            }
        )

    def get_authorization_token(self) -> ActionResult:
        """GetAuthorizationToken, valid for 12 hours; moto's has expired."""
        answer = super().get_authorization_token()
        result: Any = answer.result
        for entry in result["authorizationData"]:
            entry["expiresAt"] = self.replicating_backend.now() + TOKEN_LIFETIME
        return answer

    def create_repository_creation_template(self) -> ActionResult:
        """CreateRepositoryCreationTemplate."""
        backend = self.replicating_backend
        return self._template(backend.templates.create(self._template_settings(), now=backend.now()))

    def update_repository_creation_template(self) -> ActionResult:
        """UpdateRepositoryCreationTemplate."""
        backend = self.replicating_backend
        return self._template(backend.templates.update(self._template_settings(), now=backend.now()))

    def delete_repository_creation_template(self) -> ActionResult:
        """DeleteRepositoryCreationTemplate."""
        return self._template(self.replicating_backend.templates.delete(self._get_param("prefix")))

    def describe_repository_creation_templates(self) -> ActionResult:
        """DescribeRepositoryCreationTemplates, in one page."""
        templates = self.replicating_backend.templates.describe(self._get_param("prefixes"))
        return ActionResult({"registryId": self.current_account, "repositoryCreationTemplates": templates})

    def _template(self, template: dict[str, Any]) -> ActionResult:
        return ActionResult({"registryId": self.current_account, "repositoryCreationTemplate": template})

    def _template_settings(self) -> dict[str, Any]:
        given = {name: self._get_param(name) for name in TEMPLATE_FIELDS}
        return {name: value for name, value in given.items() if value is not None}
