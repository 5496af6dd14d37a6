"""What every outbox promises about digests that take several messages, and about those of the best papers."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import Claim, Part, Receipt
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, query_ids, subscribe
from tests.contracts.stores import DUE, NEXT, OPEN, THERE, add_paper, claim_digest, titles

SOON, LATER = DUE + timedelta(minutes=5), NEXT + timedelta(days=1)


def list_papers(stores: Stores, count: int) -> None:
    """Enqueue papers named by their votes: 0 to ``count`` - 1."""
    subscribe(stores, HERE, "*")
    papers = [a_paper(id=f"9901.{number:05}", title=str(number), upvotes=number) for number in range(count)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    stores.outbox.enqueue({paper.id: query_ids(stores) for paper in papers}, at=NOW)


def let_digests_come(stores: Stores, top: int | None = None) -> None:
    """Set the channel to daily digests, of the best papers if so many are given."""
    stores.channels.set_schedule(HERE, "daily 09:00 UTC", DUE, at=NOW, top=top)


def deliver(stores: Stores) -> Claim:
    """Claim the next message of the digest, and let it arrive."""
    claimed = claim_digest(stores)
    stores.outbox.deliver(claimed, Receipt(claimed.key), at=DUE)
    return claimed


def votes(*numbers: int) -> list[str]:
    """The titles of the papers with so many votes."""
    return [str(number) for number in numbers]


def offered(claimed: Claim) -> list[str]:
    """The titles that the message offers."""
    return [delivery.paper.title for delivery in claimed.rest]


class TestParts:
    """A digest of more papers than a message holds."""

    def test_its_messages_know_which_of_its_papers_they_have(self, stores: Stores) -> None:
        list_papers(stores, 23)
        let_digests_come(stores)
        parts = [deliver(stores).part for _ in range(3)]
        assert parts == [Part(1, 10, 23), Part(11, 20, 23), Part(21, 23, 23)]

    def test_a_digest_of_one_message_has_no_part(self, stores: Stores) -> None:
        list_papers(stores, 10)
        let_digests_come(stores)
        assert deliver(stores).part is None

    def test_a_message_that_may_have_arrived_has_the_same_part_after_a_crash(self, stores: Stores) -> None:
        list_papers(stores, 23)
        let_digests_come(stores)
        deliver(stores)
        claimed = claim_digest(stores)
        stores.outbox.release()
        add_paper(stores, "New", at=DUE)
        assert claim_digest(stores, SOON).part == claimed.part == Part(11, 20, 23)

    def test_a_message_that_is_tried_again_goes_on_where_the_one_before_ended(self, stores: Stores) -> None:
        list_papers(stores, 23)
        let_digests_come(stores)
        deliver(stores)
        stores.outbox.reschedule(claim_digest(stores), due_at=SOON, reason="busy", uncertain=False)
        assert claim_digest(stores, SOON).part == Part(11, 20, 23)

    def test_papers_that_nobody_wants_any_more_are_not_counted(self, stores: Stores) -> None:
        list_papers(stores, 23)
        let_digests_come(stores)
        deliver(stores)
        stores.outbox.withdraw(claim_digest(stores), ["9901.00012"])
        assert [deliver(stores).part for _ in range(2)] == [Part(11, 20, 22), Part(21, 22, 22)]

    def test_a_refused_message_is_posted_as_smaller_parts(self, stores: Stores) -> None:
        list_papers(stores, 23)
        let_digests_come(stores)
        stores.outbox.take_apart(claim_digest(stores), at=DUE)
        assert [deliver(stores).part for _ in range(3)] == [Part(1, 5, 23), Part(6, 10, 23), Part(11, 20, 23)]

    def test_the_next_digest_is_counted_anew(self, stores: Stores) -> None:
        list_papers(stores, 12)
        let_digests_come(stores)
        deliver(stores)
        deliver(stores)
        add_paper(stores, "New", number=98, at=DUE)
        add_paper(stores, "Newer", at=DUE)
        following = DUE + timedelta(days=1)
        assert claim_digest(stores, following, following + timedelta(days=1)).part is None


class TestTop:
    """Digests of the papers with most votes, which offer the others."""

    def test_a_message_shows_the_papers_with_most_votes_and_offers_the_rest(self, stores: Stores) -> None:
        list_papers(stores, 6)
        let_digests_come(stores, top=2)
        claimed = deliver(stores)
        assert (titles(claimed), offered(claimed), claimed.part) == (votes(5, 4), votes(3, 2, 1, 0), None)
        assert stores.outbox.counts()["delivered"] == 6
        assert [paper.title for paper in stores.outbox.rest(claimed.key)] == votes(3, 2, 1, 0)
        assert stores.outbox.next_due(platforms=["terminal"]) is None

    def test_what_a_message_offers_has_its_link(self, stores: Stores) -> None:
        list_papers(stores, 2)
        let_digests_come(stores, top=1)
        stores.outbox.deliver(claim_digest(stores), OPEN, at=DUE)
        shown, rest = (stores.outbox.fate(HERE, paper_id) for paper_id in ("9901.00001", "9901.00000"))
        assert shown is not None
        assert rest is not None
        assert (shown.link, shown.in_rest, rest.link, rest.in_rest) == (OPEN.link, False, OPEN.link, True)

    def test_as_many_papers_as_it_shows_have_no_rest(self, stores: Stores) -> None:
        list_papers(stores, 2)
        let_digests_come(stores, top=2)
        assert deliver(stores).rest == ()

    def test_a_message_that_may_have_arrived_offers_the_same_after_a_crash(self, stores: Stores) -> None:
        list_papers(stores, 5)
        let_digests_come(stores, top=2)
        claimed = claim_digest(stores)
        stores.outbox.release()
        add_paper(stores, "New", at=DUE)
        stores.papers.save("sample", list_of(a_paper(id="9901.00000", title="0", upvotes=99)), at=DUE)
        again = claim_digest(stores, SOON)
        assert (again.key, set(titles(again)), set(offered(again))) == (claimed.key, {"4", "3"}, {"2", "1", "0"})

    def test_a_message_that_did_not_arrive_is_made_anew(self, stores: Stores) -> None:
        list_papers(stores, 4)
        let_digests_come(stores, top=2)
        first = claim_digest(stores)
        stores.outbox.reschedule(first, due_at=SOON, reason="busy", uncertain=False)
        assert stores.outbox.rest(first.key) == []
        stores.papers.save("sample", list_of(a_paper(id="9901.00000", title="0", upvotes=99)), at=DUE)
        again = claim_digest(stores, SOON)
        assert (titles(again), offered(again)) == (votes(0, 3), votes(2, 1))

    def test_the_rest_of_a_failed_message_is_posted(self, stores: Stores) -> None:
        list_papers(stores, 3)
        let_digests_come(stores, top=1)
        stores.outbox.fail(claim_digest(stores), reason="refused", at=DUE)
        claimed = deliver(stores)
        assert (titles(claimed), offered(claimed)) == (votes(1), votes(0))
        assert stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 2, "failed": 1, "expired": 0}

    def test_all_that_a_refused_message_showed_is_shown_by_smaller_ones(self, stores: Stores) -> None:
        list_papers(stores, 6)
        let_digests_come(stores, top=4)
        stores.outbox.take_apart(claim_digest(stores), at=DUE)
        first, second = deliver(stores), deliver(stores)
        assert [(titles(one), offered(one)) for one in (first, second)] == [
            (votes(5, 4), votes(1, 0)),
            (votes(3, 2), []),
        ]

    def test_papers_that_nobody_wants_any_more_are_not_offered(self, stores: Stores) -> None:
        list_papers(stores, 4)
        let_digests_come(stores, top=2)
        stores.outbox.withdraw(claim_digest(stores), ["9901.00001"])
        claimed = deliver(stores)
        assert (titles(claimed), offered(claimed)) == (votes(3, 2), votes(0))

    def test_what_was_shown_before_a_restore_is_settled_and_what_was_offered_is_posted(self, stores: Stores) -> None:
        list_papers(stores, 4)
        let_digests_come(stores, top=2)
        claimed = claim_digest(stores)
        shown = {delivery.paper.id: OPEN for delivery in claimed.deliveries}
        assert stores.outbox.recognize(claimed, shown, at=DUE) == 2
        assert titles(deliver(stores)) == votes(1, 0)

    def test_what_was_posted_elsewhere_before_a_restore_is_not_offered_by_a_message_that_never_came(
        self, stores: Stores
    ) -> None:
        list_papers(stores, 3)
        let_digests_come(stores, top=1)
        claimed = claim_digest(stores)
        stores.outbox.recognize(claimed, {"9901.00000": OPEN}, at=DUE)
        fate = stores.outbox.fate(HERE, "9901.00000")
        assert fate is not None
        assert (fate.state, fate.in_rest, stores.outbox.rest(claimed.key)) == ("delivered", False, [])

    def test_a_message_in_doubt_for_too_long_expires_with_its_rest(self, stores: Stores) -> None:
        list_papers(stores, 3)
        let_digests_come(stores, top=1)
        claim_digest(stores)
        stores.outbox.release()
        late = DUE + timedelta(days=30)
        assert stores.outbox.expire(enqueued_before=late, in_digests_before=late, at=late) == 3

    def test_a_channel_that_moves_takes_the_choice_and_what_waits_along(self, stores: Stores) -> None:
        list_papers(stores, 3)
        let_digests_come(stores, top=1)
        claim_digest(stores)
        stores.subscriptions.move(HERE, THERE, at=DUE, limit=9)
        claimed = stores.outbox.claim(THERE, now=NEXT, flood_limit=20, digest_limit=10, next_digest=LATER)
        assert claimed is not None
        assert (titles(claimed), offered(claimed)) == (votes(2), votes(1, 0))
