"""The workspaces of HCP Terraform, where Latitude makes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern
from latitude.spec.partition import ANY_IAM_ARN
from latitude.spec.roles import PolicyArn
from latitude.spec.terraform_version import OLDEST_TERRAFORM, OLDEST_TERRAFORM_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault

_TAG_SOURCE: Final = "Latitude: what HCP Terraform takes in a key and in a value of a tag"

_POLICY_QUOTA: Final = "IAM quotas: managed policies of a role"
PolicyArns = Annotated[
    tuple[PolicyArn, ...], Length(minimum=1, maximum=10, unit="policies", quota=True, source=_POLICY_QUOTA)
]
OidcProviderArn = Annotated[
    str,
    Pattern(
        regex=rf"{ANY_IAM_ARN}[0-9]{{12}}:oidc-provider/[a-z0-9.-]+",
        words="the ARN of an IAM OIDC provider",
        source="IAM User Guide, ARNs",
    ),
]


class WorkspaceRepository(Part):
    """The repository that holds the synthesized folders: a push to it starts the runs of the stacks that it changes."""

    identifier: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9_.-]+(?: [A-Za-z0-9_.-]+)*(?:/[A-Za-z0-9_. -]+){1,3}",
            words="ORGANIZATION/REPOSITORY",
            source="Terraform, tfe provider, tfe_workspace",
        ),
    ]
    """The repository; in Azure DevOps ORGANIZATION/PROJECT/_git/REPOSITORY."""
    branch: Annotated[str, Length(minimum=1, maximum=255, source="Latitude: a branch's name")] | None = None
    """The branch; unset: the repository's default branch."""
    folder: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*",
            but_not=r"(?:.*/)?\.\.(?:/.*)?",
            words="a folder of the repository, without / at its ends and without ..",
            source="Terraform, tfe provider, tfe_workspace: working_directory",
        ),
    ] = "stacks"
    """The folder that holds a folder for each stack, as ``latitude synth`` writes them."""
    oauth_token_id: (
        Annotated[str, Pattern(regex=r"ot-[A-Za-z0-9]+", words="ot- and letters or digits", source="HCP Terraform API")]
        | None
    ) = None
    """The organization's connection to the repository's host."""
    github_app_installation_id: (
        Annotated[
            str, Pattern(regex=r"ghain-[A-Za-z0-9]+", words="ghain- and letters or digits", source="HCP Terraform API")
        ]
        | None
    ) = None
    """HCP Terraform's app on GitHub, in place of such a connection."""

    @rule
    def _one_connection(self) -> Iterator[Fault]:
        """Give ``oauth_token_id`` or ``github_app_installation_id``, and not both."""
        stated = [name for name in ("oauth_token_id", "github_app_installation_id") if getattr(self, name) is not None]
        if len(stated) != 1:
            yield fault(
                "oauth_token_id",
                message="must be set, or github_app_installation_id in its place, got "
                f"{'both' if stated else 'neither'} (Terraform, tfe provider, tfe_workspace: vcs_repo)",
            )


class RunRole(Part):
    """The IAM roles that runs have in AWS, one for plans and one for applies.

    HCP Terraform asks for them run by run, so that no keys are stored. Only runs in the workspaces of the application's
    stacks are trusted with them.
    """

    policy_arns: PolicyArns
    """The managed policies that say what applies may do."""
    plan_policy_arns: PolicyArns | None = None
    """The managed policies of the role for plans, which whoever opens a pull request can start. Unset: it gets a policy
    that reads what Latitude makes, and no data."""
    oidc_provider_arn: OidcProviderArn | None = None
    """The account's OIDC provider for the host of HCP Terraform, if there is one already: an account has one a host.
    Unset: it is made."""


class Workspaces(Part):
    """What the stack ``NAME-workspaces`` makes in HCP Terraform: a workspace for every other stack.

    An apply of a stack that regions share queues a run of each cell. The stack itself keeps its state in a file.
    """

    tags: dict[
        Annotated[
            str,
            Pattern(regex=r"[A-Za-z0-9_:-]+", words="letters, digits, _, - and :", source=_TAG_SOURCE),
            Length(minimum=1, maximum=128, source=_TAG_SOURCE),
        ],
        Annotated[
            str,
            Pattern(regex=r"[A-Za-z0-9_:. -]*", words="letters, digits, _, -, :, . and spaces", source=_TAG_SOURCE),
            Length(minimum=0, maximum=256, source=_TAG_SOURCE),
        ],
    ] = {}
    """Tags of every workspace, beside ``application`` and ``stack``."""
    terraform_version: Annotated[
        str,
        Pattern(
            regex=r"(?:(?:~>|>=) )?[0-9]+\.[0-9]+(?:\.[0-9]+)?",
            words="a version, or one behind ~> or >=",
            source="Terraform, tfe provider, tfe_workspace",
        ),
    ] = "~> 1.11"
    """The Terraform that runs use: the newest that the constraint allows."""
    auto_apply: bool = False
    """Whether plans are applied without someone's yes, those of triggered runs too. All cells are then applied at the
    same time: HCP Terraform knows no wave that bakes."""
    repository: WorkspaceRepository | None = None
    """The repository that starts runs; unset: runs are started from a command line."""
    role: RunRole | None = None
    """The role in AWS, and the variables that lead runs to it; unset: you give the workspaces their credentials."""

    @rule
    def _terraform_locks(self) -> Iterator[Fault]:
        """Name a Terraform that the stacks take."""
        numbers = re.findall(r"[0-9]+", self.terraform_version)
        if tuple(int(number) for number in numbers[:2]) < OLDEST_TERRAFORM:
            yield fault(
                "terraform_version",
                message=f"must name {OLDEST_TERRAFORM_TEXT} or newer, which every stack requires, got "
                f"{self.terraform_version!r} (Latitude)",
            )
