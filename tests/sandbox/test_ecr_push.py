from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.testing import ManualClock, hold_to_model, refused

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

ABSENT = f"sha256:{'0' * 64}"


@pytest.fixture
def ecr(client: ClientFactory) -> ECRClient:
    """Return us-east-1 with a repository whose tags may move."""
    made: ECRClient = client("ecr")
    hold_to_model(made)
    made.create_repository(repositoryName="shop/api")
    return made


def _tags(ecr: ECRClient) -> dict[str, list[str]]:
    details = ecr.describe_images(repositoryName="shop/api")["imageDetails"]
    return {detail["imageDigest"]: detail.get("imageTags", []) for detail in details}


def _manifest(ecr: ECRClient, digest: str) -> str:
    images = ecr.batch_get_image(repositoryName="shop/api", imageIds=[{"imageDigest": digest}])["images"]
    return images[0]["imageManifest"]


def test_pushed_image_is_found_by_tag_and_by_digest(ecr: ECRClient) -> None:
    """The digest is the manifest's SHA-256, as every registry has it."""
    digest = push_image(ecr, repository="shop/api", tag="v1", content=b"one")
    for image_id in ({"imageTag": "v1"}, {"imageDigest": digest}):
        asked: Any = image_id
        found = ecr.describe_images(repositoryName="shop/api", imageIds=[asked])["imageDetails"]
        assert [(entry["imageDigest"], entry["imageTags"]) for entry in found] == [(digest, ["v1"])]
    assert f"sha256:{hashlib.sha256(_manifest(ecr, digest).encode()).hexdigest()}" == digest


def test_pushed_image_is_a_whole_oci_image(ecr: ECRClient) -> None:
    """Its manifest names a config and one layer, and ECR has both."""
    digest = push_image(ecr, repository="shop/api", tag="v1", content=b"one")
    manifest = json.loads(_manifest(ecr, digest))
    digests = [manifest["config"]["digest"], *(layer["digest"] for layer in manifest["layers"])]
    answer = ecr.batch_check_layer_availability(repositoryName="shop/api", layerDigests=digests)
    assert manifest["mediaType"] == "application/vnd.oci.image.manifest.v1+json"
    assert [(layer["layerDigest"], layer["layerAvailability"]) for layer in answer["layers"]] == [
        (found, "AVAILABLE") for found in digests
    ]


def test_same_content_gives_the_same_digest(ecr: ECRClient) -> None:
    """An image is a function of its content, and pushing it twice is no error."""
    digests = [push_image(ecr, repository="shop/api", tag="v1", content=content) for content in (b"1", b"1", b"2")]
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]
    # any change of the layout changes what everyone's demo prints
    assert digests[0] == "sha256:3aac5cd5291e2dcba16caf8507db22ba64e59a9efca7f01adb748d11a8f0fd11"


def test_image_that_loses_its_tag_stays(ecr: ECRClient) -> None:
    """A service pinned to the digest still finds it; moto would delete it."""
    old = push_image(ecr, repository="shop/api", tag="v1", content=b"old")
    new = push_image(ecr, repository="shop/api", tag="v1", content=b"new")
    assert _tags(ecr) == {old: [], new: ["v1"]}


def test_image_takes_several_tags(ecr: ECRClient) -> None:
    """The same content under another tag is the same image."""
    digest = push_image(ecr, repository="shop/api", tag="v1", content=b"one")
    push_image(ecr, repository="shop/api", tag="latest", content=b"one")
    assert _tags(ecr) == {digest: ["v1", "latest"]}


def test_immutable_tag_does_not_move(ecr: ECRClient) -> None:
    """Another image may not take the tag; another tag may be pushed."""
    ecr.put_image_tag_mutability(repositoryName="shop/api", imageTagMutability="IMMUTABLE")
    push_image(ecr, repository="shop/api", tag="v1", content=b"one")
    message = (
        "The image tag 'v1' already exists in the 'shop/api' repository and cannot be overwritten because the tag is "
        "immutable."
    )
    with refused("ImageTagAlreadyExistsException", message):
        push_image(ecr, repository="shop/api", tag="v1", content=b"two")
    push_image(ecr, repository="shop/api", tag="v2", content=b"two")


