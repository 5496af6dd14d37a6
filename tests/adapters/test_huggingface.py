"""Reading the Daily Papers list, from a server that behaves well, badly, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from adapters.huggingface import TRIES, HuggingFace
from bot.domain import PaperList
from bot.errors import NotYetListed, SourceError
from tests.builders import TODAY
from tests.servers.huggingface import HuggingFaceServer, an_item


@pytest.fixture
def hub() -> Iterator[HuggingFaceServer]:
    """A server on loopback."""
    with HuggingFaceServer() as server:
        yield server


def fetch(hub: HuggingFaceServer, *, token: str = "", times: int = 1, slept: list[float] | None = None) -> PaperList:
    """Read today's list so many times with one source, and give the last answer; waits are noted, not waited."""
    waits = slept if slept is not None else []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def read() -> PaperList:
        source = HuggingFace(hub.base_url, token=token, timeout=httpx.Timeout(0.3), sleep=sleep, chance=lambda: 1.0)
        try:
            for _ in range(times - 1):
                await source.fetch(TODAY)
            return await source.fetch(TODAY)
        finally:
            await source.aclose()

    return asyncio.run(read())


def test_a_list_is_read_in_its_order(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00002"), an_item("9901.00001")]
    assert [paper.id for paper in fetch(hub).papers] == ["9901.00002", "9901.00001"]


def test_a_day_without_papers_is_an_empty_list(hub: HuggingFaceServer) -> None:
    assert fetch(hub) == PaperList(TODAY, ())


def test_every_page_is_read(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item(f"9901.{number:05}") for number in range(205)]
    assert len(fetch(hub).papers) == 205
    assert len(hub.requests) == 3


def test_a_day_that_the_source_does_not_know_yet_is_told_apart(hub: HuggingFaceServer) -> None:
    hub.faults.append(400)
    with pytest.raises(NotYetListed):
        fetch(hub)


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
    assert [paper.id for paper in fetch(hub, times=2).papers] == ["9901.00001"]
    assert "If-None-Match" in hub.requests[1][1]


def test_a_server_without_entity_tags_is_read_anew(hub: HuggingFaceServer) -> None:
    hub.etags = False
    hub.lists[TODAY] = [an_item("9901.00001")]
    assert len(fetch(hub, times=2).papers) == 1
    assert "If-None-Match" not in hub.requests[1][1]


@pytest.mark.parametrize("fault", [500, 502, 503, "cut", "html", "reset", "hang"])
def test_a_fault_that_passes_is_waited_out(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.lists[TODAY] = [an_item("9901.00001")]
    hub.faults.extend([fault, fault])
    slept: list[float] = []
    assert len(fetch(hub, slept=slept).papers) == 1
    assert slept == [2, 4]


@pytest.mark.parametrize("fault", [500, "cut", "html", "reset", "hang", "429"])
def test_a_fault_that_stays_is_an_error_with_its_reason(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.faults.extend([fault] * TRIES)
    with pytest.raises(SourceError, match=rf"\({TRIES} times\)"):
        fetch(hub)


@pytest.mark.parametrize("fault", [401, 403, 404, "object", "redirect", "astray", "endless"])
def test_a_fault_that_will_not_pass_is_an_error_at_once(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.faults.append(fault)
    hub.faults.append(fault)
    slept: list[float] = []
    with pytest.raises(SourceError):
        fetch(hub, slept=slept)
    assert slept == []


def test_the_token_is_not_in_any_error(hub: HuggingFaceServer) -> None:
    hub.faults.append(401)
    with pytest.raises(SourceError) as caught:
        fetch(hub, token="hf_test")  # noqa: S106 - no secret
    assert "hf_test" not in str(caught.value)


def test_a_nobody_at_that_address_is_an_error(hub: HuggingFaceServer) -> None:
    gone = HuggingFaceServer(base_url="http://127.0.0.1:9")
    gone._loop.close()  # noqa: SLF001 - it was never started
    with pytest.raises(SourceError, match="no answer"):
        fetch(gone)
    assert hub.requests == []


def test_the_wait_that_a_429_asks_for_is_kept(hub: HuggingFaceServer) -> None:
    hub.faults.extend(["429", "429 later"])
    slept: list[float] = []
    fetch(hub, slept=slept)
    assert slept == [3, 3, 7]


def test_when_the_rate_limit_is_used_up_the_next_request_waits(hub: HuggingFaceServer) -> None:
    hub.left = 0
    slept: list[float] = []
    fetch(hub, times=2, slept=slept)
    assert slept == [294]


def test_a_record_that_makes_no_sense_costs_itself_only_and_is_told(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [{"paper": {"id": "9901.00001"}}, "nonsense", an_item("9901.00002"), an_item("../x"), None]
    papers = fetch(hub)
    assert [paper.id for paper in papers.papers] == ["9901.00002"]
    assert [record.id for record in papers.skipped] == ["9901.00001", "", "../x", ""]


def test_a_paper_that_stands_twice_on_a_list_counts_once(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001", upvotes=1), an_item("9901.00001", upvotes=2)]
    assert [paper.upvotes for paper in fetch(hub).papers] == [1]


def test_every_recorded_item_is_understood(hub: HuggingFaceServer, recordings: Path) -> None:
    days = sorted(recordings.glob("2026-*.json"))
    assert len(days) == 15
    seen = 0
    for file in days:
        items = json.loads(file.read_text())
        hub.lists[TODAY] = items
        papers = fetch(hub)
        assert papers.skipped == ()
        assert {paper.id for paper in papers.papers} == {item["paper"]["id"] for item in items}
        seen += len(items)
    assert seen == 333


def test_every_recorded_edge_case_is_understood(hub: HuggingFaceServer, recordings: Path) -> None:
    items = json.loads((recordings / "edge_cases.json").read_text())
    hub.lists[TODAY] = items
    papers = {paper.id: paper for paper in fetch(hub).papers}
    assert len(papers) == len({item["paper"]["id"] for item in items}) == 30
    assert all("\n" not in paper.title and "\\text" not in paper.title for paper in papers.values())
    assert max(len(paper.authors) for paper in papers.values()) > 600
    assert min(paper.upvotes for paper in papers.values()) == 0


def test_published_times_are_those_of_the_inner_paper_in_utc(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001", publishedAt="2026-03-09T02:00:00.000+02:00")]
    [paper] = fetch(hub).papers
    assert paper.published_at == datetime(2026, 3, 9, tzinfo=UTC)
    assert paper.list_day - paper.published_at.date() == timedelta(days=1)
