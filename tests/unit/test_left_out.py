"""What some descriptions state in AWS and others leave out: the provider must not keep it then."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.support.provider.optional import emitted_kinds, optional
from tests.support.synthesized import every_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LEFT_OUT: Final = {
    "aws_apprunner_service": {
        "encryption_configuration[]": "ForceNew and not computed: without it the service is replaced (service.go)",
        "source_configuration.authentication_configuration[]": "each update sends all of source_configuration",
        "source_configuration.code_repository.code_configuration.code_configuration_values[]": "the same",
        "source_configuration.code_repository[]": "App Runner takes no other kind of source in place",
        "source_configuration.image_repository[]": "the same",
    },
    "aws_dynamodb_table": {
        "global_secondary_index.read_capacity": "billed per request, an index has no capacity",
        "global_secondary_index.write_capacity": "the same",
        "global_secondary_index[]": "not computed in 5.x; a postcondition refuses that 6.x keeps it",
        "global_secondary_index.on_demand_throughput[]": "a precondition refuses that DynamoDB keeps it",
        "on_demand_throughput[]": "the same",
        "point_in_time_recovery.recovery_period_in_days": "without recovery there are no days",
        "local_secondary_index[]": "ForceNew and not computed: the table is replaced",
        "read_capacity": "billed per request, a table has no capacity",
        "write_capacity": "the same",
        "replica[]": "replicas are resources of their own; blocks only where they can't be changed (MRSC)",
        "server_side_encryption.kms_key_arn": "not sent unless enabled (expandEncryptAtRestOptions in table.go)",
    },
    "aws_dynamodb_table_replica": {
        "kms_key_arn": "the table leaves its key in all regions at once, and the replica is read anew",
    },
    "aws_ecr_repository": {
        "encryption_configuration.kms_key": "only with encryption_type, whose change replaces the repository",
    },
    "aws_route53_record": {
        "alias[]": "no address has an alias in one description and none in another",
        "allow_overwrite": "it is the provider's own, and nothing of AWS",
        "latency_routing_policy[]": "no address has it in one description and not in another",
        "weighted_routing_policy[]": "the same",
    },
}
"""Where leaving it out is the same as unsetting it: the reason, with its source where it is the provider's."""


def _stated(arguments: Mapping[str, Any], path: str) -> Iterator[bool]:
    """Yield for each block that may hold the last part of ``path`` whether it does."""
    first, _, rest = path.partition(".")
    if not rest:
        yield arguments.get(first.removesuffix("[]")) is not None
        return
    nested = arguments.get(first)
    for block in [] if nested is None else nested if isinstance(nested, list) else [nested]:
        yield from _stated(block, rest)


def _found() -> dict[tuple[str, str], set[bool]]:
    """Tell of each optional argument whether it is stated, left out, or both."""
    kept, found = optional(), defaultdict[tuple[str, str], set[bool]](set)
    for stack in every_stack().values():
        for kind, resources in stack.document.get("resource", {}).items():
            for path in kept.get(kind, ()):
                for arguments in resources.values():
                    found[kind, path].update(_stated(arguments, path))
    return found


def test_every_resource_is_in_the_provider_s_data() -> None:
    """A resource that is new here is looked at, too; see ``tests.support.provider.optional`` for how."""
    assert emitted_kinds() == sorted(optional())


def test_optional_argument_is_always_stated_or_may_be_left_out() -> None:
    """What one description states and another leaves out has a reason; what none states, no description changes."""
    both = {key for key, found in _found().items() if found == {True, False}}
    reasons = {(kind, path) for kind, paths in _LEFT_OUT.items() for path in paths}
    assert both - reasons == set()
    assert reasons - both == set()


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("aws_dynamodb_table", "ttl[]"),
        ("aws_dynamodb_table", "server_side_encryption[]"),
        ("aws_dynamodb_table", "point_in_time_recovery[]"),
        ("aws_ecr_repository", "encryption_configuration[]"),
        ("aws_ecr_repository", "image_scanning_configuration[]"),
        ("aws_vpc_endpoint", "security_group_ids"),
        ("aws_apprunner_service", "observability_configuration[]"),
        ("aws_apprunner_service", "network_configuration[]"),
        ("aws_apprunner_service", "health_check_configuration[]"),
    ],
)
def test_argument_that_is_kept_when_left_out_is_always_stated(kind: str, path: str) -> None:
    """These would stay as an earlier description had them."""
    assert _found()[kind, path] == {True}
