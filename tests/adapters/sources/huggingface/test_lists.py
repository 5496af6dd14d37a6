"""Reading the Daily Papers list from a server that behaves well, and what becomes of odd records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.sources.huggingface.source import REMEMBERED
from bot.domain import PaperList
from bot.errors import NotYetListed
from tests.adapters.sources.huggingface.fetched import fetch
from tests.builders import TODAY
from tests.servers.huggingface import HuggingFaceServer, an_item


def test_a_list_is_read_in_its_order(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00002"), an_item("9901.00001")]
    assert [paper.id for paper in fetch(hub).papers] == ["9901.00002", "9901.00001"]


def test_a_day_without_papers_is_an_empty_list(hub: HuggingFaceServer) -> None:
    assert fetch(hub) == PaperList(TODAY, ())


def test_every_page_is_read(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item(f"9901.{number:05}") for number in range(205)]
    assert len(fetch(hub).papers) == 205
    assert len(hub.requests) == 3


def test_a_day_that_the_source_does_not_know_yet_has_an_error_of_its_own(hub: HuggingFaceServer) -> None:
    with pytest.raises(NotYetListed):
        fetch(hub, days=[date(2999, 1, 1)])


def test_paperwire_says_who_it_is(hub: HuggingFaceServer) -> None:
    fetch(hub)
    [(_, headers)] = hub.requests
    assert headers["User-Agent"].startswith("paperwire/")
    assert "Authorization" not in headers


def test_a_token_is_sent_when_there_is_one(hub: HuggingFaceServer) -> None:
    fetch(hub, token="hf_test")  # noqa: S106 - no secret
    assert hub.requests[0][1]["Authorization"] == "Bearer hf_test"


def test_an_answer_that_did_not_change_is_not_sent_again(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001")]
    assert [paper.id for paper in fetch(hub, days=[TODAY, TODAY]).papers] == ["9901.00001"]
    assert "If-None-Match" in hub.requests[1][1]


def test_a_server_without_entity_tags_is_read_in_full_each_time(hub: HuggingFaceServer) -> None:
    hub.etags = False
    hub.lists[TODAY] = [an_item("9901.00001")]
    assert len(fetch(hub, days=[TODAY, TODAY]).papers) == 1
    assert "If-None-Match" not in hub.requests[1][1]


def test_an_entity_tag_that_cannot_be_sent_back_is_not_kept(hub: HuggingFaceServer) -> None:
    hub.faults.append("tag")
    fetch(hub, days=[TODAY, TODAY])
    assert "If-None-Match" not in hub.requests[1][1]


def test_only_so_many_answers_are_remembered(hub: HuggingFaceServer) -> None:
    """The first of more days than that is asked for anew."""
    days = [TODAY - timedelta(days=number) for number in range(REMEMBERED + 1)]
    fetch(hub, days=[*days, days[-1], days[0]])
    assert ["If-None-Match" in headers for _, headers in hub.requests[-2:]] == [True, False]


def test_invalid_bytes_only_cost_their_own_characters(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001"), an_item("9901.00002", summary="Untouched.")]
    hub.faults.append("garbled")
    papers = fetch(hub).papers
    assert [paper.abstract for paper in papers] == ["We teach robots to d\ufffd\ufffdce.", "Untouched."]


def test_a_number_with_thousands_of_digits_only_costs_itself(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001", upvotes=7), an_item("9901.00002", upvotes=3)]
    hub.faults.append("number")
    assert [paper.upvotes for paper in fetch(hub).papers] == [0, 3]


def test_a_record_that_is_left_out_is_logged_once(hub: HuggingFaceServer, caplog: pytest.LogCaptureFixture) -> None:
    hub.lists[TODAY] = [an_item("9901.00001", title="")]
    fetch(hub, days=[TODAY, TODAY])
    assert [
        record.getMessage() for record in caplog.records if record.name == "adapters.sources.huggingface.source"
    ] == ["Left a record of the list of 2026-03-10 out (id '9901.00001'): paper.title: Value error, empty"]


def test_a_record_that_makes_no_sense_costs_itself_only_and_is_told(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [{"paper": {"id": "9901.00001"}}, "nonsense", an_item("9901.00002"), an_item("../x"), None]
    papers = fetch(hub)
    assert [paper.id for paper in papers.papers] == ["9901.00002"]
    assert [record.id for record in papers.skipped] == ["9901.00001", "", "../x", ""]


def test_a_paper_that_stands_twice_on_a_list_counts_once(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001", upvotes=1), an_item("9901.00001", upvotes=2)]
    assert [paper.upvotes for paper in fetch(hub).papers] == [1]


def test_published_times_are_those_of_the_inner_paper_in_utc(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001", publishedAt="2026-03-09T02:00:00.000+02:00")]
    [paper] = fetch(hub).papers
    assert paper.published_at == datetime(2026, 3, 9, tzinfo=UTC)
    assert paper.list_day - paper.published_at.date() == timedelta(days=1)
