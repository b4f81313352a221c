"""Who may ask the sandbox, for what, and in which form: what is wrong is refused before moto sees it."""

from __future__ import annotations
