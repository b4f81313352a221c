"""boto3 clients: of an AWS that is served at one address, and of an account."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

_MAKING: Final = threading.Lock()


@dataclass(frozen=True)
class EndpointClients:
    """Makes boto3 clients of the AWS at ``endpoint_url``, each once; its credentials are not checked there."""

    endpoint_url: str

    def __call__(self, service: str, region: str) -> Any:
        """Return the client of a service in a region."""
        return _client(self.endpoint_url, service, region)


class AccountClients:
    """Makes boto3 clients of the account that the environment leads to, as every tool for AWS does, each once."""

    def __init__(self) -> None:
        import boto3  # noqa: PLC0415  it is no dependency of Latitude, and only what looks at AWS needs it

        self._session = boto3.Session()
        self._made: dict[tuple[str, str], Any] = {}

    def __call__(self, service: str, region: str) -> Any:
        """Return the client of a service in a region."""
        # A session is not for two threads at once (boto3, Session reference).
        with _MAKING:
            if (service, region) not in self._made:
                make: Any = self._session.client
                self._made[service, region] = make(service, region_name=region)
            return self._made[service, region]


@cache
def _client(endpoint_url: str, service: str, region: str) -> Any:
    from botocore.config import Config  # noqa: PLC0415  it comes with the extra `sandbox`, and only trials need it

    config = Config(proxies={}, retries={"total_max_attempts": 2})
    # A session is not for two threads at once (boto3, Session reference).
    with _MAKING:
        return _session().client(service, region_name=region, endpoint_url=endpoint_url, config=config)


@cache
def _session() -> Any:
    """Return the session of all clients: each session reads the models of the services anew, EC2's in 0.4 s."""
    import boto3  # noqa: PLC0415  the same

    return boto3.Session(aws_access_key_id="sandbox", aws_secret_access_key="sandbox")  # noqa: S106  not one
