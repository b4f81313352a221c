"""App Runner auto scaling configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import AutoScaling


class AutoScalingConfiguration(Capability):
    """Makes an App Runner auto scaling configuration.

    A configuration can't be changed, only replaced, and not while a service uses it (provider issue 38534): the new
    one is made first, and becomes the next revision of the same name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: AutoScaling,
        provider: Any,
        name: str,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.arn: str = self.make(
            aws.apprunner_auto_scaling_configuration_version.ApprunnerAutoScalingConfigurationVersion,
            auto_scaling_configuration_name=name,
            min_size=spec.min_size,
            max_size=spec.max_size,
            max_concurrency=spec.max_concurrency,
            tags=dict(tags) or None,
            lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
        ).arn
