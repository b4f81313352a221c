"""Where KMS answers."""

from __future__ import annotations

from moto.kms.urls import url_bases

from latitude.sandbox.kms.responses import MultiRegionResponse

__all__ = ["url_bases"]

url_paths = {"{0}/$": MultiRegionResponse.dispatch}
