"""State, and runs, in HCP Terraform, whose workspaces are made here."""

from __future__ import annotations

from latitude import (
    Application,
    CloudState,
    Image,
    PublicImage,
    RunRole,
    Service,
    Table,
    WorkspaceRepository,
    Workspaces,
)


def in_cloud() -> Application:
    """Return the application."""
    return Application(
        name="site",
        regions=("eu-west-2", "us-east-2"),
        services=(
            Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable")),
            Service(name="api", image=Image(tag="1")),
        ),
        tables=(Table(name="visits", hash_key="id", attributes={"id": "S"}),),
        state=CloudState(
            organization="acme",
            project="web sites",
            workspace="aws-{stack}",
            hostname="tfe.acme.example",
            workspaces=Workspaces(
                tags={"team": "core"},
                terraform_version="~> 1.12",
                auto_apply=True,
                repository=WorkspaceRepository(
                    identifier="acme/site",
                    branch="main",
                    folder="deploy/stacks",
                    github_app_installation_id="ghain-ieTX4DCx3n4DDoZc",
                ),
                role=RunRole(
                    policy_arns=("arn:aws:iam::123456789012:policy/site/apply",),
                    plan_policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
                    oidc_provider_arn="arn:aws:iam::123456789012:oidc-provider/tfe.acme.example",
                ),
            ),
        ),
    )


def made_in_cloud() -> Application:
    """Return an application with one role for all runs, and an OIDC provider made for it."""
    return Application(
        name="blog",
        regions=("eu-west-1",),
        services=(Service(name="web", image=Image(tag="1")),),
        state=CloudState(
            organization="acme",
            workspaces=Workspaces(
                repository=WorkspaceRepository(identifier="acme/blog", oauth_token_id="ot-8Xc1NTYpjIQZIwIh"),  # noqa: S106  an ID
                role=RunRole(policy_arns=("arn:aws:iam::aws:policy/AdministratorAccess",)),
            ),
        ),
    )
