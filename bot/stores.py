"""What the core asks of the database: a store for each noun.

For every method here: arguments and results are domain objects; times are aware and in UTC; each is one short
transaction that is there or not after a crash, and may be called from any thread. Every one raises `StorageError` when
the database cannot be used; another error that is not named under ``Raises`` is a defect. No contract relies on there
being only one writer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain import (
    Address,
    Channel,
    Claim,
    Fate,
    NewSubscription,
    Paper,
    PaperList,
    Pause,
    Quiet,
    Receipt,
    Subscription,
)


class PaperStore(Protocol):
    """The papers of every list that was read."""

    def save(self, source: str, papers: PaperList, *, at: datetime) -> int:
        """Keep a list as it was read at ``at``; return how many of its papers were not in the store before.

        A paper that is new, or differs from what the store has (text, votes, comments, stars, addresses), is pending
        from then on: its matches are still to be enqueued. A known paper keeps its list day when it stands on a later
        list, and a summary, keywords or organisation that the source no longer gives. The list's reading time is kept
        even if it has no papers.
        """
        ...

    def last_read(self, source: str, *, since: date) -> Mapping[date, datetime]:
        """When each list from ``since`` on was last saved; days that never were are missing."""
        ...

    def pending(self, *, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` pending papers, earliest list day first, each day in its list's order."""
        ...

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id, if the store has it."""
        ...

    def listed(self, *, since: date, until: date | None = None) -> Sequence[Paper]:
        """Every paper whose list day is in ``since`` … ``until`` (inclusive; None: no end), latest day first."""
        ...

    def commonness(self, words: Iterable[str]) -> Mapping[str, int]:
        """About how many papers have each of these words, in lower case; with a star: words that begin so."""
        ...

    def define(self, definitions: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Keep the acronyms and full forms that papers define, by paper id, in place of what each defined before."""
        ...

    def definitions(self) -> Sequence[tuple[str, str, int]]:
        """Every acronym and full form that papers define, and how many papers do."""
        ...

    def search(self, words: str, *, limit: int) -> Sequence[Paper]:
        """Papers with all of these words somewhere in title, abstract, keywords or authors, best first.

        Any text is allowed: nothing in ``words`` is syntax.
        """
        ...


class SubscriptionStore(Protocol):
    """Who wants what, where."""

    def add(self, channel: Address, query: str, *, canonical: str, by: str, at: datetime, limit: int) -> Subscription:
        """Subscribe ``channel`` to ``query``; an unknown channel becomes known.

        ``canonical`` is the form in which equal queries are compared. The subscription is pending from then on: the
        papers listed on the UTC day of ``at`` or later that are in the store already are still to be enqueued for it.

        Raises:
            CommandError: The channel has a subscription with the same ``canonical`` already, or ``limit`` of them.
        """
        ...

    def add_all(self, new: Iterable[NewSubscription], *, at: datetime) -> int:
        """Make all of these in one transaction, or none; return how many.

        Those that their channel has already, or that come twice, are left out; there is no limit.
        """
        ...

    def remove(self, channel: Address, number: int) -> None:
        """End that subscription, if there is one."""
        ...

    def of(self, channel: Address, *, now: datetime) -> Sequence[Subscription]:
        """The channel's subscriptions by number, with their matches as of ``now``."""
        ...

    def all(self, *, now: datetime) -> Sequence[Subscription]:
        """Every subscription, by channel and number, with their matches as of ``now``."""
        ...

    def pending(self, *, limit: int) -> Sequence[Subscription]:
        """Up to ``limit`` subscriptions that are pending, oldest first."""
        ...

    def queries(self) -> Sequence[tuple[int, str]]:
        """Every distinct query that somebody subscribed to, with its id in this store."""
        ...


