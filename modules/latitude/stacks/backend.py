"""Remote state: a backend, or the cloud block; never both."""

from __future__ import annotations

from typing import Any

from latitude.bindings import cdktf
from latitude.bindings.text import passed_on
from latitude.spec import Application, CloudState, S3State
from latitude.spec.stack_names import state_file


def keep_state(stack: cdktf.TerraformStack, *, application: Application, stack_name: str, region: str) -> None:
    """Give a stack, which belongs to ``region``, its backend; Terraform allows no variables in one."""
    state = application.state
    if isinstance(state, S3State):
        cdktf.S3Backend(
            stack,
            bucket=state.bucket_in(region),
            key=state.key_of(stack_name, application),
            region=state.region_for(region, application),
            # Without a key, `encrypt` would ask for AES256, whatever the bucket's default encryption is.
            encrypt=None if state.kms_key_arn is None else True,
            kms_key_id=state.kms_key_arn,
        )
        if state.role_arn is not None:
            role = {"role_arn": state.role_arn, "external_id": state.external_id}
            # cdktf's own argument would have every other one beside them, as null.
            stack.add_override("terraform.backend.s3.assume_role", _stated(role))
        # cdktf 0.21's S3Backend does not know it; Terraform 1.10 and newer do.
        stack.add_override("terraform.backend.s3.use_lockfile", value=True)
    elif isinstance(state, CloudState):
        workspace = {"name": state.workspace_for(stack_name)}
        if state.project is not None:
            workspace["project"] = state.project
        # cdktf's own CloudBackend runs `terraform version`, and fails where there is no Terraform.
        stack.add_override(
            "terraform.cloud",
            {"organization": state.organization, "hostname": state.hostname, "workspaces": workspace},
        )
        # Without it, cdktf adds a local backend, and Terraform takes one of the two only.
        stack.add_override("terraform.backend", None)
    else:
        keep_in_file(stack, stack_name)


def _stated(role: dict[str, str | None]) -> dict[str, Any]:
    found: dict[str, Any] = passed_on({name: value for name, value in role.items() if value is not None})
    return found


def keep_in_file(stack: cdktf.TerraformStack, stack_name: str) -> None:
    """Keep a stack's state in a file beside main.py: Terraform runs in cdktf.out/stacks/STACK."""
    # cdktf's default would be an absolute path.
    cdktf.LocalBackend(stack, path=f"../../../{state_file(stack_name)}")
