"""Feeds: how often they are asked for, and what is read in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sources.arxiv.rss import Announced
from adapters.sources.arxiv.source import Arxiv
from bot.errors import SourceError
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer

DAY = timedelta(days=1)


def announced(server: ArxivServer, *categories: str) -> Announced | None:
    """What today's feeds hold."""
    return Reader(server).with_source(lambda source: source.feeds.announced(server.world.feed_day(), categories))


def test_new_papers_are_told_from_those_that_were_replaced(server: ArxivServer) -> None:
    world = server.world
    old = world.has_had(world.now - 9 * DAY)
    new, crossed = world.submit(), world.submit(primary="stat.ML", crosses=("cs.LG",))
    world.replace(old)
    world.advance(world.now + DAY)
    assert announced(server, "cs.LG") == Announced(frozenset({new, crossed}), frozenset({old}))


def test_three_categories_are_asked_for_at_once(server: ArxivServer) -> None:
    announced(server, "cs.LG", "cs.CL", "cs.CV", "cs.RO")
    assert server.requests == ["/rss/cs.LG+cs.CL+cs.CV", "/rss/cs.RO"]


def test_what_is_new_in_one_feed_is_new_though_another_has_it_as_replaced(server: ArxivServer) -> None:
    world = server.world
    paper_id = world.has_had(world.now - 9 * DAY, primary="stat.ML")
    world.cross_list(paper_id, "hep-th")
    world.replace(paper_id)
    world.advance(world.now + DAY)
    found = announced(server, "stat.ML", "cs.LG", "cs.CL", "hep-th")
    assert found == Announced(frozenset({paper_id}), frozenset())


def test_a_feed_of_another_day_is_none(server: ArxivServer) -> None:
    day = server.world.feed_day() - DAY
    assert Reader(server).with_source(lambda source: source.feeds.announced(day, ["cs.LG"])) is None


def test_a_weekends_feed_is_empty_and_whole(server: ArxivServer) -> None:
    server.world.advance(server.world.now + 4 * DAY)
    assert announced(server, "cs.LG") == Announced()


def test_a_feed_is_not_asked_for_while_it_is_fresh_and_then_by_its_tag(server: ArxivServer) -> None:
    server.world.submit()
    server.world.advance(server.world.now + DAY)
    reader = Reader(server)

    async def read(source: Arxiv) -> list[Announced | None]:
        day = server.world.feed_day()
        found = [await source.feeds.announced(day, ["cs.LG"]) for _ in range(3)]
        assert len(server.requests) == 1
        reader.waits.passes_a_day()
        return [*found, await source.feeds.announced(day, ["cs.LG"])]

    [first, *others] = reader.with_source(read)
    assert others == [first] * 3
    assert (len(server.requests), server.unchanged) == (2, 1)


def test_a_category_without_a_feed_is_an_error_with_its_repair(server: ArxivServer) -> None:
    with pytest.raises(SourceError, match=r"no feed of cs\.LG and nowhere") as caught:
        announced(server, "cs.LG", "nowhere")
    assert "sources.arxiv.categories" in caught.value.repair


@pytest.mark.parametrize("fault", ["html", "bomb", "again", 304])
def test_what_is_no_feed_is_an_error(server: ArxivServer, fault: int | str) -> None:
    server.faults.append(fault)
    with pytest.raises(SourceError):
        announced(server, "cs.LG")
