"""Small cdktf programs: those that are answered in Python to the end, and those at which Node takes over.

`python cdktf_programs.py OUTDIR NAME…` runs them, each in an app of its own, and prints what the files do not show.
Their names say what is special; unit tests hold which are which, and others compare every byte through both.
"""
# ruff: noqa: T201, TID251, D103  programs as a user writes them

import latitude.bindings  # noqa: F401  # before jsii, to put its provider there

# isort: split
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
from cdktf import (
    Annotations,
    App,
    Aspects,
    Fn,
    IAspect,
    LocalBackend,
    Postcondition,
    S3Backend,
    TerraformCount,
    TerraformDataSource,
    TerraformHclModule,
    TerraformIterator,
    TerraformLocal,
    TerraformOutput,
    TerraformResource,
    TerraformResourceLifecycle,
    TerraformStack,
    TerraformVariable,
    Testing,
    Token,
)
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute, DynamodbTableTimeouts
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags, AwsProviderEndpoints
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from cdktf_cdktf_provider_aws.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from constructs import Construct

Program = Callable[[App, TerraformStack], Any]
KNOWN: dict[str, Program] = {}
LEAVING: dict[str, Program] = {}


def known(program: Program) -> Program:
    """Note a program that Python answers to the end."""
    KNOWN[program.__name__] = program
    return program


def leaving(program: Program) -> Program:
    """Note a program at which Node takes over."""
    LEAVING[program.__name__] = program
    return program


def roles(scope: Construct) -> list[IamRole]:
    return [IamRole(scope, f"role/{n}", name=f"r{n}", assume_role_policy="{}") for n in range(3)]


@known
def nothing(_app: App, _stack: TerraformStack) -> None:
    pass


@known
def texts_with_tokens(_app: App, stack: TerraformStack) -> None:
    me = DataAwsCallerIdentity(stack, "me")
    one, two, three = roles(Construct(stack, "holder"))
    S3Bucket(
        stack,
        "bucket",
        bucket=f"x-{one.name}-${{upper({two.arn})}}-{three.id}}} ${{a}} {me.account_id}",
        tags={"ns": "$${x} %{if}", "Ünïcode": "é", "k": two.arn, f"{one.name}-key": "z", "line": 'a\n"b"\x7f\u2028🧭'},
    )
    TerraformOutput(stack, "half", value="${TfToken[TOKEN.0")
    TerraformOutput(stack, "both", value={"a": [one.arn, 1, 1.5, 2.0, True, -0.0, 1e15, 2**53, 0.0001], "": []})
    print(stack.node.id, one.node.path, one.node.id, one.friendly_unique_id, str(one.fqn).startswith("${TfToken["))


@known
def ids_and_names(_app: App, stack: TerraformStack) -> None:
    for ids in (("Default",) * 2 + ("a",), ("a", "a", "Resource"), ("x.y", "ä"), ("l" * 300,), ("l" * 200, "m" * 200)):
        scope: Any = stack
        for part in ids:
            scope = Construct(scope, part)
        S3Bucket(scope, "Default")
        S3Bucket(scope, "Resource")
        S3Bucket(scope, "web")
    renamed, early = S3Bucket(stack, "renamed"), S3Bucket(stack, "early")
    _ = early.arn
    early.override_logical_id("too_late")
    renamed.override_logical_id("now")
    TerraformOutput(stack, "arn", value=[renamed.arn, early.arn])
    TerraformOutput(Construct(stack, "below"), "static", value="x", static_id=True)
    for bucket in (S3Bucket(stack, "twice", bucket="b", tags={"a": "1"}), S3Bucket(stack, "again", acl="private")):
        bucket.override_logical_id("same")


@known
def texts_of_another_class(_app: App, stack: TerraformStack) -> None:
    """Give a text that says more about itself: as an argument, and as an override."""

    class Marked(str):
        __slots__ = ()

    role = IamRole(stack, "role", name=Marked("role"), assume_role_policy="{}", tags={"name": Marked("tag")})
    role.add_override("description", Marked("a role"))
    stack.add_override("locals", {"list": [Marked("${terraform.workspace}")]})


