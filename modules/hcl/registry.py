"""The module ``registry``: ECR repositories in every region, and the rule that copies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modules.constructs.account import Account
from modules.constructs.expressions import expression
from modules.constructs.items import Item
from modules.constructs.replication import Replication
from modules.constructs.repository import Repository
from modules.hcl.blueprint import Blueprint, Number, Scope, flag, stated
from modules.hcl.choices import Choice, Taken, optional
from modules.hcl.fields import REQUIRED, Field, from_spec
from modules.hcl.keys import KEY_CHOICE, KEY_LOCALS, key_in, key_rule
from modules.spec import Application, Registry
from modules.spec.names import ServiceName
from modules.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVICE = Item("service", "var.services", "set")
_PRINCIPAL = Item("principal", "var.pull_principals")


def registry(regions: Sequence[str]) -> Blueprint:
    """Return the module for these regions, the first of which is the home region."""

    def build(scope: Scope, taken: Taken) -> None:
        spec = _spec(regions, taken)
        account_id = Account(scope, "current", provider=scope.provider).id
        name = f"{expression('var.application')}/{expression(_SERVICE.key_mark)}"
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
                prefix=f"{expression('var.application')}/",
                destinations=list(regions[1:]),
                after=[made.repository for made in repositories.values()],
            )
        key = expression(_SERVICE.key_mark)
        urls = {region: {key: made.url} for region, made in repositories.items()}
        names = {region: {key: made.name} for region, made in repositories.items()}
        scope.output("repository_names", names, "The name of each service's repository, by region.")
        scope.output(
            "repository_urls", urls, "The URL of each service's repository, by region; push to the home region's."
        )

    mutability = Choice("immutable", {"yes": "var.immutable", "no": "!var.immutable"})
    replication = 'var.replication == "managed" && length(var.services) > 0'
    return Blueprint(
        name="registry",
        summary=f"Amazon ECR repositories in {', '.join(regions)}, and the rule that copies images from {regions[0]}, "
        "where they are pushed, to the other regions.",
        build=build,
        regions=tuple(regions),
        fields=[
            Field("application", from_spec(Application, "name")[0].annotation, REQUIRED, "The application's name."),
            Field("services", frozenset[ServiceName], REQUIRED, "The services that have a repository each."),
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
        locals={**KEY_LOCALS, "replicates": replication},
        names={},
        files={"aws_kms_": "encryption.tf", "policy": "policies.tf"},
        comments={
            "aws_ecr_replication_configuration.images ": "A registry has one replication configuration per region: "
            "a second owner overwrites the first.\nOnly what is pushed after the rule exists is copied.",
            "aws_ecr_replication_configuration.images depends_on": "ECR would make a missing repository itself, "
            "without lifecycle policy and the rest.",
        },
        rules=[key_rule(regions)],
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
