"""What becomes of a delivery when posting goes well, badly, or nobody knows."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.courier import Courier
from bot.delivery.digest_schedules import Schedule
from bot.delivery.digests import skip_empty
from bot.delivery.retry_and_expiry import KEPT_FOR, LONGEST_PAUSE, SHORTEST_PAUSE, pause_after
from bot.domain import PROBE_EVERY, Quiet
from bot.domain.messages import Digest
from bot.errors import ChannelClosed, Rejected, RetryLater, Uncertain, UnknownRefusal
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.meter import UNMEASURED, Meter
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe
from tests.fakes.platform import Pinboard


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        """Noon."""
        self.time = NOW

    def __call__(self) -> datetime:
        """The time."""
        return self.time

    def pass_(self, span: timedelta) -> None:
        """Let time go by."""
        self.time += span


class Office:
    """A courier with its stores, platform and clock."""

    def __init__(
        self, stores: Stores, *, max_attempts: int = 3, flood_limit: int = 20, meter: Meter = UNMEASURED
    ) -> None:
        """Everything is well, and nothing is due."""
        self.stores = stores
        self.board = Pinboard()
        self.clock = Clock()
        self.courier = Courier(
            stores,
            Glossary(stores.papers),
            {"terminal": self.board},
            max_attempts=max_attempts,
            flood_limit=flood_limit,
            now=self.clock,
            chance=lambda: 0.0,
            meter=meter,
        )

    def list_papers(self, *titles: str, first: int = 1) -> None:
        """Papers with these titles come in and are matched."""
        day = self.clock().date()
        papers = [
            a_paper(id=f"9901.{number:05}", title=title, list_day=day) for number, title in enumerate(titles, first)
        ]
        self.stores.papers.save("sample", list_of(*papers), at=self.clock())
        Matcher(self.stores, Glossary(self.stores.papers), now=self.clock).match_papers()

    def set_schedule(self, written: str) -> None:
        """The channel wants digests."""
        schedule = Schedule.parse(written)
        assert schedule is not None
        now = self.clock()
        self.stores.channels.set_schedule(
            HERE, str(schedule), schedule.after(now), at=now, even_if_empty=schedule.even_if_empty
        )

    def deliver_by_the_hour(self, hours: int) -> list[str]:
        """Let hours pass, delivering in each; say what was shown and when."""
        told = []
        for _ in range(hours):
            self.clock.pass_(timedelta(hours=1))
            before = len(self.shown)
            self.deliver()
            skip_empty(self.stores.channels, self.clock())
            told += [f"{self.clock():%d %b %H:%M} {each}" for each in self.shown[before:]]
        return told

    def deliver(self) -> None:
        """Deliver to the channel for as long as it takes messages."""

        async def until_it_waits() -> None:
            while await self.courier.deliver_next(HERE):
                pass

        asyncio.run(until_it_waits())

    @property
    def shown(self) -> list[str]:
        """What stands in the channel."""
        return self.board.titles(HERE)


@pytest.fixture
def office(stores: Stores) -> Office:
    """A courier whose channel is subscribed to robots."""
    subscribe(stores, HERE, "robots")
    return Office(stores)


def test_a_due_paper_is_posted_with_the_words_that_matched(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.deliver()
    [(channel, _, card)] = office.board.posted
    assert channel == HERE
    assert not isinstance(card, Digest)
    assert [evidence.words for match in card.matches for evidence in match.evidence] == ["Robots"]  # type: ignore[union-attr]


def test_the_log_names_the_paper_that_was_delivered_and_its_channel(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    office.list_papers("Robots Dance")
    office.deliver()
    [delivered] = [record.getMessage() for record in caplog.records if record.name == "bot.delivery.courier"]
    assert delivered.startswith("Delivered 9901.")
    assert delivered.endswith(f" to {HERE}")
    assert "Dance" not in caplog.text


def test_papers_arrive_in_the_order_of_their_list(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two", "Robots Three")
    office.deliver()
    assert office.shown == ["Robots One", "Robots Two", "Robots Three"]


def test_a_delivered_paper_never_comes_again(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.deliver()
    office.list_papers("Robots Dance All Night")
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_what_the_platform_cannot_take_now_comes_after_a_pause(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("busy"))
    office.deliver()
    assert office.shown == []
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_the_platform_says_how_long_to_wait(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("rate limit", after=timedelta(minutes=2)))
    office.deliver()
    office.clock.pass_(timedelta(seconds=119))
    office.deliver()
    assert office.shown == []
    office.clock.pass_(timedelta(seconds=1))
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_a_waiting_paper_holds_back_those_behind_it(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    office.board.faults.append(RetryLater("busy"))
    office.deliver()
    office.deliver()
    assert office.shown == []
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots One", "Robots Two"]


def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.lost_answers.append(Uncertain("the connection broke"))
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Dance"]
    assert office.stores.outbox.counts()["delivered"] == 1


def test_a_message_that_did_not_arrive_is_posted_again(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(Uncertain("the connection broke"))
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_an_outage_does_not_use_up_the_attempts(office: Office) -> None:
    office.list_papers("Robots Dance")
    for _ in range(20):
        office.board.faults.append(Uncertain("down"))
        office.deliver()
        office.clock.pass_(LONGEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_an_outage_does_not_count_towards_giving_up(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.extend([*[Uncertain("503")] * 12, TypeError("no message"), None])
    for _ in range(14):
        office.deliver()
        office.clock.pass_(timedelta(hours=1))
    assert office.shown == ["Robots Dance"]


def test_a_refusal_that_nobody_knows_costs_its_paper_alone(office: Office) -> None:
    office.list_papers("Robots Dance", "Robots Sing")
    office.board.faults.extend([UnknownRefusal("a_new_code")] * 3)
    for _ in range(3):
        office.deliver()
        office.clock.pass_(timedelta(hours=1))
    assert office.shown == ["Robots Sing"]
    assert office.stores.outbox.counts()["failed"] == 1


def test_a_refusal_that_nobody_knows_may_pass(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.extend([UnknownRefusal("a_new_code"), UnknownRefusal("a_new_code"), None])
    for _ in range(3):
        office.deliver()
        office.clock.pass_(timedelta(hours=1))
    assert office.shown == ["Robots Dance"]


def test_an_error_that_nobody_foresaw_fails_at_the_last_attempt(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    for _ in range(3):
        office.board.faults.append(KeyError("surprise"))
        office.deliver()
        office.clock.pass_(LONGEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Two"]
    assert office.stores.outbox.counts()["failed"] == 1


def test_a_message_that_is_refused_lets_the_next_one_through(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    office.board.faults.append(Rejected("too long"))
    office.deliver()
    assert office.shown == ["Robots Two"]


def test_a_closed_channel_is_paused_with_its_reason_and_repair(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.closed[HERE] = ChannelClosed("the channel is archived", repair="unarchive it")
    office.deliver()
    channel = office.stores.channels.get(HERE)
    assert channel is not None
    assert channel.pause is not None
    assert (channel.pause.reason, channel.pause.repair) == ("the channel is archived", "unarchive it")


def test_a_channel_that_opens_again_gets_what_waited(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    office.board.closed[HERE] = ChannelClosed("the channel is archived", repair="unarchive it")
    office.deliver()
    office.board.closed.clear()
    office.clock.pass_(PROBE_EVERY)
    office.deliver()
    channel = office.stores.channels.get(HERE)
    assert office.shown == ["Robots One", "Robots Two"]
    assert channel is not None
    assert channel.pause is None


def test_what_waits_too_long_is_dropped_and_counted(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("busy"))
    office.deliver()
    office.clock.pass_(KEPT_FOR + timedelta(seconds=1))
    asyncio.run(office.courier.expire())
    office.deliver()
    assert office.shown == []
    assert office.stores.outbox.counts()["expired"] == 1


def test_what_may_have_arrived_is_dropped_after_a_week_in_which_the_platform_could_not_tell(office: Office) -> None:
    office.list_papers("Robots One")
    office.board.lost_answers.append(Uncertain("no answer"))
    office.board.blindness = RetryLater("the history cannot be read")
    office.deliver()
    for _ in range(8 * 24):
        office.clock.pass_(timedelta(hours=1))
        office.deliver()
        asyncio.run(office.courier.expire())
    assert office.stores.outbox.counts()["expired"] == 1
    office.list_papers("Robots Two", first=2)
    office.deliver()
    assert office.shown == ["Robots One", "Robots Two"]


def test_more_cards_than_the_flood_limit_come_as_one_digest_best_first(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=n) for n in (1, 2, 3)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=office.clock).match_papers()
    office.deliver()
    [(_, _, digest)] = office.board.posted
    assert isinstance(digest, Digest)
    assert [card.title for card in digest.cards] == ["Robots 3", "Robots 2", "Robots 1"]


def test_a_flood_of_more_papers_than_a_message_holds_comes_as_digests_only_the_best_first(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores)
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=n) for n in range(50)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=office.clock).match_papers()
    office.deliver()
    votes = [[card.upvotes for card in digest.cards] for _, _, digest in office.board.posted]  # type: ignore[union-attr]
    assert votes == [list(range(49, 9, -1)), list(range(9, -1, -1))]
    office.list_papers("Robots Again", first=99)
    office.deliver()
    assert office.shown[2:] == ["Robots Again"]


def test_as_many_cards_as_the_flood_limit_come_one_by_one(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    office.list_papers("Robots One", "Robots Two")
    office.deliver()
    assert office.shown == ["Robots One", "Robots Two"]


def test_what_was_unsubscribed_meanwhile_is_not_posted(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.stores.subscriptions.remove(HERE, 1)
    office.deliver()
    assert office.shown == []


def test_what_was_withdrawn_comes_when_somebody_subscribes_again_that_day(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.stores.subscriptions.remove(HERE, 1)
    office.deliver()
    subscribe(office.stores, HERE, "dance")
    Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_subscriptions()
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_a_paper_of_two_subscriptions_comes_once_with_both_reasons(office: Office) -> None:
    subscribe(office.stores, HERE, "dance")
    office.list_papers("Robots Dance")
    office.deliver()
    [(_, _, card)] = office.board.posted
    assert [match.query for match in card.matches] == ["robots", "dance"]  # type: ignore[union-attr]


def test_papers_listed_before_the_day_of_subscribing_never_come(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(title="Robots Then", list_day=TODAY - timedelta(days=1))), at=NOW)
    subscribe(stores, HERE, "robots")
    office = Office(stores)
    Matcher(stores, Glossary(stores.papers), now=office.clock).match_subscriptions()
    Matcher(stores, Glossary(stores.papers), now=office.clock).match_papers()
    office.deliver()
    assert office.shown == []


def test_a_digest_comes_in_its_schedule_and_brings_everything_in_one_message(office: Office) -> None:
    office.set_schedule("daily 09:00 Europe/Berlin")
    office.list_papers("Robots One", "Robots Two")
    assert office.deliver_by_the_hour(20) == ["11 Mar 08:00 2 papers · 10 March 2026"]


def test_digests_follow_the_clock_on_the_wall(office: Office) -> None:
    office.set_schedule("daily 09:00 Europe/Berlin")
    office.clock.time = datetime(2026, 3, 28, 0, tzinfo=UTC)
    shown = []
    for number in range(3):
        office.list_papers(f"Robots {number}", f"Robots {number} again", first=10 * number)
        shown += office.deliver_by_the_hour(24)
    assert shown == [
        "28 Mar 01:00 2 papers · 28 March 2026",  # missed since 11 March: late, but once
        "29 Mar 07:00 2 papers · 29 March 2026",
        "30 Mar 07:00 2 papers · 30 March 2026",
    ]


def test_what_comes_in_while_a_digest_is_posted_waits_for_the_next(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers("Robots One", "Robots Two")
    office.clock.pass_(timedelta(hours=1))
    office.board.faults.append(Uncertain("the connection broke"))
    office.deliver()
    office.list_papers("Robots Three", first=3)
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["2 papers · 10 March 2026"]
    assert office.deliver_by_the_hour(24) == ["11 Mar 13:00 Robots Three"]


def test_a_digest_of_which_the_answer_was_lost_comes_once(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers("Robots One", "Robots Two")
    office.board.lost_answers.append(Uncertain("the connection broke"))
    assert office.deliver_by_the_hour(30) == ["10 Mar 13:00 2 papers · 10 March 2026"]
    assert office.stores.outbox.counts()["delivered"] == 2


def test_more_papers_than_a_message_holds_come_in_several_at_once(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers(*(f"Robots {number}" for number in range(50)))
    assert office.deliver_by_the_hour(24) == [
        "10 Mar 13:00 40 papers · 10 March 2026",
        "10 Mar 13:00 10 papers · 10 March 2026",
    ]


def test_a_digest_of_several_messages_has_the_best_papers_first(office: Office) -> None:
    office.set_schedule("daily 13:00")
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=n) for n in range(50)]
    office.stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_papers()
    office.deliver_by_the_hour(24)
    votes = [[card.upvotes for card in digest.cards] for _, _, digest in office.board.posted]  # type: ignore[union-attr]
    assert votes == [list(range(49, 9, -1)), list(range(9, -1, -1))]


def test_an_empty_digest_is_not_posted(office: Office) -> None:
    office.set_schedule("daily 13:00")
    assert office.deliver_by_the_hour(50) == []
    office.list_papers("Robots One")
    assert office.deliver_by_the_hour(24) == ["13 Mar 13:00 Robots One"]


def test_an_empty_digest_is_posted_where_it_is_wanted(office: Office) -> None:
    office.set_schedule("daily 13:00 even if empty")
    assert office.deliver_by_the_hour(48) == ["10 Mar 13:00 No new papers.", "11 Mar 13:00 No new papers."]


def test_an_empty_digest_that_nobody_can_post_is_given_up_like_any_other(office: Office) -> None:
    office.set_schedule("daily 13:00 even if empty")
    office.clock.pass_(timedelta(hours=1))
    for _ in range(3):
        office.board.faults.append(KeyError("surprise"))
        office.deliver()
        office.clock.pass_(LONGEST_PAUSE)
    assert office.deliver_by_the_hour(24) == ["11 Mar 13:45 No new papers."]


def test_a_weekly_digest_keeps_all_of_its_week_even_if_it_is_late(office: Office) -> None:
    office.set_schedule("weekly tue 13:00")
    office.deliver_by_the_hour(2)
    office.list_papers("Robots One", "Robots Two")
    office.clock.pass_(timedelta(days=7, hours=5))
    asyncio.run(office.courier.expire())
    office.deliver()
    assert office.shown == ["2 papers · 10 March 2026"]


def test_nothing_comes_in_a_pause_and_everything_afterwards(office: Office) -> None:
    office.stores.channels.quieten(HERE, Quiet(NOW, NOW + timedelta(days=2), "ada"))
    office.list_papers("Robots One", "Robots Two")
    assert office.deliver_by_the_hour(50) == ["12 Mar 12:00 Robots One", "12 Mar 12:00 Robots Two"]


def test_what_waited_in_a_pause_comes_as_a_digest_if_it_is_much(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    stores.channels.quieten(HERE, Quiet(NOW, NOW + timedelta(days=2), "ada"))
    office.list_papers("Robots One", "Robots Two", "Robots Three")
    assert office.deliver_by_the_hour(50) == ["12 Mar 12:00 3 papers · 10 March 2026"]


def test_what_waits_too_long_in_a_pause_is_dropped_and_counted(office: Office) -> None:
    office.stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
    office.list_papers("Robots One")
    office.clock.pass_(KEPT_FOR + timedelta(seconds=1))
    asyncio.run(office.courier.expire())
    office.stores.channels.wake_up(HERE, office.clock())
    office.deliver()
    assert office.shown == []
    assert office.stores.outbox.counts()["expired"] == 1


@given(attempts=st.integers(1, 1000), chance=st.floats(0, 1))
def test_pauses_stay_between_half_the_shortest_and_the_longest(attempts: int, chance: float) -> None:
    assert SHORTEST_PAUSE / 2 <= pause_after(attempts, chance) <= LONGEST_PAUSE


def test_pauses_double() -> None:
    assert [pause_after(attempts, 0.0).total_seconds() for attempts in (1, 2, 3, 4)] == [5, 10, 20, 40]
