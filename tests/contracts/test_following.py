"""What every store promises about followed messages, and about papers and deliveries that come a second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.delivery.edit_policy import EDIT_EVERY, FOLLOWED_FOR, follow, noticeable
from bot.domain import WATCHED_FOR, Address, Counts, Evidence, Match, Pause, Quiet, Receipt
from bot.domain.edits import Outdated
from bot.domain.messages import Card, Digest
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, card_of, digest_of, list_of, query_ids, subscribe
from tests.contracts.stores import claim, enqueue

AGAIN = NOW + EDIT_EVERY
END = NOW + FOLLOWED_FOR
SHOWN = Receipt("message 1", "https://chat.example/1")
WHY = Match("robots", (Evidence("abstract", "robots", "We teach ", " to “dance” — "),))


def a_card(number: int = 1, **given: object) -> Card:
    """A card of a paper."""
    return card_of(a_paper(id=f"9901.{number:05}", **given), [WHY])


def post(stores: Stores, message: Card | Digest, *, channel: Address = HERE, receipt: Receipt = SHOWN) -> str:
    """Deliver what is due in the channel as this message; return its key."""
    claimed = claim(stores, channel)
    stores.outbox.deliver(claimed, receipt, at=NOW, followed=follow(message, at=NOW))
    return claimed.key


def grow(stores: Stores, number: int = 1, **counts: int) -> None:
    """Raise a paper's counts, or withdraw it."""
    stores.papers.save("sample", list_of(a_paper(id=f"9901.{number:05}", title="One", **counts)), at=NOW)


def outdated(stores: Stores, *, at: datetime = AGAIN, platform: str = "terminal", limit: int = 9) -> list[Outdated]:
    """Messages that are worth an edit."""
    return list(stores.followed.outdated(platform, now=at, limit=limit))


def posted(stores: Stores) -> str:
    """One card is posted, with no votes, comments or stars."""
    enqueue(stores, "One")
    return post(stores, a_card())


