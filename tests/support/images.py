"""The image that the applications run."""

from __future__ import annotations

from typing import Final

CONTENT: Final = b"an application"
DIGEST: Final = "sha256:2e64b4d699717b4fd42bbffa932fbe2915d0906a1e2bb0ab48b9e5f79e0465e3"
"""Its digest; the sandbox's image is the same for the same content, byte for byte."""
