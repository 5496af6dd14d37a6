"""Reading the Daily Papers list, from a server that behaves well, badly, or not at all."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from adapters.sources.huggingface.source import REMEMBERED, TRIES, HuggingFace
from bot.domain import PaperList
from bot.errors import ConfigError, NotYetListed, SourceError
from tests.builders import TODAY
from tests.servers.huggingface import HuggingFaceServer, an_item


@pytest.fixture
def hub() -> Iterator[HuggingFaceServer]:
    """A server on loopback."""
    with HuggingFaceServer() as server:
        yield server


@dataclass(slots=True)
class Waits:
    """Time that passes by waiting alone; what was waited for is kept."""

    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        """Seconds that were waited in all."""
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        """Wait, without taking any time."""
        self.slept.append(seconds)


def fetch(
    hub: HuggingFaceServer,
    *,
    days: Sequence[date] = (TODAY,),
    token: str = "",
    deadline: float = 20,
    waits: Waits | None = None,
) -> PaperList:
    """Read the lists of these days with one source, and give the last."""
    waits = waits or Waits()

    async def read() -> PaperList:
        source = HuggingFace(
            hub.base_url,
            token=token,
            timeout=httpx.Timeout(0.3, connect=5),
            deadline=deadline,
            sleep=waits.sleep,
            chance=lambda: 0.0,
            clock=waits.clock,
        )
        try:
            for day in days[:-1]:
                await source.fetch(day)
            return await source.fetch(days[-1])
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


@pytest.mark.parametrize(
    "fault", [408, 500, 502, 503, "cut", "deep", "html", "gzip", "reset", "hang", "429 sometime", "429 never"]
)
def test_a_fault_that_passes_is_waited_out(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.lists[TODAY] = [an_item("9901.00001")]
    hub.faults.extend([fault, fault])
    waits = Waits()
    assert len(fetch(hub, waits=waits).papers) == 1
    assert waits.slept == [2, 4]


@pytest.mark.parametrize("fault", [500, "cut", "html", "reset", "hang", "429"])
def test_a_fault_that_stays_is_an_error_with_its_reason(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.faults.extend([fault] * TRIES)
    with pytest.raises(SourceError, match=rf"\({TRIES} times\)"):
        fetch(hub)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (401, "token"),
        (403, "token"),
        (404, "base_url"),
        (304, "304"),
        ("object", "not a list"),
        ("crowd", "5,000 papers"),
        ("flood", "more than 20,000,000 bytes"),
        ("redirect", "base_url"),
        ("astray", "another host"),
        ("nowhere", "next page"),
        ("endless", "do not end"),
        ("429 next week", "come back in 600000 seconds"),
    ],
)
def test_a_fault_that_will_not_pass_is_an_error_at_once(hub: HuggingFaceServer, fault: int | str, reason: str) -> None:
    hub.faults.extend([fault, fault])
    waits = Waits()
    with pytest.raises(SourceError, match=reason):
        fetch(hub, waits=waits)
    assert waits.slept == []
    assert len(hub.requests) < 3


def test_after_a_list_that_never_came_the_next_is_asked_for_once_until_one_comes(hub: HuggingFaceServer) -> None:
    hub.faults.extend([500] * (TRIES + 1))
    asked: list[int] = []

    async def sleep(_seconds: float) -> None:
        pass

    async def read() -> None:
        source = HuggingFace(hub.base_url, sleep=sleep)
        for _ in range(2):
            with pytest.raises(SourceError):
                await source.fetch(TODAY)
            asked.append(len(hub.requests))
        await source.fetch(TODAY)
        asked.append(len(hub.requests))
        await source.aclose()

    asyncio.run(read())
    assert asked == [TRIES, TRIES + 1, TRIES + 2]


def test_a_list_that_trickles_in_is_given_up_at_its_deadline(hub: HuggingFaceServer) -> None:
    """Each piece of the answer comes in time, but the pieces have no end."""
    hub.faults.append("drip")
    began = time.monotonic()
    with pytest.raises(SourceError, match=r"within 0\.5 seconds"):
        fetch(hub, deadline=0.5)
    assert time.monotonic() - began < 4


def test_pages_without_an_end_are_given_up(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item(f"9901.{number:05}") for number in range(2_100)]
    with pytest.raises(SourceError, match="do not end"):
        fetch(hub)


def test_a_further_page_that_is_refused_is_an_error(hub: HuggingFaceServer) -> None:
    """The day is known, since its first page came."""
    hub.lists[TODAY] = [an_item(f"9901.{number:05}") for number in range(101)]
    hub.faults.extend(["", 400])
    with pytest.raises(SourceError, match="page 2") as caught:
        fetch(hub)
    assert not isinstance(caught.value, NotYetListed)


@pytest.mark.parametrize("fault", [401, 403, 500, "astray", "redirect", "html", "reset"])
def test_the_token_is_in_no_error_and_no_log(
    hub: HuggingFaceServer, caplog: pytest.LogCaptureFixture, fault: int | str
) -> None:
    caplog.set_level(logging.DEBUG)
    hub.faults.extend([fault] * TRIES)
    with pytest.raises(SourceError) as caught:
        fetch(hub, token="hf_test")  # noqa: S106 - no secret
    assert "hf_test" not in str(caught.value) + caplog.text


@pytest.mark.parametrize("token", ["hf_té", "hf_\n"])
def test_a_token_that_cannot_be_sent_is_an_error_that_does_not_show_it(token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        HuggingFace("https://papers.example", token=token)
    assert "hf_" not in str(caught.value)


def test_an_invalid_address_is_an_error() -> None:
    with pytest.raises(ConfigError, match="base_url"):
        HuggingFace("https://é..example")


def test_an_address_where_nothing_answers_is_an_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = HuggingFaceServer(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}")
        gone._loop.close()  # noqa: SLF001 - it was never started
        with pytest.raises(SourceError, match="no answer"):
            fetch(gone)


@pytest.mark.parametrize(
    ("faults", "slept"),
    [
        (["429"], [3]),
        (["429", "429"], [3, 3]),
        (["429 later"], [7]),
        (["429 at"], [9]),
        (["503 later"], [11]),
        (["429", "429 later", 500], [3, 7, 8]),
    ],
)
def test_the_wait_that_the_source_asks_for_is_kept(
    hub: HuggingFaceServer, faults: list[int | str], slept: list[float]
) -> None:
    hub.faults.extend(faults)
    waits = Waits()
    fetch(hub, waits=waits)
    assert waits.slept == slept


def test_when_the_rate_limit_is_used_up_the_next_request_waits(hub: HuggingFaceServer) -> None:
    hub.left = 0
    waits = Waits()
    fetch(hub, days=[TODAY, TODAY], waits=waits)
    assert waits.slept == [294]


def test_time_that_has_passed_since_is_not_waited_again(hub: HuggingFaceServer) -> None:
    hub.left = 0
    waits = Waits()

    async def read() -> None:
        source = HuggingFace(hub.base_url, sleep=waits.sleep, clock=waits.clock)
        await source.fetch(TODAY)
        await waits.sleep(290)
        await source.fetch(TODAY)
        await source.aclose()

    asyncio.run(read())
    assert waits.slept == [290, 4]


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
