"""Looking up one paper by its id, while somebody waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.huggingface.payload import read_paper
from adapters.sources.huggingface.source import TRIES
from bot.domain import Paper
from bot.errors import SourceError, SourceUnreachable
from tests.adapters.sources.huggingface.fetched import fetch, look_up, patient
from tests.builders import TODAY
from tests.fakes.waits import Waits
from tests.servers.chaos import spoiled
from tests.servers.huggingface import HuggingFaceServer, an_item

PAPER = an_item("9901.00001")["paper"]


def found(hub: HuggingFaceServer, **given: Any) -> Paper:  # noqa: ANN401 - any field of the payload
    """The paper that the server knows, with these fields."""
    hub.papers["9901.00001"] = PAPER | given
    paper = look_up(hub, "9901.00001")
    assert paper is not None
    return paper


def test_a_paper_is_asked_for_by_its_id_alone(hub: HuggingFaceServer) -> None:
    assert found(hub).title == "Walking Robots Learn to Dance"
    assert [path for path, _ in hub.requests] == ["/api/papers/9901.00001"]


def test_its_address_is_its_page(hub: HuggingFaceServer) -> None:
    assert found(hub).url == f"{hub.base_url}/papers/9901.00001"


def test_it_is_listed_on_the_day_that_it_names(hub: HuggingFaceServer) -> None:
    assert found(hub, submittedOnDailyAt="2026-03-05T00:00:00.000Z").list_day == date(2026, 3, 5)


@pytest.mark.parametrize("nonsense", [None, "soon", [], "2026-03-05T00:00:00"])
def test_one_that_was_never_listed_has_the_day_of_its_publication(hub: HuggingFaceServer, nonsense: Any) -> None:  # noqa: ANN401
    assert found(hub, submittedOnDailyAt=nonsense).list_day == date(2026, 3, 9)


def test_one_without_any_day_has_todays(hub: HuggingFaceServer) -> None:
    before = datetime.now(UTC).date()
    assert before <= found(hub, publishedAt=None).list_day <= datetime.now(UTC).date()


def test_its_comments_are_counted_where_they_are_told(hub: HuggingFaceServer) -> None:
    assert found(hub, numComments=3).comments == 3
    assert found(hub, numComments="many").comments == 0


@pytest.mark.parametrize("status", [400, 404])
def test_one_that_is_not_known_is_none(hub: HuggingFaceServer, status: int) -> None:
    hub.faults.append(status)
    assert look_up(hub, "9901.00001") is None


def test_an_answer_of_nothing_is_none(hub: HuggingFaceServer) -> None:
    hub.papers["9901.00001"] = None
    assert look_up(hub, "9901.00001") is None


def test_an_older_identifier_is_asked_for_as_one_part_of_the_address(hub: HuggingFaceServer) -> None:
    assert look_up(hub, "hep-th/9901001") is None
    assert [path for path, _ in hub.requests] == ["/api/papers/hep-th%2F9901001"]


@pytest.mark.parametrize("fault", [408, 500, 503, "cut", "deep", "html", "gzip", "reset", "hang", "429"])
def test_a_fault_that_passes_is_waited_out(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.papers["9901.00001"] = PAPER
    hub.faults.append(fault)
    waits = Waits()
    assert look_up(hub, "9901.00001", waits=waits) is not None
    assert waits.slept in ([2], [3])


@pytest.mark.parametrize("fault", [500, "cut", "reset", "hang", "429", 401, 403, "redirect"])
def test_a_source_that_gives_no_paper_is_unreachable(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.faults.extend([fault] * TRIES)
    with pytest.raises(SourceUnreachable):
        look_up(hub, "9901.00001")


@pytest.mark.parametrize("fault", ["flood", "crowd", 418])
def test_an_answer_that_is_no_paper_is_an_error_at_once(hub: HuggingFaceServer, fault: int | str) -> None:
    hub.papers["9901.00001"] = PAPER
    hub.faults.append(fault)
    with pytest.raises(SourceError):
        look_up(hub, "9901.00001")
    assert len(hub.requests) == 1


@pytest.mark.parametrize("answer", [7, [], "x", {}, {"id": "9901.00001"}, {"id": "9901.00001", "title": " "}])
def test_an_answer_that_makes_no_sense_is_an_error_with_its_reason(hub: HuggingFaceServer, answer: Any) -> None:  # noqa: ANN401
    hub.papers["9901.00001"] = answer
    with pytest.raises(SourceError, match="makes no sense"):
        look_up(hub, "9901.00001")


def test_another_paper_than_the_one_that_was_asked_for_is_an_error(hub: HuggingFaceServer) -> None:
    hub.papers["9901.00002"] = PAPER
    with pytest.raises(SourceError, match="another paper"):
        look_up(hub, "9901.00002")


def test_nobody_waits_for_the_rate_limit(hub: HuggingFaceServer) -> None:
    """Lists are read when it ends, but a person would have gone."""
    hub.papers["9901.00001"] = PAPER
    hub.left = 0
    waits = Waits()
    with pytest.raises(SourceUnreachable, match="come back in 294 seconds"):
        look_up(hub, "9901.00001", "9901.00001", waits=waits)
    assert waits.slept == []
    assert len(hub.requests) == 1


def test_an_answer_that_trickles_in_is_given_up(hub: HuggingFaceServer) -> None:
    hub.faults.append("drip")
    began = time.monotonic()
    with pytest.raises(SourceUnreachable, match=r"within 0\.5 seconds"):
        look_up(hub, "9901.00001", deadline=0.5)
    assert time.monotonic() - began < 4


def test_a_paper_that_did_not_come_takes_no_try_from_the_lists(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001")]
    hub.faults.extend([500] * (2 * TRIES - 1))

    async def read() -> int:
        source = patient(hub, waits=Waits())
        try:
            with pytest.raises(SourceUnreachable):
                await source.paper("9901.00001")
            return len((await source.fetch(TODAY)).papers)
        finally:
            await source.aclose()

    assert asyncio.run(read()) == 1


@pytest.mark.parametrize("fault", [401, 403, 500, "redirect", "html", "reset"])
def test_the_token_is_in_no_error_and_no_log(
    hub: HuggingFaceServer, caplog: pytest.LogCaptureFixture, fault: int | str
) -> None:
    caplog.set_level(logging.DEBUG)
    hub.faults.extend([fault] * TRIES)
    with pytest.raises(SourceError) as caught:
        look_up(hub, "9901.00001", token="hf_test")  # noqa: S106 - no secret
    assert "hf_test" not in str(caught.value) + caplog.text


def test_it_is_the_paper_of_its_list(hub: HuggingFaceServer) -> None:
    hub.lists[TODAY] = [an_item("9901.00001")]
    [listed] = fetch(hub).papers
    assert look_up(hub, "9901.00001") == listed


@given(spoiled(PAPER | {"submittedOnDailyAt": "2026-03-05T00:00:00.000Z"}))
def test_any_answer_is_a_paper_or_refused_with_a_reason(answer: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    try:
        paper = read_paper(answer, otherwise=TODAY, base_url="https://papers.example")
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either is right
    else:
        assert paper.title
        assert isinstance(paper.list_day, date)


@given(st.none() | st.integers() | st.text() | st.lists(st.integers()))
def test_what_is_no_object_is_no_paper(answer: Any) -> None:  # noqa: ANN401 - the same
    with pytest.raises(ValueError, match="paper"):
        read_paper(answer, otherwise=TODAY, base_url="https://papers.example")
