"""State, and runs, in HCP Terraform."""

from __future__ import annotations

from modules import Application, CloudState, PublicImage, Service


def in_cloud() -> Application:
    """Return the application."""
    return Application(
        name="site",
        regions=("eu-west-2",),
        services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable")),),
        state=CloudState(organization="acme", project="web sites", workspace="aws-{stack}", hostname="tfe.acme.org"),
    )
