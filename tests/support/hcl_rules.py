"""Arguments of the modules that only a rule of more than one field refuses, each with the same fault in Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from modules.spec import (
    Application,
    AutoScaling,
    Connection,
    CustomerManagedKey,
    Domain,
    GlobalIndex,
    HostedZone,
    Image,
    LocalIndex,
    PolicyStatement,
    PrivateIngress,
    PublicImage,
    Registry,
    SecretsManagerSecret,
    Service,
    Source,
    SsmParameter,
    Statement,
    Table,
    TableAccess,
    VpcAccess,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REGIONS: Final = ("us-east-1", "us-west-2")
_KEY: Final = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
_MULTI: Final = f"arn:aws:kms:us-east-1:123456789012:key/mrk-{'0' * 32}"
_ACL: Final = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/web/0123"
_CONNECTION: Final = "arn:aws:apprunner:us-east-1:123456789012:connection/web/0123"
_LONG: Final = ".".join(["a" * 50, *["a" * 49] * 4])
_URL: Final = "https://github.com/example/web"
_VPC: Final = {"subnet_ids": ["subnet-0123456789abcdef0"]}
_INGRESS: Final = {"vpc_id": "vpc-0123456789abcdef0", "vpc_endpoint_id": "vpce-0123456789abcdef0"}
_SID: Final = {"actions": ["sqs:SendMessage"], "resources": ["*"], "sid": "Same"}
_GRANT: Final = {"principals": ["123456789012"], "actions": ["dynamodb:GetItem"], "sid": "Same"}


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Arguments of a module, the same in Python, and the words that both refusals have."""

    module: str
    arguments: Mapping[str, Any]
    python: Callable[[], Any]
    words: str
    also: tuple[str, ...] = field(default=())
    """What else Terraform says of them."""


def _image(**changes: Any) -> Service:
    return Service(**{"name": "web", "image": Image(tag="1"), **changes})


def _source(**changes: Any) -> Service:
    return Service(**{"name": "web", "source": Source(repository_url=_URL), **changes})


def _table(**changes: Any) -> Table:
    return Table(**{"name": "carts", "hash_key": "id", "attributes": {"id": "S"}, **changes})


def _application(*services: Service, **changes: Any) -> Application:
    return Application(**{"name": "orders", "regions": REGIONS, "services": services, **changes})


def _of_service(arguments: Mapping[str, Any], python: Callable[[], Any], words: str, *also: str) -> Refused:
    base = {} if "source_code" in arguments or "image" in arguments else {"image": {"tag": "1"}}
    return Refused(module="regional-service", arguments={**base, **arguments}, python=python, words=words, also=also)


def _of_table(arguments: Mapping[str, Any], python: Callable[[], Any], words: str, *also: str) -> Refused:
    return Refused(module="global-table", arguments=arguments, python=python, words=words, also=also)


def _of_all(service: Mapping[str, Any], python: Callable[[], Any], words: str, *also: str, **others: Any) -> Refused:
    base = {} if "source_code" in service else {"image": {"tag": "1"}}
    arguments = {"services": {"web": {**base, **service}}, **others}
    return Refused(module="multi-region-service", arguments=arguments, python=python, words=words, also=also)


_SOURCE: Final = {"repository_url": _URL}
_APPRUNNER_YAML: Final = "must be unset for a source without runtime: apprunner.yaml states it"
_OTHER_KEY: Final = "must be another attribute than the hash key"
_WITH_INCLUDE: Final = "must be set with projection INCLUDE and only then"
_EACH_REGION: Final = "must have an entry for each region of the application"
_A_REGION: Final = "must be a region of the application (us-east-1, us-west-2)"
_DOMAIN: Final = {"name": "shop.example.com", "hosted_zone": {"name": "example.com"}}


def _domain(**changes: Any) -> Domain:
    return Domain(**{"name": "shop.example.com", "hosted_zone": HostedZone(name="example.com"), **changes})


def _everywhere(arn: str) -> dict[str, str]:
    return dict.fromkeys(REGIONS, arn)


