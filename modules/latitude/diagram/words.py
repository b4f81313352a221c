"""What the picture says of each part, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.spec import EcrImage, PublicImage

if TYPE_CHECKING:
    from latitude.spec import Service, Table

_ROOM: Final = 40


def short(text: str) -> str:
    """Return a text that fits into a box."""
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}\u2026"


def service_notes(service: Service, region: str) -> list[str]:
    """Return two lines on a service in a region."""
    size = f"{service.cpu / 1024:g} vCPU, {service.memory / 1024:g} GB"
    scaling = service.autoscaling
    beside = [_origin(service)]
    if service.private_ingress is not None:
        beside.append("private")
    if service.vpc is not None:
        beside.append(f"VPC ({len(service.vpc[region].subnet_ids)} subnets)")
    if service.secrets:
        beside.append(f"{len(service.secrets)} secrets" if len(service.secrets) > 1 else "1 secret")
    return [short(f"{size}, {scaling.min_size} to {scaling.max_size} instances"), short(", ".join(beside))]


def _origin(service: Service) -> str:
    if service.source is not None:
        return "from source code"
    if isinstance(service.image, PublicImage):
        return "ECR Public"
    if isinstance(service.image, EcrImage):
        return service.image.repository
    version = service.image.tag if service.image is not None else None
    return "image by digest" if version is None else f"image {version}"


def table_note(table: Table, *, home: bool) -> str:
    """Return a line on a table in a region."""
    if table.consistency == "strong":
        return "strongly consistent replica"
    billing = "on demand" if table.provisioned is None else "provisioned, scaled"
    return f"{'table' if home else 'replica'}, {billing}"
