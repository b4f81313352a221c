"""Where App Runner answers."""

from __future__ import annotations

from latitude.sandbox.apprunner.responses import AppRunnerResponse

url_bases = [r"https?://apprunner\.(.+)\.amazonaws\.com"]

url_paths = {"{0}/$": AppRunnerResponse.dispatch}
