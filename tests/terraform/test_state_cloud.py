"""The cloud block, as far as Terraform gets without HCP."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from modules import Application, CloudState, PublicImage, Service, synthesize
from modules.operate.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform


def test_cloud_block_gets_as_far_as_the_host(tmp_path: Path) -> None:
    """Terraform takes the block and complains of nothing but the host, which it cannot reach."""
    state = CloudState(organization="acme", project="orders", hostname="terraform.invalid")
    service = Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1"))
    synthesize(Application(name="orders", regions=("us-east-1",), services=(service,), state=state), tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "TF_CLI_CONFIG_FILE"}
    cell = Terraform(directory=tmp_path / "stacks" / "orders-us-east-1", environment=environment)
    with pytest.raises(TerraformError) as failed:
        cell.init()
    said = failed.value.output
    assert said.count("Error:") == 1, said
    assert "terraform.invalid" in said
