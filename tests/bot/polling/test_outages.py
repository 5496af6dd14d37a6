"""A source that cannot be reached, and what it costs."""

from __future__ import annotations

import asyncio

import pytest

from adapters.sources.huggingface.source import TRIES, HuggingFace
from bot.domain.polls import Poll
from bot.polling.poller import Poller
from bot.ports.stores import Stores
from tests.bot.polling.post import DAY, HOUR, MINUTE, Post, no_time, nobody
from tests.builders import NOW, TODAY
from tests.fakes.source import Newsstand


def test_if_nothing_listens_one_list_is_asked_for_in_a_poll(post: Post) -> None:
    post.base_url = nobody()
    poll = post.polls(NOW)
    assert len(poll.failures) == 1
    [outage] = poll.outages
    assert (outage.source, outage.since) == ("huggingface", NOW)
    assert not poll.went_on


@pytest.mark.parametrize("fault", ["hang", 503, "cut", "reset", "drip"])
def test_if_no_answer_comes_two_lists_are_asked_for_in_a_poll(post: Post, fault: int | str) -> None:
    post.hub.broken[None] = fault
    post.deadline = 0.3 if fault == "drip" else 5
    poll = post.polls(NOW)
    assert len(post.hub.requests) <= TRIES + 1
    assert [outage.source for outage in poll.outages] == ["huggingface"]


@pytest.mark.parametrize("fault", ["429", 401, 403, "redirect", "429 next week"])
def test_a_source_that_refuses_us_is_asked_for_one_list_in_a_poll(post: Post, fault: int | str) -> None:
    post.hub.broken[None] = fault
    assert post.polls(NOW).outages
    assert len({path for path, _ in post.hub.requests}) == 1


def test_papers_listed_during_an_outage_come_once_when_it_is_over(post: Post) -> None:
    post.list(1)
    post.polls(NOW)
    post.hub.broken[None] = 503
    post.polls(*(NOW + HOUR * hour for hour in range(1, 24)))
    assert post.due() == 1
    for number, day in ((2, TODAY), (3, TODAY + DAY), (4, TODAY + DAY)):
        post.list(number, day)
    post.hub.broken.clear()
    assert post.polls(NOW + DAY, NOW + DAY + MINUTE).failures == ()
    assert post.due() == 4


def test_an_outage_across_a_restart_costs_nothing(post: Post) -> None:
    post.list(1)
    post.polls(NOW)
    post.hub.broken[None] = "hang"
    post.polls(NOW + 9 * DAY)
    post.restart(NOW + 10 * DAY)
    for later in range(1, 11):
        post.list(1 + later, TODAY + DAY * later)
    post.hub.broken.clear()
    post.polls(NOW + 10 * DAY)
    assert post.due() == 11


def test_an_unreachable_source_is_reported_with_its_beginning_and_that_nothing_is_lost(post: Post) -> None:
    post.polls(NOW)
    post.hub.broken[None] = 503
    post.polls(NOW + 10 * MINUTE, NOW + 20 * MINUTE, NOW + 40 * MINUTE)
    assert "huggingface has been unreachable since 10 March 2026, 12:10 UTC: it answers 503" in post.status_text()
    assert "Nothing is lost" in post.status_text()
    assert "empty" not in post.status_text()
    [trouble] = post.status.troubles(now=NOW + 41 * MINUTE)
    assert trouble.startswith("huggingface has been unreachable since 10 March 2026, 12:10 UTC")


def test_after_a_restart_an_outage_begins_with_the_last_list_that_was_read(post: Post) -> None:
    post.polls(NOW)
    post.hub.broken[None] = 503
    post.restart(NOW + 5 * HOUR)
    post.polls(NOW + 5 * HOUR)
    assert "since 10 March 2026, 12:00 UTC" in post.status_text()


def test_a_second_outage_has_its_own_beginning(post: Post) -> None:
    post.polls(NOW)
    post.hub.broken[None] = 503
    post.polls(NOW + HOUR)
    post.hub.broken.clear()
    post.polls(NOW + 2 * HOUR)
    post.hub.broken[None] = 503
    post.polls(NOW + 3 * HOUR)
    assert "since 10 March 2026, 15:00 UTC" in post.status_text()


def test_an_unreachable_source_does_not_hold_up_the_others(stores: Stores) -> None:
    gone, stand = HuggingFace(nobody(), sleep=no_time), Newsstand()

    async def run() -> Poll:
        try:
            return await Poller([gone, stand], stores.papers, lookback_days=3).poll(now=NOW)
        finally:
            await gone.aclose()

    poll = asyncio.run(run())
    assert (poll.lists, len(poll.outages)) == (31, 1)
