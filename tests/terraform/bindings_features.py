"""A cdktf program that uses what Latitude does not: `python bindings_features.py OUTDIR`.

test_bindings_bytes.py runs it. It prints what cannot be seen in the output: values read back, errors.
"""
# ruff: noqa: T201, TID251  a user's own program: it imports and prints as it likes

import sys
from pathlib import Path

import jsii
from cdktf import (
    Annotations,
    App,
    Aspects,
    AssetType,
    Fn,
    IAspect,
    LocalBackend,
    LocalExecProvisioner,
    S3Backend,
    TerraformAsset,
    TerraformCount,
    TerraformElement,
    TerraformHclModule,
    TerraformIterator,
    TerraformLocal,
    TerraformOutput,
    TerraformResourceLifecycle,
    TerraformStack,
    TerraformVariable,
    Token,
)
from cdktf_cdktf_provider_aws import data_aws_ami, s3_bucket
from cdktf_cdktf_provider_aws.instance import Instance, InstanceEbsBlockDevice
from cdktf_cdktf_provider_aws.lambda_function import (
    LambdaFunction,
    LambdaFunctionTimeouts,
    LambdaFunctionVpcConfig,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderAssumeRole
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from constructs import Construct, IConstruct, Node


@jsii.implements(IAspect)
class Tagged:
    """Tags every instance, from Python, while Node synthesizes."""

    def visit(self, node: IConstruct) -> None:
        """Add the path of an instance to its tags."""
        if isinstance(node, Instance):
            node.tags = {**(node.tags_input or {}), "path": node.node.path}


class Network(TerraformStack):
    """A stack with a logical id of its own making, whose values another stack reads."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name)
        AwsProvider(
            self, "aws", region="us-east-1", assume_role=[AwsProviderAssumeRole(role_arn="arn:aws:iam::1:role/r")]
        )
        S3Backend(self, bucket="states", key="network", region="us-east-1", encrypt=True)
        self.group = SecurityGroup(
            self,
            "group",
            ingress=[SecurityGroupIngress(protocol="tcp", from_port=443, to_port=443, cidr_blocks=["10.0.0.0/8"])],
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True, ignore_changes=["tags"]),
        )

    def _allocate_logical_id(self, tf_element: TerraformElement | Node) -> str:
        """Answer Node, which asks for each element's name."""
        return f"net_{super()._allocate_logical_id(tf_element)}"


class Compute(TerraformStack):
    """A stack that refers to another, and takes every way out of cdktf's types."""

    def __init__(self, scope: Construct, name: str, *, network: Network) -> None:
        super().__init__(scope, name)
        LocalBackend(self, path="compute.tfstate")
        AwsProvider(self, "aws", region="us-west-2")
        west = AwsProvider(self, "west", region="us-west-1", alias="west")
        size = TerraformVariable(self, "size", type="number", default=2, description="How many, ${not} a token")
        zones = TerraformLocal(self, "zones", ["a", "b"])
        image = data_aws_ami.DataAwsAmi(
            self,
            "image",
            most_recent=True,
            owners=["amazon"],
            filter=[data_aws_ami.DataAwsAmiFilter(name="name", values=["al2023-*"])],
        )
        instance = Instance(
            self,
            "instance",
            ami=image.id,
            instance_type="t3.micro",
            vpc_security_group_ids=[network.group.id],
            count=TerraformCount.of(size.number_value),
            ebs_block_device=[InstanceEbsBlockDevice(device_name="/dev/sdb", volume_size=8, encrypted=False)],
            provisioners=[LocalExecProvisioner(type="local-exec", command="echo ${self.id}")],
            provider=west,
        )
        instance.add_override("metadata_options.http_tokens", "required")
        instance.add_override("root_block_device", [{"volume_size": 0, "tags": None}])
        buckets = TerraformIterator.from_map({"logs": {"days": 1}, "data": {"days": 0}})
        bucket = s3_bucket.S3Bucket(
            self,
            "bucket",
            for_each=buckets,
            bucket=Token.as_string(Fn.join("-", ["b", buckets.key])),
            tags={"dollar": "$${x} %{if}", "quote": '"', "line": "a\nb", "emoji": "🧭", "key": buckets.key},
        )
        _ = bucket.arn
        bucket.override_logical_id("renamed")
        function = LambdaFunction(
            self,
            "function",
            function_name="f",
            role="arn:aws:iam::1:role/f",
            filename=TerraformAsset(self, "code", path=str(Path(__file__)), type=AssetType.FILE).path,
            memory_size=size.number_value,
            vpc_config=LambdaFunctionVpcConfig(security_group_ids=[network.group.id], subnet_ids=[]),
            timeouts=LambdaFunctionTimeouts(create="5m"),
            depends_on=[bucket],
        )
        function.node.add_dependency(instance)
        module = TerraformHclModule(
            self, "module", source="example/thing/aws", version="1.2.3", variables={"ids": [function.arn], "n": 1.5}
        )
        TerraformOutput(self, "arn", value=bucket.arn, sensitive=True)
        TerraformOutput(self, "module-id", value=module.get("id"))
        TerraformOutput(self, "zone", value=Fn.element(zones.as_list, 0), depends_on=[function])
        TerraformOutput(self, "length", value=Fn.length_of([1, 2]))
        Annotations.of(instance).add_info("an annotation")
        Aspects.of(self).add(Tagged())
        print(instance.node.path, instance.friendly_unique_id, size.string_value.startswith("${"))
        print([child.node.id for child in self.node.children], instance.instance_type_input)


def refused(stack: TerraformStack) -> None:
    """Print what four mistakes are answered with."""
    for mistake in (
        lambda: s3_bucket.S3Bucket(stack, "group", bucket="b"),
        lambda: s3_bucket.S3Bucket(stack, "wrong", bucket=1),
        lambda: s3_bucket.S3Bucket(stack, "odd", bucket="b", tags={"a": 1}),
        lambda: stack.node.find_child("none"),
    ):
        try:
            mistake()
        except Exception as error:  # noqa: BLE001  whatever it is, it is compared
            print(type(error).__name__, str(error))


def main(outdir: str) -> None:
    """Synthesize both stacks."""
    app = App(outdir=outdir, stack_traces=False, context={"excludeStackIdFromLogicalIds": "true"})
    network = Network(app, "network")
    compute = Compute(app, "compute", network=network)
    compute.add_dependency(network)
    refused(network)
    app.synth()


if __name__ == "__main__":
    main(sys.argv[1])
