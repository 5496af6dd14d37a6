"""Papers that are looked up by threads, in the event loop of the service."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.app.paper_lookup import AT_ONCE, FRESH, REST, PaperLookup
from bot.app.wiring import desk_for_one_command
from bot.config import load_settings
from bot.domain import Paper
from bot.domain.commands import Invocation
from bot.errors import SourceError, SourceUnreachable
from bot.ports.source import PaperSource
from bot.ports.stores import Stores
from tests.builders import HERE, TODAY, a_paper
from tests.fakes.source import Newsstand
from tests.servers.huggingface import HuggingFaceServer, an_item


@dataclass(slots=True)
class Library(Newsstand):
    """A source that fails as it is told, or has readers wait.

    Attributes:
        fault: What it raises.
        looked_up: The ids that it was asked for.
        opens: Until when it has readers wait; None to answer at once.
        waiting: Set once so many wait.
    """

    fault: SourceError | None = None
    looked_up: list[str] = field(default_factory=list)
    opens: asyncio.Event | None = None
    waiting: threading.Event = field(default_factory=threading.Event)

    async def paper(self, paper_id: str) -> Paper | None:
        """Look on every list, when it is open."""
        self.looked_up.append(paper_id)
        if len(self.looked_up) == AT_ONCE:
            self.waiting.set()
        if self.opens:
            await self.opens.wait()
        if self.fault:
            raise self.fault
        return await Newsstand.paper(self, paper_id)


def library(*papers: Paper) -> Library:
    """A source with these papers."""
    return Library(lists={TODAY: list(papers)})


def asking(sources: Sequence[PaperSource], ask: Callable[[PaperLookup], None], time: list[float] | None = None) -> None:
    """Let a thread ask while the event loop runs."""
    passed = time or [0.0]

    async def run() -> None:
        lookup = PaperLookup(sources, asyncio.get_running_loop(), clock=lambda: passed[0])
        await asyncio.to_thread(ask, lookup)

    asyncio.run(run())


def test_the_first_source_that_knows_a_paper_gives_it() -> None:
    paper = a_paper()
    empty, full, unasked = library(), library(paper), library(paper)

    def ask(lookup: PaperLookup) -> None:
        assert lookup(paper.id) == paper

    asking([empty, full, unasked], ask)
    assert [source.looked_up for source in (empty, full, unasked)] == [[paper.id], [paper.id], []]


def test_a_source_that_cannot_be_read_does_not_hide_what_another_knows() -> None:
    paper = a_paper()
    broken, full = library(), library(paper)
    broken.fault = SourceUnreachable("it answers 503")

    def ask(lookup: PaperLookup) -> None:
        assert lookup(paper.id) == paper
        with pytest.raises(SourceUnreachable, match="503"):
            lookup("9901.00002")

    asking([broken, full], ask)


def test_a_paper_that_nobody_knows_is_none() -> None:
    def ask(lookup: PaperLookup) -> None:
        assert lookup("9901.00001") is None

    asking([library()], ask)


def test_what_was_looked_up_is_remembered_for_a_while() -> None:
    """Also that there is no such paper."""
    source, time = library(a_paper()), [1.0]

    def ask(lookup: PaperLookup) -> None:
        for _ in range(2):
            assert lookup("9901.00001") == a_paper()
            assert lookup("9901.00002") is None
        assert source.looked_up == ["9901.00001", "9901.00002"]
        time[0] += FRESH
        lookup("9901.00001")
        assert source.looked_up == ["9901.00001", "9901.00002", "9901.00001"]

    asking([source], ask, time)


def test_a_source_that_cannot_be_reached_is_left_alone_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    source, time = library(a_paper()), [1.0]
    source.fault = SourceUnreachable("it answers 503")

    def ask(lookup: PaperLookup) -> None:
        for _ in range(2):
            with pytest.raises(SourceUnreachable):
                lookup("9901.00001")
        assert source.looked_up == ["9901.00001"]
        source.fault = None
        time[0] += REST
        assert lookup("9901.00001") == a_paper()

    asking([source], ask, time)
    assert caplog.messages == ["Could not look up a paper: it answers 503"]


def test_one_paper_that_cannot_be_read_keeps_nobody_from_the_next() -> None:
    source = library(a_paper())

    def ask(lookup: PaperLookup) -> None:
        source.fault = SourceError("its answer makes no sense")
        with pytest.raises(SourceError, match="no sense"):
            lookup("9901.00002")
        source.fault = None
        assert lookup("9901.00001") == a_paper()

    asking([source], ask)


def test_only_so_many_wait_at_a_time_and_none_of_them_longer_than_the_service_runs() -> None:
    """The others of its threads have work to do."""
    source = library()
    ends: list[str] = []

    def ask(lookup: PaperLookup, number: int) -> None:
        with pytest.raises(SourceUnreachable) as caught:
            lookup(f"9901.{number:05}")
        ends.append(str(caught.value))

    async def run() -> None:
        source.opens = asyncio.Event()
        lookup = PaperLookup([source], asyncio.get_running_loop())
        waiting = [asyncio.create_task(asyncio.to_thread(ask, lookup, number)) for number in range(AT_ONCE)]
        await asyncio.to_thread(source.waiting.wait)
        await asyncio.to_thread(ask, lookup, 99)
        assert ends == ["many papers are being looked up at present"]
        lookup.close()
        await asyncio.gather(*waiting)

    asyncio.run(run())
    assert ends[1:] == ["it did not answer in time"] * AT_ONCE


def test_outside_of_the_service_a_command_asks_the_configured_source(stores: Stores, tmp_path: Path) -> None:
    with HuggingFaceServer() as hub:
        hub.papers["9901.00001"] = an_item("9901.00001")["paper"]
        environment = {
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": hub.base_url,
            "PAPERWIRE_STORAGE__PATH": str(tmp_path / "paperwire.db"),
        }
        desk = desk_for_one_command(load_settings(None, environment), stores)
        [card] = desk.do(Invocation(HERE, "ada", "papers", "show 9901.00001")).cards
    assert card.url == f"{hub.base_url}/papers/9901.00001"
