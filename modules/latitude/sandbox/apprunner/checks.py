"""What App Runner looks up elsewhere in AWS: roles in IAM, images in ECR, keys in KMS."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

from moto.ecr.exceptions import RepositoryNotFoundException
from moto.ecr.models import ecr_backends
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends

from latitude.sandbox import settings
from latitude.sandbox.apprunner.configuration import secrets
from latitude.sandbox.apprunner.exceptions import InvalidRequestException

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from moto.iam.models import Role

    from latitude.sandbox.apprunner.connections import Connections
    from latitude.sandbox.apprunner.region import Region

BUILD = "build.apprunner.amazonaws.com"
TASKS = "tasks.apprunner.amazonaws.com"
_PRIVATE_IMAGE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com"
    r"/(?P<repository>[^:@]+)(?::(?P<tag>[^@]+))?(?:@(?P<digest>.+))?"
)


def require_usable(configuration: Mapping[str, Any], *, region: Region, connections: Connections) -> None:
    """Raise ``InvalidRequestException`` for what App Runner refuses in the request itself."""
    source = configuration["SourceConfiguration"]
    authentication = source.get("AuthenticationConfiguration", {})
    if source.get("ImageRepository", {}).get("ImageRepositoryType") == "ECR":
        if "AccessRoleArn" not in authentication:
            msg = "Invalid Access Role in AuthenticationConfiguration: an image in ECR needs an AccessRoleArn."
            raise InvalidRequestException(msg)
        _require_role(region, authentication["AccessRoleArn"], principal=BUILD, kind="access")
    if "CodeRepository" in source:
        if "ConnectionArn" not in authentication:
            msg = "Invalid ConnectionArn in AuthenticationConfiguration: a code repository needs a connection."
            raise InvalidRequestException(msg)
        connections.require_available(authentication["ConnectionArn"])
    instance_role = configuration["InstanceConfiguration"].get("InstanceRoleArn")
    if instance_role is not None:
        _require_role(region, instance_role, principal=TASKS, kind="instance")
    elif secrets(source):
        msg = "RuntimeEnvironmentSecrets need an InstanceRoleArn that may read them."
        raise InvalidRequestException(msg)
    key = (configuration["EncryptionConfiguration"] or {}).get("KmsKey")
    if key is not None:
        _require_key(region, key)


def start_failure(configuration: Mapping[str, Any], *, region: Region, failing_images: Collection[str]) -> str | None:
    """Return why an instance would not start, which App Runner finds out only while it deploys; None if it would.

    ``failing_images`` are images that start, and then fail their health check: digests, and identifiers of public ones.
    """
    source = configuration["SourceConfiguration"]
    for name, reference in sorted(secrets(source).items()):
        place = reference.split(":")[3] if reference.startswith("arn:") else region.name
        if place != region.name:
            return f"The secret {name} is in {place}: secrets must be in the service's Region, {region.name}."
    return _image_failure(region, source, failing_images)


def _image_failure(region: Region, source: Mapping[str, Any], failing_images: Collection[str]) -> str | None:
    image = source.get("ImageRepository")
    if image is None:
        return None
    identifier = image["ImageIdentifier"]
    unhealthy = f"Health check failed: no instance of {identifier} passed it."
    if image["ImageRepositoryType"] == "ECR_PUBLIC":
        return unhealthy if identifier in failing_images else None
    parts = _PRIVATE_IMAGE.fullmatch(identifier)
    if parts is None or parts["region"] != region.name:
        return f"The image {identifier} isn't in the ECR of the service's Region, {region.name}."
    if parts["digest"] is not None:
        image_id = {"imageDigest": parts["digest"]}
    else:
        image_id = {"imageTag": parts["tag"] if parts["tag"] is not None else "latest"}
    ecr = ecr_backends[parts["account"]][region.name]
    try:
        found = ecr.batch_get_image(parts["repository"], registry_id=parts["account"], image_ids=[image_id])
    except RepositoryNotFoundException:
        found = {"images": []}
    if not found["images"]:
        return f"Failed to pull the image {identifier}: it isn't in the ECR of {region.name}."
    if any(image.image_digest in failing_images for image in found["images"]):
        return unhealthy
    return None


def _require_role(region: Region, arn: str, *, principal: str, kind: str) -> None:
    try:
        role = iam_backends[region.account_id][region.partition].get_role_by_arn(arn)
    except NotFoundException:
        role = None
    if role is None or _is_new(role) or not _trusts(role.assume_role_policy_document, principal):
        # The provider tries again while the message has "instance" for its kind, and only then (its service.go).
        msg = f"Error in assuming {kind} role {arn}"
        raise InvalidRequestException(msg)


def _is_new(role: Role) -> bool:
    """Whether IAM may not yet have told the region of the role: it is eventually consistent."""
    current = settings.get()
    age_seconds = current.clock() - role.create_date.replace(tzinfo=dt.UTC).timestamp()
    return current.iam_propagation_seconds > 0 and age_seconds < current.iam_propagation_seconds


def _trusts(document: str, principal: str) -> bool:
    try:
        policy = json.loads(document)
    except (ValueError, RecursionError):
        return False  # moto keeps whatever comes as a policy
    return any(
        isinstance(statement, dict)
        and statement.get("Effect") == "Allow"
        and principal in _listed(statement.get("Principal", {}), "Service")
        and {"sts:AssumeRole", "sts:*", "*"} & {*_listed(statement, "Action")}
        for statement in _listed(policy, "Statement")
    )


def _listed(holder: Any, name: str) -> list[Any]:
    value = holder.get(name, []) if isinstance(holder, dict) else []
    return value if isinstance(value, list) else [value]


def _require_key(region: Region, arn: str) -> None:
    place, key_id = arn.split(":")[3], arn.rpartition("/")[2]
    if place != region.name or key_id not in kms_backends[region.account_id][region.name].keys:
        msg = f"The KMS key {arn} isn't in the service's Region, {region.name}."
        raise InvalidRequestException(msg)
