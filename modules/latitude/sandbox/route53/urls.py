"""Route 53's addresses, answered by the handler that knows its rules."""

from moto.route53 import urls

from .responses import RoutingResponse

url_bases = urls.url_bases
url_paths = dict.fromkeys(urls.url_paths, RoutingResponse.dispatch)
