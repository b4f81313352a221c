"""Services built from source code: one reached from a VPC only, one configured by the repository itself."""

from __future__ import annotations

from latitude import (
    Application,
    Connection,
    PrivateIngress,
    S3State,
    SecretsManagerSecret,
    Service,
    Source,
    VpcAccess,
)

REGIONS = ("eu-west-1", "ap-northeast-1")


def from_source(regions: tuple[str, str] = REGIONS) -> Application:
    """Return the application."""
    places = dict(zip(regions, ("a", "b"), strict=True))
    return Application(
        name="tickets",
        regions=regions,
        state=S3State(
            bucket="tickets-state-{region}",
            role_arn="arn:aws:iam::123456789012:role/teams/state",
            external_id="tickets-7",
        ),
        services=(
            Service(
                name="worker",
                source=Source(
                    repository_url="https://github.com/example/tickets",
                    branch="release/2",
                    source_directory="services/worker",
                    runtime="PYTHON_311",
                    build_command="pip install -r requirements.txt",
                ),
                start_command="python -m worker",
                port=9000,
                environment={"MODE": "queue"},
                secrets={"DATABASE": SecretsManagerSecret(name="tickets/database", json_key="url")},
                vpc={
                    region: VpcAccess(subnet_ids=(f"subnet-{letter * 8}",), security_group_ids=(f"sg-{letter * 8}",))
                    for region, letter in places.items()
                },
                private_ingress={
                    region: PrivateIngress(vpc_id=f"vpc-{letter * 8}", subnet_ids=(f"subnet-{letter * 8}",))
                    for region, letter in places.items()
                },
            ),
            Service(
                name="site",
                source=Source(
                    repository_url="https://github.com/example/site",
                    connection=Connection(
                        arns={
                            region: f"arn:aws:apprunner:{region}:123456789012:connection/site/{letter * 32}"
                            for region, letter in places.items()
                        }
                    ),
                ),
                auto_deployments=True,
            ),
        ),
    )
