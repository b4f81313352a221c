from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude import Account, Application, Table
from latitude.commands.embedded import embedded_aws
from latitude.operate.terraform import Terraform, TerraformError
from latitude.sandbox.server import Sandbox
from latitude.stacks import synthesize
from latitude.trial.prerequisites import make_prerequisites
from tests.support.applications import example, strong
from tests.support.plan import initialize, pin, terraform_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform


def test_plan_without_the_image(tmp_path: Path) -> None:
    """While the image is not in the region, that region's plan fails, and the address names image and region."""
    application = example()
    synthesize(application, tmp_path)
    with Sandbox() as sandbox:
        make_prerequisites(application, embedded_aws(sandbox))
        environment = terraform_environment(sandbox.environment(), tmp_path)
        terraform = Terraform(directory=tmp_path / "stacks" / "orders-us-west-2", environment=environment)
        initialize(terraform)
        with pytest.raises(TerraformError, match=r"data\.aws_ecr_image\.web_image_1_0_0_in_us_west_2"):
            terraform.plan()


def test_plan_with_another_accounts_credentials(tmp_path: Path) -> None:
    """The account that is stated, and none other: the plan ends before anything is read."""
    for account, refused in (("123456789012", False), ("210987654321", True)):
        application = Application(
            name="orders",
            account=Account(id=account),
            regions=("us-east-1",),
            tables=(Table(name="orders", hash_key="id", attributes={"id": "S"}),),
        )
        synthesize(application, tmp_path / account)
        with Sandbox() as sandbox:
            environment = terraform_environment(sandbox.environment(), tmp_path)
            terraform = Terraform(directory=tmp_path / account / "stacks" / "orders-data", environment=environment)
            initialize(terraform)
            if not refused:
                assert terraform.plan() is True
                continue
            with pytest.raises(TerraformError, match="AWS account ID not allowed: 123456789012"):
                terraform.plan()


def test_init_of_a_strong_table_with_an_old_provider(tmp_path: Path) -> None:
    """A strongly consistent table asks for AWS provider 6.22, and Terraform says so before anything is planned."""
    application = strong()
    synthesize(application, tmp_path)
    terraform = Terraform(
        directory=tmp_path / "stacks" / f"{application.name}-data",
        environment=terraform_environment({"AWS_EC2_METADATA_DISABLED": "true"}, tmp_path),
    )
    pin(terraform.directory)
    with pytest.raises(TerraformError, match=r"5\.100\.0[\s\S]*>= 6\.22|>= 6\.22[\s\S]*5\.100\.0"):
        terraform.init("-backend=false")
