"""moto's ECR backend of one region, taught to check pushes and to copy them to other regions."""

from __future__ import annotations

import fnmatch
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import boto3
from moto.ecr.exceptions import ImageAlreadyExistsException
from moto.ecr.models import ECRBackend, Image, Repository, ecr_backends

from latitude.sandbox import settings
from latitude.sandbox.ecr import exceptions as errors
from latitude.sandbox.ecr import rules
from latitude.sandbox.ecr.copies import Copy, release_tag
from latitude.sandbox.ecr.templates import Templates


class ReplicatingBackend(ECRBackend):
    """One region's registry.

    ``incoming`` are copies on their way here; ``sent`` those which started here, by repository and digest.
    """

    def __init__(self, region_name: str, account_id: str) -> None:
        self.incoming: list[tuple[str, Copy]] = []
        self.sent: dict[tuple[str, str], list[Copy]] = {}
        self.templates = Templates(registry_id=account_id)
        super().__init__(region_name, account_id)

    @property
    def repositories(self) -> dict[str, Repository]:
        """The repositories, with what has arrived by now: whoever looks, looks through here."""
        self._receive()
        return self._repositories

    @repositories.setter
    def repositories(self, repositories: dict[str, Repository]) -> None:
        self._repositories = repositories

    def put_image(
        self,
        repository_name: str,
        image_manifest: str,
        image_tag: str | None,
        image_manifest_mediatype: str | None = None,
        digest: str | None = None,
    ) -> Image:
        """Store a manifest whose blobs were uploaded, under the digest of its bytes, and copy it as the rules say.

        Raises what ECR does: ``RepositoryNotFoundException``, ``InvalidParameterException``,
        ``ImageDigestDoesNotMatchException``, ``LayersNotFoundException``, ``ImageAlreadyExistsException``,
        ``ImageTagAlreadyExistsException``. A tag that moves leaves the image that had it in the repository.
        """
        repository = self._get_repository(repository_name)
        computed = f"sha256:{hashlib.sha256(image_manifest.encode()).hexdigest()}"
        if digest is not None and digest != computed:
            raise errors.ImageDigestDoesNotMatchException(given=digest, computed=computed)
        manifest = _parse(image_manifest)
        blobs = _require_blobs(repository, manifest)
        held = next((image for image in repository.images if image.get_image_digest() == computed), None)
        if held is not None and (image_tag is None or image_tag in held.image_tags):
            raise ImageAlreadyExistsException(
                repository_name=repository_name,
                registry_id=repository.registry_id,
                digest=computed,
                image_tag=str(image_tag),
            )
        self._take_tag(repository, image_tag)
        if held is None:
            held = Image(
                self.account_id,
                image_tag,  # type: ignore[arg-type]  # moto's own handler passes None for an untagged push
                image_manifest,
                repository_name,
                image_manifest_mediatype or manifest.get("mediaType"),
                computed,
            )
            repository.images.append(held)
        elif image_tag is not None:
            held.update_tag(image_tag)
        self._send(repository_name, held, tag=image_tag, layers=blobs)
        return held

    def _take_tag(self, repository: Repository, tag: str | None) -> None:
        holder = next((image for image in repository.images if tag in image.image_tags), None)
        if tag is None or holder is None:
            return
        if frozen(repository, tag):
            raise errors.ImageTagAlreadyExistsException(tag=tag, repository=repository.name)
        release_tag(holder, tag)

    def _send(self, repository: str, image: Image, *, tag: str | None, layers: dict[str, int]) -> None:
        current = settings.get()
        copies = self.sent.setdefault((repository, image.get_image_digest()), [])
        for region, registry_id in rules.destinations_of(self.replication_config, repository=repository):
            entry = Copy(
                region=region,
                registry_id=registry_id,
                image=image,
                tag=tag,
                layers=layers,
                arrives_at=current.clock() + current.replication_delay_seconds,
            )
            copies[:] = [known for known in copies if (known.region, known.registry_id) != (region, registry_id)]
            copies.append(entry)
            there = ecr_backends[registry_id][region]
            assert isinstance(there, ReplicatingBackend)  # noqa: S101 - install() put it there
            if registry_id != self.account_id and there.registry_policy is None:
                entry.fail("AccessDenied")
            else:
                there.incoming.append((repository, entry))

    def _receive(self) -> None:
        now = settings.get().clock()
        arrived = [entry for entry in self.incoming if entry[1].arrives_at <= now]
        self.incoming = [entry for entry in self.incoming if entry[1].arrives_at > now]
        for name, entry in arrived:
            if name not in self._repositories:
                self._create_for_replication(name)
            repository = self._repositories[name]
            # nothing is sent on from here: ECR does not chain replication
            entry.arrive(repository, frozen_tag=entry.tag is not None and frozen(repository, entry.tag))

    def _create_for_replication(self, name: str) -> None:
        template = self.templates.match(name, applied_for="REPLICATION")
        if template is None:
            template = {"encryptionConfiguration": {"encryptionType": "AES256"}, "imageTagMutability": "MUTABLE"}
        repository = self.create_repository(
            repository_name=name,
            registry_id=self.account_id,
            encryption_config=dict(template["encryptionConfiguration"]),
            image_scan_config=None,
            image_tag_mutability=template["imageTagMutability"],
            tags=list(template.get("resourceTags", [])),
            image_tag_mutability_exclusion_filters=template.get("imageTagMutabilityExclusionFilters"),
        )
        repository.policy = template.get("repositoryPolicy")
        repository.lifecycle_policy = template.get("lifecyclePolicy")

    def put_replication_configuration(self, replication_config: dict[str, Any]) -> dict[str, Any]:
        """Replace the registry's rules, which hold for what is pushed from now on."""
        known = boto3.session.Session().get_available_regions("ecr")
        rules.check(replication_config, account_id=self.account_id, region=self.region_name, known_regions=known)
        self.replication_config = replication_config
        return {"replicationConfiguration": replication_config}

    def image_replication_statuses(self, repository: str, image_id: dict[str, str]) -> tuple[Image, list[Copy]]:
        """Return the image and its copies. Raises ``ImageNotFoundException``, ``RepositoryNotFoundException``."""
        image = self._get_repository(repository)._get_image(  # noqa: SLF001 - as moto's own methods do
            image_id.get("imageTag"), image_id.get("imageDigest")
        )
        copies = self.sent.get((repository, image.get_image_digest()), [])
        for entry in copies:
            there = ecr_backends[entry.registry_id][entry.region]
            assert isinstance(there, ReplicatingBackend)  # noqa: S101 - install() put it there
            there._receive()  # noqa: SLF001 - the same class
        return image, copies

    def complete_layer_upload(
        self, repository_name: str, upload_id: str, layer_digests: list[str], registry_id: str | None = None
    ) -> dict[str, Any]:
        """As moto; a digest that is not the upload's is refused with ``InvalidLayerException``."""
        upload = self._get_repository(repository_name, registry_id).uploads.get(upload_id)
        if upload is not None:
            computed = f"sha256:{hashlib.sha256(bytes(upload.layer_parts)).hexdigest()}"
            for given in layer_digests:
                if given != computed:
                    raise errors.InvalidLayerException(given=given, computed=computed)
        answer: dict[str, Any] = super().complete_layer_upload(repository_name, upload_id, layer_digests, registry_id)
        return answer

    def now(self) -> datetime:
        """Return the sandbox's time."""
        return datetime.fromtimestamp(settings.get().clock(), tz=UTC)


