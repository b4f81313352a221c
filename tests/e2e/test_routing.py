"""A public name that is asked for through every step: a region joins, is drained, replaced, gone; another one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude import Application, Domain, HostedZone, PublicImage, S3State, Service
from latitude.commands.embedded import embedded_aws
from latitude.sandbox.control import Control
from latitude.sandbox.server import Sandbox
from latitude.trial.deployment import Deployment
from latitude.trial.domains import await_domains, domain_statuses
from latitude.trial.jobs import Jobs
from latitude.trial.logs import Logs
from latitude.trial.provider import Provider
from latitude.trial.state_buckets import make_state_buckets
from latitude.trial.trial import Trial
from tests.e2e.probing import Prober

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e

NAME = "hello.example.com"
EAST, WEST, NEWCOMER = "us-east-1", "us-west-2", "eu-west-1"
ROUTING = "hello-routing"


def application(*regions: str, image: str = "latest") -> Application:
    """Return a service with a public image and a domain, which leads through a state bucket that no region has."""
    return Application(
        name="hello",
        regions=regions,
        routing_region=WEST,
        services=(
            Service(
                name="web",
                image=PublicImage(identifier=f"public.ecr.aws/aws-containers/hello-app-runner:{image}"),
                port=8000,
                domain=Domain(name=NAME, hosted_zone=HostedZone(name="example.com")),
            ),
        ),
        state=S3State(bucket="hello-state-{region}"),
    )


class World:
    """A trial of the application, and whoever asks for its name."""

    def __init__(self, sandbox: Sandbox, trial: Trial) -> None:
        self.trial, self.control = trial, Control(sandbox.url)
        self.deployment, self.clients = trial.deployment, trial.aws.clients
        self.prober = Prober(self.control, self.clients, NAME)

    def drain(self, *regions: str) -> None:
        """Drain by Terraform's variable alone."""
        self.deployment.apply(ROUTING, variables={"draining": regions})

    def region(self, place: str) -> str:
        """Return where somebody is led."""
        return str(self.control.resolve(NAME, place=place)["region"])

    def closed(self, region: str) -> bool:
        """Return whether a region's entry has no weight: it was never live."""
        route53 = self.clients("route53", EAST)
        (zone,) = (each["Id"] for each in route53.list_hosted_zones()["HostedZones"])
        found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        (weight,) = (each["Weight"] for each in found if each["Name"] == f"{region}.{NAME}.")
        return bool(weight == 0)

    def cname_regions(self) -> set[str]:
        """Return the regions that have an entry in a validation record."""
        route53 = self.clients("route53", EAST)
        (zone,) = (each["Id"] for each in route53.list_hosted_zones()["HostedZones"])
        found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        return {each["SetIdentifier"] for each in found if each["Type"] == "CNAME"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return two regions that serve, on an AWS that gives them the same validation records; other tests' does not."""
    with Sandbox(operation_seconds=0.3, same_validation=True) as sandbox, Jobs() as jobs:
        aws = embedded_aws(sandbox)
        stated = application(EAST, WEST)
        folder = tmp_path / "cdktf.out"
        provider = Provider(aws.environment, folder)
        deployment = Deployment(folder, provider=provider, listen=Logs(tmp_path / "logs").listen, jobs=jobs)
        trial = Trial(application=stated, aws=aws, deployment=deployment, regions=(EAST, WEST, NEWCOMER))
        make_state_buckets(application(EAST, WEST, NEWCOMER), aws.clients)
        trial.prepare()
        trial.connect()
        trial.apply_everything()
        yield World(sandbox, trial)


def test_name_leads_to_a_region_that_answers_through_every_step(world: World) -> None:
    """Joining, draining, a status that wavers, replacing, failing over and leaving, each with a prober that asks."""
    trial, prober = world.trial, world.prober

    with prober.asking("draining us-east-1, by the variable, while it is sick"):
        world.control.add_fault(kind="error", service="apprunner", region=EAST)
        world.drain(EAST)
        world.control.clear_faults()
        assert world.region("new york") == WEST
    with prober.asking("us-east-1 joins again"):
        world.drain()
        assert world.region("new york") == EAST

    with prober.asking("eu-west-1 joins: first closed, then live"):
        trial.join(application(EAST, WEST, NEWCOMER))
        trial.deployment.apply(trial.cell(NEWCOMER))
        assert world.closed(NEWCOMER)
        trial.deployment.apply(ROUTING)
        # It is nearest, and is not answered with: its certificate is not there yet.
        assert prober.led[NEWCOMER] == 0
        await_domains(world.clients, [NEWCOMER])
        trial.deployment.apply(trial.cell(NEWCOMER))
        assert not world.closed(NEWCOMER)
        assert world.region("london") == NEWCOMER

    with prober.asking("the status of us-east-1 wavers during an apply"):
        world.control.set_domain_wavering(NAME, region=EAST, wavers=True)
        assert set(domain_statuses(world.clients, [EAST]).values()) == {"pending_certificate_dns_validation"}
        assert trial.deployment.have_changes(trial.cell(EAST)) == {trial.cell(EAST): False}
        world.control.set_domain_wavering(NAME, region=EAST, wavers=False)

    with prober.asking("us-west-2 fails, and answers again"):
        world.control.set_region_dark(WEST, dark=True)
        assert world.region("san francisco") == EAST
        world.control.set_region_dark(WEST, dark=False)
        assert world.region("san francisco") == WEST

    with prober.asking("the service of us-east-1 is replaced"):
        world.drain(EAST)
        trial.deployment.terraform(trial.cell(EAST)).apply("-replace=aws_apprunner_service.web")
        # It is another service, whose domain was never live.
        assert world.closed(EAST)
        trial.deployment.apply(ROUTING)
        await_domains(world.clients, [EAST])
        trial.deployment.apply(trial.cell(EAST))
        assert world.region("new york") == EAST

    with prober.asking("us-east-1 leaves"):
        trial.revise(application(WEST, NEWCOMER))
        trial.deployment.apply(ROUTING)
        trial.deployment.destroy(trial.application.stack_names.cell(EAST))
        assert world.region("new york") == WEST
    # Whatever the others need for the renewal of their certificates is still there.
    assert world.cname_regions() == {WEST, NEWCOMER}
    assert set(domain_statuses(world.clients, [WEST, NEWCOMER]).values()) == {"active"}
    assert trial.deployment.have_changes(*trial.cells, ROUTING) == dict.fromkeys([*trial.cells, ROUTING], False)
