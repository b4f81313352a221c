"""Where Terraform keeps state: buckets, keys and workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from latitude.spec import CloudState, RunRole, S3State, StateBucket, WorkspaceRepository, Workspaces
from tests.support.applications import example
from tests.unit.descriptions import application, only

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals

KEY: Final = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"


def test_region_or_key_with_a_bucket_per_region_is_refused(refusals: Refusals) -> None:
    """With a bucket in each region, neither one region nor one regional key is right for all."""
    state = S3State(bucket="state-{region}", region="us-east-1", kms_key_arn=KEY)
    assert refusals(state.checked) == [
        (
            "region: must be unset with {region} in the bucket's name: each bucket is in its own region (Latitude), "
            "got 'us-east-1'"
        ),
        (
            "kms_key_arn: must be unset with {region} in the bucket's name: a key is regional, and each bucket's "
            f"default encryption names its own (Amazon S3), got {KEY!r}"
        ),
    ]


def test_key_of_another_region_than_the_bucket_is_refused(refusals: Refusals) -> None:
    """S3 encrypts with keys of the bucket's region only."""
    state = S3State(bucket="state", region="us-west-2", kms_key_arn=KEY)
    assert only(refusals(lambda: application(state=state))) == (
        f"state.kms_key_arn: must be a key in us-west-2, the bucket's region, got one in us-east-1: {KEY!r} "
        "(Amazon S3 User Guide, SSE-KMS)"
    )
    assert application(state=S3State(bucket="state", kms_key_arn=KEY))


@pytest.mark.parametrize("prefix", ["/teams", "teams//web", "a b"])
def test_key_prefix_that_terraform_refuses_is_refused(refusals: Refusals, prefix: str) -> None:
    """Terraform refuses a key that begins with a slash, and S3 counts an empty folder between two."""
    assert only(refusals(S3State(bucket="state", key_prefix=prefix).checked)).startswith(
        "key_prefix: must be letters, digits and / ! _ . ' ( ) -, without a / at its beginning or two of them in a row"
    )


@pytest.mark.parametrize(
    ("bucket", "region", "expected"),
    [
        ("state", None, ("state", "us-east-1")),
        ("state", "eu-west-1", ("state", "eu-west-1")),
        ("state-{region}", None, ("state-us-west-2", "us-west-2")),
    ],
)
def test_bucket_of_a_cell_is_where_the_state_says(bucket: str, region: str | None, expected: tuple[str, str]) -> None:
    """A bucket per region is in the cell's region; one bucket is in its own, or in the home region."""
    state = S3State(bucket=bucket, region=region)
    described = application(state=state)
    assert (state.bucket_in("us-west-2"), state.region_for("us-west-2", described)) == expected


def test_workspace_too_long_for_a_stack_is_refused(refusals: Refusals) -> None:
    """The longest stack's workspace fits, or the message has its name."""
    state = CloudState(organization="example", workspace=f"{'w' * 75}{{stack}}")
    name = f"{'w' * 75}orders-us-east-1"
    assert only(refusals(lambda: application(state=state))) == (
        f"state.workspace: must make names of at most 90 characters, got 91: '{name}' (HCP Terraform workspaces)"
    )
    fitting = CloudState(organization="example", workspace=f"{'w' * 74}{{stack}}")
    assert application(state=fitting).state == fitting
    assert fitting.workspace_for("orders-registry") == f"{'w' * 74}orders-registry"


def test_workspace_that_all_stacks_would_share_is_refused(refusals: Refusals) -> None:
    """Each stack has a state of its own, so the workspace's name has the stack's in it."""
    assert only(refusals(CloudState(organization="example", workspace="orders").checked)) == (
        "workspace: must be letters, digits, _ and - around {stack}, got 'orders' "
        "(HCP Terraform workspaces: each stack has one of its own)"
    )


@pytest.mark.parametrize(
    "bucket",
    [
        "MyState", "ab", "a" * 64, "a..b", "-ab", "ab-", "my_state", "192.168.0.1", "xn--state", "state-s3alias",
        "s{region}" + "a" * 49, "state {region}",
    ],
)  # fmt: skip
def test_bucket_name_that_s3_refuses_is_refused(refusals: Refusals, bucket: str) -> None:
    """Terraform would find out about a bucket's name only at ``init``."""
    assert refusals(lambda: application(state=S3State(bucket=bucket))) == [
        (
            "state.bucket: must be 3 to 63 lower-case letters, digits, dots and hyphens, {region} counted as the "
            f"region's name, without a reserved beginning or end, got {bucket!r} "
            "(Amazon S3 User Guide, bucket naming rules)"
        )
    ]


@pytest.mark.parametrize(
    "bucket", ["abc", "a" * 63, "orders-state-{region}", "s{region}" + "a" * 48, "state.example.com"]
)
def test_bucket_name_that_s3_takes_is_accepted(bucket: str) -> None:
    """Both ends of the length, with the region's place counted as the longest region's name."""
    state = application(state=S3State(bucket=bucket)).state
    assert isinstance(state, S3State)
    assert state.bucket == bucket


