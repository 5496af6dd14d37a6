"""Records that come in pages, and the tokens between them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import SourceError
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer

DAY = timedelta(days=1)


@pytest.fixture
def ids(server: ArxivServer) -> list[str]:
    """Seven papers of the day before; pages have three records."""
    server.page_size = 3
    ids = [server.world.submit() for _ in range(7)]
    server.world.advance(server.world.now + 2 * DAY)
    return ids


def yesterday(server: ArxivServer, categories: tuple[str, ...] = ("cs.LG",)) -> list[str]:
    """The ids on yesterday's list."""
    return [paper.id for paper in Reader(server, categories).fetch(server.world.now.date() - DAY).papers]


def test_every_page_is_read(server: ArxivServer, ids: list[str]) -> None:
    assert yesterday(server) == ids


def test_tokens_are_sent_alone(server: ArxivServer, ids: list[str]) -> None:
    yesterday(server)
    assert len(ids) == 7
    for request in server.requests[1:3]:
        assert request.startswith("/oai?verb=ListRecords&resumptionToken=")
        assert request.count("&") == 1


def test_a_single_page_ends_without_a_token_and_a_last_one_with_an_empty_one(
    server: ArxivServer, ids: list[str]
) -> None:
    server.page_size = 7
    assert yesterday(server) == ids
    assert len(server.requests) == 1


def test_a_paper_in_two_categories_is_listed_once(server: ArxivServer) -> None:
    paper_id = server.world.submit(primary="cs.LG", crosses=("stat.ML",))
    server.world.advance(server.world.now + 2 * DAY)
    assert yesterday(server, ("cs.LG", "stat.ML", "cs")) == [paper_id]


def test_a_harvest_whose_token_has_expired_begins_again(server: ArxivServer, ids: list[str]) -> None:
    """At midnight all of them do."""
    day = server.world.now.date() - DAY
    server.world.advance(server.world.now.replace(hour=23, minute=59))
    moved = iter([timedelta(minutes=2)])
    server.between_pages = lambda: server.world.advance(server.world.now + next(moved, timedelta()))
    assert [paper.id for paper in Reader(server).fetch(day).papers] == ids
    assert server.world.now.hour == 0


def test_tokens_that_never_hold_are_an_error(server: ArxivServer, ids: list[str]) -> None:
    server.between_pages = lambda: server.world.advance(server.world.now + DAY)
    assert ids
    with pytest.raises(SourceError, match="badResumptionToken"):
        yesterday(server)


def test_what_slips_from_page_to_page_while_others_change_is_read_all_the_same(
    server: ArxivServer, ids: list[str]
) -> None:
    """The first record leaves the day between two pages, so the fourth becomes the third of a page that was read."""
    edits = iter([ids[0]])

    def edit() -> None:
        if paper_id := next(edits, ""):
            server.world.edit(paper_id)

    server.between_pages = edit
    assert set(yesterday(server)) == set(ids)


def test_pages_that_do_not_end_are_an_error(server: ArxivServer) -> None:
    server.broken["/oai"] = "again"
    with pytest.raises(SourceError, match="do not end"):
        yesterday(server)
