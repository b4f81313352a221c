"""Amazon ECR repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.encryption_key import key_arn
from latitude.constructs.identity.policy_document import document
from latitude.constructs.identity.pull_role import PULL_ACTIONS
from latitude.spec.aws_names import repository_key_alias
from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from latitude.spec import Registry

PUSH_ACTIONS: Final = (
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
)
"""What whoever pushes an image does beside (ECR User Guide, IAM permissions for pushing an image)."""


class Repository(Capability):
    """Makes an ECR repository in one region, with lifecycle and repository policy.

    ECR replicates images and nothing else: lifecycle, immutability, scanning and key are made alike in every region,
    before the first image is copied there (ECR User Guide, private image replication).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Registry,
        provider: Any,
        region: str,
        name: str,
        force_delete: bool | None = None,
        tags: Mapping[str, str] = {},
    ) -> None:
        super().__init__(scope, id, provider=provider)
        key = key_arn(
            self,
            "images_key",
            spec=spec.encryption,
            region=region,
            alias=repository_key_alias(name),
            description=f"Images of {name}",
            keep=True,
            tags=tags,
        )
        self.repository = self.make(
            aws.ecr_repository.EcrRepository,
            name=name,
            image_tag_mutability="IMMUTABLE" if spec.immutable else "MUTABLE",
            image_scanning_configuration={"scan_on_push": spec.scan_on_push},
            # Left out, it keeps what was there (verify.SuppressMissingOptionalConfigurationBlock in the provider).
            encryption_configuration=[
                aws.ecr_repository.EcrRepositoryEncryptionConfiguration(encryption_type="AES256")
                if key is None
                else aws.ecr_repository.EcrRepositoryEncryptionConfiguration(encryption_type="KMS", kms_key=key)
            ],
            force_delete=spec.force_delete if force_delete is None else force_delete,
            tags=dict(tags) or None,
        )
        self.name: str = self.repository.name
        self.url: str = self.repository.repository_url
        self._expire(spec)
        self._allow(spec)

    def _expire(self, spec: Registry) -> None:
        module = aws.data_aws_ecr_lifecycle_policy_document
        selection = module.DataAwsEcrLifecyclePolicyDocumentRuleSelection
        selections = {
            f"The newest {tags.keep} images with tags {tags.prefix}* are kept": selection(
                tag_status="tagged",
                tag_prefix_list=[tags.prefix],
                count_type="imageCountMoreThan",
                count_number=tags.keep,
            )
            for tags in spec.expiring_tags
        }
        if spec.untagged_days is not None:
            selections[f"Untagged images expire after {spec.untagged_days} days"] = selection(
                tag_status="untagged",
                count_type="sinceImagePushed",
                count_unit="days",
                count_number=spec.untagged_days,
            )
        if not selections:
            return
        rules = [
            module.DataAwsEcrLifecyclePolicyDocumentRule(priority=priority, description=described, selection=[selected])
            for priority, (described, selected) in enumerate(selections.items(), start=1)
        ]
        policy = self.make(module.DataAwsEcrLifecyclePolicyDocument, "lifecycle", rule=rules)
        self.make(aws.ecr_lifecycle_policy.EcrLifecyclePolicy, repository=self.name, policy=policy.json)

    def _allow(self, spec: Registry) -> None:
        statements = [*_principals(spec), *_own(spec)]
        if statements:
            self.make(
                aws.ecr_repository_policy.EcrRepositoryPolicy,
                repository=self.name,
                policy=document(self, "pull", statements),
            )


def _principals(spec: Registry) -> Iterator[IamStatement]:
    for sid, actions, principals in (
        ("Pull", PULL_ACTIONS, spec.pull_principals),
        ("Push", (*PULL_ACTIONS, *PUSH_ACTIONS), spec.push_principals),
    ):
        if principals is not None:
            yield IamStatement(sid=sid, actions=actions, principal_type="AWS", principals=principals)


def _own(spec: Registry) -> Iterator[IamStatement]:
    for stated in spec.repository_policy:
        yield IamStatement(
            sid=stated.sid,
            effect=stated.effect,
            actions=stated.actions,
            principal_type="AWS",
            principals=stated.principals,
            conditions=stated.conditions,
        )
