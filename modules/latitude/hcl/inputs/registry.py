"""The variables of ``registry`` and of ``image-replication``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.hcl.fields import REQUIRED, Field, MapOf, Shape, from_spec
from latitude.hcl.inputs.module import Module
from latitude.hcl.inputs.shared import APPLICATION, FORCE_DELETE, ROLES, TAGS
from latitude.spec import EcrImage, Registry
from latitude.spec.names import ApplicationName, ServiceName
from latitude.spec.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of several applications, or programs, the module image-replication has the rules.
SETTINGS: Final = from_spec(Registry, *(name for name in Registry.model_fields if name != "also_replicates"))
_OWN_TAGS: Final = Field("tags", Tags, {}, "Tags of what is made for this service, beside those of all.")
_SERVICES: Final = MapOf(ServiceName, Shape((FORCE_DELETE, _OWN_TAGS)))
_IMAGES: Final = MapOf(ServiceName, Shape((*from_spec(EcrImage, "repository", "registry_id"), _OWN_TAGS)))


def registry() -> Module:
    """Return the module: repositories in every region, the rule that copies between them, the roles that pull."""
    return Module(
        folder="modules/registry",
        fields=[
            APPLICATION,
            Field("services", _SERVICES, REQUIRED, "The services that have a repository each, APPLICATION/SERVICE."),
            Field(
                "other_images",
                _IMAGES,
                {},
                "Images of repositories that are made elsewhere, by services, which get a role to pull them.",
            ),
            *SETTINGS,
            ROLES,
            TAGS,
        ],
    )


def replication(regions: Sequence[str]) -> Module:
    """Return the module: one replication configuration for several applications."""
    return Module(
        folder="modules/image-replication",
        fields=[
            Field(
                "applications",
                frozenset[ApplicationName],
                REQUIRED,
                "The applications whose images are copied: all repositories that begin with APPLICATION/.",
            ),
            Field(
                "destinations",
                frozenset[str],
                tuple(regions[1:]),
                "The regions that get the images, beside that of the provider, where they are pushed.",
            ),
        ],
    )
