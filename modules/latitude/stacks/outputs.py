"""Outputs that an operator, or a pipeline, reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from latitude.constructs.regional_service import RegionalService

Outputs = dict[str, tuple[Any, str]]
"""Per output its value and its description."""


def service_outputs(services: Iterable[RegionalService]) -> Outputs:
    """Return the outputs of one region: each a map by service; without those that no service has."""
    found = list(services)
    runs_on = " or ".join(dict.fromkeys(service.kind.name for service in found))
    named = [(service.spec.name, service.public_name) for service in found]
    return _stated(
        {
            "service_arns": ({s.spec.name: s.compute.arn for s in found}, f"The ARN of each {runs_on} service"),
            "service_urls": (
                {s.spec.name: f"https://{s.compute.front.host}" for s in found},
                "The region's own URL of each service",
            ),
            "image_digests": (
                {s.spec.name: s.compute.image_digest for s in found if s.compute.image_digest is not None},
                "The digest of the image that each service runs",
            ),
            "domain_targets": (
                {name: public.dns_target for name, public in named if public is not None},
                "What each custom domain's record leads to in this region; a check tells the domain's status",
            ),
            "domain_statuses": (
                {
                    name: public.status_output
                    for name, public in named
                    if public is not None and public.status_output is not None
                },
                f"How far {runs_on} is with each custom domain in this region: active is the end",
            ),
            "health_check_ids": (
                {name: public.health_check_id for name, public in named if public is not None},
                "The Route 53 health check of each service",
            ),
            "private_domains": (
                {s.spec.name: s.compute.private_domain for s in found if s.compute.private_domain is not None},
                "The name under which a VPC reaches each private service",
            ),
            "vpc_security_groups": (
                {s.spec.name: s.compute.security_group_ids for s in found if s.compute.security_group_ids is not None},
                "The security groups of each VPC connector, for the rules of databases and caches",
            ),
        }
    )


def merged_outputs(by_region: Mapping[str, Outputs]) -> Outputs:
    """Return the outputs of several regions as one: each a map by region, then by service."""
    merged: Outputs = {}
    for region, outputs in by_region.items():
        for name, (value, description) in outputs.items():
            merged.setdefault(name, ({}, f"{description}, by region"))[0][region] = value
    return merged


def _stated(outputs: Outputs) -> Outputs:
    return {name: output for name, output in outputs.items() if output[0]}
