"""DynamoDB global tables, version 2019.11.21, as an extension of moto's DynamoDB."""

from __future__ import annotations


def install() -> None:
    """Let moto's DynamoDB know global tables. May be called any number of times; tables made before are forgotten."""
    from moto.dynamodb.models import dynamodb_backends  # noqa: PLC0415 - importing moto takes a third of a second

    from latitude.sandbox.dynamodb.models import GlobalTablesBackend  # noqa: PLC0415 - the same

    if dynamodb_backends.backend is not GlobalTablesBackend:
        dynamodb_backends.clear()
        dynamodb_backends.backend = GlobalTablesBackend
