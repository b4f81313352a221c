"""Whether a health check is healthy: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.sandbox.route53.checks import ENDPOINT_TYPES
from latitude.sandbox.route53.records import normal_name
from latitude.sandbox.route53.services import Lookup, app_runner, health_of
from latitude.sandbox.route53.zones import services_behind

if TYPE_CHECKING:
    from moto.route53.models import Route53Backend

APP_RUNNER_PORTS = (80, 443)


@dataclass(frozen=True, kw_only=True)
class Health:
    """A verdict and its reason, in words for people."""

    healthy: bool
    reason: str


def evaluate(check_id: str, *, backend: Route53Backend, lookup: Lookup = app_runner) -> Health:
    """Return the status of the health check ``check_id``, at once: intervals and thresholds pass in no time here.

    Endpoint checks ask the App Runner service behind the FQDN; neither path nor search string is fetched. An FQDN
    that no service has is unhealthy: what runs elsewhere, the sandbox cannot see. A check that was deleted counts as
    unhealthy, whereas AWS leaves its status open.
    """
    check = backend.health_checks.get(check_id)
    if check is None:
        return Health(healthy=False, reason=f"the health check {check_id} does not exist")
    config: dict[str, Any] = check.health_check_config
    inverted = bool(config.get("Inverted"))
    if config.get("Disabled"):
        return Health(healthy=not inverted, reason="the health check is disabled" + inverted * " and inverted")
    found = _evaluate_config(config, backend=backend, lookup=lookup)
    return Health(healthy=not found.healthy, reason=f"inverted: {found.reason}") if inverted else found


def _evaluate_config(config: dict[str, Any], *, backend: Route53Backend, lookup: Lookup) -> Health:
    kind = config["Type"]
    if kind in ENDPOINT_TYPES:
        return _evaluate_endpoint(config, backend=backend, lookup=lookup)
    if kind == "CALCULATED":
        return _evaluate_children(config, backend=backend, lookup=lookup)
    if kind == "CLOUDWATCH_METRIC":
        return _evaluate_alarm(config, account_id=backend.account_id)
    return Health(healthy=True, reason="routing controls are taken to be on")


def _evaluate_endpoint(config: dict[str, Any], *, backend: Route53Backend, lookup: Lookup) -> Health:
    hostname = config.get("FullyQualifiedDomainName")
    if hostname is None:
        return Health(healthy=True, reason=f"{config.get('IPAddress')} is outside the sandbox and taken to answer")
    if config["Port"] not in APP_RUNNER_PORTS:
        return Health(healthy=False, reason=f"App Runner does not listen on port {config['Port']}")
    behind = services_behind(normal_name(hostname), backend=backend)
    if not behind:
        healthy, reason, _ = health_of(hostname, lookup=lookup)
        return Health(healthy=healthy, reason=reason)
    # a check that asks the shared name is led away from the region that it should report on
    answering = sum(health_of(service, lookup=lookup)[0] for service in behind)
    reason = f"{answering} of the {len(behind)} services behind the shared name {hostname} answer"
    return Health(healthy=answering > 0, reason=reason)


def _evaluate_children(config: dict[str, Any], *, backend: Route53Backend, lookup: Lookup) -> Health:
    children = config.get("ChildHealthChecks") or []
    healthy = sum(evaluate(child, backend=backend, lookup=lookup).healthy for child in children)
    threshold = config["HealthThreshold"]
    reason = f"{healthy} of {len(children)} children are healthy, {threshold} needed"
    return Health(healthy=healthy >= threshold, reason=reason)


def _evaluate_alarm(config: dict[str, Any], *, account_id: str) -> Health:
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - few use it, and it is slow to load

    identifier = config["AlarmIdentifier"]
    alarm = cloudwatch_backends[account_id][identifier["Region"]].alarms.get(identifier["Name"])
    state = "INSUFFICIENT_DATA" if alarm is None else alarm.state_value
    healthy = state == "OK" or (state == "INSUFFICIENT_DATA" and config["InsufficientDataHealthStatus"] != "Unhealthy")
    return Health(healthy=healthy, reason=f"the alarm {identifier['Name']} is in state {state}")
