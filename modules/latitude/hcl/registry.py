"""The module ``registry``: ECR repositories in every region, and the rule that copies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.compute.app_runner.kind import APP_RUNNER
from latitude.constructs.identity.account import Account
from latitude.constructs.identity.pull_role import PullRole
from latitude.constructs.registry.replication import Replication
from latitude.constructs.registry.repository import Repository
from latitude.hcl.blueprint import Blueprint, Number, Scope, beyond, flag, stated
from latitude.hcl.choices import Choice, Taken, optional
from latitude.hcl.fields import REQUIRED, Field, MapOf, from_spec, shape
from latitude.hcl.keys import KEY_CHOICE, KEY_LOCALS, key_in, key_rules
from latitude.spec import Application, EcrImage, Registry, Service
from latitude.spec.aws_names import AwsNames, repository_arn
from latitude.spec.expressions import expression
from latitude.spec.items import Item
from latitude.spec.names import ServiceName
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVICE = Item("service", "var.services", "set")
_PRINCIPAL = Item("principal", "var.pull_principals")
_IMAGE = Item("image", "local.images")
_ACCOUNT = "data.aws_caller_identity.current.account_id"


def registry(regions: Sequence[str]) -> Blueprint:
    """Return the module for these regions, the first of which is the home region."""

    def build(scope: Scope, taken: Taken) -> None:
        spec = _spec(regions, taken)
        account_id = Account(scope, "current", provider=scope.provider).id
        names = AwsNames(expression("var.application"))
        name = names.repository(stated(Service, name=expression(_SERVICE.key_mark)))
        repositories = {
            region: Repository(scope, identifier(region), spec=spec, provider=provider, region=region, name=name)
            for region, provider in scope.providers.items()
        }
        if taken["replication"] == "managed":
            Replication(
                scope,
                "images",
                provider=scope.provider,
                account_id=account_id,
                prefix=names.repository_prefix,
                destinations=list(regions[1:]),
                after=[made.repository for made in repositories.values()],
            )
        key, service = expression(_SERVICE.key_mark), expression(_IMAGE.key_mark)
        registry_id, repository = (expression(f"{_IMAGE.mark}.{name}") for name in ("registry_id", "repository"))
        roles = {
            region: PullRole(
                scope,
                f"{identifier(region)}_pull",
                provider=provider,
                name=names.pull_role(stated(Service, name=service), region),
                principal=APP_RUNNER.pull_principal,
                repository_arn=repository_arn(repository, registry_id=registry_id, region=region),
            )
            for region, provider in scope.providers.items()
        }
        urls = {region: {key: made.url} for region, made in repositories.items()}
        repository_names = {region: {key: made.name} for region, made in repositories.items()}
        scope.output("repository_names", repository_names, "The name of each service's repository, by region.")
        arns = {region: {service: made.arn} for region, made in roles.items()}
        scope.output(
            "pull_role_arns",
            arns,
            "The ARN of the role with which App Runner pulls each service's image, by region.",
        )
        scope.output(
            "repository_urls", urls, "The URL of each service's repository, by region; push to the home region's."
        )

    mutability = Choice("immutable", {"yes": "var.immutable", "no": "!var.immutable"})
    replication = 'var.replication == "managed" && length(var.services) > 0'
    copied = f", and the rule that copies images from {regions[0]}, where they are pushed, to the other regions"
    return Blueprint(
        name="registry",
        summary=f"Amazon ECR repositories in {', '.join(regions)}{beyond(regions, copied)}; the roles with which "
        "App Runner pulls. Apply it before the first push, and the services after it: App Runner refuses a role that "
        "is seconds old.",
        build=build,
        regions=tuple(regions),
        fields=[
            Field("application", from_spec(Application, "name")[0].annotation, REQUIRED, "The application's name."),
            Field("services", frozenset[ServiceName], REQUIRED, "The services that have a repository each."),
            Field(
                "other_images",
                MapOf(ServiceName, shape(EcrImage, "repository", "registry_id")),
                {},
                "Images of repositories that are made elsewhere, by services, which get a role to pull them.",
            ),
            *from_spec(Registry),
        ],
        choices=[
            mutability,
            KEY_CHOICE,
            optional("pull", "var.pull_principals != null"),
            *(
                [Choice("replication", {"managed": "local.replicates", "external": "!local.replicates"})]
                if len(regions) > 1
                else [Choice("replication", {"external": "true"})]
            ),
        ],
        locals={
            **KEY_LOCALS,
            "replicates": replication,
            "images": "{ for name in setunion(var.services, keys(var.other_images)) : name => {\n"
            f"registry_id = coalesce(try(var.other_images[name].registry_id, null), {_ACCOUNT})\n"
            'repository = try(var.other_images[name].repository, "${var.application}/${name}")\n}}',
        },
        each={r"_pull_policy$": _IMAGE},
        files={"aws_kms_": "encryption.tf", r"_pull$|_pull_\w+$|\.pull_trust$": "roles.tf", "policy": "policies.tf"},
        comments={
            "aws_ecr_replication_configuration.images ": "A registry has one replication configuration per region: "
            "a second owner overwrites the first.\nOnly what is pushed after the rule exists is copied.",
            "aws_ecr_replication_configuration.images depends_on": "ECR would make a missing repository itself, "
            "without lifecycle policy and the rest.",
            r"aws_iam_role\.\w+_pull ": "App Runner refuses a role that is seconds old: it is made here, before the "
            "image is pushed, and not beside the service.",
        },
        rules=key_rules(regions),
        example={"application": '"orders"', "services": '["web"]', "force_delete": "true"},
        refused={
            "refuses_a_name_in_capitals": ("application", '"Orders"'),
            "refuses_to_keep_no_images": ("keep_images", "0"),
        },
    )


def _spec(regions: Sequence[str], taken: Taken) -> Registry:
    return stated(
        Registry,
        immutable=taken["immutable"] == "yes",
        scan_on_push=flag("var.scan_on_push"),
        keep_images=Number("var.keep_images"),
        expire_untagged_days=Number("var.expire_untagged_days"),
        encryption=key_in(regions, taken["key"]),
        pull_principals=(expression(_PRINCIPAL.mark),) if taken["pull"] == "yes" else None,
        force_delete=flag("var.force_delete"),
    )
