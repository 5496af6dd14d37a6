"""Single papers, for which somebody waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.errors import SourceError, SourceUnreachable
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer


def test_a_paper_of_any_category_and_age_is_found(server: ArxivServer) -> None:
    server.world.has_had(server.world.now - timedelta(days=4_000), "hep-th", id="hep-th/9901001")
    found = Reader(server).paper("hep-th/9901001")
    assert found is not None
    assert (found.id, found.url) == ("hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001")


def test_its_list_is_the_first_that_it_can_have_been_on(server: ArxivServer) -> None:
    paper_id = server.world.has_had(server.world.now - timedelta(days=6))
    found = Reader(server).paper(paper_id)
    assert found is not None
    assert found.list_day == date(2026, 3, 5)


@pytest.mark.parametrize("paper_id", ["2603.99999", "hep-th/9901001"])
def test_a_paper_that_arxiv_does_not_have_is_none(server: ArxivServer, paper_id: str) -> None:
    assert Reader(server).paper(paper_id) is None


@pytest.mark.parametrize("paper_id", ["acme-7", "", "2603.00001&verb=ListRecords", "../2603.00001"])
def test_what_is_no_id_of_arxiv_is_not_asked_for(server: ArxivServer, paper_id: str) -> None:
    assert Reader(server).paper(paper_id) is None
    assert server.requests == []


@pytest.mark.parametrize("fault", ["429 later", "503 soon", "hang", "html"])
def test_nobody_waits_for_long(server: ArxivServer, fault: str) -> None:
    server.broken["/oai"] = fault
    with pytest.raises(SourceUnreachable):
        Reader(server, patience=0.1, tries=2).paper("2603.00001")


def test_another_paper_than_was_asked_for_is_an_error(server: ArxivServer) -> None:
    paper_id = server.world.has_had(server.world.now)
    server.world.entries["2603.77777"] = server.world.entries[paper_id]
    with pytest.raises(SourceError, match="another paper"):
        Reader(server).paper("2603.77777")


def test_a_paper_that_makes_no_sense_is_an_error(server: ArxivServer) -> None:
    with pytest.raises(SourceError, match="title: empty"):
        Reader(server).paper(server.world.has_had(server.world.now, title=" "))
