"""App Runner's connections to source code providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import Connection


class SourceConnection(Capability):
    """Makes an App Runner connection to GitHub or Bitbucket.

    It is in PENDING_HANDSHAKE until somebody completes the handshake in the console; a service created before that
    fails (App Runner CreateConnection). Apply this resource first, with ``-target``, then everything. The one to
    another provider is another one, with a ``name`` of its own, and the service moves before the old one goes.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Connection,
        provider: Any,
        name: str,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.arn: str = self.make(
            aws.apprunner_connection.ApprunnerConnection,
            connection_name=name,
            provider_type=spec.provider_type,
            tags=dict(tags) or None,
            lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
        ).arn
