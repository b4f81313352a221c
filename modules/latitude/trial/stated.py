"""What a description states by the id or the ARN that AWS gave it: only an embedded AWS can make it under that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.spec import S3State, SecretsManagerSecret
from latitude.spec.partition import make_arn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from latitude.spec import Application, PrivateIngress, VpcAccess
    from latitude.trial.aws import ControlPlane


def make_stated(application: Application, control: ControlPlane) -> None:
    """Make networks, keys, secrets, web ACLs, connections and hosted zones; what exists is left as it is."""
    _make_networks(application, control)
    for arn in dict.fromkeys((*_keys(application), *_secrets(application), *_web_acls(application))):
        control.make_resource(arn)
    for service in application.services:
        if service.source is not None:
            for arn in _values(service.source.connection.arns):
                control.make_resource(arn, provider_type=service.source.connection.provider_type)
    for zone in application.hosted_zones:
        if zone.zone_id is not None:
            control.make_resource(make_arn("route53", f"hostedzone/{zone.zone_id}"), name=zone.name)


def _make_networks(application: Application, control: ControlPlane) -> None:
    # First what names its VPC: what does not is in the same one, where it has subnets or groups in common.
    for service in application.services:
        for region, ingress in ({} if service.private_ingress is None else service.private_ingress).items():
            endpoints = () if ingress.vpc_endpoint_id is None else (ingress.vpc_endpoint_id,)
            control.make_network(region, (*endpoints, *_subnets_and_groups(ingress)), vpc_id=ingress.vpc_id)
    for service in application.services:
        for region, access in ({} if service.vpc is None else service.vpc).items():
            control.make_network(region, _subnets_and_groups(access))


def _subnets_and_groups(network: VpcAccess | PrivateIngress) -> tuple[str, ...]:
    groups = () if network.security_group_ids is None else network.security_group_ids
    return (*(() if network.subnet_ids is None else network.subnet_ids), *groups)


def _keys(application: Application) -> Iterator[str]:
    if isinstance(application.state, S3State) and application.state.kms_key_arn is not None:
        yield application.state.kms_key_arn
    keys = (
        application.registry.encryption,
        *(table.encryption for table in application.tables),
        *(service.encryption for service in application.services),
    )
    for key in keys:
        yield from () if key is None else _values(key.arns)
    for service in application.services:
        for secret in service.secrets.values():
            yield from _values(secret.kms_key_arns)


def _secrets(application: Application) -> Iterator[str]:
    for service in application.services:
        for secret in service.secrets.values():
            if isinstance(secret, SecretsManagerSecret):
                yield from _values(secret.arns)


def _web_acls(application: Application) -> Iterator[str]:
    for service in application.services:
        yield from _values(service.web_acl_arns)


def _values(by_region: Mapping[str, str] | None) -> Iterator[str]:
    yield from () if by_region is None else by_region.values()
