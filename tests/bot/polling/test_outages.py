"""A source on a bad day, and what it costs: the real client, a real store, and a Hugging Face on loopback."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import httpx
import pytest

from adapters.sources.huggingface.source import TRIES, HuggingFace
from bot.domain import PaperList
from bot.domain.polls import Poll
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.polling.due_lists import HORIZON
from bot.polling.poller import Poller
from bot.ports.source import PaperSource
from bot.ports.stores import Stores
from bot.status import Status
from tests.builders import HERE, NOW, TODAY, subscribe
from tests.fakes.source import Newsstand
from tests.servers.huggingface import HuggingFaceServer, an_item

YESTERDAY = TODAY - timedelta(days=1)
OLDEST = TODAY - HORIZON
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def no_time(_seconds: float) -> None:
    """Wait without taking any time."""


@dataclass(slots=True)
class Post:
    """A service's polls and matches by a clock that is moved by hand; `restart` makes it a new process.

    Attributes:
        hub: The source.
        stores: A real store, where one channel is subscribed to everything.
        base_url: Where the source is thought to be.
        deadline: Seconds that a list may take.
        status: How the service is doing.
    """

    hub: HuggingFaceServer
    stores: Stores
    base_url: str = ""
    deadline: float = 5
    poller: Poller = field(init=False)
    status: Status = field(init=False)

    def __post_init__(self) -> None:
        """Subscribe the channel, long ago."""
        self.base_url = self.hub.base_url
        subscribe(self.stores, HERE, "*", at=NOW - 2 * HORIZON)
        self.restart(NOW)

    def restart(self, now: datetime) -> None:
        """Start again with nothing but the store."""
        self.poller = Poller([], self.stores.papers, lookback_days=3)
        self.status = Status(now, 10 * MINUTE)

    def polls(self, *moments: datetime) -> Poll:
        """Poll at these moments, with one client, and return the last poll."""

        async def run() -> list[Poll]:
            source = HuggingFace(
                self.base_url,
                timeout=httpx.Timeout(0.05, connect=5),
                deadline=self.deadline,
                sleep=no_time,
                clock=lambda: 0.0,
            )
            # The poller stays, as it does in a service; the client belongs to the loop of this call.
            self.poller._sources = (source,)  # noqa: SLF001
            try:
                return [self._polled(await self.poller.poll(now=now)) for now in moments]
            finally:
                await source.aclose()

        polls = asyncio.run(run())
        Matcher(self.stores, Glossary(self.stores.papers), now=lambda: moments[-1]).match_papers()
        return polls[-1]

    def _polled(self, poll: Poll) -> Poll:
        self.status.polled(poll)
        return poll

    def list(self, number: int, day: date = TODAY) -> None:
        """Put one more paper on the list of that day."""
        self.hub.lists.setdefault(day, []).append(an_item(f"9901.{number:05}"))

    def due(self) -> int:
        """How many papers were enqueued."""
        return self.stores.outbox.counts()["due"]

    def status_text(self) -> str:
        """What /papers status says."""
        return "\n".join(self.status.lines())


@pytest.fixture
def post(stores: Stores) -> Iterator[Post]:
    """A new service, with its source."""
    with HuggingFaceServer() as hub:
        yield Post(hub, stores)


def nobody() -> str:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


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
        "Today's list is empty so far, as on most weekends; the latest list with papers is that of 6 March"
        in post.status_text()
    )
    post.restart(NOW)
    post.polls(NOW + 20 * DAY)
    assert "Today's list is empty so far" in post.status_text()
    assert "weekend" not in post.status_text()
    assert post.status.troubles(now=NOW + 20 * DAY) == []


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


def test_an_unreachable_source_does_not_hold_up_the_others(stores: Stores) -> None:
    gone, stand = HuggingFace(nobody(), sleep=no_time), Newsstand()

    async def run() -> Poll:
        try:
            return await Poller([gone, stand], stores.papers, lookback_days=3).poll(now=NOW)
        finally:
            await gone.aclose()

    poll = asyncio.run(run())
    assert (poll.lists, len(poll.outages)) == (31, 1)
