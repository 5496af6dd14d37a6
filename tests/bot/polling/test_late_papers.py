"""Papers that come late, come twice or come at midnight, and clocks that are wrong."""

from __future__ import annotations

from datetime import date

from tests.bot.polling.post import DAY, HOUR, MINUTE, YESTERDAY, Post
from tests.builders import NOW, TODAY


def test_papers_that_are_added_late_come(post: Post) -> None:
    post.polls(NOW)
    post.list(1, TODAY - 3 * DAY)
    post.polls(NOW + MINUTE)
    post.list(2, TODAY - 6 * DAY)
    post.polls(NOW + HOUR)
    assert post.due() == 2


def test_a_paper_that_is_listed_again_comes_once(post: Post) -> None:
    post.list(1, YESTERDAY)
    post.polls(NOW)
    post.list(1)
    post.polls(NOW + MINUTE)
    assert post.due() == 1


def test_nothing_falls_between_two_days(post: Post) -> None:
    """What is added to a list in its last minute is read after midnight, when that list is yesterday's."""
    midnight = NOW.replace(hour=0) + DAY
    post.polls(midnight - MINUTE)
    post.list(1)
    post.hub.broken[TODAY + DAY] = 400
    assert post.polls(midnight + MINUTE).failures == ()
    assert post.due() == 1
    post.hub.broken.clear()
    post.list(2, TODAY + DAY)
    post.polls(midnight + 35 * MINUTE)
    assert post.due() == 2


def test_lists_that_were_read_while_our_clock_was_ahead_are_read_again(post: Post) -> None:
    """By that clock, they were closed."""
    post.polls(NOW + 10 * DAY)
    post.list(1)
    post.polls(NOW + MINUTE)
    assert post.due() == 1


def test_lists_of_the_future_point_to_our_clock(post: Post) -> None:
    for later in range(1, 4):
        post.hub.broken[TODAY + DAY * later] = 400
    assert "is this machine's clock right?" in post.polls(NOW + 3 * DAY).failures[0]


def test_while_our_clock_is_behind_papers_come_late_but_they_come(post: Post) -> None:
    post.list(1)
    post.polls(NOW - DAY)
    assert post.due() == 0
    post.polls(NOW)
    assert post.due() == 1


def test_days_without_papers_are_reported_and_nothing_is_wrong(post: Post) -> None:
    friday = date(2026, 3, 6)
    post.list(1, friday)
    post.polls(NOW - 3 * DAY, NOW - 2 * DAY)
    assert (
        "Today's list is empty so far, as on most weekends; the latest list with papers is from 6 March 2026."
        in post.status_text()
    )
    post.restart(NOW)
    post.polls(NOW + 20 * DAY)
    assert "Today's list is empty so far" in post.status_text()
    assert "weekend" not in post.status_text()
    assert post.status.troubles(now=NOW + 20 * DAY) == []
