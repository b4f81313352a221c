"""What runs after an apply is what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.bindings import cdktf
from latitude.bindings.text import expression, joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from latitude.constructs.compute.app_runner.origin import Origin
    from latitude.spec import Service

_IMAGE: Final = "self.source_configuration[0].image_repository[0]"
_CODE: Final = "self.source_configuration[0].code_repository[0]"
_WENT_BACK: Final = (
    "App Runner could not deploy this, went back to what ran before, and serves that. Its reason is in the service's "
    "event log in CloudWatch. Mend what was deployed, or go back to the version before, and apply again."
)


def postconditions(
    spec: Service, origin: Origin, *, variables: Mapping[str, str], secrets: Mapping[str, str]
) -> list[cdktf.Postcondition]:
    """Compare what App Runner says that it runs with the description, in conditions that an apply ends with.

    A deployment that fails is rolled back, the service is RUNNING again, and the provider takes that for success
    (https://github.com/aws/apprunner-roadmap/issues/209). Of source code the branch is known, and not the commit.
    """
    conditions = {
        f"{spec.name} does not run the version that was asked for": " && ".join(_version(spec, origin)),
        f"{spec.name} does not run with the settings that were asked for": " && ".join(
            _settings(spec, variables=variables, secrets=secrets)
        ),
    }
    return [
        cdktf.Postcondition(condition=expression(condition), error_message=joined(f"{what}. {_WENT_BACK}"))
        for what, condition in conditions.items()
        if condition
    ]


def _version(spec: Service, origin: Origin) -> Iterator[str]:
    if spec.source is None and origin.image_identifier is not None:
        yield f"{_IMAGE}.image_identifier == {quoted(origin.image_identifier)}"
    if spec.source is not None:
        yield f"{_CODE}.source_code_version[0].value == {quoted(spec.source.branch)}"
        yield f"{_CODE}.repository_url == {quoted(spec.source.repository_url)}"


def _settings(spec: Service, *, variables: Mapping[str, str], secrets: Mapping[str, str]) -> Iterator[str]:
    runtime = f"{_IMAGE}.image_configuration[0]"
    if spec.source is not None:
        if spec.source.runtime is None:
            return
        runtime = f"{_CODE}.code_configuration[0].code_configuration_values[0]"
    yield f'{runtime}.port == "{spec.port}"'
    if spec.start_command is not None:
        yield f"{runtime}.start_command == {quoted(spec.start_command)}"
    for name, values in (("variables", variables), ("secrets", secrets)):
        entries = ", ".join(f"{quoted(key)} = {quoted(values[key])}" for key in sorted(values))
        attribute = f"{runtime}.runtime_environment_{name}"
        yield f"{attribute} == tomap({{{entries}}})" if values else f"try(length({attribute}), 0) == 0"
