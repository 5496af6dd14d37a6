"""What every database promises about moments that were stored while the clock was ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain import DIGEST_LIMIT, PROBE_EVERY, Pause, Quiet
from bot.domain.posting import PostingOutage
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, query_ids, subscribe
from tests.contracts.stores import OPEN, THERE, add_paper, claim, due_at, enqueue, expire

AHEAD = NOW + timedelta(days=40)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SCHEDULE = "daily 09:00 UTC"
NINE = NOW + timedelta(hours=21)


def set_right(stores: Stores, *, now: datetime = NOW) -> int:
    """Set everything right."""
    digests = dict.fromkeys(stores.moments.schedules(), NINE)
    return stores.moments.set_right(now=now, soon=now + HOUR, digests=digests)


def claim_at(stores: Stores, at: datetime) -> None:
    """Claim the channel's next message."""
    assert stores.outbox.claim(HERE, now=at, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=at + DAY)


def test_what_is_in_order_stays_as_it_is(stores: Stores) -> None:
    enqueue(stores, "One")
    stores.outbox.reschedule(claim(stores), due_at=NOW + HOUR, reason="busy", uncertain=False)
    stores.channels.set_schedule(THERE, SCHEDULE, NINE, at=NOW)
    assert set_right(stores) == 0
    assert due_at(stores) == NOW + HOUR


def test_a_subscription_that_seems_to_begin_later_begins_now_and_is_pending(stores: Stores) -> None:
    subscription = subscribe(stores, HERE, "robots", at=AHEAD)
    stores.outbox.enqueue_first(subscription, [], at=AHEAD)
    set_right(stores)
    [pending] = stores.subscriptions.pending(limit=9)
    assert pending.since == NOW
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW) == 1


def test_so_does_one_that_was_changed_then(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    stores.subscriptions.change(HERE, 1, "violins", canonical="violins", since=AHEAD)
    set_right(stores)
    assert [subscription.since for subscription in stores.subscriptions.of(HERE)] == [NOW]


def test_a_subscription_that_was_paused_then_was_paused_by_now(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    stores.subscriptions.pause(HERE, 1, by="ada", at=AHEAD)
    set_right(stores)
    assert [subscription.paused_at for subscription in stores.subscriptions.of(HERE)] == [NOW]


@pytest.mark.parametrize("uncertain", [False, True])
def test_what_waits_to_be_tried_again_is_due(stores: Stores, *, uncertain: bool) -> None:
    enqueue(stores, "One")
    stores.outbox.reschedule(claim(stores), due_at=AHEAD, reason="busy", uncertain=uncertain)
    set_right(stores)
    assert due_at(stores) == NOW


def test_a_paused_channel_is_probed(stores: Stores) -> None:
    enqueue(stores, "One")
    stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", AHEAD, AHEAD + PROBE_EVERY))
    set_right(stores)
    channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.pause == Pause("archived", "unarchive it", NOW, NOW + PROBE_EVERY)
    assert due_at(stores) == NOW


def test_a_digest_is_due_no_later_than_the_next_one_of_its_schedule(stores: Stores) -> None:
    stores.channels.set_schedule(HERE, SCHEDULE, AHEAD, at=NOW)
    enqueue(stores, "One")
    assert due_at(stores) == AHEAD
    set_right(stores)
    channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.digest_due == due_at(stores) == NINE


def test_a_digest_that_is_due_stays_due(stores: Stores) -> None:
    stores.channels.set_schedule(HERE, SCHEDULE, NOW - HOUR, at=NOW)
    enqueue(stores, "One")
    assert set_right(stores) == 0
    assert due_at(stores) == NOW - HOUR


@pytest.mark.parametrize("until", [AHEAD, None])
def test_a_pause_that_people_made_stays_as_it_is(stores: Stores, until: datetime | None) -> None:
    enqueue(stores, "One")
    before = due_at(stores)
    stores.channels.quieten(HERE, Quiet(NOW, until, "ada"))
    quiet_due = due_at(stores)
    assert set_right(stores) == 0
    assert due_at(stores) == quiet_due != before


def test_a_message_that_may_have_been_posted_then_is_looked_for_in_the_past(stores: Stores) -> None:
    enqueue(stores, "One")
    claim_at(stores, AHEAD)
    set_right(stores)
    stores.outbox.release()
    again = claim(stores)
    assert again.uncertain
    assert again.claimed_at < NOW - 5 * DAY


def test_what_was_found_then_is_dropped_a_week_from_now(stores: Stores) -> None:
    enqueue(stores)
    add_paper(stores, "One", at=AHEAD)
    set_right(stores)
    assert expire(stores, before=NOW, at=NOW + 7 * DAY) == 0
    assert expire(stores, before=NOW + timedelta(seconds=1), at=NOW + 8 * DAY) == 1


def test_what_was_posted_then_was_posted_by_now(stores: Stores) -> None:
    enqueue(stores, "One")
    stores.outbox.deliver(claim(stores), OPEN, at=AHEAD)
    set_right(stores)
    fate = stores.outbox.fate(HERE, "9901.00001")
    assert fate is not None
    assert fate.settled_at == NOW


def test_what_was_thought_then_was_thought_by_now(stores: Stores) -> None:
    enqueue(stores, "One")
    stores.opinions.note(HERE, [1], "9901.00001", is_liked=True, at=AHEAD, most=9)
    set_right(stores)
    assert [opinion.at for opinion in stores.opinions.of(HERE)] == [NOW]


def test_votes_that_were_seen_then_are_dropped(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=NOW)
    stores.papers.save("sample", list_of(a_paper(upvotes=9)), at=NOW + 2 * DAY)
    set_right(stores)
    assert [sighting.upvotes for sighting in stores.votes.seen()["9901.00001"]] == [1]


def test_an_outage_that_seems_to_begin_later_begins_now(stores: Stores) -> None:
    enqueue(stores, "One")
    outage = PostingOutage("slack", AHEAD, "busy", AHEAD + HOUR)
    stores.outbox.reschedule(claim(stores), due_at=AHEAD, reason="busy", uncertain=True, outage=outage)
    set_right(stores)
    assert stores.outages.all() == {"slack": PostingOutage("slack", NOW, "busy", NOW + HOUR)}