_SERVICES: Final = (
    _of_service({"image": {}}, lambda: Image(), "exactly one of tag and digest must be set"),  # noqa: PLW0108  # alike
    _of_service(
        {"image": {"tag": "1", "digest": f"sha256:{'0' * 64}"}},
        lambda: Image(tag="1", digest=f"sha256:{'0' * 64}"),
        "exactly one of tag and digest must be set",
    ),
    _of_service({"memory": 12288}, lambda: _image(memory=12288), "memory: must be 2048 or 3072 or 4096 with cpu 1024"),
    _of_service(
        {"cpu": 256, "memory": 2048}, lambda: _image(cpu=256), "memory: must be 512 or 1024 with cpu 256, got 2048"
    ),
    _of_service(
        {"autoscaling": {"min_size": 9, "max_size": 3}},
        lambda: AutoScaling(min_size=9, max_size=3),
        "min_size: must be at most max_size, 3, got 9",
    ),
    _of_service(
        {"image": {"public": "public.ecr.aws/nginx/nginx:1"}, "auto_deployments": True},
        lambda: _image(image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1"), auto_deployments=True),
        "(App Runner: not for ECR Public)",
    ),
    _of_service(
        {"environment": {"A": "1"}, "secrets": {"A": {"name": "a"}}},
        lambda: _image(environment={"A": "1"}, secrets={"A": SecretsManagerSecret(name="a")}),
        "must be set once: by environment",
    ),
    _of_service(
        {"environment": {"CARTS_TABLE": "1"}, "tables": {"carts": {"name": "carts", "arn": "arn"}}},
        lambda: _image(environment={"CARTS_TABLE": "1"}, tables=(TableAccess(table="carts"),)),
        "must be set once: by environment",
    ),
    _of_service(
        {"source_code": {**_SOURCE, "runtime": "PYTHON_311"}, "start_command": None},
        lambda: _source(source=Source(repository_url=_URL, runtime="PYTHON_311")),
        "start_command: is required for a source with a runtime",
    ),
    _of_service(
        {"source_code": {**_SOURCE, "build_command": "make"}},
        lambda: Source(repository_url=_URL, build_command="make"),
        "build_command: needs runtime: without one, apprunner.yaml states the build command",
    ),
    _of_service(
        {"source_code": _SOURCE, "start_command": "run"},
        lambda: _source(start_command="run"),
        f"start_command: {_APPRUNNER_YAML}",
    ),
    _of_service({"source_code": _SOURCE, "port": 80}, lambda: _source(port=80), f"port: {_APPRUNNER_YAML}"),
    _of_service(
        {"source_code": _SOURCE, "environment": {"A": "1"}},
        lambda: _source(environment={"A": "1"}),
        f"environment: {_APPRUNNER_YAML}",
    ),
    _of_service(
        {"source_code": _SOURCE, "secrets": {"A": {"name": "a"}}},
        lambda: _source(secrets={"A": SecretsManagerSecret(name="a")}),
        f"secrets: {_APPRUNNER_YAML}",
    ),
    _of_service(
        {"source_code": _SOURCE, "tables": {"carts": {"name": "carts", "arn": "arn"}}},
        lambda: _source(tables=(TableAccess(table="carts"),)),
        f"tables: {_APPRUNNER_YAML}",
    ),
    _of_service(
        {"tables": {"awsapprunner": {"name": "a", "arn": "arn"}}},
        lambda: TableAccess(table="awsapprunner"),
        "variable: must be set, since ",
    ),
    _of_service(
        {"statements": [_SID, _SID]},
        lambda: _image(statements=(Statement(**_SID), Statement(**_SID))),
        "statements: must have sids of their own",
    ),
    _of_service(
        {"statements": [{"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:{region}:{account}:q"]}]},
        lambda: Statement(actions=("sqs:SendMessage",), resources=("arn:aws:sqs:{region}:{account}:q",)),
        "must have no other placeholders than {region} and {account_id}",
    ),
    _of_service(
        {"private_ingress": {"vpc_id": "vpc-0123456789abcdef0"}},
        lambda: PrivateIngress(vpc_id="vpc-0123456789abcdef0"),
        "exactly one of vpc_endpoint_id and subnet_ids must be set",
    ),
    _of_service(
        {"encryption": {"key": {"arn": _MULTI}}},
        lambda: _image(encryption=CustomerManagedKey(arns={"us-east-1": _MULTI})),
        "must not be a multi-Region key",
    ),
)
_TABLES: Final = (
    _of_table({"attributes": {}}, lambda: _table(attributes={}), "attributes: must declare the type of "),
    _of_table(
        {"attributes": {"id": "S", "more": "S"}},
        lambda: _table(attributes={"id": "S", "more": "S"}),
        "must be a key of the table or of an index; other attributes are not declared",
    ),
    _of_table({"range_key": "id"}, lambda: _table(range_key="id"), f"range_key: {_OTHER_KEY}"),
    _of_table(
        {"global_indexes": [{"name": "same", "hash_key": "id"}, {"name": "same", "hash_key": "id"}]},
        lambda: _table(global_indexes=(GlobalIndex(name="same", hash_key="id"),) * 2),
        "global_indexes: must have names of their own",
    ),
    _of_table(
        {"global_indexes": [{"name": "one", "hash_key": "id", "range_key": "id"}]},
        lambda: GlobalIndex(name="one", hash_key="id", range_key="id"),
        f"range_key: {_OTHER_KEY}",
    ),
    _of_table(
        {"global_indexes": [{"name": "one", "hash_key": "id", "projection": "INCLUDE"}]},
        lambda: GlobalIndex(name="one", hash_key="id", projection="INCLUDE"),
        f"non_key_attributes: {_WITH_INCLUDE}",
    ),
    _of_table(
        {
            "range_key": "at",
            "attributes": {"id": "S", "at": "S"},
            "local_indexes": [{"name": "one", "range_key": "at", "non_key_attributes": ["a"]}],
        },
        lambda: LocalIndex(name="one", range_key="at", non_key_attributes=("a",)),
        f"non_key_attributes: {_WITH_INCLUDE}",
    ),
    _of_table(
        {
            "global_indexes": [
                {"name": f"by-{number}", "hash_key": "id", "projection": "INCLUDE", "non_key_attributes": ["a"] * 17}
                for number in range(6)
            ]
        },
        lambda: _table(
            global_indexes=tuple(
                GlobalIndex(name=f"by-{number}", hash_key="id", projection="INCLUDE", non_key_attributes=("a",) * 17)
                for number in range(6)
            )
        ),
        "must have at most 100 non_key_attributes together with local_indexes",
    ),
    _of_table(
        {"local_indexes": [{"name": "one", "range_key": "at"}], "attributes": {"id": "S", "at": "S"}},
        lambda: _table(local_indexes=(LocalIndex(name="one", range_key="at"),), attributes={"id": "S", "at": "S"}),
        "local_indexes: need a table with a range_key, which is not set",
    ),
    _of_table(
        {
            "range_key": "at",
            "attributes": {"id": "S", "at": "S"},
            "local_indexes": [{"name": "one", "range_key": "id"}],
        },
        lambda: _table(
            range_key="at", attributes={"id": "S", "at": "S"}, local_indexes=(LocalIndex(name="one", range_key="id"),)
        ),
        f"range_key: {_OTHER_KEY}",
    ),
    _of_table(
        {"ttl_attribute": "id"}, lambda: _table(ttl_attribute="id"), "ttl_attribute: must be an attribute of type N"
    ),
    _of_table(
        {"resource_policy": [_GRANT, _GRANT]},
        lambda: _table(resource_policy=(PolicyStatement(**_GRANT), PolicyStatement(**_GRANT))),
        "resource_policy: must have sids of their own",
    ),
    _of_table(
        {"encryption": {"arns": {"us-east-1": _KEY}}},
        lambda: _application(tables=(_table(encryption=CustomerManagedKey(arns={"us-east-1": _KEY})),)),
        f"encryption.arns: {_EACH_REGION}",
    ),
    _of_table(
        {"encryption": {"arns": _everywhere(_KEY)}},
        lambda: _application(tables=(_table(encryption=CustomerManagedKey(arns=_everywhere(_KEY))),)),
        "(App Runner: the KMS key is regional)",
    ),
)
_OTHERS: Final = (
    Refused(
        module="registry",
        arguments={"encryption": {"arns": _everywhere(_KEY)}},
        python=lambda: _application(registry=Registry(encryption=CustomerManagedKey(arns=_everywhere(_KEY)))),
        words="(App Runner: the KMS key is regional)",
    ),
    Refused(
        module="latency-routing",
        arguments={"name": _LONG, "www": True},
        python=lambda: _domain(name=_LONG, www=True, hosted_zone=HostedZone(name=_LONG)),
        words="must be 1 to 249 characters with www, got 250",
    ),
)
_COMPOSED: Final = (
    _of_all(
        {"tables": {"other": {}}},
        lambda: _application(_image(tables=(TableAccess(table="other"),))),
        "must be a table of the application",
    ),
    _of_all(
        {"vpc": {"us-east-1": _VPC}},
        lambda: _application(_image(vpc={"us-east-1": VpcAccess(**_VPC)})),
        f"vpc: {_EACH_REGION}",
    ),
    _of_all(
        {"vpc": {**dict.fromkeys(REGIONS, _VPC), "eu-west-1": _VPC}},
        lambda: _application(_image(vpc=dict.fromkeys((*REGIONS, "eu-west-1"), VpcAccess(**_VPC)))),
        _A_REGION,
    ),
    _of_all(
        {"regional_environment": {"eu-west-1": {"A": "1"}}},
        lambda: _application(_image(regional_environment={"eu-west-1": {"A": "1"}})),
        _A_REGION,
    ),
    _of_all(
        {"web_acl_arns": _everywhere(_ACL)},
        lambda: _application(_image(web_acl_arns=_everywhere(_ACL))),
        "(App Runner: the web ACL is regional)",
    ),
    _of_all(
        {"secrets": {"A": {"name": "a", "kms_key_arns": _everywhere(_KEY)}}},
        lambda: _application(_image(secrets={"A": SecretsManagerSecret(name="a", kms_key_arns=_everywhere(_KEY))})),
        "(App Runner: the KMS key is regional)",
    ),
    _of_all(
        {"parameters": {"A": {"name": "a", "kms_key_arns": {"us-east-1": _KEY}}}},
        lambda: _application(_image(secrets={"A": SsmParameter(name="a", kms_key_arns={"us-east-1": _KEY})})),
        f"kms_key_arns: {_EACH_REGION}",
    ),
    _of_all(
        {"source_code": {**_SOURCE, "connection_arns": _everywhere(_CONNECTION)}},
        lambda: _application(
            _source(source=Source(repository_url=_URL, connection=Connection(arns=_everywhere(_CONNECTION))))
        ),
        "(App Runner: the connection is regional)",
    ),
    _of_all(
        {"private_ingress": dict.fromkeys(REGIONS, _INGRESS), "domain": _DOMAIN},
        lambda: _application(
            _image(private_ingress=dict.fromkeys(REGIONS, PrivateIngress(**_INGRESS)), domain=_domain())
        ),
        "domain: must be unset with private_ingress: Route 53's health checkers can't reach a private service",
    ),
    _of_all(
        {"domain": {**_DOMAIN, "hosted_zone": {"name": "example.org"}}},
        lambda: _domain(hosted_zone=HostedZone(name="example.org")),
        "hosted zone",
    ),
    _of_all(
        {},
        lambda: _application(_image(), draining=REGIONS),
        "draining: must leave a region that serves, got all of us-east-1, us-west-2",
        draining=list(REGIONS),
    ),
    _of_all(
        {},
        lambda: _application(_image(), draining=("eu-west-1",)),
        "draining: must be regions of the application (us-east-1, us-west-2)",
        draining=["eu-west-1"],
    ),
    Refused(
        module="multi-region-service",
        arguments={
            "services": {
                "web": {"image": {"tag": "1"}, "domain": _DOMAIN},
                "api": {
                    "image": {"tag": "1"},
                    "domain": {**_DOMAIN, "hosted_zone": {"name": "example.com", "zone_id": "Z1"}},
                },
            }
        },
        python=lambda: _application(
            _image(domain=_domain()),
            _image(name="api", domain=_domain(hosted_zone=HostedZone(name="example.com", zone_id="Z1"))),
        ),
        words="must be stated as for the other domains in ",
        also=("services: must have domains of their own (Route 53)",),
    ),
    Refused(
        module="multi-region-service",
        arguments={"services": {"w" * 34: {"image": {"tag": "1"}}}},
        python=lambda: _application(_image(name="w" * 34)),
        words="must make APPLICATION-SERVICE 4 to 40 characters",
    ),
)
REFUSED: Final = (*_SERVICES, *_TABLES, *_OTHERS, *_COMPOSED)
