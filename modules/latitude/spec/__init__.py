"""What the user states: frozen models that check themselves and know neither cdktf nor AWS's API."""

from latitude.spec.account import Account
from latitude.spec.application import Application
from latitude.spec.autoscaling import AutoScaling
from latitude.spec.capacity import OnDemand, Provisioned, ScaledCapacity
from latitude.spec.cloud_state import CloudState
from latitude.spec.domain import Domain, HostedZone
from latitude.spec.encryption import CustomerManagedKey
from latitude.spec.environment import SecretsManagerSecret, SsmParameter
from latitude.spec.faults import Fault, InvalidDescriptionError
from latitude.spec.github_roles import GithubRoles
from latitude.spec.health import HealthCheck, RegionHealthCheck
from latitude.spec.image import EcrImage, Image, PublicImage
from latitude.spec.indexes import GlobalIndex, LocalIndex
from latitude.spec.network import PrivateIngress, VpcAccess
from latitude.spec.permissions import Condition, Statement, TableAccess
from latitude.spec.policies import PolicyStatement, RepositoryStatement
from latitude.spec.registry import ExpiringTags, Registry
from latitude.spec.roles import RoleSettings
from latitude.spec.s3_state import S3State
from latitude.spec.service import Service
from latitude.spec.source import Connection, Source
from latitude.spec.state import LocalState
from latitude.spec.state_bucket import StateBucket
from latitude.spec.table import Table
from latitude.spec.tags import IgnoredTags
from latitude.spec.timeouts import Timeouts
from latitude.spec.workspaces import RunRole, WorkspaceRepository, Workspaces

__all__ = [
    "Account",
    "Application",
    "AutoScaling",
    "CloudState",
    "Condition",
    "Connection",
    "CustomerManagedKey",
    "Domain",
    "EcrImage",
    "ExpiringTags",
    "Fault",
    "GithubRoles",
    "GlobalIndex",
    "HealthCheck",
    "HostedZone",
    "IgnoredTags",
    "Image",
    "InvalidDescriptionError",
    "LocalIndex",
    "LocalState",
    "OnDemand",
    "PolicyStatement",
    "PrivateIngress",
    "Provisioned",
    "PublicImage",
    "RegionHealthCheck",
    "Registry",
    "RepositoryStatement",
    "RoleSettings",
    "RunRole",
    "S3State",
    "ScaledCapacity",
    "SecretsManagerSecret",
    "Service",
    "Source",
    "SsmParameter",
    "StateBucket",
    "Statement",
    "Table",
    "TableAccess",
    "Timeouts",
    "VpcAccess",
    "WorkspaceRepository",
    "Workspaces",
]
