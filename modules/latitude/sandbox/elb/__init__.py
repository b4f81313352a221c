"""moto's load balancers, with the hosted zones that aliases to them name."""

from __future__ import annotations


def install_late() -> None:
    """Give load balancers the zones of their regions. May be called any number of times."""
    from moto.elb.models import elb_backends  # noqa: PLC0415 - it loads when load balancers are first asked for
    from moto.elbv2.models import elbv2_backends  # noqa: PLC0415 - the same

    from latitude.sandbox.elb.models import ClassicBackend, ZonedBackend  # noqa: PLC0415 - the same

    # What is there already was kept by a sandbox, and is of these classes.
    elb_backends.backend = ClassicBackend
    elbv2_backends.backend = ZonedBackend
