"""The roles in AWS that a pipeline on GitHub has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from latitude.spec.base import Part
from latitude.spec.limits import Pattern
from latitude.spec.workspaces import OidcProviderArn, PolicyArns

if TYPE_CHECKING:
    from latitude.spec.application import Application


class GithubRoles(Part):
    """What the stack ``NAME-pipeline`` makes: the roles that the workflow of ``latitude pipeline github`` has in AWS.

    GitHub's token for a job says which repository it is of, and why it runs: plans are for pull requests and for main,
    applies for the environment ``production``. No keys are stored. Both roles may read the state in S3 and take its
    lock, and the one for applies may write it.
    """

    repository: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9_.-]{1,100}",
            words="OWNER/REPOSITORY",
            source="GitHub, repositories",
        ),
    ]
    """The repository that holds the description and the workflow."""
    policy_arns: PolicyArns
    """The managed policies that say what applies may do."""
    plan_policy_arns: PolicyArns
    """The managed policies that say what plans may do: whoever opens a pull request from a branch can start one."""
    oidc_provider_arn: OidcProviderArn | None = None
    """The account's OIDC provider for GitHub, if there is one already: an account has one a host. Unset: it is made."""

    def role_names(self, application: Application) -> tuple[str, str]:
        """Return the names of the roles for plans and for applies."""
        return application.aws_names.pipeline_role("plan"), application.aws_names.pipeline_role("apply")
