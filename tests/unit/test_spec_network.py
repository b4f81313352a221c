from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_sockets_in_unit_tests_are_closed() -> None:
    """A unit test that reaches for the network fails at once, instead of passing where there happens to be one."""
    with pytest.raises(SocketBlockedError, match="A test tried to use socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
