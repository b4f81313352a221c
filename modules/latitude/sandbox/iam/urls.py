"""Where IAM answers, and how: as moto has it."""

from __future__ import annotations

from moto.iam.urls import url_bases, url_paths

__all__ = ["url_bases", "url_paths"]
