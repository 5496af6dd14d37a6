"""What every source promises (see `bot.ports.PaperSource`); another joins this suite by its line in ``SOURCES``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta

import pytest

from adapters.huggingface import HuggingFace
from adapters.sample import Sample
from bot.domain import PaperList
from bot.ports import PaperSource
from tests.builders import TODAY
from tests.servers.huggingface import HuggingFaceServer, an_item


@contextmanager
def hugging_face() -> Iterator[Callable[[], PaperSource]]:
    """Hugging Face, on loopback, with two papers today."""
    with HuggingFaceServer() as hub:
        hub.lists[TODAY] = [an_item("9901.00001"), an_item("9901.00002")]
        yield lambda: HuggingFace(hub.base_url)


@contextmanager
def sample() -> Iterator[Callable[[], PaperSource]]:
    """The sample feed."""
    yield lambda: Sample(TODAY)


SOURCES: dict[str, Callable[[], AbstractContextManager[Callable[[], PaperSource]]]] = {
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
    assert all(paper.id and paper.title and paper.url.startswith("http") for paper in papers.papers)
    assert papers.skipped == ()


def test_a_day_without_papers_is_an_empty_list(opened: tuple[str, Callable[[], PaperSource]]) -> None:
    day = TODAY - timedelta(days=25)
    assert fetch(opened[1], day) == PaperList(day, ())
