"""What everything is called in AWS: the one place that builds these names.

Stacks, constructs, policies, the diagram and whoever looks something up in AWS ask here. A name that is given rather
than built, as that of something which existed before Latitude, is a change of this file alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.spec.names import (
    HASH_LENGTH,
    MAX_APP_RUNNER_NAME_LENGTH,
    MAX_ROLE_NAME_LENGTH,
    MAX_SHORT_APP_RUNNER_NAME_LENGTH,
    content_hash,
    shortened,
)
from latitude.spec.partition import make_arn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec.network import VpcAccess
    from latitude.spec.service import Service
    from latitude.spec.table import Table

_LONGEST_ALIAS: Final = 256 - len("alias/")
_LONGEST_SCALING_POLICY: Final = 255
_LONGEST_CONNECTOR_BEGINNING: Final = MAX_APP_RUNNER_NAME_LENGTH - HASH_LENGTH - 1


@dataclass(frozen=True)
class AwsNames:
    """The names of one application's resources; they begin with ``application``, the application's own name."""

    application: str

    def service(self, service: Service) -> str:
        """Return the name of a service, the same in every region: 4 to 40 characters (App Runner CreateService)."""
        return f"{self.application}-{service.name}"

    def short(self, service: Service) -> str:
        """Return a service's name in 32 characters: what scales, traces or connects it has no more (App Runner)."""
        return shortened(self.service(service), MAX_SHORT_APP_RUNNER_NAME_LENGTH)

    def connection(self, service: Service, provider_type: str) -> str:
        """Return the name of a service's connection to a provider of source code: at most 32 characters (App Runner).

        GitHub's has the service's name, another provider's its own behind it: both exist while a service moves.
        """
        name = self.service(service)
        own = name if provider_type == "GITHUB" else f"{name}-{provider_type.lower()}"
        return shortened(own, MAX_SHORT_APP_RUNNER_NAME_LENGTH)

    def vpc_connector(self, service: Service, access: VpcAccess) -> str:
        """Return the name of a service's VPC connector, which changes with its content: at most 40 characters.

        The order of subnets and groups is no part of it: App Runner takes both as sets.
        """
        content = (*sorted(access.subnet_ids), "", *sorted(access.security_group_ids or ()))
        return f"{shortened(self.service(service), _LONGEST_CONNECTOR_BEGINNING)}-{content_hash(*content)}"

    def security_group_prefix(self, service: Service) -> str:
        """Return the beginning of the name of the security group that is made for a service; EC2 adds the rest.

        EC2 keeps ``sg-`` at the beginning for its own ids (CreateSecurityGroup).
        """
        name = self.service(service)
        return f"service-{name}-" if name.startswith("sg-") else f"{name}-"

    def instance_role(self, service: Service, region: str) -> str:
        """Return the name of the role that a service's code has; IAM is global, so that the region is in it.

        At most 64 characters, IAM's limit: a service's name has 40, a region's 14.
        """
        return f"{self.service(service)}-{region}-instance"

    def pull_role(self, service: Service, region: str) -> str:
        """Return the name of the role with which a service's image is pulled: at most 60 characters, IAM allows 64."""
        return f"{self.service(service)}-{region}-pull"

    def health_check(self, service: Service, region: str) -> str:
        """Return the tag ``Name`` of the Route 53 health check of a service in a region."""
        return f"{self.service(service)}-{region}"

    def service_key_alias(self, service: Service) -> str:
        """Return the alias, without ``alias/``, of the KMS key made for a service."""
        return f"apprunner/{self.service(service)}"

    @property
    def repository_prefix(self) -> str:
        """What the names of all the application's repositories begin with: the filter of the replication rule."""
        return f"{self.application}/"

    def repository(self, service: Service) -> str:
        """Return the name of a service's ECR repository, the same in every region."""
        return f"{self.repository_prefix}{service.name}"

    def table(self, table: Table) -> str:
        """Return the name of a table, the same in every region: at most 255 characters (DynamoDB CreateTable)."""
        return f"{self.application}-{table.name}"

    @property
    def state_key_alias(self) -> str:
        """The alias, without ``alias/``, of the KMS key that encrypts Terraform's state."""
        return f"{self.application}-terraform-state"

    def replica_key_alias(self, region: str) -> str:
        """Return the alias, without ``alias/``, of the key of the copy of a region's state in another region."""
        return f"{self.state_key_alias}-{region}"

    def state_replication_role(self, region: str) -> str:
        """Return the name of the role with which S3 copies a region's state to another region."""
        return shortened(f"{self.application}-{region}-state-replication", MAX_ROLE_NAME_LENGTH)

    def pipeline_role(self, phase: str) -> str:
        """Return the name of a pipeline's role for a phase, ``plan`` or ``apply``."""
        return shortened(f"{self.application}-pipeline-{phase}", MAX_ROLE_NAME_LENGTH)

    def hcp_role(self, phase: str) -> str:
        """Return the name of the role of HCP Terraform's runs in a phase, ``plan`` or ``apply``."""
        return shortened(f"{self.application}-hcp-{phase}", MAX_ROLE_NAME_LENGTH)

    @property
    def variable_set(self) -> str:
        """The set of variables that gives HCP Terraform's workspaces their role."""
        return f"{self.application}-aws"


def table_key_alias(table: str) -> str:
    """Return the alias, without ``alias/``, of the key made for the table of that name; aliases allow no dots (KMS).

    A table's name has up to 255 characters, an alias 256 (KMS CreateAlias).
    """
    return shortened(f"dynamodb/{table.replace('.', '-')}", _LONGEST_ALIAS)


def repository_key_alias(repository: str) -> str:
    """Return the alias, without ``alias/``, of the key made for the repository of that name."""
    return f"ecr/{repository}"


def scaling_policy(resource_id: str, capacity: str) -> str:
    """Return the name of the policy that scales a capacity of a table or an index: at most 255 characters.

    Application Auto Scaling allows 256, Terraform one less (AWS provider, aws_appautoscaling_policy).
    """
    return shortened(f"{resource_id}-{capacity}".replace("/", "-"), _LONGEST_SCALING_POLICY)


def arns_of_table(name: str, *, account_id: str, regions: Sequence[str]) -> dict[str, str]:
    """Return the ARN of a table's replica in each region: known before it exists."""
    return {region: make_arn("dynamodb", f"table/{name}", region=region, account_id=account_id) for region in regions}


def repository_arn(name: str, *, registry_id: str, region: str) -> str:
    """Return the ARN of an ECR repository: known before it exists."""
    return make_arn("ecr", f"repository/{name}", region=region, account_id=registry_id)


def role_arn(name: str, *, account_id: str, path: str) -> str:
    """Return the ARN of a role: known before it exists. Its path begins and ends with ``/``."""
    return make_arn("iam", f"role{path}{name}", account_id=account_id)
