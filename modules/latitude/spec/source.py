"""Services built by App Runner from a source code repository."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

from latitude.spec.arns import ConnectionArn, regional_faults
from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, OneOf, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_CODE: Final = "apprunner:CreateService.SourceConfiguration.CodeRepository"
_VALUES: Final = f"{_CODE}.CodeConfiguration.CodeConfigurationValues"

Runtime = Annotated[
    str,
    OneOf(
        values=(
            "PYTHON_3",
            "NODEJS_12",
            "NODEJS_14",
            "CORRETTO_8",
            "CORRETTO_11",
            "NODEJS_16",
            "GO_1",
            "DOTNET_6",
            "PHP_81",
            "RUBY_31",
            "PYTHON_311",
            "NODEJS_18",
            "NODEJS_22",
        ),
        source="App Runner CreateService Runtime",
        shape=f"{_VALUES}.Runtime",
    ),
]
Command = Annotated[
    str,
    Pattern(
        regex=r"[^\x0a\x0d]+",
        words="a command on one line",
        source="App Runner CreateService",
        shape=f"{_VALUES}.StartCommand",
    ),
]


class Connection(Part):
    """App Runner's connection to GitHub or Bitbucket: given by ARN per region, or made here in each region.

    One made here is in PENDING_HANDSHAKE until somebody completes the handshake in the console, in each region; the
    service can be created only after that (App Runner CreateConnection).
    """

    provider_type: Literal["GITHUB", "BITBUCKET"] = "GITHUB"
    """Where the repository is kept. Elsewhere takes another connection: apply it alone, and complete its handshake."""
    arns: dict[str, ConnectionArn] | None = None
    """The connection's ARN per region; unset: one is made in each region."""

    @rule
    def _regions(self, application: Application) -> Iterator[Fault]:
        """Give an ARN of its own for each region of the application, if any."""
        if self.arns is not None:
            yield from regional_faults("arns", self.arns, application, what="the connection")


class Source(Part):
    """A source code repository that App Runner builds and runs, in every region from the same branch.

    Without ``runtime``, App Runner reads ``apprunner.yaml`` in the repository, which then also states the commands, the
    port and the environment.
    """

    repository_url: Annotated[
        str, Pattern(regex=r"https://[^\s]+", words="an https:// URL", source="App Runner CodeRepository RepositoryUrl")
    ]
    """The repository's URL, without ``.git``."""
    branch: Annotated[
        str,
        Pattern(
            regex=r"[^\x00-\x20\x7f~^:?*\[\\]+",
            but_not=r"[-/].*|.*[/.]|.*\.lock|.*(?:\.\.|//|@\{|/\.).*",
            words="a name that git allows for a branch",
            source="git check-ref-format",
        ),
        Length(minimum=1, maximum=255, source="GitHub, branch names"),
    ] = "main"
    """The branch; App Runner knows no other kind of version (its API has only ``BRANCH``)."""
    source_directory: Annotated[
        str,
        Pattern(
            regex=r"[^\x00]+",
            words="a path",
            source="App Runner CreateService",
            shape=f"{_CODE}.SourceDirectory",
        ),
        Length(minimum=1, maximum=4096, source="App Runner CreateService", shape=f"{_CODE}.SourceDirectory"),
    ] = "/"
    """The directory of the repository in which the commands run and ``apprunner.yaml`` is looked for."""
    runtime: Runtime | None = None
    """The managed runtime; unset: ``apprunner.yaml`` states everything. App Runner's support for Node.js 12
    to 18 ended on 2025-12-01 (App Runner Developer Guide): take ``NODEJS_22``."""
    build_command: Command | None = None
    """The command that builds the application."""
    connection: Connection = Connection()
    """The connection to the repository's provider."""
    _not_offered: ClassVar[Mapping[str, str]] = {
        "tag": "is nothing that App Runner deploys: its versions of source code are branches only (App Runner "
        "SourceCodeVersion Type, BRANCH); state branch, such as one that is moved to each release's tag"
    }

    @rule
    def _build(self) -> Iterator[Fault]:
        """Give a ``build_command`` only with a ``runtime``."""
        if self.runtime is None and self.build_command is not None:
            yield fault(
                "build_command",
                message="needs runtime: without one, apprunner.yaml states the build command "
                f"(App Runner ConfigurationSource), got {self.build_command!r}",
            )
