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
    ChannelPlan,
    Claim,
    Closing,
    Counts,
    Fate,
    Moved,
    NewSubscription,
    Paper,
    PaperList,
    Pause,
    Planned,
    Quiet,
    Receipt,
    Sighting,
    Subscription,
)
from bot.messages import Followed, Outdated
from bot.sieve import FoldedText, Sieve


@dataclass(frozen=True, slots=True)
class Sifted:
    """Papers that pass a sieve: how many there are, and the best of them."""

    count: int
    papers: tuple[Paper, ...]


class PaperStore(Protocol):
    """The papers of every list that was read."""

    def save(self, source: str, papers: PaperList, *, at: datetime) -> int:
        """Keep a list as it was read at ``at``; return how many of its papers were not in the store before.

        A paper that is new, or differs from what the store has (text, votes, comments, stars, addresses), is pending
        from then on: its matches are still to be enqueued; but not when it changed later than `WATCHED_FOR` after its
        list day. A known paper keeps its list day when it stands on a later
        list, and a summary, keywords or organisation that the source no longer gives. The list's reading time is kept
        even if it has no papers. A paper that was forgotten stays so.
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

    def forget(self, *, listed_before: date) -> int:
        """Remove some papers that were first listed and last changed before that day; return how many, 0 at the end.

        One that is pending, or on its way to a channel, is not old enough. The ids are kept: a paper that was forgotten
        is no new one when it is listed again.
        """
        ...

    def tidy(self, *, begin: bool) -> bool:
        """Free some of the room that forgotten papers took, from the beginning or going on; say if there is more."""
        ...


class VoteStore(Protocol):
    """What was seen of papers' votes when lists were saved."""

    def seen(self) -> Mapping[str, Sequence[Sighting]]:
        """Each paper's votes of the last 7 days, by its id, earliest first: one sighting an hour, and its first.

        Only changes are seen: votes that stay the same leave no sighting. A paper that was in the store before votes
        were followed was seen first when it last changed.
        """
        ...


class SubscriptionStore(Protocol):
    """Who wants what, where."""

    def add(
        self, channel: Address, query: str, *, canonical: str, by: str, at: datetime, limit: int, by_id: str = ""
    ) -> Subscription:
        """Subscribe ``channel`` to ``query``; an unknown channel becomes known.

        ``by`` is who asks for it, as people read it, ``by_id`` as the platform tells them from others.
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

    def change(self, channel: Address, number: int, query: str, *, canonical: str, since: datetime) -> Subscription:
        """Put another query in the place of that subscription's, which keeps its number, its author and its time.

        It is pending from then on: papers listed on the UTC day of ``since`` or later that are in the store already are
        still to be enqueued for it. What waits for the query before names none any more.

        Raises:
            CommandError: There is no such subscription, or the channel has one with the same ``canonical``.
        """
        ...

    def follow(self, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> Planned:
        """Make in one transaction what these plans lack, or nothing.

        Subscriptions made elsewhere keep their time and count from ``at`` on. What is as planned already is left alone.

        Raises:
            CommandError: A channel would have more than ``limit`` subscriptions.
        """
        ...

    def move(self, source: Address, target: Address, *, at: datetime, limit: int) -> Moved:
        """Move every subscription of a channel to another, in one transaction.

        They keep who made them and when; of one that both have, the older stays. What waits moves too, and is due from
        ``at`` on; what was posted, given up or dropped counts as that in the target as well. A target without
        subscriptions of its own takes the rhythm and the quiet of the source, which is left without either.

        Raises:
            CommandError: They are the same, the source has no subscriptions, or the target would have more than
                ``limit``.
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
        A subscription counts for papers whose list day is the UTC day of its `Subscription.since`, or later. A channel
        that ever had a delivery of a paper gets no other of it. The papers are no longer pending, unless they were
        changed since ``at``. This may be many transactions, the last of which ends their being pending, so that a crash
        repeats it from the start.

        Args:
            found: The ids of the queries that each paper matches, by the paper's id; papers in the order of delivery.
            at: When they were read from the store.
        """
        ...

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make these papers due in the subscription's channel, by the rules of `enqueue`; it is no longer pending.

        Does nothing when the subscription has ended or was changed. Returns how many deliveries are new.
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

    def is_busy(self, platform: str, *, now: datetime) -> bool:
        """Whether something is due or under way to a channel of the platform."""
        ...

    def next_due(self, *, platforms: Sequence[str]) -> datetime | None:
        """When `due` will have a channel of these platforms again; None when nothing is open."""
        ...

    def claim(
        self, channel: Address, *, now: datetime, flood_limit: int, next_digest: datetime | None = None
    ) -> Claim | None:
        """Claim the channel's next message, or None when nothing of it is due.

        Its earliest open delivery alone; or, when more than ``flood_limit`` are due, all that are due as one message,
        or as several of which the next ones are due at once: those with the most votes first.
        What was claimed together before and may have arrived is claimed together again, under the same key. A claim
        with papers that were listed before the database was restored has the `Gap`.

        In a channel with a rhythm: all that is due, likewise. The digest after it comes at ``next_digest``, with what
        is enqueued from now on. A digest without papers is claimed only where one is wanted and the channel was not
        quiet at its time.
        """
        ...

    def deliver(self, claim: Claim, receipt: Receipt, *, at: datetime, followed: Followed | None = None) -> None:
        """Settle the claim as delivered; a pause of its channel ends; its message is ``followed`` from then on."""
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

    def recognise(self, claim: Claim, posted: Mapping[str, Receipt], *, at: datetime) -> int:
        """Settle as delivered what is open in the claim's channel and was posted in its gap; return how many were.

        What is left of the claim, nothing of which was posted now, is due again.

        Args:
            claim: The channel's latest.
            posted: The receipts, by the papers' ids.
            at: When they were found.
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

    def forget(self, *, enqueued_before: datetime, after: int = 0) -> tuple[int, int | None]:
        """Remove deliveries of forgotten papers among the next few, of those enqueued before then.

        Returns how many were removed, and the place to go on ``after``; None when there are no more to look at.
        """
        ...

    def fate(self, channel: Address, paper_id: str) -> Fate | None:
        """What became of the paper in the channel; None when it was never enqueued there."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many deliveries are ``due``, ``claimed``, ``delivered``, ``failed`` and ``expired``."""
        ...


