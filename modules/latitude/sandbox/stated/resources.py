"""Makes what AWS gives an id at random to under the ARN that it is asked for.

All belongs to the sandbox's one account, whichever account the ARN names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.kms.models import Key, kms_backends
from moto.route53.models import HostedZoneIdentifier, route53_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.utilities.id_generator import moto_id_manager
from moto.wafv2.models import wafv2_backends

from latitude.sandbox.apprunner.models import apprunner_backends

if TYPE_CHECKING:
    from collections.abc import Callable

_PARTS = 6
_SUFFIX_LENGTH = 7
"""What Secrets Manager puts behind a secret's name in its ARN: a hyphen and six characters."""


class _Arn(NamedTuple):
    whole: str
    region: str
    resource: str
    """What comes behind the account, such as ``key/1234``."""

    @property
    def id(self) -> str:
        return self.resource.rpartition("/")[2]


def make_resource(*, arn: str, **about: str) -> None:
    """Make the resource that ``arn`` names; leave one that exists.

    ``about`` is ``provider_type`` for a connection of App Runner, ``name`` for a hosted zone of Route 53.

    Raises ``ValueError`` for an ARN of another kind.
    """
    parts = arn.split(":", _PARTS - 1)
    kind = (parts[2], parts[5].partition("/")[0].partition(":")[0]) if len(parts) == _PARTS else None
    make = None if kind is None else _MAKES.get(kind)
    if make is None:
        kinds = ", ".join(f"{service} {resource}" for service, resource in _MAKES)
        msg = f"arn: must be the ARN of one of {kinds}, got {arn!r}"
        raise ValueError(msg)
    make(_Arn(arn, parts[3], parts[5]), **about)


def _key(arn: _Arn) -> None:
    keys = kms_backends[DEFAULT_ACCOUNT_ID][arn.region].keys
    if arn.id in keys:
        return
    key = Key(  # type: ignore[abstract]  # as moto's own create_key does, which takes no id
        None, "ENCRYPT_DECRYPT", "", "stated by its ARN", DEFAULT_ACCOUNT_ID, arn.region, arn.id.startswith("mrk-")
    )
    key.id, key.arn = arn.id, arn.whole
    if key.multi_region:
        key.multi_region_configuration["PrimaryKey"] = {"Arn": arn.whole, "Region": arn.region}
    keys[arn.id] = key


def _connection(arn: _Arn, *, provider_type: str) -> None:
    apprunner = apprunner_backends[DEFAULT_ACCOUNT_ID][arn.region]
    with apprunner.lock:
        apprunner.connections.add(arn.resource.split("/")[1], arn=arn.whole, provider_type=provider_type)


def _secret(arn: _Arn) -> None:
    secrets = secretsmanager_backends[DEFAULT_ACCOUNT_ID][arn.region]
    name = arn.resource.partition(":")[2][:-_SUFFIX_LENGTH]
    if name in secrets.secrets:
        return
    secrets.create_secret(name, "{}", None, "stated by its ARN", [], None, None, [], force_overwrite=False)
    secrets.secrets[name].arn = arn.whole


def _web_acl(arn: _Arn) -> None:
    waf = wafv2_backends[DEFAULT_ACCOUNT_ID][arn.region]
    if arn.whole in waf.wacls:
        return
    name = arn.resource.split("/")[2]
    shown = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": name}
    made = waf.create_web_acl(name, shown, {"Allow": {}}, "REGIONAL", "", [], [], None, None, None, None, None)
    del waf.wacls[made.arn]
    made.arn, made.id = arn.whole, arn.id
    waf.wacls[arn.whole] = made


def _hosted_zone(arn: _Arn, *, name: str) -> None:
    route53 = route53_backends[DEFAULT_ACCOUNT_ID]["aws"]
    if arn.id in route53.zones:
        return
    identifier = HostedZoneIdentifier(DEFAULT_ACCOUNT_ID, f"{name}.", None)
    moto_id_manager.set_custom_id(identifier, arn.id)
    try:
        route53.create_hosted_zone(f"{name}.", private_zone=False)
    finally:
        moto_id_manager.unset_custom_id(identifier)


_MAKES: dict[tuple[str, str], Callable[..., None]] = {
    ("kms", "key"): _key,
    ("apprunner", "connection"): _connection,
    ("secretsmanager", "secret"): _secret,
    ("wafv2", "regional"): _web_acl,
    ("route53", "hostedzone"): _hosted_zone,
}
