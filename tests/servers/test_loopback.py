"""The servers of the tests leave nothing behind."""

from __future__ import annotations

import gc
import socket
from urllib.parse import urlsplit

import pytest

from tests.servers.huggingface import HuggingFaceServer
from tests.servers.impostor import Impostor
from tests.servers.loopback import Loopback


@pytest.mark.parametrize("server", [Impostor, HuggingFaceServer])
@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"])
def test_a_server_that_stops_closes_every_connection(server: type[Loopback], said: bytes) -> None:
    """What is left open warns when it is collected, which fails a test, and most likely another one."""
    with server() as running:
        address = urlsplit(running.base_url)
        clients = [socket.create_connection((address.hostname, address.port)) for _ in range(5)]
        for client in clients:
            client.sendall(said)
    for client in clients:
        client.close()
    del running
    gc.collect()
