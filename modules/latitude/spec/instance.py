"""vCPU and memory, in App Runner's units or in its words."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from latitude.spec.limits import OneOf

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


def _read(word: str, values: tuple[int, ...]) -> BeforeValidator:
    """Turn "1 vCPU" and "1024" into 1024; whatever else stays as it is, to be refused with its own value."""
    known = {f"{value / _UNITS_PER_WORD:g} {word}": value for value in values}
    known |= {str(value): value for value in values}

    def read(value: Any) -> Any:
        return known.get(value, value) if isinstance(value, str) else value

    return BeforeValidator(read)


_CPU: Final = tuple(MEMORY_BY_CPU)
_MEMORY: Final = tuple(sorted({memory for sizes in MEMORY_BY_CPU.values() for memory in sizes}))

Cpu = Annotated[
    int,
    OneOf(values=_CPU, text=True, source=_SOURCE, shape="apprunner:CreateService.InstanceConfiguration.Cpu"),
    _read("vCPU", _CPU),
]
Memory = Annotated[
    int,
    OneOf(values=_MEMORY, text=True, source=_SOURCE, shape="apprunner:CreateService.InstanceConfiguration.Memory"),
    _read("GB", _MEMORY),
]
