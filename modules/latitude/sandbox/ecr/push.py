"""Push a small real image through ECR's API, without a container engine."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
EPOCH = "1970-01-01T00:00:00Z"


def push_image(ecr_client: ECRClient, *, repository: str, tag: str, content: bytes) -> str:
    """Push an OCI image whose only file, ``/app``, holds ``content``, and return its digest.

    The image is the same for the same ``content``, byte for byte. The layer is left uncompressed: what gzip writes
    depends on the machine. Pushing what is there already does nothing, as with ``docker push``.
    Raises ``botocore.exceptions.ClientError``, such as ``RepositoryNotFoundException`` or, where tags are immutable,
    ``ImageTagAlreadyExistsException``.
    """
    layer = _layer(content)
    config = _json(
        {
            "architecture": "amd64",
            "os": "linux",
            "created": EPOCH,
            "config": {"Entrypoint": ["/app"]},
            "rootfs": {"type": "layers", "diff_ids": [_digest(layer)]},
            "history": [{"created": EPOCH, "created_by": "latitude"}],
        }
    )
    manifest = _json(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": {"mediaType": CONFIG, "digest": _digest(config), "size": len(config)},
            "layers": [{"mediaType": LAYER, "digest": _digest(layer), "size": len(layer)}],
        }
    )
    for blob in (config, layer):
        _upload(ecr_client, repository=repository, blob=blob)
    with contextlib.suppress(ecr_client.exceptions.ImageAlreadyExistsException):
        ecr_client.put_image(
            repositoryName=repository,
            imageManifest=manifest.decode(),
            imageManifestMediaType=MANIFEST,
            imageTag=tag,
            imageDigest=_digest(manifest),
        )
    return _digest(manifest)


def _upload(ecr_client: ECRClient, *, repository: str, blob: bytes) -> None:
    digest = _digest(blob)
    known = ecr_client.batch_check_layer_availability(repositoryName=repository, layerDigests=[digest])
    if any(layer.get("layerAvailability") == "AVAILABLE" for layer in known.get("layers", [])):
        return
    upload = ecr_client.initiate_layer_upload(repositoryName=repository)
    for first in range(0, len(blob), upload["partSize"]):
        part = blob[first : first + upload["partSize"]]
        ecr_client.upload_layer_part(
            repositoryName=repository,
            uploadId=upload["uploadId"],
            partFirstByte=first,
            partLastByte=first + len(part) - 1,
            layerPartBlob=part,
        )
    ecr_client.complete_layer_upload(repositoryName=repository, uploadId=upload["uploadId"], layerDigests=[digest])


def _layer(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        entry = tarfile.TarInfo("app")
        entry.size = len(content)
        entry.mode = 0o755
        archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def _digest(blob: bytes) -> str:
    return f"sha256:{hashlib.sha256(blob).hexdigest()}"
