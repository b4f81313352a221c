"""What the user states: frozen models that check themselves and know neither cdktf nor AWS's API."""

from modules.spec.application import Application
from modules.spec.autoscaling import AutoScaling
from modules.spec.capacity import OnDemand, Provisioned, ScaledCapacity
from modules.spec.cloud_state import CloudState
from modules.spec.domain import Domain, HostedZone
from modules.spec.encryption import CustomerManagedKey
from modules.spec.environment import SecretsManagerSecret, SsmParameter
from modules.spec.faults import Fault, InvalidDescriptionError
from modules.spec.github_roles import GithubRoles
from modules.spec.health import HealthCheck, RegionHealthCheck
from modules.spec.image import EcrImage, Image, PublicImage
from modules.spec.indexes import GlobalIndex, LocalIndex
from modules.spec.network import PrivateIngress, VpcAccess
from modules.spec.permissions import Condition, Statement, TableAccess
from modules.spec.policies import PolicyStatement
from modules.spec.registry import Registry
from modules.spec.s3_state import S3State
from modules.spec.service import Service
from modules.spec.source import Connection, Source
from modules.spec.state import LocalState
from modules.spec.state_bucket import StateBucket
from modules.spec.table import Table
from modules.spec.workspaces import RunRole, WorkspaceRepository, Workspaces

__all__ = [
    "Application",
    "AutoScaling",
    "CloudState",
    "Condition",
    "Connection",
    "CustomerManagedKey",
    "Domain",
    "EcrImage",
    "Fault",
    "GithubRoles",
    "GlobalIndex",
    "HealthCheck",
    "HostedZone",
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
    "VpcAccess",
    "WorkspaceRepository",
    "Workspaces",
]
