"""The program of the benchmark in AWS CDK: `python aws_cdk_python.py REGIONS SERVICES OUTDIR`.

CloudFormation has no second region in a stack and no more than 500 resources, so that there is a stack for each region
and fifty services; and no reference from one region to another, so that names stand in their place. A role takes its
policies, and a repository its lifecycle, with itself.
"""

import json
import sys

from aws_cdk import App, CfnTag, Environment, Stack
from aws_cdk import aws_apprunner as apprunner
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam
from aws_cdk import aws_route53 as route53
from program import EXPIRE, PULL_POLICY, TRUST, ZONE, ZONES

ACCOUNT = "111122223333"
SERVICES_OF_A_STACK = 50


def home(stack: Stack, name: str, regions: list[str]) -> None:
    """Make what a service has once: its repository and its table with a replica in each region."""
    ecr.CfnRepository(
        stack,
        f"{name}-repository",
        repository_name=name,
        lifecycle_policy=ecr.CfnRepository.LifecyclePolicyProperty(lifecycle_policy_text=json.dumps(EXPIRE)),
    )
    dynamodb.CfnGlobalTable(
        stack,
        f"{name}-table",
        table_name=name,
        attribute_definitions=[
            dynamodb.CfnGlobalTable.AttributeDefinitionProperty(attribute_name="id", attribute_type="S")
        ],
        key_schema=[dynamodb.CfnGlobalTable.KeySchemaProperty(attribute_name="id", key_type="HASH")],
        billing_mode="PAY_PER_REQUEST",
        stream_specification=dynamodb.CfnGlobalTable.StreamSpecificationProperty(stream_view_type="NEW_AND_OLD_IMAGES"),
        replicas=[dynamodb.CfnGlobalTable.ReplicaSpecificationProperty(region=region) for region in regions],
    )


def cell(stack: Stack, name: str, region: str) -> None:
    """Make what one region runs of a service."""
    role = iam.CfnRole(
        stack,
        f"{name}-role",
        role_name=f"{name}-{region}",
        assume_role_policy_document=TRUST,
        managed_policy_arns=[PULL_POLICY],
    )
    scaling = apprunner.CfnAutoScalingConfiguration(
        stack,
        f"{name}-scaling",
        auto_scaling_configuration_name=name,
        max_concurrency=100,
        min_size=1,
        max_size=10,
    )
    runner = apprunner.CfnService(
        stack,
        f"{name}-service",
        service_name=name,
        auto_scaling_configuration_arn=scaling.attr_auto_scaling_configuration_arn,
        source_configuration=apprunner.CfnService.SourceConfigurationProperty(
            auto_deployments_enabled=False,
            authentication_configuration=apprunner.CfnService.AuthenticationConfigurationProperty(
                access_role_arn=role.attr_arn
            ),
            image_repository=apprunner.CfnService.ImageRepositoryProperty(
                image_identifier=f"{ACCOUNT}.dkr.ecr.{region}.amazonaws.com/{name}:latest",
                image_repository_type="ECR",
                image_configuration=apprunner.CfnService.ImageConfigurationProperty(
                    port="8080",
                    runtime_environment_variables=[
                        apprunner.CfnService.KeyValuePairProperty(name="TABLE", value=name),
                        apprunner.CfnService.KeyValuePairProperty(name="AWS_REGION_NAME", value=region),
                    ],
                ),
            ),
        ),
        instance_configuration=apprunner.CfnService.InstanceConfigurationProperty(cpu="1024", memory="2048"),
        health_check_configuration=apprunner.CfnService.HealthCheckConfigurationProperty(
            protocol="HTTP", path="/health", interval=10, timeout=5, healthy_threshold=1, unhealthy_threshold=5
        ),
        tags=[CfnTag(key="service", value=name), CfnTag(key="region", value=region)],
    )
    health = route53.CfnHealthCheck(
        stack,
        f"{name}-health",
        health_check_config=route53.CfnHealthCheck.HealthCheckConfigProperty(
            type="HTTPS",
            fully_qualified_domain_name=runner.attr_service_url,
            port=443,
            resource_path="/health",
            request_interval=30,
            failure_threshold=3,
        ),
    )
    route53.CfnRecordSet(
        stack,
        f"{name}-record",
        hosted_zone_id=ZONE,
        name=f"{name}.example.com",
        type="A",
        set_identifier=region,
        region=region,
        health_check_id=health.attr_health_check_id,
        alias_target=route53.CfnRecordSet.AliasTargetProperty(
            dns_name=runner.attr_service_url, hosted_zone_id=ZONES[region], evaluate_target_health=True
        ),
    )


def main(regions: int, services: int, outdir: str) -> None:
    """Synthesize `services` services in `regions` regions."""
    app = App(outdir=outdir)
    used = list(ZONES)[:regions]
    for region in used:
        for number in range(services):
            if number % SERVICES_OF_A_STACK == 0:
                group = number // SERVICES_OF_A_STACK
                stack = Stack(app, f"bench-{region}-{group}", env=Environment(account=ACCOUNT, region=region))
            if region == used[0]:
                home(stack, f"service-{number}", used)
            cell(stack, f"service-{number}", region)
    app.synth()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
