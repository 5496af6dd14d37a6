"""Lists and papers that are fetched from a server on loopback, in time that passes by waiting alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

import httpx

from adapters.sources.huggingface.source import HuggingFace
from bot.domain import Paper, PaperList
from tests.builders import TODAY
from tests.fakes.waits import Waits
from tests.servers.huggingface import HuggingFaceServer


def patient(hub: HuggingFaceServer, *, token: str = "", deadline: float = 20, waits: Waits) -> HuggingFace:
    """A source that waits by these waits alone."""
    return HuggingFace(
        hub.base_url,
        token=token,
        timeout=httpx.Timeout(0.3, connect=5),
        deadline=deadline,
        sleep=waits.sleep,
        chance=lambda: 0.0,
        clock=waits.clock,
    )


def fetch(
    hub: HuggingFaceServer,
    *,
    days: Sequence[date] = (TODAY,),
    token: str = "",
    deadline: float = 20,
    waits: Waits | None = None,
) -> PaperList:
    """Read the lists of these days with one source, and give the last."""

    async def read() -> PaperList:
        source = patient(hub, token=token, deadline=deadline, waits=waits or Waits())
        try:
            for day in days[:-1]:
                await source.fetch(day)
            return await source.fetch(days[-1])
        finally:
            await source.aclose()

    return asyncio.run(read())


def look_up(
    hub: HuggingFaceServer, *ids: str, token: str = "", deadline: float = 20, waits: Waits | None = None
) -> Paper | None:
    """Look these papers up with one source, and give the last."""

    async def read() -> Paper | None:
        source = patient(hub, token=token, deadline=deadline, waits=waits or Waits())
        try:
            for paper_id in ids[:-1]:
                await source.paper(paper_id)
            return await source.paper(ids[-1])
        finally:
            await source.aclose()

    return asyncio.run(read())