class Outbox(Protocol):
    """What is on its way: one delivery a paper and channel, for ever.

    A delivery is *due*, then *claimed* (an attempt is under way), then settled as *delivered*, *failed* or *expired*;
    or back to due. A claim that is never settled, because the process died, is uncertain from the next `release` on.
    """

    def enqueue(self, found: Mapping[str, Sequence[int]], *, at: datetime) -> int:
        """Make papers due in every channel subscribed to a query they match; return how many deliveries are new.

        In a channel with a rhythm they are due with its next digest, in a quiet one when it is no longer.
        A subscription made on a UTC day after a paper's list day does not count. A channel that ever had a delivery of
        a paper gets no other of it. The papers are no longer pending, unless they were changed since ``at``. This may
        be many transactions, the last of which ends their being pending, so that a crash repeats it from the start.

        Args:
            found: The ids of the queries that each paper matches, by the paper's id; papers in the order of delivery.
            at: When they were read from the store.
        """
        ...

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make these papers due in the subscription's channel, by the rules of `enqueue`; it is no longer pending.

        Does nothing when the subscription has ended. Returns how many deliveries are new.
        """
        ...

    def release(self, channel: Address | None = None) -> int:
        """Take what is claimed, in that channel or in all, as uncertain and due; return how many deliveries were.

        For a service that starts, and for a channel whose claim could not be settled.
        """
        ...

    def due(self, *, now: datetime, platforms: Sequence[str], limit: int) -> Sequence[Address]:
        """Up to ``limit`` channels of these platforms whose earliest open delivery is due, longest waiting first.

        A paused channel is among them once its pause is to be probed. A channel with a claim is not.
        """
        ...

    def next_due(self, *, platforms: Sequence[str]) -> datetime | None:
        """When `due` will have a channel of these platforms again; None when nothing is open."""
        ...

    def claim(
        self, channel: Address, *, now: datetime, flood_limit: int, next_digest: datetime | None = None
    ) -> Claim | None:
        """Claim the channel's next message, or None when nothing of it is due.

        Its earliest open delivery alone; or, when more than ``flood_limit`` are due, all that are due as one message.
        What was claimed together before and may have arrived is claimed together again, under the same key.

        In a channel with a rhythm: all that is due as one message, or as several of which the next ones are due at
        once. The digest after it comes at ``next_digest``, with what is enqueued from now on. A digest without papers
        is claimed only where one is wanted and the channel was not quiet at its time.
        """
        ...

    def deliver(self, claim: Claim, receipt: Receipt, *, at: datetime) -> None:
        """Settle the claim as delivered; a pause of its channel ends."""
        ...

    def reschedule(self, claim: Claim, *, due_at: datetime, reason: str, uncertain: bool) -> None:
        """Put the claim back, due at ``due_at``, one attempt older; ``uncertain`` if it may have arrived.

        A digest that did not arrive falls due anew then, with what there is by then.
        """
        ...

    def hold(self, claim: Claim, pause: Pause) -> None:
        """Put the claim back, due when the pause is probed, and pause its channel; the first pause's start is kept."""
        ...

    def fail(self, claim: Claim, *, reason: str, at: datetime) -> None:
        """Settle the claim as failed: it is not tried again."""
        ...

    def withdraw(self, claim: Claim, paper_ids: Sequence[str]) -> None:
        """Forget the claim's deliveries of these papers, which nobody wants any more; what is left of it is due again.

        Nothing of the claim was posted. A paper that was forgotten may be enqueued again.
        """
        ...

    def expire(self, *, enqueued_before: datetime, at: datetime) -> int:
        """Settle as expired what is due, was enqueued before then and is not claimed; return how many.

        In a channel with a rhythm it has a week more: so long it may have waited for its digest.

        What may have arrived, and was claimed before then, expires as well once the platform was asked for it in vain
        and is to be asked again later, or when nobody asked since then. It does not while it is about to be asked for.
        Its channel goes on with what else is due.
        """
        ...

    def fate(self, channel: Address, paper_id: str) -> Fate | None:
        """What became of the paper in the channel; None when it was never enqueued there."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many deliveries are ``due``, ``claimed``, ``delivered``, ``failed`` and ``expired``."""
        ...


class QueryIndex(Protocol):
    """From words of papers to the queries that want them.

    What is written here, and under which anchors, is `bot.query.filing`'s affair.
    """

    def unfiled(self, version: int, *, limit: int) -> Sequence[tuple[int, str]]:
        """Up to ``limit`` queries, with their ids, that were not filed with this version of the folding yet."""
        ...

    def file(self, places: Mapping[int, Collection[tuple[str, str]]], *, version: int) -> None:
        """File each query, by its id, under these anchors with these conjunctions, in place of where it was before.

        A query that nobody is subscribed to any more is left out.
        """
        ...

    def under(self, anchors: Iterable[str]) -> Iterable[tuple[int, str]]:
        """The query's id and the conjunction of everything that is filed under one of these anchors, one at a time."""
        ...


class ChannelStore(Protocol):
    """The channels that are known."""

    def get(self, address: Address) -> Channel | None:
        """The channel, if somebody ever subscribed in it."""
        ...

    def all(self) -> Sequence[Channel]:
        """Every channel, by address."""
        ...

    def pause(self, address: Address, pause: Pause) -> None:
        """Pause the channel, if it is known; what waits is due when it is probed. The first pause's start is kept."""
        ...

    def resume(self, address: Address) -> None:
        """End the channel's pause, if it has one; what waited is due at once."""
        ...

    def set_rhythm(
        self, address: Address, rhythm: str, digest_due: datetime | None, *, at: datetime, even_if_empty: bool = False
    ) -> None:
        """Let the channel's papers come in this rhythm, first at ``digest_due``; empty and None: at once, from ``at``.

        That goes for what waits too. With ``even_if_empty`` digests without papers come as well. An unknown channel
        becomes known.
        """
        ...

    def digests_due(self, now: datetime, *, limit: int) -> Sequence[Channel]:
        """Up to ``limit`` channels whose digest is due, but nothing waits for it, nor is an empty one wanted."""
        ...

    def skip_digests(self, moments: Mapping[Address, datetime], *, now: datetime) -> None:
        """Let the next digests come at these moments in channels that `digests_due` would still give."""
        ...

    def quieten(self, address: Address, quiet: Quiet) -> None:
        """Let nothing be due in the channel while ``quiet`` lasts. An unknown channel becomes known."""
        ...

    def wake_up(self, address: Address, at: datetime) -> None:
        """End the quiet, if it is quiet; what waited is due at ``at``, or with its digest if that is later."""
        ...

    def greet(self, address: Address) -> bool:
        """Take note that the channel is greeted; say whether it never was before. An unknown channel becomes known."""
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of one database."""

    papers: PaperStore
    subscriptions: SubscriptionStore
    outbox: Outbox
    channels: ChannelStore
    index: QueryIndex