class TestFollowed:
    """`FollowedStore`."""

    def test_a_message_comes_back_as_posted_with_the_current_counts(self, stores: Stores) -> None:
        key = posted(stores)
        grow(stores, upvotes=58, comments=3, stars=138)
        [found] = outdated(stores)
        assert found == Outdated(
            HERE,
            key,
            Receipt(SHOWN.id),
            replace(a_card(), abstract=""),
            {"9901.00001": Counts(58, 3, 138)},
            is_last=False,
        )

    def test_a_paper_that_was_withdrawn_is_worth_an_edit_until_the_message_says_so(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, is_withdrawn=True)
        [found] = outdated(stores)
        assert found.counts == {"9901.00001": Counts(0, 0, None, is_withdrawn=True)}
        noticed = {paper: noticeable(counts) for paper, counts in found.counts.items()}
        stores.followed.shown(found, noticed=noticed, again_at=AGAIN)
        assert outdated(stores) == []

    def test_a_digest_comes_back_whole(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        digest = digest_of([a_card(number, upvotes=9 - number) for number in (1, 2, 3)])
        claimed = stores.outbox.claim(HERE, now=NOW, flood_limit=2, digest_limit=40)
        assert claimed is not None
        stores.outbox.deliver(claimed, SHOWN, at=NOW, followed=follow(digest, at=NOW))
        grow(stores, 2, upvotes=70)
        [found] = outdated(stores)
        assert isinstance(found.message, Digest)
        assert [card.paper_id for card in found.message.cards] == ["9901.00001", "9901.00002", "9901.00003"]
        assert found.counts["9901.00002"].upvotes == 70

    def test_a_message_whose_change_nobody_would_notice_is_not_found(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=2)
        assert outdated(stores) == []

    def test_it_is_not_found_before_its_time(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=58)
        assert outdated(stores, at=AGAIN - timedelta(seconds=1)) == []

    def test_it_is_found_on_its_own_platform(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=58)
        assert outdated(stores, platform="slack") == []

    def test_a_message_that_was_edited_is_found_again_once_it_is_worth_it(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=58)
        [found] = outdated(stores)
        noticed = {paper: noticeable(counts) for paper, counts in found.counts.items()}
        stores.followed.shown(found, noticed=noticed, again_at=AGAIN + EDIT_EVERY)
        assert outdated(stores, at=END - EDIT_EVERY) == []
        grow(stores, upvotes=100)
        assert outdated(stores, at=AGAIN) == []
        assert len(outdated(stores, at=AGAIN + EDIT_EVERY)) == 1

    def test_postponed_messages_wait_and_forgotten_ones_never_come(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=58)
        [found] = outdated(stores)
        stores.followed.postpone(found, again_at=AGAIN + EDIT_EVERY)
        assert outdated(stores) == []
        [found] = outdated(stores, at=AGAIN + EDIT_EVERY)
        stores.followed.forget(found)
        assert outdated(stores, at=END) == []

    def test_at_its_end_any_difference_counts(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=1)
        assert stores.followed.sweep(now=END) == 0
        [found] = outdated(stores, at=END)
        assert found.is_last

    def test_at_its_end_an_up_to_date_message_is_forgotten_and_any_other_a_day_later(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        for number in (1, 2):
            post(stores, a_card(number))
        grow(stores, 2, upvotes=1)
        assert stores.followed.sweep(now=END - timedelta(seconds=1)) == 0
        assert stores.followed.sweep(now=END) == 1
        assert stores.followed.sweep(now=END + timedelta(days=1)) == 1

    def test_messages_in_a_paused_or_quiet_channel_are_not_edited(self, stores: Stores) -> None:
        posted(stores)
        grow(stores, upvotes=58)
        stores.channels.pause(HERE, Pause("archived", "unarchive it", since=NOW, probe_at=END))
        assert outdated(stores) == []
        stores.channels.resume(HERE)
        stores.channels.quieten(HERE, Quiet(NOW, AGAIN + timedelta(seconds=1), "ada"))
        assert outdated(stores) == []
        assert len(outdated(stores, at=AGAIN + timedelta(seconds=1))) == 1

    def test_those_that_wait_longest_come_first_up_to_a_limit(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        keys = [post(stores, a_card(number), receipt=Receipt(f"message {number}")) for number in (1, 2, 3)]
        for number in (1, 2, 3):
            grow(stores, number, upvotes=58)
        first, second, _ = outdated(stores)
        stores.followed.postpone(first, again_at=AGAIN + 2 * EDIT_EVERY)
        stores.followed.postpone(second, again_at=AGAIN + EDIT_EVERY)
        found = outdated(stores, at=AGAIN + 2 * EDIT_EVERY, limit=2)
        assert [message.key for message in found] == [*({*keys} - {first.key, second.key}), second.key]


def test_a_platform_is_busy_while_something_is_due_or_under_way(stores: Stores) -> None:
    assert not stores.outbox.is_busy("terminal", now=NOW)
    enqueue(stores, "One")
    assert stores.outbox.is_busy("terminal", now=NOW)
    assert not stores.outbox.is_busy("slack", now=NOW)
    claimed = claim(stores)
    assert stores.outbox.is_busy("terminal", now=NOW)
    stores.outbox.reschedule(claimed, due_at=AGAIN, reason="busy", uncertain=False)
    assert not stores.outbox.is_busy("terminal", now=NOW)


@pytest.mark.parametrize(("late", "pending"), [(timedelta(), True), (timedelta(days=1), False)])
def test_a_paper_that_changes_later_than_a_week_after_its_day_is_not_matched_again(
    stores: Stores, late: timedelta, *, pending: bool
) -> None:
    stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=NOW)
    stores.outbox.enqueue({"9901.00001": []}, at=NOW)
    stores.papers.save("sample", list_of(a_paper(upvotes=2)), at=NOW + WATCHED_FOR + late)
    assert bool(stores.papers.pending(limit=9)) == pending
    paper = stores.papers.get("9901.00001")
    assert paper is not None
    assert paper.upvotes == 2


def test_a_paper_that_was_never_matched_stays_pending_however_late_it_changes(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=NOW)
    stores.papers.save("sample", list_of(a_paper(upvotes=2)), at=NOW + 2 * WATCHED_FOR)
    assert len(stores.papers.pending(limit=9)) == 1


def test_a_delivery_of_a_paper_that_was_matched_before_is_a_second_chance(stores: Stores) -> None:
    subscribe(stores, HERE, "*")
    [number] = query_ids(stores)
    stores.papers.save("sample", list_of(a_paper(), a_paper(id="9901.00002")), at=NOW)
    stores.outbox.enqueue({"9901.00001": []}, at=NOW)
    stores.outbox.enqueue({"9901.00001": [number], "9901.00002": [number]}, at=NOW)
    first = claim(stores)
    stores.outbox.deliver(first, SHOWN, at=NOW)
    second = claim(stores)
    assert [delivery.second_chance for delivery in (*first.deliveries, *second.deliveries)] == [True, False]
