"""What every outbox promises about claims that the next messages pass."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import DIGEST_LIMIT, Quiet, Receipt
from bot.ports.stores import Stores
from tests.builders import HERE, NOW
from tests.contracts.stores import LATER, OPEN, THERE, claim, due_at, enqueue, expire, titles

SOON = LATER + timedelta(minutes=5)


def pass_next(stores: Stores, *, due_at: datetime = SOON) -> bool:
    """Claim the next message, and let others pass it; return whether they may."""
    claimed = claim(stores)
    return stores.outbox.reschedule(claimed, due_at=due_at, reason="a page", uncertain=True, passed_at=LATER)


def claimed_titles(stores: Stores, at: datetime) -> list[str]:
    """Claim the next message at that time; give its papers."""
    claimed = stores.outbox.claim(HERE, now=at, flood_limit=20, digest_limit=DIGEST_LIMIT)
    return titles(claimed) if claimed else []


def test_the_next_message_is_due_when_a_claim_is_passed(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    assert pass_next(stores)
    assert titles(claim(stores)) == ["Two"]
    assert stores.outbox.counts()["claimed"] == 2


def test_a_claim_behind_which_nothing_waits_is_not_passed(stores: Stores) -> None:
    enqueue(stores, "One")
    assert not pass_next(stores)
    assert due_at(stores) == SOON


def test_it_comes_back_under_its_key_as_uncertain_with_its_attempts(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    first = claim(stores)
    stores.outbox.reschedule(first, due_at=SOON, reason="a page", uncertain=True, passed_at=LATER)
    stores.outbox.fail(claim(stores), reason="refused", at=LATER)
    assert due_at(stores) == SOON
    assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []
    assert stores.outbox.due(now=SOON, platforms=["terminal"], limit=9) == [HERE]
    again = stores.outbox.claim(HERE, now=SOON, flood_limit=20, digest_limit=DIGEST_LIMIT)
    assert again is not None
    assert (again.key, again.claimed_at, again.uncertain, again.attempts) == (first.key, first.claimed_at, True, 1)


def test_a_message_behind_it_that_has_no_luck_either_waits_for_it(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores)
    stores.outbox.reschedule(claim(stores), due_at=LATER, reason="a page", uncertain=True)
    assert due_at(stores) == SOON
    assert claimed_titles(stores, SOON) == ["One"]


def test_it_is_due_once_a_message_behind_it_has_arrived(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores)
    stores.outbox.deliver(claim(stores), OPEN, at=LATER)
    assert claimed_titles(stores, LATER) == ["One"]


def test_the_message_that_passed_it_says_nothing_of_when_it_was_posted(stores: Stores) -> None:
    enqueue(stores, "One", "Two", "Three")
    stores.outbox.deliver(claim(stores), Receipt("message 1"), at=LATER)
    pass_next(stores)
    stores.outbox.deliver(claim(stores), Receipt("message 3"), at=LATER)
    again = claim(stores)
    assert titles(again) == ["Two"]
    assert again.posted_after == Receipt("message 1")


def test_at_most_three_claims_are_passed_one_after_another(stores: Stores) -> None:
    enqueue(stores, "One", "Two", "Three", "Four", "Five")
    assert [pass_next(stores) for _ in range(4)] == [True, True, True, False]


def test_nothing_that_was_set_aside_is_due_in_a_quiet_channel(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores)
    stores.outbox.deliver(claim(stores), OPEN, at=LATER)
    stores.channels.quieten(HERE, Quiet(NOW, SOON + timedelta(hours=1), "ada"))
    assert claimed_titles(stores, SOON) == []
    assert stores.outbox.due(now=SOON, platforms=["terminal"], limit=9) == []


def test_it_expires_after_its_time_alone(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores, due_at=NOW + timedelta(days=8))
    stores.outbox.deliver(claim(stores), OPEN, at=LATER)
    claimed_titles(stores, LATER)
    stores.outbox.release()
    stores.outbox.reschedule(claim(stores), due_at=NOW + timedelta(days=8), reason="a page", uncertain=True)
    assert expire(stores, before=LATER + timedelta(seconds=1), at=NOW + timedelta(days=7)) == 1
    assert stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 1, "failed": 0, "expired": 1}


def test_what_was_set_aside_expires_too(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores, due_at=NOW + timedelta(days=8))
    assert expire(stores, before=LATER + timedelta(seconds=1), at=NOW + timedelta(days=7)) == 2
    assert stores.outbox.counts()["expired"] == 2


def test_its_fate_names_its_own_attempts_and_next_try(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores)
    fate = stores.outbox.fate(HERE, "9901.00001")
    assert fate is not None
    assert (fate.state, fate.reason, fate.attempts, fate.next_try) == ("claimed", "a page", 1, SOON)


def test_it_moves_with_its_channel(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores)
    stores.subscriptions.move(HERE, THERE, at=LATER, limit=99)
    assert stores.outbox.counts() == {"due": 2, "claimed": 0, "delivered": 0, "failed": 0, "expired": 0}
    assert due_at(stores) is None
    assert titles(claim(stores, THERE)) == ["One"]


def test_a_clock_that_was_ahead_does_not_keep_it_waiting(stores: Stores) -> None:
    enqueue(stores, "One", "Two")
    pass_next(stores, due_at=NOW + timedelta(days=99))
    stores.outbox.deliver(claim(stores), OPEN, at=LATER)
    claimed_titles(stores, LATER)
    stores.outbox.release()
    stores.moments.set_right(now=LATER, soon=LATER, digests={})
    assert claimed_titles(stores, LATER) == ["One"]
