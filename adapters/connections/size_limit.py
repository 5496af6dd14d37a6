"""A bound to what an answer may hold, for clients that would read whatever comes into memory."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import aiohttp

LARGEST_ANSWER = 20_000_000
"""Bytes of an answer, unpacked. The largest that is known, a page of a hundred papers, has about 600,000."""

PIECE = 65_536


class TooLarge(aiohttp.ClientPayloadError):
    """An answer is longer than `LARGEST_ANSWER`."""


def limiting_answers(largest: int = LARGEST_ANSWER) -> aiohttp.TraceConfig:
    """For sessions of aiohttp: reading an answer that is longer raises `TooLarge`.

    aiohttp has no such limit, and the libraries that use it read every answer whole.
    """

    async def end(_session: aiohttp.ClientSession, _: SimpleNamespace, request: aiohttp.TraceRequestEndParams) -> None:
        answer = request.response
        if answer.content is not None:
            answer.content = Limited(answer.content, largest)  # type: ignore[assignment]

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(end)
    return trace


class Limited:
    """A stream that is read whole only up to a limit; everything else is the stream's own."""

    def __init__(self, stream: aiohttp.StreamReader, largest: int) -> None:
        self._stream = stream
        self._largest = largest

    async def read(self, size: int = -1) -> bytes:
        """Read ``size`` bytes, or all.

        Raises:
            TooLarge: There are more than the limit.
        """
        if size >= 0:
            return await self._stream.read(size)
        body = bytearray()
        async for piece in self._stream.iter_chunked(PIECE):
            body += piece
            if len(body) > self._largest:
                raise TooLarge(f"the answer has more than {self._largest:,} bytes")
        return bytes(body)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        """Everything else."""
        return getattr(self._stream, name)
