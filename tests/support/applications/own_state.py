"""State in buckets of its own making, one a region, replicated to another region."""

from __future__ import annotations

from latitude import Application, GithubRoles, PublicImage, S3State, Service, StateBucket


def own_state() -> Application:
    """Return the application."""
    return Application(
        name="own",
        regions=("us-east-1", "eu-west-2"),
        services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable")),),
        pipeline=GithubRoles(
            repository="acme/own",
            owner_id="583231",
            repository_id="1296269",
            branch="trunk",
            default_branch="main",
            environment="live",
            policy_arns=("arn:aws:iam::123456789012:policy/own-apply",),
            oidc_provider_arn="arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        ),
        state=S3State(
            bucket="own-state-{region}",
            create=StateBucket(
                principals=("arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:role/*own-pipeline-*"),
                noncurrent_days=30,
                noncurrent_versions=5,
                replica_region="us-west-2",
                access_log_bucket="own-access-logs-{region}",
            ),
        ),
    )
