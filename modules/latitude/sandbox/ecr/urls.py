"""ECR's addresses, answered by the handler that knows replication."""

from moto.ecr import urls

from .responses import ReplicatingResponse

url_bases = urls.url_bases
url_paths = {"{0}/$": ReplicatingResponse.dispatch}
