"""Where load balancers answer, and how: as moto has it."""

from __future__ import annotations

from moto.elb.urls import url_bases, url_paths

__all__ = ["url_bases", "url_paths"]