@known
def escape_hatches(_app: App, stack: TerraformStack) -> None:
    role = IamRole(stack, "role", assume_role_policy="{}", tags={"a": "b"}, managed_policy_arns=["x"])
    role.add_override("a.b", {"c": None, "d": [1, {"e": "f"}], "g": {}})
    role.add_override("tags", {"x": "y"})
    role.add_override("tags.z", role.arn)
    role.add_override("managed_policy_arns", ["y"])
    role.add_override("assume_role_policy", None)
    role.add_override("inline_policy.name", "n")
    stack.add_override("terraform.backend.local.path", "p")
    stack.add_override("resource.aws_iam_role.role.tags.w", "v")
    stack.add_override("resource.aws_iam_role.role.managed_policy_arns", ["z"])
    stack.add_override("check.it", {"assert": [{"condition": True, "error_message": "no"}]})
    output = TerraformOutput(stack, "output", value={"a": {"b": 1}})
    output.add_override("value.a.c", 2)
    stack.node.id  # noqa: B018  a request in between


@known
def backends(app: App, _stack: TerraformStack) -> None:
    files = TerraformStack(app, "files")
    LocalBackend(files, workspace_dir="w").add_override("path", "elsewhere")
    bucket = TerraformStack(app, "bucket")
    S3Backend(bucket, bucket="b", key="k", region="us-east-1", encrypt=True, assume_role_tags={"someKey": "v"})
    bucket.add_dependency(files)
    bucket.add_dependency(files)
    print([stack.node.path for stack in bucket.dependencies])


@known
def resources_of_any_type(_app: App, stack: TerraformStack) -> None:
    made = TerraformResource(stack, "made", terraform_resource_type="null_resource")
    made.add_override("triggers", {"a": made.get_string_attribute("id")})
    TerraformDataSource(stack, "read", terraform_resource_type="http", depends_on=[made]).add_override("url", "u")


@known
def meta_arguments(_app: App, stack: TerraformStack) -> None:
    west = AwsProvider(
        stack, "west", alias="west", region="us-west-2", default_tags=[AwsProviderDefaultTags(tags={"someKey": "x"})]
    )
    one, two, _ = roles(stack)
    bucket = S3Bucket(
        stack,
        "bucket",
        provider=west,
        depends_on=[one, two, DataAwsCallerIdentity(stack, "me", provider=west)],
        lifecycle=TerraformResourceLifecycle(
            create_before_destroy=True,
            ignore_changes=["tags", one.name],
            postcondition=[Postcondition(condition="${self.bucket != 1}", error_message="no")],
            replace_triggered_by=["aws_iam_role.role"],
        ),
    )
    S3Bucket(stack, "empty", depends_on=[], lifecycle=TerraformResourceLifecycle(), tags={})
    TerraformOutput(stack, "late", value=[], sensitive=True, description="d", depends_on=[bucket, one])
    TerraformOutput(stack, "none", value="", depends_on=[])
    print(bucket.arn.replace("TOKEN", "token"))


@known
def structs(_app: App, stack: TerraformStack) -> None:
    SecurityGroup(stack, "group", ingress=[SecurityGroupIngress(protocol="tcp", from_port=443, self_attribute=True)])
    RouteTable(stack, "routes", vpc_id="v", route=[RouteTableRoute(cidr_block="0.0.0.0/0"), RouteTableRoute()])
    DynamodbTable(
        stack,
        "table",
        name="t",
        hash_key="id",
        attribute=[DynamodbTableAttribute(name="id", type="S")],
        timeouts=DynamodbTableTimeouts(),
    )
    Instance(stack, "instance", ami="a", instance_type="t3.micro")
    zone = Route53Zone(stack, "zone", name="example.com")
    TerraformOutput(stack, "servers", value={"zone": zone.name_servers})
    Route53Record(stack, "record", zone_id=zone.id, name="n", type="NS", records=zone.name_servers, ttl=300)


