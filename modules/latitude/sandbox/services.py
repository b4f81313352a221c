"""The seam between moto and what the sandbox adds to it.

A **new service** (App Runner) is a package with moto's five roles; it is registered under ``moto.<name>``, which is
where moto's server looks a service up, with its ``url_bases`` in moto's index of URL patterns.

An **extension** (the rest) changes a service that moto has: its package has one function ``install() -> None``, which
may be called any number of times, changes moto's classes and keeps no state of its own. One whose service takes long to
import has ``install_late() -> None`` instead, or too, which is called when the service is first asked for.
"""

from __future__ import annotations

import importlib
import re
import sys

from latitude.sandbox import faults, regions

NEW_SERVICES = ("apprunner",)
LATE = {"applicationautoscaling": "dynamodb.scaling", "ec2": "ec2", "elb": "elb", "elbv2": "elb"}
EXTENSIONS = ("dynamodb", "ec2", "ecr", "iam", "kms", "route53", "s3", "stated")


def install() -> None:
    """Add the sandbox's services and extensions to moto, in this process."""
    for name in NEW_SERVICES:
        _register(name)
    for name in EXTENSIONS:
        importlib.import_module(f"latitude.sandbox.{name}").install()


def install_late(package: str) -> None:
    """Add to a package of moto what waited for it to be asked for."""
    if package in LATE:
        importlib.import_module(f"latitude.sandbox.{LATE[package]}").install_late()


def forget() -> None:
    """Delete every resource in every service, light every region, end all faults."""
    from moto.moto_api._internal.models import moto_api_backend  # noqa: PLC0415 - importing moto takes a third of a second

    moto_api_backend.reset()
    regions.lighten_all()
    faults.clear()


def _register(name: str) -> None:
    from moto import backend_index  # noqa: PLC0415 - importing moto takes a third of a second

    if f"moto.{name}" in sys.modules:
        return
    package = importlib.import_module(f"latitude.sandbox.{name}")
    urls = importlib.import_module(f"latitude.sandbox.{name}.urls")
    backend_index.backend_url_patterns.extend((name, re.compile(base)) for base in urls.url_bases)
    sys.modules[f"moto.{name}"] = package
