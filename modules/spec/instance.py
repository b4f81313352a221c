"""vCPU and memory, in App Runner's units or in its words."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from modules.spec.limits import OneOf
from modules.spec.tokens import is_token

_SOURCE: Final = "App Runner Developer Guide, CPU and memory"

MEMORY_BY_CPU: Final[dict[int, tuple[int, ...]]] = {
    256: (512, 1024),
    512: (1024,),
    1024: (2048, 3072, 4096),
    2048: (4096, 6144),
    4096: (8192, 10240, 12288),
}
"""Memory in MB that each number of CPU units can have (App Runner Developer Guide, vCPU and memory configurations)."""

_UNITS_PER_WORD: Final = 1024


def _units(word: str) -> Any:
    """Turn "1 vCPU" or "0.5 GB" into units; whatever else stays as it is, to be refused with its own value."""

    def read(value: Any) -> Any:
        if not isinstance(value, str) or is_token(value):
            return value
        number, _, unit = value.partition(" ")
        if value.isdecimal():
            return int(value)
        try:
            return round(float(number) * _UNITS_PER_WORD) if unit == word else value
        except ValueError:
            return value

    return BeforeValidator(read)


Cpu = Annotated[
    int,
    OneOf(values=tuple(MEMORY_BY_CPU), source=_SOURCE, shape="apprunner:CreateService.InstanceConfiguration.Cpu"),
    _units("vCPU"),
]
Memory = Annotated[
    int,
    OneOf(
        values=tuple(sorted({memory for sizes in MEMORY_BY_CPU.values() for memory in sizes})),
        source=_SOURCE,
        shape="apprunner:CreateService.InstanceConfiguration.Memory",
    ),
    _units("GB"),
]