class FollowedStore(Protocol):
    """The messages whose counts follow the source's."""

    def outdated(self, platform: str, *, now: datetime, limit: int) -> Sequence[Outdated]:
        """Up to ``limit`` messages on the platform that may be shown anew and are worth it, longest waiting first.

        Those are worth it of which a paper has reached the counts that would be noticed; and those at their end that
        show anything but what the source says. None of a channel that is paused or quiet.
        """
        ...

    def shown(self, message: Outdated, *, noticed: Mapping[str, Counts], again_at: datetime) -> None:
        """Take note that the message shows its `Outdated.counts` now; it is worth it again once ``noticed`` is."""
        ...

    def postpone(self, message: Outdated, *, again_at: datetime) -> None:
        """Let the message be as it is until then."""
        ...

    def forget(self, message: Outdated) -> None:
        """Let the message be as it is for good."""
        ...

    def sweep(self, *, now: datetime) -> int:
        """Forget what has come to its end and shows what the source says, or could not be shown since; say how many."""
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


class PaperIndex(Protocol):
    """From folded words to the papers that have them.

    Which words a paper is filed with is `bot.query.sifting`'s affair.
    """

    def unfiled(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` papers that are not filed as they are now with this version of the folding, latest first."""
        ...

    def file(self, texts: Mapping[str, FoldedText], *, version: int, at: datetime) -> None:
        """File papers, by their ids, with these words in place of those before; not if changed after ``at``."""
        ...

    def sift(self, sieve: Sieve, *, limit: int) -> Sifted:
        """The filed papers that pass, best first, up to ``limit`` of them.

        First come those in which the wanted words weigh most, in a title ten times as much as elsewhere, by BM25
        (https://www.sqlite.org/fts5.html#the_bm25_function); among alike, and where no words are wanted, those with the
        most votes, then the latest.
        """
        ...


class ChannelStore(Protocol):
    """The channels that are known."""

    def get(self, address: Address) -> Channel | None:
        """The channel, if somebody ever subscribed in it."""
        ...

    def all(self) -> Sequence[Channel]:
        """Every channel, by address."""
        ...

    def paused(self) -> Mapping[str, int]:
        """How many channels of each platform are paused; platforms without any may be missing."""
        ...

    def pause(self, address: Address, pause: Pause, *, is_told: bool = False) -> None:
        """Pause the channel, if it is known; what waits is due when it is probed. The first pause's start is kept.

        With ``is_told`` whoever is to be told of it knows.
        """
        ...

    def take_closings(self, *, at: datetime, told_before: datetime, limit: int) -> Sequence[Closing]:
        """Take note that the pauses of up to ``limit`` channels are told at ``at``, and give those to be told.

        Each pause is given once at the most, and none of a channel of which one was told at ``told_before`` or later.
        Those of channels in which nobody is known by an id are not given.
        """
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
    words: PaperIndex
    votes: VoteStore
    followed: FollowedStore
