"""Environment variables, and secrets that reach the service as environment variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Discriminator, Tag

from latitude.spec.arns import SECRET_NAME, KeyArn, ParameterArn, SecretArn, regional_faults
from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_SOURCE: Final = "App Runner Developer Guide, environment variables"

_CONFIGURATION: Final = "apprunner:CreateService.SourceConfiguration.ImageRepository.ImageConfiguration"

_VERSION: Final = Pattern(regex=r"[^:\s\x00-\x1f\x7f]+", words="text without : or white space", source=_SOURCE)
_NOT_RESERVED: Final = Pattern(
    regex=r"[^\s=\x00]+",
    but_not=r"AWSAPPRUNNER.*|PORT",
    words="a name without white space or =, not PORT, and not beginning with AWSAPPRUNNER",
    source=f"{_SOURCE}: both are reserved",
)


def _variable(kind: str, maximum: int) -> Length:
    shape = f"{_CONFIGURATION}.{kind}{{key}}"
    return Length(minimum=1, maximum=maximum, source="App Runner CreateService", shape=shape)


VariableName = Annotated[str, _NOT_RESERVED, _variable("RuntimeEnvironmentVariables", 51200)]
SecretVariableName = Annotated[str, _NOT_RESERVED, _variable("RuntimeEnvironmentSecrets", 2048)]
VariableValue = Annotated[
    str,
    Length(
        minimum=0,
        maximum=51200,
        source="App Runner CreateService",
        shape=f"{_CONFIGURATION}.RuntimeEnvironmentVariables{{value}}",
    ),
]
Variables = dict[VariableName, VariableValue]


def is_reserved(name: str) -> bool:
    """Say whether App Runner keeps the name of an environment variable for itself."""
    return not _NOT_RESERVED.allows(name)


class SecretsManagerSecret(Part):
    """A secret of AWS Secrets Manager in each region: looked up there by name, or given by ARN.

    The instance role may read just this secret. Replicate it to each region (``aws_secretsmanager_secret``'s
    ``replica``): App Runner refuses the ARN of another region when the service starts.
    """

    name: (
        Annotated[
            str,
            Pattern(
                regex=SECRET_NAME,
                words="letters, digits and / _ + = . @ -, behind the service and ! where a service manages the secret",
                source="Secrets Manager CreateSecret; Secrets Manager User Guide, managed secrets",
            ),
            Length(
                minimum=1, maximum=512, source="Secrets Manager CreateSecret", shape="secretsmanager:CreateSecret.Name"
            ),
        ]
        | None
    ) = None
    """The secret's name, the same in every region; its ARN, with its random end, is looked up in each."""
    arns: dict[str, SecretArn] | None = None
    """The secret's full ARN per region, in place of a name."""
    json_key: (
        Annotated[str, Pattern(regex=r"[^:\s\x00-\x1f\x7f]+", words="a key without : or white space", source=_SOURCE)]
        | None
    ) = None
    """The key whose value is passed, where the secret is a JSON object; unset: the whole secret."""
    version_stage: (
        Annotated[
            str,
            _VERSION,
            Length(
                minimum=1,
                maximum=256,
                source="Secrets Manager GetSecretValue",
                shape="secretsmanager:GetSecretValue.VersionStage",
            ),
        ]
        | None
    ) = None
    """The staging label of the version that is passed, such as ``AWSPREVIOUS``; unset: ``AWSCURRENT``."""
    version_id: (
        Annotated[
            str,
            _VERSION,
            Length(
                minimum=32,
                maximum=64,
                source="Secrets Manager GetSecretValue",
                shape="secretsmanager:GetSecretValue.VersionId",
            ),
        ]
        | None
    ) = None
    """The id of the version that is passed, the same in every region, in place of a staging label."""
    kms_key_arns: dict[str, KeyArn] | None = None
    """The customer-managed key that encrypts the secret, per region; the role may then decrypt with it."""

    def reference(self, arn: str) -> str:
        """Return what App Runner is told: SECRET-ARN:JSON-KEY:VERSION-STAGE:VERSION-ID, or the ARN alone."""
        parts = ["" if part is None else part for part in (self.json_key, self.version_stage, self.version_id)]
        return f"{arn}:{':'.join(parts)}" if any(parts) else arn

    @rule
    def _one_version(self) -> Iterator[Fault]:
        """Set ``version_stage`` or ``version_id``, and not both."""
        if self.version_stage is not None and self.version_id is not None:
            yield fault(
                "version_id",
                message=f"must be unset with version_stage, got {self.version_id!r} beside {self.version_stage!r} "
                "(Secrets Manager GetSecretValue: both would have to name the same version)",
            )

    @rule
    def _named_once(self) -> Iterator[Fault]:
        """Set exactly one of ``name`` and ``arns``."""
        yield from _exactly_one(self.name, self.arns)

    @rule
    def _regions(self, application: Application) -> Iterator[Fault]:
        """Give an ARN of its own for each region of the application, if any."""
        if self.arns is not None:
            yield from regional_faults("arns", self.arns, application, what="the secret")
        if self.kms_key_arns is not None:
            yield from regional_faults("kms_key_arns", self.kms_key_arns, application, what="the KMS key")


class SsmParameter(Part):
    """A parameter of AWS Systems Manager in each region: by name, or given by ARN. The role may read just this one."""

    name: (
        Annotated[
            str,
            Pattern(
                regex=r"[A-Za-z0-9_.\-]+|(?:/[A-Za-z0-9_.\-]+){1,15}",
                but_not=r"/?(?i:aws|ssm).*",
                words="letters, digits and _ . -, or up to 15 levels of them, each behind a /; "
                "not beginning with aws or ssm",
                source="SSM PutParameter",
            ),
            Length(minimum=1, maximum=1011, source="SSM PutParameter", shape="ssm:PutParameter.Name"),
        ]
        | None
    ) = None
    """The parameter's name, the same in every region."""
    arns: dict[str, ParameterArn] | None = None
    """The parameter's full ARN per region, in place of a name."""
    kms_key_arns: dict[str, KeyArn] | None = None
    """The customer-managed key of a ``SecureString``, per region; unset: the AWS-managed key ``alias/aws/ssm``."""

    @rule
    def _named_once(self) -> Iterator[Fault]:
        """Set exactly one of ``name`` and ``arns``."""
        yield from _exactly_one(self.name, self.arns)

    @rule
    def _regions(self, application: Application) -> Iterator[Fault]:
        """Give an ARN of its own for each region of the application, if any."""
        if self.arns is not None:
            yield from regional_faults("arns", self.arns, application, what="the parameter")
        if self.kms_key_arns is not None:
            yield from regional_faults("kms_key_arns", self.kms_key_arns, application, what="the KMS key")


Secret = Annotated[
    Annotated[SecretsManagerSecret, Tag("<SecretsManagerSecret>")] | Annotated[SsmParameter, Tag("<SsmParameter>")],
    Discriminator(lambda value: f"<{type(value).__name__}>"),
]


def _exactly_one(name: str | None, arns: dict[str, str] | None) -> Iterator[Fault]:
    if (name is None) == (arns is None):
        given = "neither" if name is None else "both"
        yield fault("name", message=f"exactly one of name and arns must be set, got {given} (Latitude)")
