"""Where KMS answers, and how: as moto has it."""

from __future__ import annotations

from moto.kms.urls import url_bases, url_paths

__all__ = ["url_bases", "url_paths"]
