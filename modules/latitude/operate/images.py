"""Says which image a plan missed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from latitude.operate.events import Diagnostic

_IMAGE: Final = re.compile(r"data\.aws_ecr_image\.(\w+)")


def missing_images(folder: Path, errors: Iterable[Diagnostic]) -> list[str]:
    """Return, for each image that a stack could not read, what it is and where it isn't.

    ``folder`` is the stack's. A service pulls in its own region: the image is pushed to the home region's repository
    and takes a while to be replicated.
    """
    addresses = [found.group(1) for error in errors if (found := _IMAGE.fullmatch(error.address or "")) is not None]
    if not addresses:
        return []
    stated = json.loads((folder / "cdk.tf.json").read_text("utf-8"))["data"]["aws_ecr_image"]
    return [_absent(stated[address]) for address in addresses]


def _absent(image: dict[str, str]) -> str:
    region = image["provider"].removeprefix("aws.").replace("_", "-")
    return f"{image['repository_name']}{_version(image)} is not in {region}"


def _version(image: dict[str, str]) -> str:
    return f":{image['image_tag']}" if "image_tag" in image else f"@{image['image_digest']}"