@known
def variables(_app: App, stack: TerraformStack) -> None:
    variable = TerraformVariable(
        stack, "size", type="map(string)", default={"someKey": {"anotherKey": 1}}, nullable=False
    )
    S3Bucket(stack, "bucket", bucket=variable.string_value).add_override("a", "${" + variable.string_value + "}")


@known
def tests_of_a_stack(_app: App, _stack: TerraformStack) -> None:
    for _ in range(2):
        stack = TerraformStack(Testing.app(), "stack")
        one, two, three = roles(stack)
        S3Bucket(stack, "bucket", bucket=one.name, depends_on=[two])
        print(Testing.synth(stack), Testing.synth(stack) == Testing.synth(stack), three.arn)


@leaving
def after_the_synth(app: App, stack: TerraformStack) -> None:
    one, two, three = roles(stack)
    S3Bucket(stack, "bucket", depends_on=[one])
    TerraformOutput(stack, "output", value=1, depends_on=[two])
    app.synth()
    TerraformOutput(stack, "later", value=[three.arn, one.fqn, two.fqn])


@leaving
def functions(_app: App, stack: TerraformStack) -> None:
    one, two, _ = roles(stack)
    TerraformOutput(stack, "fn", value=Fn.join("-", [one.arn, two.name]))


@leaving
def references_between_stacks(app: App, stack: TerraformStack) -> None:
    other = TerraformStack(app, "other")
    AwsProvider(other, "aws", region="us-east-1")
    S3Bucket(other, "bucket", bucket=roles(stack)[0].name)


@leaving
def an_id_twice(_app: App, stack: TerraformStack) -> None:
    one, *_ = roles(stack)
    for _ in range(2):
        try:
            S3Bucket(stack, "same", bucket="x")
        except RuntimeError as error:
            print(error)
    S3Bucket(stack, "other", bucket=one.arn)


@leaving
def no_provider(app: App, _stack: TerraformStack) -> None:
    S3Bucket(TerraformStack(app, "other"), "bucket", bucket="x")


@leaving
def attributes_read_and_set(_app: App, stack: TerraformStack) -> None:
    one, two, _ = roles(stack)
    print(one.name_input, one.tags_input, two.fqn, two.friendly_unique_id)
    TerraformOutput(stack, "number", value=one.max_session_duration)
    one.name = "changed"
    one.reset_tags()


@leaving
def children(_app: App, stack: TerraformStack) -> None:
    roles(Construct(stack, "holder"))
    print([child.node.id for child in stack.node.children], stack.node.find_child("holder").node.path)


@leaving
def iterators_and_counts(_app: App, stack: TerraformStack) -> None:
    each = TerraformIterator.from_list(["a", "b"])
    S3Bucket(stack, "each", for_each=each, bucket=each.value)
    S3Bucket(stack, "count", count=TerraformCount.of(2))


@leaving
def modules_and_locals(_app: App, stack: TerraformStack) -> None:
    local = TerraformLocal(stack, "local", ["a"])
    TerraformHclModule(stack, "module", source="./m", variables={"x": roles(stack)[0].arn, "y": local.as_list})


@leaving
def aspects_and_annotations(_app: App, stack: TerraformStack) -> None:
    @jsii.implements(IAspect)
    class Tagged:
        def visit(self, node: Any) -> None:
            if isinstance(node, S3Bucket):
                node.tags = {"path": node.node.path}

    S3Bucket(stack, "bucket")
    Annotations.of(stack).add_info("said")
    Aspects.of(stack).add(Tagged())


@leaving
def a_method_of_ones_own(app: App, _stack: TerraformStack) -> None:
    class Named(TerraformStack):
        def _allocate_logical_id(self, tf_element: Any) -> str:
            return f"my_{super()._allocate_logical_id(tf_element)}"

    stack = Named(app, "named")
    AwsProvider(stack, "aws")
    S3Bucket(stack, "bucket")


@leaving
def a_nested_stack(_app: App, stack: TerraformStack) -> None:
    AwsProvider(TerraformStack(stack, "nested"), "aws")


