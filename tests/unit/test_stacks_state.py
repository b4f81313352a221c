"""Where each stack keeps its state, and what it asks of Terraform."""

from __future__ import annotations

import pytest

from tests.support.synthesized import every_stack, stacks_of


@pytest.mark.parametrize(
    ("stack", "region"),
    [
        ("orders-registry", "us-east-1"),
        ("orders-data", "us-east-1"),
        ("orders-us-east-1", "us-east-1"),
        ("orders-us-west-2", "us-west-2"),
        ("orders-routing", "us-west-2"),
    ],
)
def test_state_in_a_bucket_per_region(stack: str, region: str) -> None:
    """A cell keeps its state in its own region's bucket, what spans regions in the home region's; all are locked."""
    backend = stacks_of("example")[stack].document["terraform"]["backend"]
    assert list(backend) == ["s3"]
    expected = {
        "bucket": f"orders-terraform-state-{region}",
        "key": f"orders/{stack}.tfstate",
        "region": region,
        "use_lockfile": True,
    }
    assert expected.items() <= backend["s3"].items()


def test_state_in_one_bucket_with_a_key() -> None:
    """One bucket, its region, a prefix of the key and a KMS key are passed on."""
    for stack, template in stacks_of("everything").items():
        assert template.document["terraform"]["backend"] == {
            "s3": {
                "bucket": "all-state",
                "encrypt": True,
                "key": f"teams/all/{stack}.tfstate",
                "kms_key_id": "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555",
                "region": "eu-west-1",
                "use_lockfile": True,
            }
        }


def test_state_in_hcp_terraform() -> None:
    """A cloud block stands in place of a backend, with a workspace for each stack."""
    terraform = stacks_of("in_cloud")["site-eu-west-2"].document["terraform"]
    assert "backend" not in terraform
    assert terraform["cloud"] == {
        "hostname": "tfe.acme.example",
        "organization": "acme",
        "workspaces": {"name": "aws-site-eu-west-2", "project": "web sites"},
    }


def test_state_in_a_file_is_beside_the_program() -> None:
    """A local state has a path that is right on any machine."""
    backend = stacks_of("three_regions")["shop-data"].document["terraform"]["backend"]
    assert backend == {"local": {"path": "../../../terraform.shop-data.tfstate"}}


def test_versions_are_constrained() -> None:
    """Each stack takes both major versions of the provider that have what it needs, and Terraform with S3 locks."""
    for stack, template in every_stack().items():
        wanted = ">= 6.22, < 7" if stack.startswith("strong/") else ">= 5.100, < 7"
        terraform = template.document["terraform"]
        providers = {"aws": {"source": "hashicorp/aws", "version": wanted}}
        if stack.endswith("-workspaces"):
            providers["tfe"] = {"source": "hashicorp/tfe", "version": ">= 0.70, < 1"}
        assert terraform["required_providers"] == providers
        assert terraform["required_version"] == ">= 1.10"
