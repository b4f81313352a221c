"""Application Auto Scaling's addresses, answered by the handler that knows tags."""

from moto.applicationautoscaling import urls

from .responses import TaggedTargetsResponse

url_bases = urls.url_bases
url_paths = {"{0}/$": TaggedTargetsResponse.dispatch}