def frozen(repository: Repository, tag: str) -> bool:
    """Whether ``tag`` may not move in ``repository``: an exclusion filter turns its setting around."""
    filters = repository.image_tag_mutability_exclusion_filters or []
    excluded = any(fnmatch.fnmatchcase(tag, entry["filter"]) for entry in filters)
    return bool(repository.is_tag_immutable()) != excluded


def _parse(manifest: str) -> dict[str, Any]:
    try:
        parsed = json.loads(manifest)
    except json.JSONDecodeError:
        raise errors.ConstraintException(parameter="ImageManifest", constraint="Invalid JSON syntax") from None
    if not isinstance(parsed, dict):
        raise errors.ConstraintException(parameter="ImageManifest", constraint="Invalid JSON syntax")
    return parsed


def _require_blobs(repository: Repository, manifest: dict[str, Any]) -> dict[str, int]:
    descriptors = [*manifest.get("layers", [])]
    if "config" in manifest:
        descriptors.append(manifest["config"])
    missing = [entry["digest"] for entry in descriptors if entry["digest"] not in repository.layers]
    if missing:
        raise errors.LayersNotFoundException(
            digests=missing, repository=repository.name, registry_id=repository.registry_id
        )
    return {entry["digest"]: repository.layers[entry["digest"]] for entry in descriptors}
