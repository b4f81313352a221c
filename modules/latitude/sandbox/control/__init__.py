"""The sandbox's own control plane: over HTTP, under a path that AWS never uses."""

from __future__ import annotations

from latitude.sandbox.control.client import Control, ControlError

__all__ = ["Control", "ControlError"]