@pytest.mark.parametrize(
    ("stated", "got"),
    [({}, "neither"), ({"oauth_token_id": "ot-a1", "github_app_installation_id": "ghain-a1"}, "both")],
)
def test_repository_with_no_connection_or_two_is_refused(refusals: Refusals, stated: dict[str, str], got: str) -> None:
    """HCP Terraform reaches a repository in one way."""
    assert refusals(WorkspaceRepository(identifier="acme/site", **stated).checked) == [
        (
            f"oauth_token_id: must be set, or github_app_installation_id in its place, got {got} "
            "(Terraform, tfe provider, tfe_workspace: vcs_repo)"
        )
    ]


@pytest.mark.parametrize("folder", ["/stacks", "stacks/", "../stacks", "a/../b", ""])
def test_folder_that_is_not_within_the_repository_is_refused(refusals: Refusals, folder: str) -> None:
    """A workspace's working directory is a path from the repository's root."""
    repository = WorkspaceRepository(identifier="acme/site", oauth_token_id="ot-a1", folder=folder)  # noqa: S106  an ID
    assert refusals(repository.checked) == [
        (
            "folder: must be a folder of the repository, without / at its ends and without .., "
            f"got {folder!r} (Terraform, tfe provider, tfe_workspace: working_directory)"
        )
    ]


@pytest.mark.parametrize(
    ("version", "fits"), [("1.9.8", False), ("~> 1.9", False), ("~> 1.10", True), (">= 2.0", True)]
)
def test_terraform_older_than_the_stacks_require_is_refused(version: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    """A workspace whose Terraform every stack refuses would never run."""
    found = [str(fault) for fault in Workspaces(terraform_version=version).faults()]
    wanted = f"terraform_version: must name 1.10 or newer, which every stack requires, got {version!r} (Latitude)"
    assert found == ([] if fits else [wanted])


def test_role_that_trusts_another_host_is_refused(refusals: Refusals) -> None:
    """AWS would refuse every run: its token comes from the host of the cloud block."""
    arn = "arn:aws:iam::123456789012:oidc-provider/app.terraform.io"
    role = RunRole(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",), oidc_provider_arn=arn)
    state = CloudState(organization="acme", hostname="tfe.acme.example", workspaces=Workspaces(role=role))
    assert refusals(state.checked) == [
        (
            "workspaces.role.oidc_provider_arn: must be a provider for tfe.acme.example, got one for app.terraform.io: "
            f"{arn!r} (HCP Terraform, dynamic credentials)"
        )
    ]


def test_role_for_a_host_with_a_port_is_refused(refusals: Refusals) -> None:
    """IAM takes no port in the address of an OIDC provider; without a role the port is fine."""
    role = RunRole(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    state = CloudState(organization="acme", hostname="tfe.acme.example:8443", workspaces=Workspaces(role=role))
    assert refusals(state.checked) == [
        (
            "hostname: must be without a port where workspaces have a role, got 'tfe.acme.example:8443' "
            "(IAM CreateOpenIDConnectProvider)"
        )
    ]
    assert CloudState(organization="acme", hostname="tfe.acme.example:8443", workspaces=Workspaces()).checked()


def test_key_for_buckets_that_are_made_here_is_refused(refusals: Refusals) -> None:
    """Each bucket that Latitude makes has a key of its own, which the backend needs not name."""
    state = S3State(bucket="orders-state", kms_key_arn=KEY, create=StateBucket())
    assert refusals(lambda: application(state=state)) == [
        (
            "state.kms_key_arn: must be unset for buckets that are made here: each has a key of its own (Latitude), "
            f"got {KEY!r}"
        )
    ]
    assert application(state=S3State(bucket="orders-state", create=StateBucket()))


def test_replica_in_a_region_of_a_state_bucket_is_refused(refusals: Refusals) -> None:
    """A copy beside what it copies is lost with it."""
    state = S3State(bucket="orders-state-{region}", create=StateBucket(replica_region="us-west-2"))
    assert refusals(lambda: application(state=state)) == [
        (
            "state.create.replica_region: must be another region than those of the state buckets "
            "(us-east-1, us-west-2), got 'us-west-2' (Latitude)"
        )
    ]
    one = S3State(bucket="orders-state", create=StateBucket(replica_region="us-west-2"))
    assert application(state=one).state == one


@pytest.mark.parametrize(("letters", "fits"), [(55, True), (56, False)])
def test_bucket_name_leaves_room_for_that_of_the_replica(refusals: Refusals, letters: int, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    """The replica's name is the bucket's with ``-replica`` behind it, and S3 allows 63 characters."""
    state = S3State(bucket="s" * letters, create=StateBucket(replica_region="eu-west-1"))
    if fits:
        assert application(state=state).state == state
        return
    assert refusals(lambda: application(state=state)) == [
        (
            f"state.bucket: must leave room for -replica within 63 characters, got 64: '{'s' * 56}-replica' "
            "(Amazon S3 User Guide, bucket naming rules)"
        )
    ]


def test_buckets_are_where_routing_leans_too() -> None:
    """A region that the application is not in has a state bucket where the latency records' stack keeps its state."""
    state = S3State(bucket="orders-{region}")
    elsewhere = example(state=state, routing_region="ca-central-1")
    assert state.regions(elsewhere) == ("us-east-1", "us-west-2", "ca-central-1")
    assert state.regions(example(state=state)) == ("us-east-1", "us-west-2")
    assert state.regions(example(state=state, layout="single", routing_region="ca-central-1")) == ("us-east-1",)
