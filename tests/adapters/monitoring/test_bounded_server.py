"""Those who hold connections open, send slowly, or send too much."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from adapters.monitoring.bounded_server import LONGEST_CONNECTION, MOST_CONNECTIONS, BoundedServer

PATIENCE = 20.0
ASKING = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"


@contextlib.asynccontextmanager
async def serving(most: int = 8, longest: float = LONGEST_CONNECTION) -> AsyncIterator[int]:
    """Serve, and give the port."""

    async def fine(_request: web.BaseRequest) -> web.Response:
        return web.Response(text="fine")

    runner = web.ServerRunner(BoundedServer(fine, most=most, longest=longest), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def said(port: int, *sent: bytes) -> bytes:
    """What the server says until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in sent:
            writer.write(piece)
            await writer.drain()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def run(act: Callable[[int], Awaitable[None]], **bounds: float) -> None:
    """Act while the server serves on that port."""

    async def acting() -> None:
        async with asyncio.timeout(PATIENCE), serving(**bounds) as port:  # type: ignore[arg-type]
            await act(port)

    asyncio.run(acting())


def test_one_more_connection_than_allowed_ends_the_oldest_and_is_answered() -> None:
    async def act(port: int) -> None:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(100)]
        assert b"200 OK" in await said(port, ASKING)
        ended = asyncio.gather(*(reader.read() for reader, _ in idle[:90]), return_exceptions=True)
        assert len(await ended) == 90
        for _, writer in idle:
            writer.close()

    run(act, most=8)


@pytest.mark.parametrize(
    "sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: he", b"POST / HTTP/1.0\r\nContent-Length: 9\r\n\r\n1"]
)
def test_a_connection_that_is_never_done_is_ended(sent: bytes) -> None:
    async def act(port: int) -> None:
        await said(port, sent)  # returns once the server has hung up

    run(act, longest=0.2)


def test_one_connection_gets_one_answer() -> None:
    async def act(port: int) -> None:
        answers = await said(port, ASKING * 1_000)
        assert answers.count(b"200 OK") == 1
        assert b"Connection: close" in answers

    run(act)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100_000 + b"\r\n",
        b"\x00\xff nonsense\r\n\r\n",
    ],
)
def test_a_request_that_is_too_large_or_makes_no_sense_is_refused_without_a_word_in_the_log(
    sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(port: int) -> None:
        assert b"200 OK" not in await said(port, sent)
        assert b"200 OK" in await said(port, ASKING)

    run(act)
    assert caplog.text == ""


def test_the_body_of_a_request_is_not_waited_for() -> None:
    async def act(port: int) -> None:
        length = 10_000_000_000
        assert b"200 OK" in await said(
            port, f"GET / HTTP/1.1\r\nHost: here\r\nContent-Length: {length}\r\n\r\n".encode(), b"a" * 9
        )

    run(act)


def test_the_bounds_leave_most_of_a_process_s_files_to_the_service() -> None:
    assert MOST_CONNECTIONS * 10 < 1_024
    assert LONGEST_CONNECTION <= 30
