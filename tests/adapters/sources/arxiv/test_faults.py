"""Reading arXiv when it is slow, broken, busy, or not there at all."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from adapters.sources.arxiv.answers import TRIES
from bot.errors import SourceError, SourceUnreachable
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer


@pytest.fixture
def reader(server: ArxivServer) -> Reader:
    """A reader of cs.LG, where a paper was changed today."""
    world = server.world
    world.edit(world.has_had(world.now - timedelta(days=4)))
    return Reader(server, patience=0.3)


@pytest.mark.parametrize("fault", [408, 500, 502, 503, "cut", "reset", "hang"])
def test_a_fault_that_passes_is_waited_out(reader: Reader, fault: int | str) -> None:
    reader.server.faults.extend(["", fault, fault])
    assert len(reader.fetch().papers) == 1
    assert reader.waits.slept[1:] == [5, 10]


@pytest.mark.parametrize("fault", ["503 soon", "429 soon"])
def test_arxiv_is_left_alone_for_as_long_as_it_asks(reader: Reader, fault: str) -> None:
    reader.server.faults.extend(["", fault])
    assert len(reader.fetch().papers) == 1
    assert reader.waits.slept[1:] == [20]


@pytest.mark.parametrize("fault", [500, "cut", "reset"])
def test_a_fault_that_stays_is_an_error_with_its_reason(reader: Reader, fault: int | str) -> None:
    reader.server.broken["/oai"] = fault
    with pytest.raises(SourceUnreachable, match=rf"\({TRIES} times\)"):
        reader.fetch()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (401, "refuses us"),
        (404, "check sources.arxiv.oai_url"),
        ("html", "makes no sense"),
        ("bomb", "makes no sense"),
        ("flood", "more than 20,000,000 bytes"),
        ("redirect", "sources.arxiv.oai_url must be where it is itself"),
        ("503 later", "come back at 10 March 2026, 14:00 UTC"),
        ("429 later", "come back at 10 March 2026, 14:00 UTC"),
        (429, "come back at 10 March 2026, 12:10 UTC"),
    ],
)
def test_a_fault_that_will_not_pass_is_an_error_at_once(reader: Reader, fault: int | str, reason: str) -> None:
    reader.server.faults.extend(["", fault])
    with pytest.raises(SourceError, match=reason):
        reader.fetch()
    assert len(reader.server.asked("/oai")) == 1


def test_while_arxiv_wants_to_be_left_alone_it_is_not_asked(reader: Reader) -> None:
    reader.server.faults.extend(["", "429 later"])

    async def read_twice() -> None:
        source = reader.source()
        for _ in range(2):
            with pytest.raises(SourceUnreachable, match="come back at"):
                await source.fetch(reader.now().date())
        assert reader.server.asked("/oai") == reader.server.requests[1:2]
        reader.waits.slept.append(7200)
        assert len((await source.fetch(reader.now().date())).papers) == 1
        await source.aclose()

    reader.with_source(lambda _: read_twice())


def test_feeds_that_cannot_be_read_are_logged_once(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    reader.server.broken["/rss"] = 400

    async def read_twice() -> None:
        source = reader.source()
        for _ in range(2):
            await source.fetch(reader.now().date())
        await source.aclose()

    with caplog.at_level(logging.WARNING):
        reader.with_source(lambda _: read_twice())
    assert caplog.messages == ["Could not read what arXiv announces on 2026-03-10: it has no feed of cs.LG"]


def test_a_category_that_arxiv_does_not_know_is_an_error_that_says_so(server: ArxivServer) -> None:
    with pytest.raises(SourceUnreachable, match="it says badArgument"):
        Reader(server, ("econ",)).fetch()
