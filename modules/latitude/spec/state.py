"""Where Terraform keeps the state of each stack."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Tag

from latitude.spec.base import Part
from latitude.spec.cloud_state import CloudState
from latitude.spec.s3_state import S3State


class LocalState(Part):
    """State in a file beside the synthesized configuration: to try things, not to run them."""


State = Annotated[
    Annotated[S3State, Tag("<S3State>")]
    | Annotated[CloudState, Tag("<CloudState>")]
    | Annotated[LocalState, Tag("<LocalState>")],
    Discriminator(lambda value: f"<{type(value).__name__}>"),
]
