"""What every outbox promises about claiming and settling."""

from __future__ import annotations

import threading
from datetime import timedelta

from bot.domain import (
    DIGEST_LIMIT,
    Address,
    Claim,
    Pause,
    Receipt,
    message_key,
)
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, query_ids, subscribe
from tests.contracts.stores import (
    DUE,
    LATER,
    NEXT,
    OPEN,
    SECOND,
    THERE,
    WEEK,
    add_paper,
    claim,
    claim_digest,
    due_at,
    enqueue,
    expire,
    let_digests_come,
    titles,
)


class TestClaiming:
    """`Outbox`: claiming and settling."""

    def test_the_earliest_delivery_is_claimed_first(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        assert titles(claim(stores)) == ["One"]

    def test_a_claim_tells_the_query_the_time_and_a_lasting_key(self, stores: Stores) -> None:
        enqueue(stores, "One")
        claimed = claim(stores)
        [delivery] = claimed.deliveries
        assert (delivery.query, delivery.enqueued_at) == ("*", NOW)
        assert (claimed.claimed_at, claimed.uncertain) == (LATER, False)
        assert claimed.key == message_key(HERE, ["9901.00001"])

    def test_a_channel_with_a_claim_is_not_due_and_cannot_be_claimed(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        claim(stores)
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []
        assert stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT) is None

    def test_what_comes_in_while_a_message_is_on_its_way_does_not_make_the_channel_due(self, stores: Stores) -> None:
        enqueue(stores, "One")
        claim(stores)
        stores.papers.save("sample", list_of(a_paper(id="9901.00009")), at=LATER)
        stores.outbox.enqueue({"9901.00009": query_ids(stores)}, at=LATER)
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []

    def test_channels_are_due_longest_waiting_first_on_the_platforms_asked_for(self, stores: Stores) -> None:
        enqueue(stores, "One", channel=THERE)
        stores.papers.save("sample", list_of(a_paper(id="9901.00009")), at=LATER)
        subscribe(stores, HERE, "*")
        stores.outbox.enqueue({"9901.00009": query_ids(stores)}, at=LATER)
        assert stores.outbox.due(now=LATER, platforms=["slack", "terminal"], limit=9) == [THERE, HERE]
        assert stores.outbox.due(now=LATER, platforms=["slack", "terminal"], limit=1) == [THERE]
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == [HERE]

    def test_more_than_the_flood_limit_is_claimed_together_and_as_many_one_by_one(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        together = claim(stores, flood_limit=2)
        assert titles(together) == ["One", "Two", "Three"]
        stores.outbox.deliver(together, OPEN, at=LATER)
        assert stores.outbox.counts()["delivered"] == 3

    def test_as_many_as_the_flood_limit_are_claimed_one_by_one(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        assert titles(claim(stores, flood_limit=2)) == ["One"]

    def test_a_rescheduled_message_is_due_at_its_time_and_holds_the_others_back(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        soon = LATER + timedelta(minutes=5)
        stores.outbox.reschedule(claim(stores), due_at=soon, reason="busy", uncertain=False)
        assert stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT) is None
        assert stores.outbox.next_due(platforms=["terminal"]) == soon
        again = stores.outbox.claim(HERE, now=soon, flood_limit=20, digest_limit=DIGEST_LIMIT)
        assert again is not None
        assert (titles(again), again.attempts, again.uncertain) == (["One"], 1, False)

    def test_an_uncertain_message_keeps_its_key_its_time_and_its_papers(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        first = claim(stores, flood_limit=2)
        stores.outbox.reschedule(first, due_at=LATER, reason="no answer", uncertain=True)
        again = stores.outbox.claim(HERE, now=LATER + timedelta(hours=1), flood_limit=20, digest_limit=DIGEST_LIMIT)
        assert again is not None
        assert (again.key, again.claimed_at, again.uncertain) == (first.key, LATER, True)
        assert titles(again) == ["One", "Two", "Three"]

    def test_what_was_claimed_when_the_process_died_is_uncertain_after_release(self, stores: Stores) -> None:
        enqueue(stores, "One")
        first = claim(stores)
        assert stores.outbox.release() == 1
        again = claim(stores)
        assert (again.key, again.uncertain) == (first.key, True)

    def test_release_of_one_channel_leaves_the_others(self, stores: Stores) -> None:
        enqueue(stores, "One")
        enqueue(stores, "One", channel=THERE)
        claim(stores, HERE)
        claim(stores, THERE)
        assert stores.outbox.release(THERE) == 1
        assert stores.outbox.due(now=LATER, platforms=["slack", "terminal"], limit=9) == [THERE]

    def test_after_a_message_is_settled_the_next_one_is_due_at_once(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        stores.outbox.fail(claim(stores), reason="too long", at=LATER)
        assert titles(claim(stores)) == ["Three"]
        assert stores.outbox.counts() == {"due": 0, "claimed": 1, "delivered": 1, "failed": 1, "expired": 0}

    def test_nothing_is_due_when_all_is_settled(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        assert stores.outbox.next_due(platforms=["terminal"]) is None

    def test_a_held_message_pauses_its_channel_until_it_is_probed(self, stores: Stores) -> None:
        enqueue(stores, "One")
        probe = LATER + timedelta(minutes=30)
        stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", LATER, probe))
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert channel.pause == Pause("archived", "unarchive it", LATER, probe)
        assert stores.outbox.next_due(platforms=["terminal"]) == probe

    def test_a_pause_that_goes_on_keeps_its_beginning(self, stores: Stores) -> None:
        enqueue(stores, "One")
        for hours in (1, 2):
            at = LATER + timedelta(hours=hours)
            held = stores.outbox.claim(HERE, now=at, flood_limit=20, digest_limit=DIGEST_LIMIT)
            assert held is not None
            stores.outbox.hold(held, Pause("archived", "unarchive it", at, at))
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert channel.pause is not None
        assert channel.pause.since == LATER + timedelta(hours=1)

    def test_a_delivery_ends_its_channels_pause(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", LATER, LATER))
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert channel.pause is None

    def test_a_channel_that_is_resumed_is_due_at_once(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", LATER, LATER + timedelta(hours=1)))
        stores.channels.resume(HERE)
        assert titles(claim(stores)) == ["One"]
        assert [channel.pause for channel in stores.channels.all()] == [None]

    def test_a_claim_knows_which_message_had_arrived_last_when_it_was_made(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        for number in (1, 2):
            receipt = Receipt(f"message {number}", f"https://chat.example/{number}")
            stores.outbox.deliver(claim(stores), receipt, at=NOW + number * SECOND)
        assert claim(stores).posted_after == Receipt("message 2")

    def test_it_knows_none_in_a_channel_in_which_nothing_arrived(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        stores.outbox.fail(claim(stores), reason="too long", at=LATER)
        assert claim(stores).posted_after is None

    def test_withdrawn_deliveries_are_forgotten_and_the_rest_is_due_again(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        together = claim(stores, flood_limit=2)
        stores.outbox.withdraw(together, ["9901.00001"])
        assert titles(claim(stores, flood_limit=1)) == ["Two", "Three"]
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=LATER) == 1

    def test_what_waited_too_long_expires_and_what_is_claimed_does_not(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        claim(stores)
        assert expire(stores, before=LATER, at=LATER) == 1
        assert stores.outbox.counts() == {"due": 0, "claimed": 1, "delivered": 0, "failed": 0, "expired": 1}

    def test_a_claim_that_was_looked_for_in_vain_expires_too_and_the_next_one_is_due(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.reschedule(claim(stores), due_at=LATER + WEEK, reason="no answer", uncertain=True)
        assert expire(stores, before=LATER, at=LATER) == 0
        add_paper(stores, "Two", at=LATER)
        assert expire(stores, before=LATER + SECOND, at=LATER + SECOND) == 2
        assert stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 0, "failed": 0, "expired": 2}
        add_paper(stores, "Three", number=100, at=LATER)
        assert titles(claim(stores)) == ["Three"]

    def test_a_claim_that_is_no_longer_looked_for_expires_too(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.reschedule(claim(stores), due_at=LATER, reason="no answer", uncertain=True)
        assert expire(stores, before=LATER + SECOND, at=LATER + WEEK) == 1

    def test_a_claim_that_is_about_to_be_looked_for_does_not_expire(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.reschedule(claim(stores), due_at=LATER + WEEK, reason="no answer", uncertain=True)
        assert expire(stores, before=LATER + SECOND, at=LATER + WEEK) == 0
        assert due_at(stores) == LATER + WEEK

    def test_an_empty_digest_that_was_asked_for_in_vain_is_dropped(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        stores.outbox.reschedule(claim_digest(stores), due_at=NEXT + WEEK, reason="no answer", uncertain=True)
        assert expire(stores, before=DUE + SECOND, at=DUE + SECOND) == 0
        assert due_at(stores) == NEXT

    def test_a_claim_that_was_settled_cannot_be_settled_again(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        first = claim(stores)
        stores.outbox.deliver(first, OPEN, at=LATER)
        claim(stores)
        stores.outbox.fail(first, reason="late", at=LATER)
        assert stores.outbox.counts()["failed"] == 0

    def test_a_delivery_names_no_query_once_it_was_unsubscribed(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.subscriptions.remove(HERE, 1)
        assert [delivery.query for delivery in claim(stores).deliveries] == [None]

    def test_many_threads_claim_each_message_once(self, stores: Stores) -> None:
        addresses = [Address("slack", f"C{number}") for number in range(8)]
        for address in addresses:
            subscribe(stores, address, "*")
        enqueue(stores, "One")
        claims: list[Claim] = []

        def work() -> None:
            taken = [
                stores.outbox.claim(address, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT)
                for address in addresses
            ]
            claims.extend(filter(None, taken))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(claimed.channel for claimed in claims) == addresses
