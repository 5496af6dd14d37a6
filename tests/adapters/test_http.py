"""What monitors are told over HTTP."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from adapters.http import serve_http
from bot.errors import ConfigError


def healthz(troubles: list[str]) -> httpx.Response:
    """The answer of a service with these troubles."""

    async def ask() -> httpx.Response:
        async with serve_http("127.0.0.1", 0, lambda: troubles) as address, httpx.AsyncClient() as client:
            return await client.get(f"{address}/healthz")

    return asyncio.run(ask())


def test_a_service_that_is_well_answers_200() -> None:
    answer = healthz([])
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_service_in_trouble_answers_503_with_the_reasons() -> None:
    answer = healthz(["no list was read", "slack: the token was revoked"])
    assert answer.status_code == 503
    assert answer.text.splitlines() == ["no list was read", "slack: the token was revoked"]


def test_a_port_that_is_taken_is_an_error_that_names_the_setting() -> None:
    async def listen_on(port: int) -> None:
        async with serve_http("127.0.0.1", port, list):
            pass

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match=r"http\.port"):
        asyncio.run(listen_on(taken.getsockname()[1]))
