"""What a workflow is told beside the description: where the program is, which branch it follows, what its names are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from latitude.spec import CloudState
from latitude.spec.github_roles import BranchName, EnvironmentName
from latitude.spec.limits import Limit

if TYPE_CHECKING:
    from latitude.spec import Application

_VARIABLE: Final = re.compile(r"(?!(?i:GITHUB_))[A-Za-z_][A-Za-z0-9_]*")
DEFAULT_BRANCH: Final = "main"
DEFAULT_ENVIRONMENT: Final = "production"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is stated for one workflow; what is unset is as the description, or Latitude, has it."""

    arguments: tuple[str, ...] = ()
    """What each of Latitude's commands is given: the program and the application."""
    line: tuple[str, ...] = ("latitude", "pipeline", "github")
    """What writes the same workflow again."""
    opentofu: bool = False
    """Whether the jobs run OpenTofu in place of Terraform."""
    branch: str | None = None
    environment: str | None = None
    plan_variable: str | None = None
    apply_variable: str | None = None

    def checked(self, application: Application) -> Settings:
        """Return the settings themselves.

        Raises:
            ValueError: a value is none that GitHub takes, or is not what the application's roles trust.

        """
        pipeline = application.pipeline
        _require("branch", self.branch, BranchName, trusted=None if pipeline is None else pipeline.branch)
        _require(
            "environment", self.environment, EnvironmentName, trusted=None if pipeline is None else pipeline.environment
        )
        for option, name in (("plan", self.plan_variable), ("apply", self.apply_variable)):
            if name is not None and not _VARIABLE.fullmatch(name):
                raise ValueError(
                    f"--{option}-variable: must be letters, digits and _, not beginning with a digit or GITHUB_, "
                    f"got {name!r} (GitHub, naming conventions for configuration variables)"
                )
        return self

    def branch_of(self, application: Application) -> str:
        """Return the branch from which applies run."""
        if self.branch is not None:
            return self.branch
        return DEFAULT_BRANCH if application.pipeline is None else application.pipeline.branch

    def environment_of(self, application: Application) -> str:
        """Return the environment in which applies run."""
        if self.environment is not None:
            return self.environment
        return DEFAULT_ENVIRONMENT if application.pipeline is None else application.pipeline.environment

    def variable(self, application: Application, *, applies: bool) -> str:
        """Return the variable that has a role's ARN, or with HCP Terraform the secret that has a token."""
        stated = self.apply_variable if applies else self.plan_variable
        if stated is not None:
            return stated
        kind = "APPLY" if applies else "PLAN"
        return f"HCP_{kind}_TOKEN" if isinstance(application.state, CloudState) else f"AWS_{kind}_ROLE_ARN"


def _require(option: str, value: str | None, annotation: Any, *, trusted: str | None) -> None:
    if value is None:
        return
    for limit in get_args(annotation)[1:]:
        if isinstance(limit, Limit) and not limit.allows(value):
            raise ValueError(f"--{option}: {limit.refusal(value)}")
    if trusted not in {None, value}:
        raise ValueError(
            f"--{option}: must be {trusted}, as pipeline.{option} says, which the role for applies trusts, "
            f"got {value!r}"
        )
