"""Arguments of ``regional-service`` that only a rule of more than one field refuses."""

from __future__ import annotations

from typing import Final

from latitude.spec import (
    AutoScaling,
    CustomerManagedKey,
    EcrImage,
    Image,
    PrivateIngress,
    PublicImage,
    SecretsManagerSecret,
    Source,
    Statement,
    TableAccess,
)
from tests.support.images import DIGEST
from tests.support.refused.base import (
    APPRUNNER_YAML,
    MULTI,
    ROLE,
    SID,
    SOURCE,
    STATEMENT,
    URL,
    image,
    of_service,
    source,
)

SERVICES: Final = (
    of_service({"image": {}}, lambda: Image(), "exactly one of tag and digest must be set"),  # noqa: PLW0108  # alike
    of_service(
        {"image": {"tag": "1", "digest": f"sha256:{'0' * 64}"}},
        lambda: Image(tag="1", digest=f"sha256:{'0' * 64}"),
        "exactly one of tag and digest must be set",
    ),
    of_service({"memory": 12288}, lambda: image(memory=12288), "memory: must be 2048 or 3072 or 4096 with cpu 1024"),
    of_service(
        {"cpu": 256, "memory": 2048}, lambda: image(cpu=256), "memory: must be 512 or 1024 with cpu 256, got 2048"
    ),
    of_service(
        {"autoscaling": {"min_size": 9, "max_size": 3}},
        lambda: AutoScaling(min_size=9, max_size=3),
        "min_size: must be at most max_size, 3, got 9",
    ),
    of_service(
        {"image": {"public": "public.ecr.aws/nginx/nginx:1"}, "auto_deployments": True},
        lambda: image(image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1"), auto_deployments=True),
        "(App Runner: not for ECR Public)",
    ),
    of_service(
        {"image": {"digest": DIGEST}, "auto_deployments": True},
        lambda: image(image=Image(digest=DIGEST), auto_deployments=True),
        "with a digest, which never means another image, got",
    ),
    of_service(
        {"image": {"tag": "1", "repository": "base", "registry_id": "210987654321"}, "auto_deployments": True},
        lambda: image(image=EcrImage(tag="1", repository="base", registry_id="210987654321"), auto_deployments=True),
        "with another account's registry, got",
    ),
    of_service(
        {"environment": {"A": "1"}, "secrets": {"A": {"name": "a"}}},
        lambda: image(environment={"A": "1"}, secrets={"A": SecretsManagerSecret(name="a")}),
        "must be set once: by environment",
    ),
    of_service(
        {"environment": {"CARTS_TABLE": "1"}, "tables": {"carts": {"name": "carts", "arn": "arn"}}},
        lambda: image(environment={"CARTS_TABLE": "1"}, tables=(TableAccess(table="carts"),)),
        "must be set once: by environment",
    ),
    of_service(
        {"source_code": {**SOURCE, "runtime": "PYTHON_311"}, "start_command": None},
        lambda: source(source=Source(repository_url=URL, runtime="PYTHON_311")),
        "start_command: is required for a source with a runtime",
    ),
    of_service(
        {"source_code": {**SOURCE, "build_command": "make"}},
        lambda: Source(repository_url=URL, build_command="make"),
        "build_command: needs runtime: without one, apprunner.yaml states the build command",
    ),
    of_service(
        {"source_code": SOURCE, "start_command": "run"},
        lambda: source(start_command="run"),
        f"start_command: {APPRUNNER_YAML}",
    ),
    of_service({"source_code": SOURCE, "port": 80}, lambda: source(port=80), f"port: {APPRUNNER_YAML}"),
    of_service(
        {"source_code": SOURCE, "environment": {"A": "1"}},
        lambda: source(environment={"A": "1"}),
        f"environment: {APPRUNNER_YAML}",
    ),
    of_service(
        {"source_code": SOURCE, "secrets": {"A": {"name": "a"}}},
        lambda: source(secrets={"A": SecretsManagerSecret(name="a")}),
        f"secrets: {APPRUNNER_YAML}",
    ),
    of_service(
        {"source_code": SOURCE, "tables": {"carts": {"name": "carts", "arn": "arn"}}},
        lambda: source(tables=(TableAccess(table="carts"),)),
        f"tables: {APPRUNNER_YAML}",
    ),
    of_service(
        {"tables": {"awsapprunner": {"name": "a", "arn": "arn"}}},
        lambda: TableAccess(table="awsapprunner"),
        "variable: must be set, since ",
    ),
    of_service(
        {"statements": [SID, SID]},
        lambda: image(statements=(Statement(**SID), Statement(**SID))),
        "statements: must have sids of their own",
    ),
    of_service(
        {"statements": [{"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:{region}:{account}:q"]}]},
        lambda: Statement(actions=("sqs:SendMessage",), resources=("arn:aws:sqs:{region}:{account}:q",)),
        "must have no other placeholders than {region} and {account_id}",
    ),
    of_service(
        {"statements": [STATEMENT], "instance_role": {"arn": ROLE}},
        lambda: image(statements=(Statement(**STATEMENT),), instance_role_arn=ROLE),
        "statements: must be unset with instance_role",
    ),
    of_service(
        {"policy_arns": {"read": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, "instance_role": {"arn": ROLE}},
        None,
        "policy_arns: must be unset with instance_role",
    ),
    of_service(
        {"secrets": {"A": {"name": "a", "version_stage": "AWSPREVIOUS", "version_id": "0" * 32}}},
        lambda: SecretsManagerSecret(name="a", version_stage="AWSPREVIOUS", version_id="0" * 32),
        "version_id: must be unset with version_stage",
    ),
    of_service(
        {"private_ingress": {"vpc_id": "vpc-0123456789abcdef0"}},
        lambda: PrivateIngress(vpc_id="vpc-0123456789abcdef0"),
        "exactly one of vpc_endpoint_id and subnet_ids must be set",
    ),
    of_service(
        {"encryption": {"key": {"arn": MULTI}}},
        lambda: image(encryption=CustomerManagedKey(arns={"us-east-1": MULTI})),
        "must not be a multi-Region key",
    ),
)
