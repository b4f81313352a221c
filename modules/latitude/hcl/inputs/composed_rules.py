"""What the variables of ``multi-region-service`` must be together; the parts hold the rest of each to its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.hcl.validation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

_REGIONAL: Final = ("vpc", "private_ingress", "web_acl_arns", "encryption.arns", "source_code.connection_arns")
_SECRETS: Final = ("parameters", "secrets")
_NAMES: Final = "[for key, service in var.services : coalesce(service.name, key)]"
_TABLES: Final = "[for key, table in var.tables : coalesce(table.name, key)]"
_DOMAINS: Final = (
    "flatten([for service in values(var.services) : service.domain == null ? [] : "
    'service.domain.www ? [service.domain.name, "www.${service.domain.name}"] : [service.domain.name]])'
)
_ZONES: Final = "[for service in values(var.services) : service.domain.hosted_zone if service.domain != null]"
_ARNS: Final = {
    "web_acl_arns": ("values(var.services)[*].web_acl_arns", "the web ACL"),
    "encryption.arns": ("[for service in values(var.services) : try(service.encryption.arns, null)]", "the KMS key"),
    "source_code.connection_arns": (
        "[for service in values(var.services) : try(service.source_code.connection_arns, null)]",
        "the connection",
    ),
    **{
        f"{kind}[*].kms_key_arns": (
            f"flatten([for service in values(var.services) : values(service.{kind})[*].kms_key_arns])",
            "the KMS key",
        )
        for kind in _SECRETS
    },
    "secrets[*].arns": (
        "flatten([for service in values(var.services) : values(service.secrets)[*].arns])",
        "the secret",
    ),
}


def rules(regions: Sequence[str]) -> list[Rule]:
    """Return what the parts can't check: what is regional, what services have in common, and that a region serves."""
    names = "[" + ", ".join(f'"{region}"' for region in regions) + "]"
    words = ", ".join(regions)
    return [
        *_regional(names, words),
        *_foreign(names, words),
        *_arns(),
        Rule(
            "services",
            "alltrue([for service in values(var.services) : "
            "length(setsubtract(keys(service.tables), keys(var.tables))) == 0])",
            '"services[*].tables: must be a table of the application (${join(", ", keys(var.tables))}) (Latitude)."',
        ),
        Rule(
            "services",
            f"alltrue([for name in {_NAMES} : "
            'length("${var.application}-${name}") >= 4 && length("${var.application}-${name}") <= 40])',
            '"services: must make APPLICATION-SERVICE 4 to 40 characters (App Runner CreateService)."',
        ),
        *(
            Rule(
                variable,
                f"length(distinct({names})) == length({names})",
                f'"{variable}: must have names of their own (Latitude)."',
            )
            for variable, names in (("services", _NAMES), ("tables", _TABLES))
        ),
        *_domains(),
        Rule(
            "draining",
            f"length(setsubtract(var.draining, {names})) == 0",
            f'"draining: must be regions of the application ({words}) (Latitude)."',
        ),
        Rule(
            "draining",
            f"length(setsubtract({names}, var.draining)) > 0",
            f'"draining: must leave a region that serves, got all of {words} (Route 53)."',
        ),
    ]


def _regional(names: str, words: str) -> list[Rule]:
    return [
        Rule(
            "services",
            f"alltrue([for service in values(var.services) : "
            f"try(length(setsubtract({names}, keys(service.{field}))) == 0, true)])",
            f'"services[*].{field}: must have an entry for each region of the application, {words} (Latitude)."',
        )
        for field in _REGIONAL
    ] + [
        Rule(
            "services",
            f"alltrue(flatten([for service in values(var.services) : [for secret in values(service.{kind}) : "
            f"try(length(setsubtract({names}, keys(secret.{field}))) == 0, true)]]))",
            f'"services[*].{kind}[*].{field}: must have an entry for each region of the application, {words} '
            '(Latitude)."',
        )
        for kind, field in (*((kind, "kms_key_arns") for kind in _SECRETS), ("secrets", "arns"))
    ]


def _foreign(names: str, words: str) -> list[Rule]:
    return [
        Rule(
            "services",
            "alltrue([for service in values(var.services) : "
            f"try(length(setsubtract(keys(service.{field}), {names})) == 0, true)])",
            f'"services[*].{field}: must be a region of the application ({words}) (Latitude)."',
        )
        for field in ("regional_environment", *_REGIONAL)
    ]


def _arns() -> list[Rule]:
    return [
        Rule(
            "services",
            f"alltrue(flatten([for arns in {found} : arns == null ? [] : "
            '[for region, arn in arns : try(split(":", arn)[3] == region, true)]]))',
            f'"services[*].{field}: must be {what} in the region that it is given for (App Runner: {what} is '
            'regional)."',
        )
        for field, (found, what) in _ARNS.items()
    ]


def _domains() -> list[Rule]:
    return [
        Rule(
            "services",
            "alltrue([for service in values(var.services) : "
            "service.domain == null || service.private_ingress == null])",
            "\"services[*].domain: must be unset with private_ingress: Route 53's health checkers can't reach a "
            'private service (Route 53 Developer Guide)."',
        ),
        Rule(
            "services",
            "alltrue([for service in values(var.services) : service.domain == null ? true : "
            'endswith(".${service.domain.name}", ".${service.domain.hosted_zone.name}")])',
            '"services[*].domain.name: must be its hosted zone\'s name or end in it (Route 53)."',
        ),
        Rule(
            "services",
            f"length(distinct({_DOMAINS})) == length({_DOMAINS})",
            '"services: must have domains of their own (Route 53)."',
        ),
        Rule(
            "services",
            f"length(distinct({_ZONES})) == length(distinct({_ZONES}[*].name))",
            '"services[*].domain.hosted_zone: must be stated as for the other domains in it (Latitude)."',
        ),
    ]
