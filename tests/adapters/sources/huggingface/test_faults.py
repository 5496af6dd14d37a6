"""Reading the Daily Papers list from a server that is slow, broken, or not there at all."""

from __future__ import annotations

import asyncio
import logging
import socket
import time

import pytest

from adapters.sources.huggingface.source import TRIES, HuggingFace
from bot.errors import ConfigError, NotYetListed, SourceError
from tests.adapters.sources.huggingface.fetched import fetch
from tests.builders import TODAY
from tests.fakes.waits import Waits
from tests.servers.huggingface import HuggingFaceServer, an_item


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
