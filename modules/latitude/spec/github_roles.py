"""The roles in AWS that a pipeline on GitHub has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern
from latitude.spec.permissions import Condition
from latitude.spec.tokens import is_token
from latitude.spec.workspaces import OidcProviderArn, PolicyArns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

GITHUB_ISSUER: Final = "token.actions.githubusercontent.com"
"""The host that signs the tokens of GitHub's jobs (GitHub, OpenID Connect reference)."""
GITHUB_AUDIENCE: Final = "sts.amazonaws.com"
"""Whom the tokens are for that the workflow asks for."""
_REFERENCE: Final = "GitHub, OpenID Connect reference"

_Id = Annotated[str, Pattern(regex=r"[1-9][0-9]{0,19}", words="the number that GitHub's API gives", source=_REFERENCE)]
_Subjects = Annotated[
    tuple[
        Annotated[
            str,
            Pattern(
                regex=r"[^\s*?$]+",
                words="a subject claim, whole, without white space, $ and the wildcards * and ?",
                source=_REFERENCE,
            ),
        ],
        ...,
    ],
    Length(minimum=1, maximum=10, unit="subjects", source="Latitude: a trust policy of 2,048 characters (IAM quotas)"),
]


BranchName = Annotated[
    str,
    Pattern(regex=r"[A-Za-z0-9_][A-Za-z0-9_./-]*", words="a branch's name", source="git check-ref-format"),
    Length(minimum=1, maximum=200, source="Latitude: a branch's name"),
]
EnvironmentName = Annotated[
    str,
    Pattern(regex=r"[A-Za-z0-9_.-]+", words="letters, digits, _ . and -", source=_REFERENCE),
    Length(minimum=1, maximum=255, source="GitHub, managing environments for deployment"),
]


class GithubRoles(Part):
    """What the stack ``NAME-pipeline`` makes: the roles that the workflow of ``latitude pipeline github`` has in AWS.

    GitHub's token for a job says which repository it is of, and why it runs: plans are for pull requests and for the
    branch, applies for the environment on the branch. No keys are stored. Both roles may read the state in S3; the one
    for applies may take its lock and write it.
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
    owner_id: _Id | None = None
    """The owner's number (``gh api repos/OWNER/REPOSITORY --jq .owner.id``). A repository that was made, renamed or
    transferred since mid-July 2026 has both numbers in its tokens, ``repo:OWNER@ID/REPOSITORY@ID:…`` (GitHub changelog,
    2026-04-23): state them, and tokens of both forms are trusted, of this repository alone, whoever has its name."""
    repository_id: _Id | None = None
    """The repository's number (``gh api repos/OWNER/REPOSITORY --jq .id``)."""
    branch: BranchName = "main"
    """The branch from which applies run."""
    default_branch: BranchName | None = None
    """The repository's default branch, where that is not ``branch``: GitHub starts the daily look for drift there, with
    its name in the token (GitHub, events that trigger workflows: schedule)."""
    environment: EnvironmentName = "production"
    """The environment in which applies run. GitHub makes an unknown one without rules, for any branch: that is why the
    role trusts the branch too, and why you give the environment reviewers and deployment branches first."""
    plan_subjects: _Subjects | None = None
    """The subject claims of plans, where the repository or its organization has a template of its own for them."""
    apply_subjects: _Subjects | None = None
    """The subject claims of applies, likewise."""
    policy_arns: PolicyArns
    """The managed policies that say what applies may do."""
    plan_policy_arns: PolicyArns | None = None
    """The managed policies that say what plans may do: whoever opens a pull request from a branch can start one. Unset:
    the role gets a policy that reads what Latitude makes, and no data. ``ReadOnlyAccess`` reads tables and secure
    parameters too."""
    oidc_provider_arn: OidcProviderArn | None = None
    """The account's OIDC provider for GitHub, if there is one already: an account has one a host. Unset: it is made."""

    @rule
    def _both_ids(self) -> Iterator[Fault]:
        """Give both of ``owner_id`` and ``repository_id``, or neither."""
        if (self.owner_id is None) != (self.repository_id is None):
            missing = "owner_id" if self.owner_id is None else "repository_id"
            yield fault(missing, message=f"must be set with the other id: a subject has both ({_REFERENCE})")

    @rule
    def _provider_of_github(self) -> Iterator[Fault]:
        """Give an OIDC provider for GitHub's own host: another host could sign whatever it likes."""
        arn = self.oidc_provider_arn
        if arn is not None and not is_token(arn) and arn.partition(":oidc-provider/")[2] != GITHUB_ISSUER:
            yield fault(
                "oidc_provider_arn",
                message=f"must be a provider for {GITHUB_ISSUER}, got {arn!r} ({_REFERENCE})",
            )

    def role_names(self, application: Application) -> tuple[str, str]:
        """Return the names of the roles for plans and for applies."""
        return application.aws_names.pipeline_role("plan"), application.aws_names.pipeline_role("apply")

    def subjects_of_plans(self) -> tuple[str, ...]:
        """Return the subject claims that the role for plans trusts: pull requests, and the branches of runs."""
        if self.plan_subjects is not None:
            return self.plan_subjects
        branches = dict.fromkeys((self.branch, self.default_branch))
        refs = [f"ref:refs/heads/{branch}" for branch in branches if branch is not None]
        return self._subjects("pull_request", *refs)

    def subjects_of_applies(self) -> tuple[str, ...]:
        """Return the subject claims that the role for applies trusts: the environment."""
        return self._subjects(f"environment:{self.environment}") if self.apply_subjects is None else self.apply_subjects

    def conditions_of_plans(self) -> tuple[Condition, ...]:
        """Return what else a token for plans must say: the repository's number, where it is stated."""
        return () if self.repository_id is None else (_claim("repository_id", self.repository_id),)

    def conditions_of_applies(self) -> tuple[Condition, ...]:
        """Return what else a token for applies must say: the same, and the branch."""
        return (*self.conditions_of_plans(), _claim("ref", f"refs/heads/{self.branch}"))

    def _subjects(self, *contexts: str) -> tuple[str, ...]:
        owner, _, name = self.repository.partition("/")
        prefixes = [f"repo:{self.repository}"]
        if self.owner_id is not None and self.repository_id is not None:
            prefixes.append(f"repo:{owner}@{self.owner_id}/{name}@{self.repository_id}")
        return tuple(f"{prefix}:{context}" for prefix in prefixes for context in contexts)


def _claim(name: str, value: str) -> Condition:
    """Return the condition that a claim of GitHub's token has a value (AWS STS, identity provider claims, 2026-01)."""
    return Condition(test="StringEquals", variable=f"{GITHUB_ISSUER}:{name}", values=(value,))
