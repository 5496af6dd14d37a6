"""What every source promises (see `PaperSource`); another joins this suite by its line in ``SOURCES``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from adapters.sources.huggingface.source import HuggingFace
from adapters.sources.sample import Sample
from bot.domain import Paper, PaperList
from bot.errors import NotYetListed
from bot.ports.source import PaperSource
from bot.text.plain import plain
from tests.builders import TODAY
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer
from tests.servers.huggingface import HuggingFaceServer, an_item


@contextmanager
def hugging_face() -> Iterator[Callable[[], PaperSource]]:
    """Hugging Face, on loopback, with two papers today."""
    with HuggingFaceServer() as hub:
        hub.lists[TODAY] = [an_item("9901.00001"), an_item("9901.00002")]
        yield lambda: HuggingFace(hub.base_url)


@contextmanager
def arxiv() -> Iterator[Callable[[], PaperSource]]:
    """ArXiv, on loopback, with two papers today."""
    with ArxivServer() as server:
        server.world.now -= timedelta(days=1)
        for number in (1, 2):
            server.world.submit(id=f"9901.0000{number}")
        server.world.advance(server.world.now + timedelta(days=1))
        yield lambda: Reader(server).source()


@contextmanager
def sample() -> Iterator[Callable[[], PaperSource]]:
    """The sample feed."""
    yield lambda: Sample(TODAY)


SOURCES: dict[str, Callable[[], AbstractContextManager[Callable[[], PaperSource]]]] = {
    "arxiv": arxiv,
    "huggingface": hugging_face,
    "sample": sample,
}


@pytest.fixture(params=SOURCES)
def opened(request: pytest.FixtureRequest) -> Iterator[tuple[str, Callable[[], PaperSource]]]:
    """One source after the other, with its name."""
    with SOURCES[request.param]() as make:
        yield request.param, make


def fetch(make: Callable[[], PaperSource], day: date) -> PaperList:
    """Read a list."""

    async def read() -> PaperList:
        source = make()
        try:
            return await source.fetch(day)
        finally:
            await source.aclose()

    return asyncio.run(read())


def test_its_name_is_its_key(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    name, make = opened
    source = make()
    assert source.name == name
    asyncio.run(source.aclose())


def test_every_paper_has_the_day_that_was_asked_for_an_id_a_title_and_an_address(
    opened: tuple[str, Callable[[], PaperSource]],
) -> None:
    papers = fetch(opened[1], TODAY)
    assert papers.day == TODAY
    assert len(papers.papers) > 1
    assert {paper.list_day for paper in papers.papers} == {TODAY}
    assert all(paper.id and paper.title for paper in papers.papers)
    assert all(paper.url.startswith("http") and paper.url.endswith(paper.id) for paper in papers.papers)
    assert papers.skipped == ()


def test_no_paper_stands_twice_on_a_list(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    ids = [paper.id for paper in fetch(opened[1], TODAY).papers]
    assert len(set(ids)) == len(ids)


def test_text_is_plain(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    for paper in fetch(opened[1], TODAY).papers:
        for text in (paper.title, paper.abstract, paper.summary, paper.organization, *paper.authors, *paper.keywords):
            assert plain(text) == text


def test_times_are_in_utc(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    published = [paper.published_at for paper in fetch(opened[1], TODAY).papers if paper.published_at]
    assert published
    assert {moment.tzinfo for moment in published} == {UTC}


def test_the_same_list_read_again_is_the_same(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    """By the same source, which may remember what it read, or by another."""
    _, make = opened

    async def read_twice() -> tuple[PaperList, PaperList]:
        source = make()
        try:
            return await source.fetch(TODAY), await source.fetch(TODAY)
        finally:
            await source.aclose()

    first, second = asyncio.run(read_twice())
    assert first == second == fetch(make, TODAY)


def test_lists_that_are_read_at_once_are_not_mixed_up(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    _, make = opened
    days = [TODAY, TODAY - timedelta(days=25), TODAY]

    async def read_at_once() -> list[PaperList]:
        source = make()
        try:
            return await asyncio.gather(*(source.fetch(day) for day in days))
        finally:
            await source.aclose()

    assert asyncio.run(read_at_once()) == [fetch(make, day) for day in days]


def test_a_day_without_papers_is_an_empty_list(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    day = TODAY - timedelta(days=25)
    assert fetch(opened[1], day) == PaperList(day, ())


def test_a_day_to_come_has_no_papers(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    """An empty list will do as well as none yet."""
    with suppress(NotYetListed):
        assert fetch(opened[1], date(2999, 1, 1)).papers == ()


def look_up(make: Callable[[], PaperSource], paper_id: str) -> Paper | None:
    """Look a paper up."""

    async def read() -> Paper | None:
        source = make()
        try:
            return await source.paper(paper_id)
        finally:
            await source.aclose()

    return asyncio.run(read())


def test_a_paper_that_is_looked_up_is_what_its_list_says_of_it(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    """But for what stands beside the paper on the list alone."""
    for listed in fetch(opened[1], TODAY).papers:
        found = look_up(opened[1], listed.id)
        assert found is not None
        same = {"comments": listed.comments, "thumbnail_url": listed.thumbnail_url}
        assert replace(found, **same) == listed  # type: ignore[arg-type]


@pytest.mark.parametrize("paper_id", ["9912.99999", "hep-th/9901001", "no id at all"])
def test_a_paper_that_it_does_not_know_is_none(opened: tuple[str, Callable[[], PaperSource]], paper_id: str) -> None:
    assert look_up(opened[1], paper_id) is None


def test_a_paper_can_be_looked_up_while_a_list_is_read(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    _, make = opened

    async def read_at_once() -> tuple[PaperList, Paper | None]:
        source = make()
        try:
            return await asyncio.gather(source.fetch(TODAY), source.paper("9901.00001"))
        finally:
            await source.aclose()

    papers, found = asyncio.run(read_at_once())
    assert papers == fetch(make, TODAY)
    assert found == look_up(make, "9901.00001")
