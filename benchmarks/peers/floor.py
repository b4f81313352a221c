"""The floor of the benchmark: the same JSON from dicts, `python floor.py REGIONS SERVICES OUTDIR`.

It does none of a generator's work; it shows how much of the others' time is theirs.
"""

import json
import sys
from pathlib import Path
from typing import Any

from program import EXPIRE, PULL_POLICY, TRUST, ZONE, ZONES

Resources = dict[str, dict[str, dict[str, Any]]]


def service(resources: Resources, name: str, regions: list[str]) -> None:
    """Add what a service has once, and what each region runs of it."""
    home, *others = regions
    add(resources, "aws_ecr_repository", f"{name}-repository", home, name=name)
    add(
        resources,
        "aws_ecr_lifecycle_policy",
        f"{name}-lifecycle",
        home,
        repository=f"${{aws_ecr_repository.{name}-repository.name}}",
        policy=json.dumps(EXPIRE),
    )
    add(
        resources,
        "aws_dynamodb_table",
        f"{name}-table",
        home,
        name=name,
        hash_key="id",
        attribute=[{"name": "id", "type": "S"}],
        billing_mode="PAY_PER_REQUEST",
        stream_enabled=True,
        stream_view_type="NEW_AND_OLD_IMAGES",
    )
    arn = f"${{aws_dynamodb_table.{name}-table.arn}}"
    for region in others:
        add(resources, "aws_dynamodb_table_replica", f"{name}-replica-{region}", region, global_table_arn=arn)
    for region in regions:
        cell(resources, name, region)


def cell(resources: Resources, name: str, region: str) -> None:
    """Add what one region runs of a service."""
    role, scaling = f"aws_iam_role.{name}-role-{region}", f"{name}-scaling-{region}"
    url = f"${{aws_apprunner_service.{name}-service-{region}.service_url}}"
    add(
        resources,
        "aws_iam_role",
        f"{name}-role-{region}",
        region,
        name=f"{name}-{region}",
        assume_role_policy=json.dumps(TRUST),
    )
    add(
        resources,
        "aws_iam_role_policy_attachment",
        f"{name}-pull-{region}",
        region,
        role=f"${{{role}.name}}",
        policy_arn=PULL_POLICY,
    )
    add(
        resources,
        "aws_apprunner_auto_scaling_configuration_version",
        scaling,
        region,
        auto_scaling_configuration_name=name,
        max_concurrency=100,
        min_size=1,
        max_size=10,
    )
    add(
        resources,
        "aws_apprunner_service",
        f"{name}-service-{region}",
        region,
        service_name=name,
        auto_scaling_configuration_arn=f"${{aws_apprunner_auto_scaling_configuration_version.{scaling}.arn}}",
        source_configuration={
            "auto_deployments_enabled": False,
            "authentication_configuration": {"access_role_arn": f"${{{role}.arn}}"},
            "image_repository": {
                "image_identifier": f"${{aws_ecr_repository.{name}-repository.repository_url}}:latest",
                "image_repository_type": "ECR",
                "image_configuration": {
                    "port": "8080",
                    "runtime_environment_variables": {
                        "AWS_REGION_NAME": region,
                        "TABLE": f"${{aws_dynamodb_table.{name}-table.name}}",
                    },
                },
            },
        },
        instance_configuration={"cpu": "1024", "memory": "2048"},
        health_check_configuration={
            "protocol": "HTTP",
            "path": "/health",
            "interval": 10,
            "timeout": 5,
            "healthy_threshold": 1,
            "unhealthy_threshold": 5,
        },
        tags={"service": name, "region": region},
    )
    add(
        resources,
        "aws_route53_health_check",
        f"{name}-health-{region}",
        region,
        type="HTTPS",
        fqdn=url,
        port=443,
        resource_path="/health",
        request_interval=30,
        failure_threshold=3,
    )
    add(
        resources,
        "aws_route53_record",
        f"{name}-record-{region}",
        region,
        zone_id=ZONE,
        name=f"{name}.example.com",
        type="A",
        set_identifier=region,
        health_check_id=f"${{aws_route53_health_check.{name}-health-{region}.id}}",
        latency_routing_policy={"region": region},
        alias={"name": url, "zone_id": ZONES[region], "evaluate_target_health": True},
    )


def add(resources: Resources, kind: str, label: str, region: str, /, **attributes: Any) -> None:
    """Add one resource in a region."""
    resources.setdefault(kind, {})[label] = {**attributes, "provider": f"aws.{region}"}


def main(regions: int, services: int, outdir: str) -> None:
    """Write `services` services in `regions` regions."""
    used = list(ZONES)[:regions]
    resources: Resources = {}
    for number in range(services):
        service(resources, f"service-{number}", used)
    providers = [{"alias": region, "region": region} for region in used]
    stack = Path(outdir) / "stacks" / "bench"
    stack.mkdir(parents=True, exist_ok=True)
    with (stack / "cdk.tf.json").open("w", encoding="utf-8") as file:
        json.dump({"provider": {"aws": providers}, "resource": resources}, file, indent=2)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
