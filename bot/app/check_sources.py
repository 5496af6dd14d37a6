"""Tries the sources as they are configured, and says how to repair what does not work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.app.sources import make_arxiv, make_hugging_face
from bot.app.wiring import clock, proxy_place
from bot.config import Settings
from bot.domain import Finding, PaperList
from bot.errors import NotYetListed, SourceError
from bot.ports.source import PaperSource
from bot.text.figures import counted, day

if TYPE_CHECKING:
    from adapters.monitoring.clock_probe import Answer

PATIENCE = 60.0
"""Seconds that a source may take for all of its answers; arXiv …"""

FOR_A_CATEGORY = 10.0
"""… so many more for each category: it allows a request in three seconds."""

REPORT_RECORD = "ignore a single record; if there are many, update Paperwire: the source may have a new format"


async def check_sources(settings: Settings, answers: Mapping[str, Answer | None]) -> Sequence[Finding]:
    """Check the sources that are on; ``answers`` has what their servers answered just now, by their names."""
    hub = make_hugging_face(settings, tries=1)
    by_source = await asyncio.gather(
        check_source(hub, settings.sources.huggingface.base_url, answers), check_arxiv(settings)
    )
    return [finding for findings in by_source for finding in findings]


async def check_arxiv(settings: Settings) -> Sequence[Finding]:
    """Whether arXiv's records can be read, and the feed of each category."""
    arxiv = settings.sources.arxiv
    if not arxiv.is_on:
        return []
    from adapters.sources.arxiv.check import check

    source = make_arxiv(settings, tries=1)
    try:
        async with asyncio.timeout(PATIENCE + FOR_A_CATEGORY * len(arxiv.categories)):
            found = await check(source, arxiv.categories)
    except TimeoutError:
        found = [Finding(source.name, "failed", "it did not answer in time", "try again later")]
    finally:
        await source.aclose()
    address = {"arxiv records": arxiv.oai_url}
    return [
        replace(finding, repair=repair_of_source(source.name, address.get(finding.subject, arxiv.rss_url), None))
        if finding.state == "failed" and not finding.repair
        else finding
        for finding in found
    ]


async def check_source(source: PaperSource, address: str, answers: Mapping[str, Answer | None]) -> Sequence[Finding]:
    """Whether yesterday's list can be read, and every record of it and of today's makes sense."""
    today = clock().date()
    yesterday = today - timedelta(days=1)
    try:
        async with asyncio.timeout(PATIENCE):
            papers = await source.fetch(yesterday)
        found = Finding(source.name, "ok", f"{counted(len(papers.papers), 'paper')} on the list for {day(yesterday)}")
        lists = [papers]
        with contextlib.suppress(SourceError, TimeoutError):  # today's list may not be there yet, which is no fault
            async with asyncio.timeout(PATIENCE):
                lists.append(await source.fetch(today))
    except NotYetListed:
        return [Finding(source.name, "warning", f"it has no list for {day(yesterday)} yet", "try again later")]
    except (SourceError, TimeoutError) as error:
        detail = str(error) or "it did not answer in time"
        known = error.repair if isinstance(error, SourceError) else ""
        repair = known or repair_of_source(source.name, address, answers.get(source.name))
        return [Finding(source.name, "failed", detail, repair)]
    finally:
        await source.aclose()
    return [found, *(nonsense for read in lists for nonsense in check_records(source.name, read))]


def check_records(source: str, read: PaperList) -> list[Finding]:
    """Whether every record of a list makes sense."""
    if not read.skipped:
        return []
    left_out = counted(len(read.skipped), "record")
    detail = f"{left_out} of the list for {day(read.day)} made no sense and would be left out: {read.skipped[0]}"
    return [Finding(f"records of {source}", "warning", detail, REPORT_RECORD)]


def repair_of_source(name: str, address: str, answer: Answer | None) -> str:
    """What to do about a source that cannot be read, given what answered at its address."""
    parts = urlsplit(address or f"https://{name}")
    host = parts.hostname or name
    if answer is not None:
        return (
            f"open {address} from this machine: a proxy or a sign-in page may be answering instead; otherwise correct"
            " the source's address, or try again later"
        )
    proxy = proxy_place(address)
    if proxy:
        variable, place = proxy
        return f"check that the proxy in {variable} works ({place}), or add {host} to NO_PROXY"
    return f"check that this machine can reach {host}; if it needs a proxy, set {parts.scheme.upper()}_PROXY"
