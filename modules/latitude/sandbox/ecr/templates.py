"""Repository creation templates: how a repository is made that replication creates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latitude.sandbox.ecr.exceptions import (
    ConstraintException,
    TemplateAlreadyExistsException,
    TemplateNotFoundException,
)

if TYPE_CHECKING:
    from datetime import datetime

ROOT = "ROOT"


@dataclass(kw_only=True)
class Templates:
    """The templates of one region's registry, by prefix."""

    registry_id: str
    by_prefix: dict[str, dict[str, Any]] = field(default_factory=dict)

    def create(self, settings: dict[str, Any], *, now: datetime) -> dict[str, Any]:
        """Answer CreateRepositoryCreationTemplate; ``settings`` are the request's parameters."""
        prefix = settings["prefix"]
        if prefix in self.by_prefix:
            raise TemplateAlreadyExistsException(prefix=prefix, registry_id=self.registry_id)
        defaults = {"encryptionConfiguration": {"encryptionType": "AES256"}, "imageTagMutability": "MUTABLE"}
        template = {**defaults, **settings, "createdAt": now, "updatedAt": now}
        _check_role(template)
        self.by_prefix[prefix] = template
        return template

    def update(self, settings: dict[str, Any], *, now: datetime) -> dict[str, Any]:
        """Answer UpdateRepositoryCreationTemplate: what is given replaces what was."""
        template = {**self.get(settings["prefix"]), **settings, "updatedAt": now}
        _check_role(template)
        self.by_prefix[settings["prefix"]] = template
        return template

    def delete(self, prefix: str) -> dict[str, Any]:
        """Answer DeleteRepositoryCreationTemplate."""
        template = self.get(prefix)
        del self.by_prefix[prefix]
        return template

    def get(self, prefix: str) -> dict[str, Any]:
        """Return the template with exactly that prefix. Raises ``TemplateNotFoundException``."""
        if prefix not in self.by_prefix:
            raise TemplateNotFoundException(prefix=prefix, registry_id=self.registry_id)
        return self.by_prefix[prefix]

    def describe(self, prefixes: list[str] | None) -> list[dict[str, Any]]:
        """Return the templates with these prefixes, or all of them."""
        return list(self.by_prefix.values()) if not prefixes else [self.get(prefix) for prefix in prefixes]

    def match(self, repository: str, *, applied_for: str) -> dict[str, Any] | None:
        """Return the template with the longest prefix of ``repository``, ``ROOT`` failing that, or ``None``.

        A prefix ends at a slash: ``prod`` takes ``prod/api`` and not ``production/api``.
        """
        candidates = [
            template
            for prefix, template in self.by_prefix.items()
            if applied_for in template["appliedFor"]
            and (prefix == ROOT or repository.startswith(prefix.rstrip("/") + "/"))
        ]
        return max(candidates, key=lambda entry: (entry["prefix"] != ROOT, len(entry["prefix"])), default=None)


def _check_role(template: dict[str, Any]) -> None:
    # https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
    needs = template.get("resourceTags") or template["encryptionConfiguration"].get("encryptionType") == "KMS"
    if needs and not template.get("customRoleArn"):
        raise ConstraintException(
            parameter="customRoleArn",
            constraint="a custom role is required for resource tags and for encryption with KMS",
        )
