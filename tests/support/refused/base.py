"""What refusals by rules are stated with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from latitude.spec import Application, Domain, HostedZone, Image, Service, Source, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REGIONS: Final = ("us-east-1", "us-west-2")
KEY: Final = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
MULTI: Final = f"arn:aws:kms:us-east-1:123456789012:key/mrk-{'0' * 32}"
ACL: Final = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/web/0123"
CONNECTION: Final = "arn:aws:apprunner:us-east-1:123456789012:connection/web/0123"
LONG: Final = ".".join(["a" * 50, *["a" * 49] * 4])
URL: Final = "https://github.com/example/web"
VPC: Final = {"subnet_ids": ["subnet-0123456789abcdef0"]}
INGRESS: Final = {"vpc_id": "vpc-0123456789abcdef0", "vpc_endpoint_id": "vpce-0123456789abcdef0"}
SID: Final = {"actions": ["sqs:SendMessage"], "resources": ["*"], "sid": "Same"}
REPOSITORY_GRANT: Final = {"principals": ["123456789012"], "actions": ["ecr:BatchGetImage"]}
STATEMENT: Final = {"actions": ["sqs:SendMessage"], "resources": ["*"]}
ROLE: Final = "arn:aws:iam::123456789012:role/orders-web"
GRANT: Final = {"principals": ["123456789012"], "actions": ["dynamodb:GetItem"], "sid": "Same"}


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Arguments of a module, the same in Python, and the words that both refusals have."""

    module: str
    arguments: Mapping[str, Any]
    python: Callable[[], Any] | None
    """The same in Python; none where Python takes it, and only HCL can't."""
    words: str
    also: tuple[str, ...] = field(default=())
    """What else Terraform says of them."""


def image(**changes: Any) -> Service:
    """Return a service that runs an image, with changes."""
    return Service(**{"name": "web", "image": Image(tag="1"), **changes})


def source(**changes: Any) -> Service:
    """Return a service from source code that ``apprunner.yaml`` builds, with changes."""
    return Service(**{"name": "web", "source": Source(repository_url=URL), **changes})


def table(**changes: Any) -> Table:
    """Return a table with one key, with changes."""
    return Table(**{"name": "carts", "hash_key": "id", "attributes": {"id": "S"}, **changes})


def application(*services: Service, **changes: Any) -> Application:
    """Return an application in two regions, with changes."""
    return Application(**{"name": "orders", "regions": REGIONS, "services": services, **changes})


def of_service(arguments: Mapping[str, Any], python: Callable[[], Any] | None, words: str, *also: str) -> Refused:
    """Return arguments of ``regional-service``; an image of a tag unless they have one, or source code."""
    base = {} if "source_code" in arguments or "image" in arguments else {"image": {"tag": "1"}}
    return Refused(module="regional-service", arguments={**base, **arguments}, python=python, words=words, also=also)


def of_table(arguments: Mapping[str, Any], python: Callable[[], Any] | None, words: str, *also: str) -> Refused:
    """Return arguments of ``global-table``."""
    return Refused(module="global-table", arguments=arguments, python=python, words=words, also=also)


def of_all(
    service: Mapping[str, Any], python: Callable[[], Any] | None, words: str, *also: str, **others: Any
) -> Refused:
    """Return arguments of ``multi-region-service`` with one service."""
    base = {} if "source_code" in service else {"image": {"tag": "1"}}
    arguments = {"services": {"web": {**base, **service}}, **others}
    return Refused(module="multi-region-service", arguments=arguments, python=python, words=words, also=also)


SOURCE: Final = {"repository_url": URL}
APPRUNNER_YAML: Final = "must be unset for a source without runtime: apprunner.yaml states it"
OTHER_KEY: Final = "must be another attribute than the hash key"
WITH_INCLUDE: Final = "must be set with projection INCLUDE and only then"
EACH_REGION: Final = "must have an entry for each region of the application"
A_REGION: Final = "must be a region of the application (us-east-1, us-west-2)"
DOMAIN: Final = {"name": "shop.example.com", "hosted_zone": {"name": "example.com"}}


def domain(**changes: Any) -> Domain:
    """Return a domain, with changes."""
    return Domain(**{"name": "shop.example.com", "hosted_zone": HostedZone(name="example.com"), **changes})


def everywhere(arn: str) -> dict[str, str]:
    """Return the ARN for every region: wrong for all but one."""
    return dict.fromkeys(REGIONS, arn)
