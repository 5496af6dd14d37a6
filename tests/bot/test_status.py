"""When the service is well, and what it says when it is not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.polls import Poll, SourceRead
from bot.domain.posting import PostingOutage
from bot.status import Status
from tests.builders import NOW, TODAY

MINUTE = timedelta(minutes=1)


def status_with(*polls: Poll, interval: timedelta = 10 * MINUTE) -> Status:
    """A service that started at noon and polled so."""
    status = Status(NOW, interval)
    for poll in polls:
        status.polled(poll)
    return status


def test_a_service_that_just_started_is_well() -> None:
    assert status_with().troubles(now=NOW + MINUTE) == []


def test_a_service_whose_polls_never_end_is_not_well() -> None:
    assert "polls don't finish" in status_with().troubles(now=NOW + 31 * MINUTE)[0]


def test_one_failed_poll_is_not_a_problem_yet() -> None:
    status = status_with(Poll(NOW), Poll(NOW + 10 * MINUTE, failures=("no connection",)))
    assert status.troubles(now=NOW + 11 * MINUTE) == []


def test_a_source_that_is_unreachable_for_three_intervals_is_named_with_the_reason() -> None:
    status = status_with(Poll(NOW), Poll(NOW + 30 * MINUTE, failures=("no connection",)))
    [trouble] = status.troubles(now=NOW + 31 * MINUTE)
    assert "10 March 2026, 12:00 UTC" in trouble
    assert "no connection" in trouble


def test_with_short_intervals_a_poll_is_late_after_a_quarter_of_an_hour() -> None:
    status = status_with(Poll(NOW), interval=timedelta(seconds=1))
    assert status.troubles(now=NOW + 15 * MINUTE) == []
    assert status.troubles(now=NOW + 16 * MINUTE) != []


@pytest.mark.parametrize("by", [timedelta(days=40), timedelta(hours=-8)])
def test_a_poll_is_late_by_the_time_that_passed_and_not_by_a_clock_that_was_set(by: timedelta) -> None:
    status = status_with(Poll(NOW))
    status.clock_was_set(by)
    assert status.troubles(now=NOW + by + MINUTE) == []
    assert status.troubles(now=NOW + by + 31 * MINUTE) != []


def test_a_platform_in_trouble_is_named() -> None:
    status = status_with(Poll(NOW))
    status.platforms["slack"] = "the token was revoked"
    assert status.troubles(now=NOW) == ["slack: the token was revoked"]


@pytest.mark.parametrize(
    ("poll", "expected"),
    [
        (Poll(NOW, lists=4, papers=1_087, new=3, newest=TODAY), "Read 4 lists with 1,087 papers, 3 of them new."),
        (Poll(NOW, lists=1), "Read 1 list with no papers."),
        (Poll(NOW, failures=("no connection",)), "No list could be read."),
    ],
)
def test_the_status_tells_what_the_last_poll_brought(poll: Poll, expected: str) -> None:
    first, *_ = status_with(poll).lines()
    assert first == f"Last poll: 10 March 2026, 12:00 UTC. {expected}"


def test_of_several_sources_each_whose_list_of_today_is_empty_is_named() -> None:
    friday = TODAY - timedelta(days=4)
    read = {"huggingface": SourceRead(4, 88, 3, TODAY), "arxiv": SourceRead(4, 300, 0, friday)}
    lines = [str(line) for line in status_with(Poll(NOW, lists=8, papers=388, newest=TODAY, by_source=read)).lines()]
    assert lines[1:] == ["There is nothing of today on arXiv's list so far; its latest papers are from 6 March 2026."]


def refusing(*, since: datetime = NOW, next_try: datetime = NOW + 30 * MINUTE) -> Status:
    """A service to which Slack has answered 503 since then."""
    status = status_with(Poll(NOW + 10 * MINUTE))
    status.posting = {"slack": PostingOutage("slack", since, "Slack has a problem (status 503)", next_try)}
    return status


def test_a_platform_that_takes_nothing_is_told_at_once_and_is_a_trouble_after_ten_minutes() -> None:
    status = refusing()
    told = "lack: nothing that I post has gone through since 10 March 2026, 12:00 UTC: Slack has a problem (status 503)"
    assert f"S{told}" in "\n".join(status.lines(NOW + MINUTE))
    assert status.troubles(now=NOW + 10 * MINUTE) == []
    assert status.troubles(now=NOW + 11 * MINUTE) == [f"s{told}"]
    assert status.takes_nothing("slack", NOW)


def test_an_outage_in_which_nothing_is_tried_any_more_is_not_told() -> None:
    status, later = refusing(next_try=NOW), NOW + timedelta(hours=2)
    assert "gone through" not in "\n".join([*status.troubles(now=later), *status.lines(later)])
    assert not status.takes_nothing("slack", later)


def test_records_that_make_no_sense_are_told_for_a_day() -> None:
    nonsense = "huggingface, list of 2026-03-10, x: no title"
    status = status_with(Poll(NOW, lists=1, papers=2, skipped=1, nonsense=nonsense))
    told = f"One record made no sense and was left out: {nonsense}"
    assert told in list(status.lines())
    status.polled(Poll(NOW + 10 * MINUTE, lists=1))
    assert told in list(status.lines())
    status.polled(Poll(NOW + timedelta(days=2), lists=1))
    assert told not in list(status.lines())
