"""Services built from source code: one reached from a VPC only, one configured by the repository itself."""

from __future__ import annotations

from latitude import Application, Connection, PrivateIngress, SecretsManagerSecret, Service, Source, VpcAccess

REGIONS = ("eu-west-1", "ap-northeast-1")
_PLACES = dict(zip(REGIONS, ("a", "b"), strict=True))


def from_source() -> Application:
    """Return the application."""
    return Application(
        name="tickets",
        regions=REGIONS,
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
                    for region, letter in _PLACES.items()
                },
                private_ingress={
                    region: PrivateIngress(vpc_id=f"vpc-{letter * 8}", subnet_ids=(f"subnet-{letter * 8}",))
                    for region, letter in _PLACES.items()
                },
            ),
            Service(
                name="site",
                source=Source(
                    repository_url="https://github.com/example/site",
                    connection=Connection(
                        arns={
                            region: f"arn:aws:apprunner:{region}:123456789012:connection/site/{letter * 32}"
                            for region, letter in _PLACES.items()
                        }
                    ),
                ),
                auto_deployments=True,
            ),
        ),
    )