def test_tag_excluded_from_immutability_moves(ecr: ECRClient) -> None:
    """A filter turns the repository's setting around for the tags that match it."""
    ecr.put_image_tag_mutability(
        repositoryName="shop/api",
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filter": "dev-*", "filterType": "WILDCARD"}],
    )
    for content in (b"one", b"two"):
        digest = push_image(ecr, repository="shop/api", tag="dev-1", content=content)
    assert _tags(ecr)[digest] == ["dev-1"]
    push_image(ecr, repository="shop/api", tag="v1", content=b"one")
    with pytest.raises(ecr.exceptions.ImageTagAlreadyExistsException, match="'v1' already exists"):
        push_image(ecr, repository="shop/api", tag="v1", content=b"two")


def test_image_that_is_there_under_its_tag_is_refused(ecr: ECRClient) -> None:
    """PutImage says so; docker takes it for success, and so does push_image."""
    digest = push_image(ecr, repository="shop/api", tag="v1", content=b"one")
    message = (
        f"Image with digest '{digest}' and tag 'v1' already exists in the repository with name 'shop/api' in registry "
        "with id '123456789012'"
    )
    with refused("ImageAlreadyExistsException", message):
        ecr.put_image(repositoryName="shop/api", imageManifest=_manifest(ecr, digest), imageTag="v1")


def test_manifest_of_blobs_that_were_not_uploaded_is_refused(ecr: ECRClient) -> None:
    """A push begins with the blobs."""
    manifest = json.dumps({"schemaVersion": 2, "layers": [{"digest": ABSENT}]})
    message = (
        f"Layers with digests '[{ABSENT}]' required for pushing image into repository with name 'shop/api' in the "
        "registry with id '123456789012' do not exist"
    )
    with refused("LayersNotFoundException", message):
        ecr.put_image(repositoryName="shop/api", imageManifest=manifest, imageTag="v1")


def test_manifest_with_another_digest_is_refused(ecr: ECRClient) -> None:
    """The digest that comes with a manifest must be its own."""
    computed = f"sha256:{hashlib.sha256(b'{}').hexdigest()}"
    message = f"The digest '{ABSENT}' does not match the digest of the image manifest, '{computed}'"
    with refused("ImageDigestDoesNotMatchException", message):
        ecr.put_image(repositoryName="shop/api", imageManifest="{}", imageTag="v1", imageDigest=ABSENT)


@pytest.mark.parametrize("manifest", ["no json", "[]"])
def test_manifest_that_is_no_json_object_is_refused(ecr: ECRClient, manifest: str) -> None:
    """It is InvalidParameterException; moto answers 500."""
    message = "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'"
    with refused("InvalidParameterException", message):
        ecr.put_image(repositoryName="shop/api", imageManifest=manifest, imageTag="v1")


def test_push_to_a_repository_that_does_not_exist_is_refused(ecr: ECRClient) -> None:
    """Nothing creates it on the way."""
    message = "The repository with name 'absent' does not exist in the registry with id '123456789012'"
    with refused("RepositoryNotFoundException", message):
        push_image(ecr, repository="absent", tag="v1", content=b"one")
    with refused("RepositoryNotFoundException", message):
        ecr.put_image(repositoryName="absent", imageManifest="{}", imageTag="v1")


def test_layer_completed_with_another_digest_is_refused(ecr: ECRClient) -> None:
    """What was uploaded must be what was announced."""
    upload = ecr.initiate_layer_upload(repositoryName="shop/api")["uploadId"]
    ecr.upload_layer_part(
        repositoryName="shop/api", uploadId=upload, partFirstByte=0, partLastByte=2, layerPartBlob=b"abc"
    )
    computed = f"sha256:{hashlib.sha256(b'abc').hexdigest()}"
    message = f"The layer digest '{ABSENT}' does not match the digest of what was uploaded, '{computed}'"
    with refused("InvalidLayerException", message):
        ecr.complete_layer_upload(repositoryName="shop/api", uploadId=upload, layerDigests=[ABSENT])


def test_authorization_token_is_valid_for_twelve_hours(clock: ManualClock, ecr: ECRClient) -> None:
    """The token has not expired, as moto's has."""
    data = ecr.get_authorization_token()["authorizationData"][0]
    assert data["expiresAt"] == datetime.fromtimestamp(clock(), tz=UTC) + timedelta(hours=12)
    assert data["proxyEndpoint"] == "https://123456789012.dkr.ecr.us-east-1.amazonaws.com"
