// The program of the benchmark in plain JavaScript: `node cdktf_javascript.js REGIONS SERVICES OUTDIR PROGRAM_JSON`.
"use strict";
const { App, TerraformStack } = require("cdktf");
const { ApprunnerAutoScalingConfigurationVersion } = require("@cdktf/provider-aws/lib/apprunner-auto-scaling-configuration-version");
const { ApprunnerService } = require("@cdktf/provider-aws/lib/apprunner-service");
const { DynamodbTable } = require("@cdktf/provider-aws/lib/dynamodb-table");
const { DynamodbTableReplicaA } = require("@cdktf/provider-aws/lib/dynamodb-table-replica");
const { EcrLifecyclePolicy } = require("@cdktf/provider-aws/lib/ecr-lifecycle-policy");
const { EcrRepository } = require("@cdktf/provider-aws/lib/ecr-repository");
const { IamRole } = require("@cdktf/provider-aws/lib/iam-role");
const { IamRolePolicyAttachment } = require("@cdktf/provider-aws/lib/iam-role-policy-attachment");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { Route53HealthCheck } = require("@cdktf/provider-aws/lib/route53-health-check");
const { Route53Record } = require("@cdktf/provider-aws/lib/route53-record");

const [regions, services, outdir, program] = process.argv.slice(2);
const { zone, zones, pullPolicy, trust, expire } = JSON.parse(program);

function service(stack, name, providers) {
  const [[, home], ...others] = providers;
  const repository = new EcrRepository(stack, `${name}-repository`, { name, provider: home });
  new EcrLifecyclePolicy(stack, `${name}-lifecycle`, { repository: repository.name, policy: expire, provider: home });
  const table = new DynamodbTable(stack, `${name}-table`, {
    name,
    hashKey: "id",
    attribute: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    provider: home,
  });
  for (const [region, provider] of others) {
    new DynamodbTableReplicaA(stack, `${name}-replica-${region}`, { globalTableArn: table.arn, provider });
  }
  for (const [region, provider] of providers) {
    cell(stack, name, region, provider, repository, table);
  }
}

function cell(stack, name, region, provider, repository, table) {
  const role = new IamRole(stack, `${name}-role-${region}`, { name: `${name}-${region}`, assumeRolePolicy: trust, provider });
  new IamRolePolicyAttachment(stack, `${name}-pull-${region}`, { role: role.name, policyArn: pullPolicy, provider });
  const scaling = new ApprunnerAutoScalingConfigurationVersion(stack, `${name}-scaling-${region}`, {
    autoScalingConfigurationName: name,
    maxConcurrency: 100,
    minSize: 1,
    maxSize: 10,
    provider,
  });
  const runner = new ApprunnerService(stack, `${name}-service-${region}`, {
    serviceName: name,
    autoScalingConfigurationArn: scaling.arn,
    sourceConfiguration: {
      autoDeploymentsEnabled: false,
      authenticationConfiguration: { accessRoleArn: role.arn },
      imageRepository: {
        imageIdentifier: `${repository.repositoryUrl}:latest`,
        imageRepositoryType: "ECR",
        imageConfiguration: {
          port: "8080",
          runtimeEnvironmentVariables: { TABLE: table.name, AWS_REGION_NAME: region },
        },
      },
    },
    instanceConfiguration: { cpu: "1024", memory: "2048" },
    healthCheckConfiguration: {
      protocol: "HTTP",
      path: "/health",
      interval: 10,
      timeout: 5,
      healthyThreshold: 1,
      unhealthyThreshold: 5,
    },
    tags: { service: name, region },
    provider,
  });
  const health = new Route53HealthCheck(stack, `${name}-health-${region}`, {
    type: "HTTPS",
    fqdn: runner.serviceUrl,
    port: 443,
    resourcePath: "/health",
    requestInterval: 30,
    failureThreshold: 3,
    provider,
  });
  new Route53Record(stack, `${name}-record-${region}`, {
    zoneId: zone,
    name: `${name}.example.com`,
    type: "A",
    setIdentifier: region,
    healthCheckId: health.id,
    latencyRoutingPolicy: { region },
    alias: { name: runner.serviceUrl, zoneId: zones[region], evaluateTargetHealth: true },
    provider,
  });
}

const app = new App({ outdir });
const stack = new TerraformStack(app, "bench");
const providers = Object.keys(zones)
  .slice(0, Number(regions))
  .map((region) => [region, new AwsProvider(stack, `aws-${region}`, { region, alias: region })]);
for (let number = 0; number < Number(services); number += 1) {
  service(stack, `service-${number}`, providers);
}
app.synth();
