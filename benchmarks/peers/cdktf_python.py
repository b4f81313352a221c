"""The program of the benchmark in ordinary cdktf Python: `python cdktf_python.py REGIONS SERVICES OUTDIR`."""
# ruff: noqa: TID251  written as its own users would, outside the door

import json
import sys

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.apprunner_auto_scaling_configuration_version import (
    ApprunnerAutoScalingConfigurationVersion,
)
from cdktf_cdktf_provider_aws.apprunner_service import (
    ApprunnerService,
    ApprunnerServiceHealthCheckConfiguration,
    ApprunnerServiceInstanceConfiguration,
    ApprunnerServiceSourceConfiguration,
    ApprunnerServiceSourceConfigurationAuthenticationConfiguration,
    ApprunnerServiceSourceConfigurationImageRepository,
    ApprunnerServiceSourceConfigurationImageRepositoryImageConfiguration,
)
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute
from cdktf_cdktf_provider_aws.dynamodb_table_replica import DynamodbTableReplicaA
from cdktf_cdktf_provider_aws.ecr_lifecycle_policy import EcrLifecyclePolicy
from cdktf_cdktf_provider_aws.ecr_repository import EcrRepository
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_health_check import Route53HealthCheck
from cdktf_cdktf_provider_aws.route53_record import Route53Record, Route53RecordAlias, Route53RecordLatencyRoutingPolicy
from constructs import Construct
from program import EXPIRE, PULL_POLICY, TRUST, ZONE, ZONES


def service(stack: Construct, name: str, providers: dict[str, AwsProvider]) -> None:
    """Make a service: its repository and table, and what each region runs."""
    home, *others = providers
    repository = EcrRepository(stack, f"{name}-repository", name=name, provider=providers[home])
    EcrLifecyclePolicy(
        stack,
        f"{name}-lifecycle",
        repository=repository.name,
        policy=json.dumps(EXPIRE),
        provider=providers[home],
    )
    table = DynamodbTable(
        stack,
        f"{name}-table",
        name=name,
        hash_key="id",
        attribute=[DynamodbTableAttribute(name="id", type="S")],
        billing_mode="PAY_PER_REQUEST",
        stream_enabled=True,
        stream_view_type="NEW_AND_OLD_IMAGES",
        provider=providers[home],
    )
    for region in others:
        DynamodbTableReplicaA(stack, f"{name}-replica-{region}", global_table_arn=table.arn, provider=providers[region])
    for region, provider in providers.items():
        cell(stack, name, region, provider, repository, table)


def cell(
    stack: Construct, name: str, region: str, provider: AwsProvider, repository: EcrRepository, table: DynamodbTable
) -> None:
    """Make what one region runs of a service."""
    role = IamRole(
        stack, f"{name}-role-{region}", name=f"{name}-{region}", assume_role_policy=json.dumps(TRUST), provider=provider
    )
    IamRolePolicyAttachment(stack, f"{name}-pull-{region}", role=role.name, policy_arn=PULL_POLICY, provider=provider)
    scaling = ApprunnerAutoScalingConfigurationVersion(
        stack,
        f"{name}-scaling-{region}",
        auto_scaling_configuration_name=name,
        max_concurrency=100,
        min_size=1,
        max_size=10,
        provider=provider,
    )
    runner = ApprunnerService(
        stack,
        f"{name}-service-{region}",
        service_name=name,
        auto_scaling_configuration_arn=scaling.arn,
        source_configuration=ApprunnerServiceSourceConfiguration(
            auto_deployments_enabled=False,
            authentication_configuration=ApprunnerServiceSourceConfigurationAuthenticationConfiguration(
                access_role_arn=role.arn
            ),
            image_repository=ApprunnerServiceSourceConfigurationImageRepository(
                image_identifier=f"{repository.repository_url}:latest",
                image_repository_type="ECR",
                image_configuration=ApprunnerServiceSourceConfigurationImageRepositoryImageConfiguration(
                    port="8080",
                    runtime_environment_variables={"TABLE": table.name, "AWS_REGION_NAME": region},
                ),
            ),
        ),
        instance_configuration=ApprunnerServiceInstanceConfiguration(cpu="1024", memory="2048"),
        health_check_configuration=ApprunnerServiceHealthCheckConfiguration(
            protocol="HTTP", path="/health", interval=10, timeout=5, healthy_threshold=1, unhealthy_threshold=5
        ),
        tags={"service": name, "region": region},
        provider=provider,
    )
    health = Route53HealthCheck(
        stack,
        f"{name}-health-{region}",
        type="HTTPS",
        fqdn=runner.service_url,
        port=443,
        resource_path="/health",
        request_interval=30,
        failure_threshold=3,
        provider=provider,
    )
    Route53Record(
        stack,
        f"{name}-record-{region}",
        zone_id=ZONE,
        name=f"{name}.example.com",
        type="A",
        set_identifier=region,
        health_check_id=health.id,
        latency_routing_policy=Route53RecordLatencyRoutingPolicy(region=region),
        alias=Route53RecordAlias(name=runner.service_url, zone_id=ZONES[region], evaluate_target_health=True),
        provider=provider,
    )


def main(regions: int, services: int, outdir: str) -> None:
    """Synthesize `services` services in `regions` regions."""
    app = App(outdir=outdir)
    stack = TerraformStack(app, "bench")
    providers = {
        region: AwsProvider(stack, f"aws-{region}", region=region, alias=region) for region in list(ZONES)[:regions]
    }
    for number in range(services):
        service(stack, f"service-{number}", providers)
    app.synth()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
