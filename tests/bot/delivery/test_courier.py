"""What becomes of a delivery when posting succeeds, fails, or may have succeeded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.retry_and_expiry import KEPT_FOR, LONGEST_PAUSE, SHORTEST_PAUSE
from bot.domain import PROBE_EVERY
from bot.domain.messages import Digest
from bot.errors import ChannelClosed, Rejected, RetryLater, Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def test_a_paper_that_the_platform_cannot_take_now_comes_after_a_pause(office: Office) -> None:
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


def test_a_platform_cannot_ask_to_wait_for_longer_than_a_day(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("rate limit", after=timedelta(days=30)))
    office.deliver()
    office.clock.pass_(timedelta(days=1))
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


def test_papers_that_wait_too_long_are_dropped_and_counted(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("busy"))
    office.deliver()
    office.clock.pass_(KEPT_FOR + timedelta(seconds=1))
    asyncio.run(office.courier.expire())
    office.deliver()
    assert office.shown == []
    assert office.stores.outbox.counts()["expired"] == 1


def test_an_uncertain_paper_is_dropped_after_a_week_in_which_the_platform_could_not_tell(office: Office) -> None:
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
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=n) for n in range(23)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=office.clock).match_papers()
    office.deliver()
    votes = [[card.upvotes for card in digest.cards] for _, _, digest in office.board.posted]  # type: ignore[union-attr]
    assert votes == [list(range(22, 12, -1)), list(range(12, 2, -1)), [2, 1, 0]]
    office.list_papers("Robots Again", first=99)
    office.deliver()
    assert office.shown[3:] == ["Robots Again"]


def test_as_many_cards_as_the_flood_limit_come_one_by_one(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    office.list_papers("Robots One", "Robots Two")
    office.deliver()
    assert office.shown == ["Robots One", "Robots Two"]


def test_a_paper_whose_subscription_was_removed_meanwhile_is_not_posted(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.stores.subscriptions.remove(HERE, 1)
    office.deliver()
    assert office.shown == []


@pytest.mark.parametrize("ahead", [-26 * HOUR, -2 * HOUR, 2 * HOUR, 26 * HOUR])
@pytest.mark.parametrize("later", [HOUR, 3 * HOUR, 27 * HOUR])
@pytest.mark.parametrize("earlier", [[], ["Robots Sing"]])
def test_a_card_whose_answer_was_lost_while_the_clock_was_wrong_is_found_when_it_is_right_again(
    office: Office, ahead: timedelta, later: timedelta, earlier: list[str]
) -> None:
    right = office.clock.time
    office.board.clock = lambda: right
    office.list_papers(*earlier)
    office.deliver()
    office.list_papers("Robots Dance", first=9)
    office.board.lost_answers.append(Uncertain("no answer"))
    office.clock.pass_(ahead)
    office.stores.moments.set_right(now=office.clock(), soon=office.clock() + HOUR, digests={})
    office.deliver()
    right += later
    office.clock.time = right
    office.stores.moments.set_right(now=right, soon=right + HOUR, digests={})
    office.deliver()
    assert office.shown == [*earlier, "Robots Dance"]


def looked_since(office: Office, *, at: timedelta) -> timedelta:
    """How far back a card is looked for whose answer was lost at that time."""
    office.clock.pass_(at)
    office.list_papers("Robots Dance", first=9)
    office.board.lost_answers.append(Uncertain("no answer"))
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    [since] = office.board.looked_since
    return office.clock() - since


def test_it_is_looked_for_from_the_last_message_on_that_arrived(office: Office) -> None:
    office.board.clock = office.clock
    office.list_papers("Robots Sing")
    office.deliver()
    assert DAY < looked_since(office, at=DAY) < DAY + HOUR


@pytest.mark.parametrize("earlier", [[], ["Robots Sing"]])
def test_it_is_not_looked_for_among_messages_from_before_anything_that_waits(
    office: Office, earlier: list[str]
) -> None:
    office.board.clock = office.clock
    office.list_papers(*earlier)
    office.deliver()
    assert KEPT_FOR < looked_since(office, at=30 * DAY) < KEPT_FOR + DAY


@pytest.mark.parametrize("fault", [RetryLater("429"), Uncertain("no answer")], ids=["refused", "uncertain"])
def test_a_paper_that_waits_while_its_subscription_is_changed_is_judged_by_the_new_query(
    office: Office, fault: Exception
) -> None:
    office.list_papers("Robots Dance", "Robots Sing")
    office.board.faults.append(fault)
    office.deliver()
    office.stores.subscriptions.change(HERE, 1, "sing", canonical="sing", since=NOW)
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Sing"]


def test_a_paper_whose_subscription_is_changed_while_the_platform_is_asked_for_it_is_judged_by_the_new_query(
    office: Office,
) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(Uncertain("no answer"))
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    office.board.on_find = lambda: office.stores.subscriptions.change(HERE, 1, "sing", canonical="sing", since=NOW)
    office.deliver()
    assert office.shown == []


def test_a_paper_that_has_lost_votes_while_it_waited_still_comes(stores: Stores) -> None:
    subscribe(stores, HERE, "robots upvotes>=20")
    office = Office(stores)
    paper = a_paper(title="Robots Dance", upvotes=20)
    stores.papers.save("sample", list_of(paper), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=office.clock).match_papers()
    stores.papers.save("sample", list_of(replace(paper, upvotes=19)), at=NOW)
    office.deliver()
    assert office.shown == ["Robots Dance"]


def test_a_withdrawn_paper_comes_if_someone_subscribes_again_that_day(office: Office) -> None:
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
