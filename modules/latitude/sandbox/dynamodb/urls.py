"""DynamoDB's addresses, answered by the handler that knows global tables."""

from moto.dynamodb import urls

from .responses import GlobalTablesHandler

url_bases = urls.url_bases
url_paths = {"{0}/$": GlobalTablesHandler.dispatch}
