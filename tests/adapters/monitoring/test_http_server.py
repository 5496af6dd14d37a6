"""What monitors are told over HTTP."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from adapters.monitoring.http_server import serve_http
from bot.errors import ConfigError


async def page(accept: str) -> tuple[bytes, str]:
    """Metrics that say how they were asked for."""
    return accept.encode(), "text/plain; version=0.0.4"


def ask(path: str, *, troubles: tuple[str, ...] = (), accept: str = "*/*") -> httpx.Response:
    """The answer of a service with these troubles."""

    async def asked() -> httpx.Response:
        async with serve_http("127.0.0.1", 0, lambda: troubles, page) as address, httpx.AsyncClient() as client:
            return await client.get(f"{address}{path}", headers={"Accept": accept})

    return asyncio.run(asked())


def test_a_service_that_is_well_answers_200() -> None:
    answer = ask("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_service_in_trouble_answers_503_with_the_reasons() -> None:
    answer = ask("/healthz", troubles=("no list was read", "slack: the token was revoked"))
    assert answer.status_code == 503
    assert answer.text.splitlines() == ["no list was read", "slack: the token was revoked"]


def test_metrics_come_as_they_are_wanted_with_their_content_type() -> None:
    answer = ask("/metrics", accept="application/openmetrics-text")
    assert (answer.status_code, answer.text) == (200, "application/openmetrics-text")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4"


def test_nothing_else_is_answered() -> None:
    assert ask("/").status_code == 404


def test_a_port_that_is_taken_is_an_error_that_names_the_setting() -> None:
    async def listen_on(port: int) -> None:
        async with serve_http("127.0.0.1", port, list, page):
            pass

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match=r"http\.port"):
        asyncio.run(listen_on(taken.getsockname()[1]))
