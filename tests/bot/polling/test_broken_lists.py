"""Lists that cannot be read while the source is there, and what they cost."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.domain import PaperList
from bot.polling.poller import Poller
from bot.ports.source import PaperSource
from bot.ports.stores import Stores
from tests.bot.polling.post import DAY, HOUR, MINUTE, OLDEST, YESTERDAY, Post
from tests.builders import NOW, TODAY
from tests.fakes.source import Newsstand


@pytest.mark.parametrize("fault", [500, 404, "cut", "html", "object", "crowd", "flood", "astray", "hang", "reset"])
def test_a_list_that_is_broken_for_good_does_not_affect_the_others(post: Post, fault: int | str) -> None:
    post.hub.broken[OLDEST] = fault
    post.list(1)
    poll = post.polls(NOW)
    assert (poll.lists, poll.outages, poll.went_on) == (30, (), True)
    assert str(OLDEST) in poll.failures[0]
    assert "tried again at each poll" in post.status_text()
    assert post.due() == 1


def test_many_broken_lists_keep_no_other_waiting_for_longer_than_one_poll(post: Post) -> None:
    for later in range(6):
        post.hub.broken[OLDEST + DAY * later] = "hang"
    post.list(1)
    polls = [post.polls(NOW), post.polls(NOW + MINUTE)]
    while len(polls) < 20 and not polls[-1].lists:
        polls.append(post.polls(NOW + MINUTE * len(polls)))
    assert post.due() == 1
    post.list(2)
    assert post.polls(NOW + HOUR).lists >= 4
    assert post.due() == 2


def test_a_list_that_is_read_again_after_it_was_broken_loses_nothing(post: Post) -> None:
    post.hub.broken[YESTERDAY] = "cut"
    post.polls(NOW)
    post.hub.broken.clear()
    post.list(1, YESTERDAY)
    assert post.polls(NOW + 20 * DAY).failures == ()
    assert post.due() == 1


def test_a_broken_list_of_today_is_grave(post: Post) -> None:
    post.hub.broken[TODAY] = 500
    assert not post.polls(NOW).went_on


def test_records_in_an_unknown_format_do_not_count_as_an_empty_list(post: Post) -> None:
    """They are read once Paperwire understands them: the list stays due, like any other that could not be read."""
    post.hub.lists[TODAY] = [{"article": {"id": f"9901.{number:05}"}} for number in range(20)]
    poll = post.polls(NOW)
    assert "none of its 20 records makes sense" in poll.failures[0]
    post.hub.lists.clear()
    post.list(1)
    post.polls(NOW + 20 * DAY)
    assert post.due() == 1


def test_every_page_is_read_even_if_answers_do_not_link_to_the_next(post: Post) -> None:
    for number in range(200):
        post.list(number)
    post.hub.links = False
    assert post.polls(NOW).papers == 200


class Clumsy(Newsstand):
    """A source with a defect."""

    async def fetch(self, day: date) -> PaperList:
        """Stumble over yesterday's list."""
        if day == YESTERDAY:
            raise ZeroDivisionError
        return await Newsstand.fetch(self, day)


def test_an_unexpected_error_costs_only_its_list(stores: Stores, caplog: pytest.LogCaptureFixture) -> None:
    sources: list[PaperSource] = [Clumsy(name="clumsy"), Newsstand()]
    poll = asyncio.run(Poller(sources, stores.papers, lookback_days=3).poll(now=NOW))
    assert poll.lists == 61
    assert "ZeroDivisionError" in poll.failures[0]
    assert "Unexpected error" in caplog.text
