"""Arguments of the modules that only a rule of more than one field refuses, each with the same fault in Python."""

from __future__ import annotations

from typing import Final

from tests.support.refused.base import REGIONS, Refused
from tests.support.refused.composed import COMPOSED
from tests.support.refused.services import SERVICES
from tests.support.refused.tables import OTHERS, TABLES

__all__ = ["REFUSED", "REGIONS", "Refused"]

REFUSED: Final = (*SERVICES, *TABLES, *OTHERS, *COMPOSED)
