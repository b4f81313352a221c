"""The images that an application runs: pushed in one region, and found in the others once ECR has copied them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from latitude.trial.findings import require

if TYPE_CHECKING:
    from latitude.spec import Application
    from latitude.trial.aws import Aws

_REPLICATION_SECONDS: Final = 30.0
_LOOK_AGAIN_SECONDS: Final = 0.2


class Pushed(NamedTuple):
    """An image that every region has."""

    repository: str
    tag: str
    digest: str


def push_images(application: Application, aws: Aws) -> list[Pushed]:
    """Push the image of each service that has a repository, in the home region, and wait until every region has it.

    Raises:
        TrialError: a region has not got it within 30 seconds.

    """
    ecr = aws.clients("ecr", application.home_region)
    pushed = []
    for service in application.repository_services:
        assert service.image is not None  # noqa: S101  else it had no repository
        repository, tag = application.aws_names.repository(service), str(getattr(service.image, "tag", None))
        content = f"{repository} {tag}".encode()
        digest = aws.push_image(ecr, repository=repository, tag=tag, content=content)
        for region in application.regions[1:]:
            arrived = _arrives(aws.clients("ecr", region), repository, digest)
            require(arrived, f"{repository}@{digest} did not reach {region} within {_REPLICATION_SECONDS:.0f} s")
        pushed.append(Pushed(repository, tag, digest))
    return pushed


def _arrives(ecr: Any, repository: str, digest: str) -> bool:
    deadline = time.monotonic() + _REPLICATION_SECONDS
    while time.monotonic() < deadline:
        if ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageDigest": digest}])["images"]:
            return True
        time.sleep(_LOOK_AGAIN_SECONDS)
    return False
