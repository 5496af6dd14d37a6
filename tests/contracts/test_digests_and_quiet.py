"""What every outbox promises about channels with a schedule, and about pauses that people ask for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain import (
    DIGEST_LIMIT,
    Channel,
    Pause,
    Quiet,
)
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, subscribe
from tests.contracts.stores import (
    DUE,
    LATER,
    NEXT,
    OPEN,
    THERE,
    add_paper,
    claim,
    claim_digest,
    digest_due,
    due_at,
    enqueue,
    expire,
    let_digests_come,
    titles,
)


class TestDigests:
    """Channels with a schedule."""

    def test_a_channel_says_its_schedule_and_an_unknown_one_becomes_known(self, stores: Stores) -> None:
        let_digests_come(stores)
        assert stores.channels.get(HERE) == Channel(HERE, None, "daily 09:00 UTC", DUE)
        stores.channels.set_schedule(HERE, "", None, at=NOW)
        assert stores.channels.get(HERE) == Channel(HERE)

    def test_what_comes_in_is_due_with_the_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        assert due_at(stores) == DUE
        assert stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=NEXT) is None
        assert titles(claim_digest(stores)) == ["One", "Two"]

    def test_the_first_papers_of_a_subscription_are_due_with_the_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        subscription = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue_first(subscription, ["9901.00001"], at=NOW)
        assert due_at(stores) == DUE

    def test_what_waits_follows_the_schedule_when_it_is_changed(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        let_digests_come(stores)
        assert due_at(stores) == DUE
        stores.channels.set_schedule(HERE, "", None, at=LATER)
        assert due_at(stores) == LATER
        assert titles(claim(stores)) == ["One"]

    def test_a_digest_moves_on_when_it_is_claimed_and_what_comes_in_then_waits_for_the_next(
        self, stores: Stores
    ) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        digest = claim_digest(stores)
        assert digest_due(stores) == NEXT
        add_paper(stores, "Three", at=DUE)
        stores.outbox.deliver(digest, OPEN, at=DUE)
        assert due_at(stores) == NEXT
        assert titles(claim_digest(stores, NEXT, NEXT + timedelta(days=1))) == ["Three"]

    def test_more_than_one_message_holds_comes_in_several_at_once(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, *(str(number) for number in range(DIGEST_LIMIT + 2)))
        first = claim_digest(stores)
        add_paper(stores, "Later", at=DUE)
        stores.outbox.deliver(first, OPEN, at=DUE)
        second = claim_digest(stores)
        stores.outbox.deliver(second, OPEN, at=DUE)
        assert (len(first.deliveries), titles(second)) == (DIGEST_LIMIT, [str(DIGEST_LIMIT), str(DIGEST_LIMIT + 1)])
        assert due_at(stores) == NEXT

    def test_a_missed_digest_comes_late_and_once(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        late = DUE + timedelta(days=3)
        stores.outbox.deliver(claim_digest(stores, late, late + timedelta(hours=2)), OPEN, at=late)
        assert stores.outbox.claim(HERE, now=late, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=NEXT) is None
        assert digest_due(stores) == late + timedelta(hours=2)

    def test_a_digest_whose_next_moment_is_not_known_stays_due(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        assert stores.outbox.claim(HERE, now=DUE, flood_limit=20, digest_limit=DIGEST_LIMIT) is None
        assert due_at(stores) == DUE

    def test_a_digest_that_may_have_arrived_keeps_its_key_and_its_papers(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        first = claim_digest(stores)
        add_paper(stores, "Three", at=DUE)
        stores.outbox.release()
        again = claim_digest(stores, DUE + timedelta(hours=1), NEXT)
        assert (again.key, titles(again), again.uncertain) == (first.key, ["One", "Two"], True)
        stores.outbox.deliver(again, OPEN, at=DUE)
        assert due_at(stores) == NEXT

    def test_a_digest_that_could_not_be_posted_comes_when_it_is_tried_again(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        soon = DUE + timedelta(minutes=5)
        stores.outbox.reschedule(claim_digest(stores), due_at=soon, reason="busy", uncertain=False)
        add_paper(stores, "Three", at=DUE)
        assert due_at(stores) == soon
        again = claim_digest(stores, soon)
        assert (titles(again), again.attempts) == (["One", "Two", "Three"], 1)
        assert digest_due(stores) == NEXT

    def test_what_is_left_of_a_digest_after_a_withdrawal_is_due_at_once(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        digest = claim_digest(stores)
        add_paper(stores, "Three", at=DUE)
        stores.outbox.withdraw(digest, ["9901.00001"])
        assert titles(claim_digest(stores)) == ["Two"]

    def test_a_digest_that_is_taken_apart_is_due_at_once_in_halves_that_are_not_joined_again(
        self, stores: Stores
    ) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two", "Three", "Four", "Five")
        digest = claim_digest(stores)
        stores.outbox.take_apart(digest, at=DUE)
        add_paper(stores, "Six", at=DUE)
        assert (due_at(stores), digest_due(stores)) == (DUE, NEXT)
        pieces = []
        for _ in range(3):
            piece = claim_digest(stores)
            pieces.append(titles(piece))
            assert (piece.attempts, piece.uncertain, piece.key == digest.key) == (0, False, False)
            stores.outbox.deliver(piece, OPEN, at=DUE)
        assert pieces == [["One", "Two"], ["Three", "Four"], ["Five"]]
        assert due_at(stores) == NEXT

    def test_a_paper_of_a_message_that_was_taken_apart_says_nothing_of_a_failure(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        stores.outbox.reschedule(claim_digest(stores), due_at=DUE, reason="busy", uncertain=True)
        stores.outbox.take_apart(claim_digest(stores), at=DUE)
        fate = stores.outbox.fate(HERE, "9901.00001")
        assert fate is not None
        assert (fate.state, fate.reason, fate.attempts, fate.next_try) == ("due", "", 0, DUE)

    def test_pieces_of_a_digest_that_was_taken_apart_are_not_joined_in_the_next_one_either(
        self, stores: Stores
    ) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        stores.outbox.take_apart(claim_digest(stores), at=DUE)
        stores.outbox.reschedule(claim_digest(stores), due_at=NEXT, reason="busy", uncertain=False)
        add_paper(stores, "Three", at=DUE)
        pieces = []
        for _ in range(3):
            piece = claim_digest(stores, NEXT, NEXT + timedelta(days=1))
            pieces.append(titles(piece))
            stores.outbox.deliver(piece, OPEN, at=NEXT)
        assert pieces == [["One"], ["Two"], ["Three"]]

    def test_an_empty_digest_is_due_for_skipping_and_not_for_posting(self, stores: Stores) -> None:
        let_digests_come(stores)
        assert stores.outbox.due(now=DUE, platforms=["terminal"], limit=9) == []
        assert stores.channels.digests_due(DUE - timedelta(seconds=1), limit=9) == []
        assert [channel.address for channel in stores.channels.digests_due(DUE, limit=9)] == [HERE]
        stores.channels.skip_digests({HERE: NEXT}, now=DUE)
        assert stores.channels.digests_due(DUE, limit=9) == []
        assert digest_due(stores) == NEXT

    def test_a_digest_that_something_waits_for_is_not_skipped(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        assert stores.channels.digests_due(DUE, limit=9) == []
        stores.channels.skip_digests({HERE: NEXT}, now=DUE)
        assert digest_due(stores) == DUE

    def test_an_empty_digest_that_is_wanted_is_claimed_and_reconciled_like_any_other(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        assert stores.channels.digests_due(DUE, limit=9) == []
        assert stores.outbox.due(now=DUE, platforms=["terminal"], limit=9) == [HERE]
        first = claim_digest(stores)
        assert first.deliveries == ()
        stores.outbox.release()
        again = claim_digest(stores)
        assert (again.key, again.uncertain) == (first.key, True)
        stores.outbox.deliver(again, OPEN, at=DUE)
        assert due_at(stores) == NEXT
        assert claim_digest(stores, NEXT, NEXT + timedelta(days=1)).key != first.key

    def test_an_empty_digest_that_could_not_be_posted_brings_what_has_come_since(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        soon = DUE + timedelta(minutes=5)
        stores.outbox.reschedule(claim_digest(stores), due_at=soon, reason="busy", uncertain=False)
        assert due_at(stores) == soon
        enqueue(stores, "One")
        again = claim_digest(stores, soon)
        assert (titles(again), again.attempts) == (["One"], 1)

    def test_a_paused_channel_is_probed_with_its_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        stores.channels.pause(HERE, Pause("archived", "unarchive it", NOW, LATER))
        assert due_at(stores) == DUE
        stores.channels.resume(HERE)
        assert due_at(stores) == DUE

    def test_what_waits_for_its_digest_has_a_week_more_than_others(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        enqueue(stores, "One", channel=THERE)
        assert expire(stores, before=LATER, at=LATER) == 1
        assert titles(claim_digest(stores)) == ["One"]
        stores.outbox.release()
        stores.outbox.reschedule(claim_digest(stores), due_at=DUE, reason="busy", uncertain=False)
        assert expire(stores, before=LATER + timedelta(days=7), at=LATER) == 1


class TestQuiet:
    """Pauses that people ask for."""

    END = NOW + timedelta(days=3)

    @pytest.mark.parametrize("until", [END, None])
    def test_a_quiet_channel_says_so_and_an_unknown_one_becomes_known(
        self, stores: Stores, until: datetime | None
    ) -> None:
        quiet = Quiet(NOW, until, "ada")
        stores.channels.quieten(HERE, quiet)
        assert stores.channels.get(HERE) == Channel(HERE, quiet=quiet)
        stores.channels.wake_up(HERE, LATER)
        assert stores.channels.get(HERE) == Channel(HERE)

    def test_nothing_is_due_until_the_quiet_ends(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        add_paper(stores, "Two")
        assert due_at(stores) == self.END
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []
        assert stores.outbox.due(now=self.END, platforms=["terminal"], limit=9) == [HERE]

    def test_what_comes_into_a_quiet_channel_is_due_when_that_ends(self, stores: Stores) -> None:
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        enqueue(stores, "One")
        assert due_at(stores) == self.END
        assert stores.outbox.claim(HERE, now=self.END, flood_limit=20, digest_limit=DIGEST_LIMIT) is not None

    def test_nothing_is_ever_due_in_a_quiet_without_end(self, stores: Stores) -> None:
        stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
        enqueue(stores, "One")
        assert due_at(stores) is None
        assert stores.outbox.due(now=NOW + timedelta(days=9999), platforms=["terminal"], limit=9) == []

    def test_a_channel_that_is_woken_up_gets_what_waited_at_once(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
        stores.channels.wake_up(HERE, LATER)
        assert due_at(stores) == LATER

    def test_a_channel_with_a_schedule_that_is_woken_up_waits_for_its_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        assert due_at(stores) == self.END
        stores.channels.wake_up(HERE, LATER)
        assert due_at(stores) == DUE

    def test_a_later_pause_takes_the_place_of_an_earlier_one(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
        stores.channels.quieten(HERE, Quiet(NOW, LATER, "ben"))
        assert due_at(stores) == LATER

    @pytest.mark.parametrize("uncertain", [False, True])
    def test_a_message_that_is_put_back_waits_for_the_end_too(self, stores: Stores, *, uncertain: bool) -> None:
        enqueue(stores, "One")
        claimed = claim(stores)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        assert due_at(stores) is None
        stores.outbox.reschedule(claimed, due_at=LATER, reason="busy", uncertain=uncertain)
        assert due_at(stores) == self.END

    def test_a_message_that_arrives_meanwhile_is_settled(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        claimed = claim(stores)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        stores.outbox.deliver(claimed, OPEN, at=LATER)
        assert stores.outbox.counts()["delivered"] == 1
        assert due_at(stores) == self.END

    def test_what_was_claimed_when_the_process_died_waits_for_the_end_too(self, stores: Stores) -> None:
        enqueue(stores, "One")
        claim(stores)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        stores.outbox.release()
        assert due_at(stores) == self.END

    def test_a_platforms_pause_and_peoples_end_apart(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        stores.channels.pause(HERE, Pause("archived", "unarchive it", NOW, LATER))
        assert due_at(stores) == self.END
        stores.channels.resume(HERE)
        assert due_at(stores) == self.END
        stores.channels.wake_up(HERE, LATER)
        assert due_at(stores) == LATER

    def test_an_empty_digest_of_the_quiet_is_not_made_up_for(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        following = self.END + timedelta(hours=21)
        assert (
            stores.outbox.claim(HERE, now=self.END, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=following)
            is None
        )
        assert due_at(stores) == following
        assert claim_digest(stores, following, following + timedelta(days=1)).deliveries == ()
