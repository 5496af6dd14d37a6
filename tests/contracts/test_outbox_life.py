"""What every outbox promises, whatever happens in any order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain import (
    DIGEST_LIMIT,
    Channel,
    Claim,
    Pause,
    Quiet,
)
from storage import open_database, stores_of
from tests.builders import HERE, NOW, a_paper, list_of, query_ids, subscribe
from tests.contracts.stores import (
    OPEN,
)


class OutboxLife(RuleBasedStateMachine):
    """Whatever happens, in any order: one delivery per paper and channel, in order, none lost."""

    def __init__(self) -> None:
        """A channel subscribed to everything."""
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database = open_database(Path(self.folder.name) / "paperwire.db")
        self.stores = stores_of(self.database)
        subscribe(self.stores, HERE, "*")
        self.now = NOW
        self.enqueued: list[str] = []
        self.settled: set[str] = set()
        self.claimed: Claim | None = None
        self.of_the_digest: set[str] = set()
        self.doubted: Claim | None = None
        self.is_in_order = True

    @property
    def open(self) -> list[str]:
        """What is not settled, in the order in which it was enqueued."""
        return [paper_id for paper_id in self.enqueued if paper_id not in self.settled]

    @property
    def channel(self) -> Channel:
        """The channel as the store knows it."""
        channel = self.stores.channels.get(HERE)
        assert channel is not None
        return channel

    @rule(count=st.sampled_from([1, 2, 30]))
    def list_papers(self, count: int) -> None:
        """New papers come in."""
        papers = [a_paper(id=f"9901.{len(self.enqueued) + number:05}") for number in range(count)]
        self.stores.papers.save("sample", list_of(*papers), at=self.now)
        found = {paper.id: query_ids(self.stores) for paper in papers}
        assert self.stores.outbox.enqueue(found, at=self.now) == count
        self.enqueued += found

    @rule(hours=st.integers(1, 48))
    def let_time_pass(self, hours: int) -> None:
        """Nothing happens for a while."""
        self.now += timedelta(hours=hours)

    @rule(hours=st.integers(1, 48), top=st.none() | st.sampled_from([1, 3, 10]))
    def let_digests_come(self, hours: int, top: int | None) -> None:
        """Somebody chooses digests, of all papers or of the best; then others may come before those they offered."""
        due = self.now + timedelta(hours=hours)
        self.stores.channels.set_schedule(HERE, "daily 09:00 UTC", due, at=self.now, top=top)
        self.of_the_digest.clear()
        self.is_in_order = self.is_in_order and top is None

    @rule()
    def let_papers_come_at_once(self) -> None:
        """Somebody chooses single papers."""
        self.stores.channels.set_schedule(HERE, "", None, at=self.now)

    @rule(hours=st.none() | st.integers(1, 48))
    def quieten(self, hours: int | None) -> None:
        """Somebody pauses the channel."""
        until = None if hours is None else self.now + timedelta(hours=hours)
        self.stores.channels.quieten(HERE, Quiet(self.now, until, "ada"))

    @rule()
    def wake_up(self) -> None:
        """Somebody resumes the channel."""
        self.stores.channels.wake_up(HERE, self.now)

    @rule(is_closed=st.booleans())
    def close_or_open(self, is_closed: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """The channel closes, or opens again."""
        if is_closed:
            self.stores.channels.pause(HERE, Pause("archived", "unarchive it", self.now, self.now))
        else:
            self.stores.channels.resume(HERE)

    @precondition(lambda self: self.enqueued)
    @rule()
    def match_again(self) -> None:
        """The matcher runs again after a crash."""
        for paper_id in self.enqueued:
            assert self.stores.outbox.enqueue({paper_id: query_ids(self.stores)}, at=self.now) == 0

    @precondition(lambda self: self.claimed is None)
    @rule(flood_limit=st.integers(1, 4))
    def claim(self, flood_limit: int) -> None:
        """The courier takes the next message: always the earliest that are open."""
        before = self.channel
        following = self.now + timedelta(hours=24) if before.schedule else None
        self.claimed = self.stores.outbox.claim(
            HERE, now=self.now, flood_limit=flood_limit, digest_limit=DIGEST_LIMIT, next_digest=following
        )
        if self.claimed:
            ids = [delivery.paper.id for delivery in self.claimed.all]
            assert self.settled.isdisjoint(ids)
            if self.is_in_order:
                assert ids == self.open[: len(ids)]
            if self.doubted:
                again, first = self.claimed, self.doubted
                assert (again.key, again.all, again.rest, again.part) == (first.key, first.all, first.rest, first.part)
            if part := self.claimed.part:
                assert 1 <= part.first <= part.last <= part.total
                assert part.last - part.first + 1 == len(ids)
            assert before.quiet is None or not before.quiet.lasts(self.now)
            if before.digest_due and not self.claimed.uncertain:
                if before.digest_due <= self.now:
                    self.of_the_digest = set(self.open)
                    assert self.channel.digest_due == following
                assert self.of_the_digest.issuperset(ids)

    @precondition(lambda self: self.claimed)
    @rule(well=st.booleans())
    def settle(self, well: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """It arrives, or is refused."""
        assert self.claimed
        offered = {delivery.paper.id for delivery in self.claimed.rest}
        if well:
            self.stores.outbox.deliver(self.claimed, OPEN, at=self.now)
            self.settled |= offered
        else:
            self.stores.outbox.fail(self.claimed, reason="refused", at=self.now)
        self.settled |= {delivery.paper.id for delivery in self.claimed.deliveries}
        assert {paper.id for paper in self.stores.outbox.rest(self.claimed.key)} == (offered if well else set())
        self.claimed = self.doubted = None

    @precondition(lambda self: self.claimed)
    @rule(uncertain=st.booleans())
    def put_back(self, uncertain: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """It has to wait, and then some time passes."""
        assert self.claimed
        soon = self.now + timedelta(seconds=5)
        self.stores.outbox.reschedule(self.claimed, due_at=soon, reason="busy", uncertain=uncertain)
        self.doubted = self.claimed if uncertain else None
        self.claimed, self.now = None, soon

    @precondition(lambda self: self.claimed and len(self.claimed.deliveries) > 1)
    @rule()
    def take_apart(self) -> None:
        """It is refused, and its papers are tried in smaller messages."""
        assert self.claimed
        self.stores.outbox.take_apart(self.claimed, at=self.now)
        self.claimed = self.doubted = None

    @precondition(lambda self: self.claimed)
    @rule()
    def crash(self) -> None:
        """The process dies and starts again."""
        assert self.stores.outbox.release() > 0
        self.doubted, self.claimed = self.claimed, None

    @invariant()
    def every_paper_has_one_delivery(self) -> None:
        """No paper is lost, and none comes twice."""
        counts = self.stores.outbox.counts()
        assert sum(counts.values()) == len(self.enqueued)
        assert counts["delivered"] + counts["failed"] == len(self.settled)

    @invariant()
    def whatever_is_open_and_not_claimed_falls_due(self) -> None:
        """What is open and not claimed falls due, unless the channel is paused without an end."""
        quiet = self.channel.quiet
        if self.claimed is None and len(self.settled) < len(self.enqueued):
            due = self.stores.outbox.next_due(platforms=["terminal"])
            assert (due is None) == (quiet is not None and quiet.until is None)
            assert due is None or quiet is None or quiet.until is None or due >= quiet.until

    def teardown(self) -> None:
        """Remove the database."""
        self.database.close()
        self.folder.cleanup()


TestOutboxLife = OutboxLife.TestCase
TestOutboxLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
