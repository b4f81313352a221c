"""Makes the buckets that keep state, and moves the state of what made them into the first of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from latitude.files import write_text
from latitude.operate.events import Changes
from latitude.operate.plan_files import plan_files
from latitude.operate.terraform import TerraformError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from latitude.operate.terraform import Terraform

Outcome = Literal["made", "changed", "unchanged", "declined"]
_OVERRIDE: Final = "bootstrap_override.tf.json"
_ORPHAN: Final = re.compile(r"creating S3 Bucket \(([^)]+)\).*BucketAlreadyOwnedByYou")
_NO_BUCKET: Final = ("NoSuchBucket", "does not exist")


class BootstrapError(RuntimeError):
    """The buckets are not as they have to be, and Terraform would not put that right."""


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """Walks the stack ``NAME-state`` from local state into its own bucket. Safe to run again, after any interruption.

    ``local_state`` is where the state is until the bucket is there; when it has moved, the file is kept under the same
    name with ``.moved`` behind it. ``tell`` hears what is being done; ``confirm`` is asked before anything is applied.
    """

    terraform: Terraform
    local_state: Path
    tell: Callable[[str], None]
    confirm: Callable[[Changes], bool]

    def run(self) -> Outcome:
        """Make or change what is not as stated.

        Raises:
            BootstrapError: a bucket is there that the state doesn't have, or the state didn't move as a whole.
            TerraformError: Terraform failed; running again goes on from there.

        """
        self._override.unlink(missing_ok=True)
        if not self.local_state.exists() and self._reached_bucket():
            return self._change()
        return self._make()

    @property
    def _override(self) -> Path:
        return self.terraform.directory / _OVERRIDE

    def _reached_bucket(self) -> bool:
        self.tell("Looking for the bucket and its state")
        try:
            self.terraform.init("-reconfigure")
        except TerraformError as error:
            if any(words in error.output for words in _NO_BUCKET):
                return False
            raise
        if self.terraform.run("state", "list", allowed=(0, 1)).stdout.strip() == "":
            raise BootstrapError(
                "the bucket is there, but has no state of this stack: someone else made it, or the local state of an "
                f"earlier bootstrap was lost. Put {self.local_state.name} back beside the program, import the bucket, "
                "or leave `create` out of S3State to use the bucket as it is."
            )
        return True

    def _change(self) -> Outcome:
        self.tell("The state is in its bucket; comparing it with the description")
        return self._apply()

    def _make(self) -> Outcome:
        self.tell(f"Starting with local state, {self.local_state.name}")
        local = {"terraform": {"backend": {"local": {"path": str(self.local_state.resolve())}}}}
        write_text(self._override, json.dumps(local))
        try:
            self.terraform.init("-reconfigure")
            outcome = self._apply()
        finally:
            self._override.unlink()
        if outcome == "declined":
            return outcome
        self.tell("Moving the state into its bucket")
        # The folder's own record names the local state, which tells Terraform what to copy.
        self.terraform.init("-migrate-state", "-force-copy")
        self.local_state.replace(self.local_state.with_name(f"{self.local_state.name}.moved"))
        if self.terraform.plan():
            raise BootstrapError("the state moved, but Terraform would change something now: see `terraform plan`")
        return "made"

    def _apply(self) -> Outcome:
        with plan_files(self.terraform.directory) as files:
            return self._apply_plan(files.new(self.terraform.directory.name))

    def _apply_plan(self, plan: Path) -> Outcome:
        if not self.terraform.plan(out=plan):
            return "unchanged"
        if not self.confirm(Changes.of_plan(self.terraform.show(plan))):
            return "declined"
        self.tell("Applying")
        try:
            self.terraform.apply(str(plan))
        except TerraformError as error:
            orphan = _ORPHAN.search(error.output)
            if orphan is None:
                raise
            raise BootstrapError(
                f"the bucket {orphan[1]} is there, but not in the state: an earlier run was killed while it made the "
                "bucket, or someone else made it. If it is empty and yours, remove it with "
                f"`aws s3 rb s3://{orphan[1]}`, and run this again."
            ) from error
        return "changed"