@leaving
def an_id_that_is_a_number(_app: App, stack: TerraformStack) -> None:
    for name in ("b", "10", "9"):
        AwsProvider(stack, name, alias=f"a{name}")


@leaving
def an_id_that_every_object_has(_app: App, stack: TerraformStack) -> None:
    S3Bucket(stack, "constructor")


@leaving
def a_name_after_the_address(_app: App, stack: TerraformStack) -> None:
    one, *_ = roles(stack)
    _ = one.fqn
    one.override_logical_id("late")


@leaving
def numbers_of_javascript(_app: App, stack: TerraformStack) -> None:
    TerraformOutput(stack, "numbers", value=[2**53 + 1, 1e-5, 1e-7, 1e16, 1e21, 1.5e300])


@leaving
def a_number_that_is_a_token(_app: App, stack: TerraformStack) -> None:
    TerraformOutput(stack, "number", value=-123456789)


@leaving
def keys_in_utf16(_app: App, stack: TerraformStack) -> None:
    S3Bucket(stack, "bucket", tags={"\uffee": "1", "\U0001f9ed": "2"})


@leaving
def an_override_by_index(_app: App, stack: TerraformStack) -> None:
    group = SecurityGroup(stack, "group", ingress=[SecurityGroupIngress(protocol="tcp", from_port=1, to_port=1)])
    group.add_override("ingress.0.description", "first")


@leaving
def endpoints(_app: App, stack: TerraformStack) -> None:
    AwsProvider(stack, "local", alias="local", endpoints=[AwsProviderEndpoints(s3="http://localhost", s3_control="x")])


@leaving
def a_truth_value_for_a_number(_app: App, stack: TerraformStack) -> None:
    IamRole(stack, "role", assume_role_policy="{}", max_session_duration=True)


@leaving
def a_text_for_a_list(_app: App, stack: TerraformStack) -> None:
    Route53Record(stack, "record", zone_id="z", name="n", type="A", records="192.0.2.1")


@leaving
def a_dict_for_a_struct(_app: App, stack: TerraformStack) -> None:
    DynamodbTable(stack, "table", name="t", attribute=[{"name": "id", "type": "S"}])


@leaving
def a_value_with_an_fqn(_app: App, stack: TerraformStack) -> None:
    TerraformOutput(stack, "output", value={"a": {"fqn": "x", "b": 1}})


@leaving
def a_struct_for_anything(_app: App, stack: TerraformStack) -> None:
    TerraformOutput(stack, "output", value=SecurityGroupIngress(from_port=1))


@leaving
def a_token_of_an_expression(_app: App, stack: TerraformStack) -> None:
    S3Bucket(stack, "bucket", force_destroy=Token.as_any("${var.x}"))


@leaving
def a_token_that_nobody_made(_app: App, stack: TerraformStack) -> None:
    S3Bucket(stack, "bucket", bucket="${TfToken[TOKEN.77]}")


@leaving
def a_circle_of_stacks(app: App, stack: TerraformStack) -> None:
    other = TerraformStack(app, "other")
    other.add_dependency(stack)
    stack.add_dependency(other)


@leaving
def a_second_synth(app: App, stack: TerraformStack) -> None:
    app.synth()
    roles(stack)


@leaving
def a_stack_with_a_glob(app: App, _stack: TerraformStack) -> None:
    TerraformStack(app, "a*")


def run(program: Program, outdir: Path) -> None:
    """Run a program in an app of its own; print the error that it ends with."""
    context = {"cdktfVersion": "9", "excludeStackIdFromLogicalIds": "true"}
    app = App(outdir=str(outdir), stack_traces=False, context=context)
    stack = TerraformStack(app, "stack")
    AwsProvider(stack, "aws", region="us-east-1")
    try:
        program(app, stack)
        app.synth()
    except Exception as error:  # noqa: BLE001  whatever it is, it is compared
        print(type(error).__name__, error)


def main() -> None:
    """Run the programs that are named."""
    outdir, *names = sys.argv[1:]
    for name in names:
        print(json.dumps(name))
        run({**KNOWN, **LEAVING}[name], Path(outdir, name))


if __name__ == "__main__":
    main()
