"""What every source's answers have in common: bodies that must end, ``Retry-After``, and connections that fail."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

import httpx

from adapters.connections.size_limit import LARGEST_ANSWER
from bot.errors import SourceError
from bot.text.plain import plain
from bot.text.shorten import shorten


async def read_body(answer: httpx.Response) -> bytes:
    """The whole body of an answer.

    Raises:
        SourceError: It is larger than `LARGEST_ANSWER`.
    """
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise SourceError(f"its answer has more than {LARGEST_ANSWER:,} bytes")
    return bytes(body)


def retry_after(headers: httpx.Headers) -> float | None:
    """Seconds from ``Retry-After``; if it is a date, counted from the server's own ``Date``."""
    wish = headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,9}", wish):
        return float(wish)
    try:
        until, now = parsedate_to_datetime(wish), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def in_words(error: httpx.HTTPError) -> str:
    """The kind of error in words; with its message only if that cannot quote a header, which may hold a token."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
    why = shorten(plain(str(error)), 200) if isinstance(error, httpx.ConnectError | httpx.ProxyError) else ""
    return f"{kind}: {why}" if why else kind
