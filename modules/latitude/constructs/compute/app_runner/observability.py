"""App Runner observability configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping


class Observability(Capability):
    """Makes an App Runner observability configuration that sends traces to AWS X-Ray."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        name: str,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.arn: str = self.make(
            aws.apprunner_observability_configuration.ApprunnerObservabilityConfiguration,
            observability_configuration_name=name,
            trace_configuration={"vendor": "AWSXRAY"},
            tags=dict(tags) or None,
            lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
        ).arn
