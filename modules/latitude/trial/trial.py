"""An application on trial: its stacks are applied in order, changed, planned again, and destroyed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from latitude.spec import S3State
from latitude.trial.domains import PATIENCE_SECONDS, await_domains, live_domains
from latitude.trial.findings import require
from latitude.trial.images import push_images
from latitude.trial.inventory import inventory
from latitude.trial.prerequisites import make_surroundings
from latitude.trial.services import services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec import Application
    from latitude.trial.aws import Aws
    from latitude.trial.deployment import Deployment
    from latitude.trial.images import Pushed

_ARN_REGION: Final = 3


@dataclass(kw_only=True)
class Trial:
    """``application`` is the latest revision; ``before`` what there was in ``regions`` before anything was deployed.

    A domain may take ``patience_seconds`` to become active.

    What is not as it should be is raised as ``TrialError``; what Terraform refuses, as ``TerraformError``.
    """

    application: Application
    aws: Aws
    deployment: Deployment
    regions: tuple[str, ...] = ()
    before: frozenset[str] = frozenset()
    patience_seconds: float = PATIENCE_SECONDS

    @property
    def home(self) -> str:
        """The region in which images are pushed and tables are made."""
        return self.application.home_region

    @property
    def cells(self) -> tuple[str, ...]:
        """The stacks of the regions; none in layout ``single``."""
        wanted = [self.cell(region) for region in self.application.regions]
        return tuple(stack for stack in self.deployment.stacks if stack in wanted)

    @property
    def shared(self) -> tuple[str, ...]:
        """The stacks that come before the cells, in the order in which they are applied."""
        return tuple(stack for stack in self.deployment.stacks if stack not in {*self.cells, *self.routing})

    @property
    def routing(self) -> tuple[str, ...]:
        """The stack of the latency records, which comes after the cells; none in layout ``single``."""
        return tuple(stack for stack in self.deployment.stacks if stack == self.application.stack_names.routing)

    def cell(self, region: str) -> str:
        """Return the stack of a region."""
        return self.application.stack_names.cell(region)

    def prepare(self) -> None:
        """Make what exists before the application does, but for its state's buckets, and remember what there is."""
        make_surroundings(self.application, self.aws)
        self.before = self.inventory()

    def inventory(self) -> frozenset[str]:
        """List what there is in every region that the trial comes to."""
        return inventory(self.aws.clients, self.regions)

    def services(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Describe every service of the application, by its region and name."""
        return services(self.aws.clients, self.application.regions, names=self._names)

    def revise(self, application: Application) -> None:
        """Go on with another revision of the application, and write its stacks."""
        self.application = application
        self.deployment.synthesize(application)

    def connect(self) -> None:
        """Write the stacks of the application as it is stated, and connect them to their states."""
        self.revise(self.application)
        self.deployment.init(*self.deployment.stacks)

    def join(self, application: Application) -> None:
        """Go on with a revision that is in another region too: what it finds there is made, its cell connected."""
        (newcomer,) = set(application.regions) - set(self.application.regions)
        known = self.inventory()
        make_surroundings(application, self.aws)
        self.before |= self.inventory() - known
        self.revise(application)
        self.deployment.init(*(stack for stack in self.cells if stack == self.cell(newcomer)))

    def apply_everything(self) -> None:
        """Make the repositories, push the images, and make the rest, in either layout."""
        if self.cells:
            self.apply_shared()
        else:
            (stack,) = self.deployment.stacks
            repositories = [f"-target={address}" for address in self._addresses(stack, "aws_ecr_")]
            self.deployment.terraform(stack).apply(*repositories)
        self.push_images()
        self.apply_services()

    def apply_shared(self) -> None:
        """Make what the regions share, before the first image is pushed: repositories, with their rule, and tables."""
        self.deployment.apply(*self.shared)

    def push_images(self) -> list[Pushed]:
        """Push each service's image in the home region, and wait until every other region has it."""
        return push_images(self.application, self.aws)

    def apply_services(self) -> None:
        """Deploy to every region: all cells at the same time, or the single stack; then lead users there."""
        stacks = self.cells or self.deployment.stacks
        live = live_domains(self.aws.clients, self.application.regions, names=self._names)
        self.deployment.apply(*stacks)
        joining = {self.cell(arn.split(":")[_ARN_REGION]) for arn in self.await_domains() - live}
        # A region is answered with from the first apply on that finds its domain active.
        again = [stack for stack in stacks if joining and (stack in joining or not self.cells)]
        if live:
            self.deployment.apply(*again)
            self.deployment.apply(*self.routing)
        else:
            # Nobody is led anywhere yet, so that routing need not be last.
            self.deployment.apply(*again, *self.routing)

    def await_domains(self) -> frozenset[str]:
        """Wait until every domain is active in every region, and return what says so of each."""
        return await_domains(
            self.aws.clients,
            self.application.regions,
            names=self._names,
            patience_seconds=self.patience_seconds,
        )

    def require_no_changes(self) -> None:
        """Plan every stack again: there must be nothing to do, which is Terraform's exit status 0."""
        changes = self.deployment.have_changes(*self.deployment.stacks)
        drifted = [stack for stack, changed in changes.items() if changed]
        require(not drifted, f"a second plan finds something to do in {', '.join(drifted)}")

    def destroy(self) -> None:
        """Destroy what leads to the regions first, then the regions, and then what they share."""
        self.deployment.destroy(*self.routing)
        self.deployment.destroy(*self.cells)
        self.deployment.destroy(*self.shared)

    def require_empty_states(self) -> None:
        """Ask each state for what is left in it, and the buckets for locks."""
        left = self.deployment.left_in_state(*self.deployment.stacks)
        require(not left, f"in state there is still {', '.join(left)}")
        locks = list(self._locks())
        require(not locks, f"locks were left: {', '.join(locks)}")

    def require_nothing_left(self) -> None:
        """Ask AWS: what is there now was there before, and the other way round."""
        after = self.inventory()
        extra, gone = sorted(after - self.before), sorted(self.before - after)
        require(not extra, f"in AWS there is still {', '.join(extra)}")
        require(not gone, f"of what was there before, this is gone: {', '.join(gone)}")

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(self.application.aws_names.service(service) for service in self.application.services)

    def _addresses(self, stack: str, beginning: str) -> list[str]:
        path = self.deployment.folder / "stacks" / stack / "cdk.tf.json"
        resources = json.loads(path.read_text("utf-8"))["resource"]
        return [f"{kind}.{name}" for kind in resources if kind.startswith(beginning) for name in resources[kind]]

    def _locks(self) -> Iterator[str]:
        state = self.application.state
        if not isinstance(state, S3State):
            return
        for region in state.regions(self.application):
            s3 = self.aws.clients("s3", state.region_for(region, self.application))
            listed = s3.list_objects_v2(Bucket=state.bucket_in(region)).get("Contents", [])
            yield from (entry["Key"] for entry in listed if entry["Key"].endswith(".tflock"))
