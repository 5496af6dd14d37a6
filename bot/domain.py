"""The nouns: papers, channels, subscriptions, matches, deliveries, cards, replies.

Everything here is frozen and plain. Times are aware and in UTC; days are UTC dates.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from bot.errors import CommandError

ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}")
"""An arXiv identifier since April 2007, without its version: https://info.arxiv.org/help/arxiv_identifier.html."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How a paper is received at its source: votes, comments, and stars of its code (None when it has none)."""

    upvotes: int
    comments: int
    stars: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a source lists it; text fields are one line each, in plain characters.

    Attributes:
        id: Its identity for ever: the arXiv id wherever it has one.
        title: Never empty.
        url: Its page at the source.
        list_day: The UTC day of the list it stands on; in a store, of the first such list.
        abstract: May be empty, as every attribute from here on.
        authors: Names in their printed order, without those who asked to be hidden.
        published_at: When it first appeared in public.
        summary: The source's short summary.
        keywords: The source's keywords.
        organization: The name of the organisation behind it.
        upvotes: Votes at the source.
        comments: Comments at the source.
        stars: Stars of its code repository; None when it has none that is known.
        code_url: Its code repository.
        project_url: Its project page.
        thumbnail_url: A picture of its first page.
    """

    id: str
    title: str
    url: str
    list_day: date
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    summary: str = ""
    keywords: tuple[str, ...] = ()
    organization: str = ""
    upvotes: int = 0
    comments: int = 0
    stars: int | None = None
    code_url: str = ""
    project_url: str = ""
    thumbnail_url: str = ""

    @property
    def arxiv_url(self) -> str:
        """Its arXiv page; empty when its id is not arXiv's."""
        return f"https://arxiv.org/abs/{self.id}" if ARXIV_ID.fullmatch(self.id) else ""

    @property
    def pdf_url(self) -> str:
        """Its PDF at arXiv; empty when its id is not arXiv's."""
        return f"https://arxiv.org/pdf/{self.id}" if ARXIV_ID.fullmatch(self.id) else ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """How many votes a paper had when it was looked at."""

    at: datetime
    upvotes: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record of a list that made no sense and was left out: its id, as far as it has one, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaperList:
    """A source's list of one day: the papers in the source's order, and the records that were left out."""

    day: date
    papers: tuple[Paper, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a channel is: its platform's name and its id there, written ``platform:id``."""

    platform: str
    id: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``platform:id``.

        Raises:
            CommandError: ``text`` is not written so.
        """
        platform, colon, identifier = text.strip().partition(":")
        if not (colon and platform.isascii() and platform.isalpha() and platform.islower()) or not re.fullmatch(
            r"[\w.#@-]{1,80}", identifier
        ):
            raise CommandError(
                f"“{text}” is not a channel.",
                repair="Write it as platform:channel-id, such as slack:C0123456789 or terminal:local.",
            )
        return cls(platform, identifier)

    def __str__(self) -> str:
        """``platform:id``."""
        return f"{self.platform}:{self.id}"


WATCHED_FOR = timedelta(days=7)
"""How long after its list day a paper that changes may still be matched anew: to have crossed a line, for instance."""

PROBE_EVERY = timedelta(minutes=30)
"""How often the next message of a paused channel is tried."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing is posted to a channel at present.

    Attributes:
        reason: A clause: "the channel is archived".
        repair: What to do about it.
        since: When it began.
        probe_at: When delivery is tried again, to see whether access is back.
    """

    reason: str
    repair: str
    since: datetime
    probe_at: datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """A pause that people asked for.

    Attributes:
        since: When it began.
        until: When it ends; None: when somebody ends it.
        by: Who asked for it, as the platform names them.
    """

    since: datetime
    until: datetime | None
    by: str

    def lasts(self, now: datetime) -> bool:
        """Whether it has not ended yet."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that somebody subscribed in: whether it can be posted to, and when it wants to be.

    Attributes:
        address: Where it is.
        pause: Why it cannot be posted to; None when it can.
        rhythm: When its digests come, see `bot.digests.Rhythm`; empty when papers come at once.
        digest_due: When the next one does; None when papers come at once.
        quiet: The latest pause that people asked for, unless they ended it.
    """

    address: Address
    pause: Pause | None = None
    rhythm: str = ""
    digest_due: datetime | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A channel's pause, and whom to tell of it.

    Attributes:
        channel: The channel.
        pause: Why it is paused.
        person: The id of who made its latest subscription, at the channel's platform.
        queries: What it is subscribed to.
    """

    channel: Address
    pause: Pause
    person: str
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One query of one channel.

    Attributes:
        channel: Where its papers go.
        number: Its number in the channel's list, from 1, never given again there.
        query: As the person wrote it, white space tidied.
        created_at: When it was made.
        created_by: Who, as the platform names them.
        matches_30_days: Papers enqueued for it in the last 30 days.
        last_match: When the latest paper was enqueued for it.
        counts_from: From when on its query counts, if it was changed.
    """

    channel: Address
    number: int
    query: str
    created_at: datetime
    created_by: str
    matches_30_days: int = 0
    last_match: datetime | None = None
    counts_from: datetime | None = None

    @property
    def since(self) -> datetime:
        """Papers listed on this UTC day or later are enqueued for it."""
        return self.counts_from or self.created_at


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription that is still to be made.

    Attributes:
        channel: Where its papers go.
        query: As it was written.
        canonical: The form in which equal queries are compared.
        created_by: Who makes it.
        created_at: When it was made elsewhere; it counts from now on all the same. None: it is made now.
    """

    channel: Address
    query: str
    canonical: str
    created_by: str
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """What a channel is to be subscribed to, and when its papers are to come.

    Attributes:
        channel: The channel.
        subscriptions: Those that it is to have, besides others.
        sets_rhythm: Whether the rhythm is to be as follows; else it stays as it is.
        rhythm: When its digests are to come, see `bot.digests.Rhythm`; empty: papers at once.
        digest_due: When the next one is.
        even_if_empty: Whether digests without papers come too.
        quiet: The pause that it is to have; None: that stays as it is.
    """

    channel: Address
    subscriptions: tuple[NewSubscription, ...] = ()
    sets_rhythm: bool = False
    rhythm: str = ""
    digest_due: datetime | None = None
    even_if_empty: bool = False
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of plans.

    Attributes:
        made: Subscriptions that were made.
        known: Subscriptions that were there already.
        rhythms: Channels whose rhythm was changed.
        pauses: Channels whose pause was changed.
    """

    made: int = 0
    known: int = 0
    rhythms: int = 0
    pauses: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved from a channel to another.

    Attributes:
        subscriptions: Subscriptions that the other channel has now.
        merged: Of these, those that it had already.
        waiting: Papers that wait there now.
        posted: Papers that count as posted there.
    """

    subscriptions: int
    merged: int
    waiting: int
    posted: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a term of a query stands in a paper, in the paper's own words.

    ``before``, ``words`` and ``after`` are adjoining pieces of the original text of ``field``
    (title, abstract, keyword, author, org), ``words`` being what matched; an ellipsis marks a cut.
    A fact such as ``upvotes>=20`` has its field, the fact as ``words``, and no surroundings.
    """

    field: str
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that a query matched, and the evidence for it; ``*`` has none."""

    query: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One paper on its way to one channel.

    Attributes:
        paper: What is delivered.
        channel: Where to.
        query: The query of the subscription that enqueued it; None once that was unsubscribed.
        enqueued_at: When it was matched.
        attempts: How often posting was tried and failed.
        second_chance: Whether the paper had been matched before, and was not for this channel then.
    """

    paper: Paper
    channel: Address
    query: str | None
    enqueued_at: datetime
    attempts: int = 0
    second_chance: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a delivery.

    Attributes:
        state: ``due``, ``claimed``, ``delivered``, ``failed`` or ``expired``.
        enqueued_at: When it was matched.
        settled_at: When it was delivered, failed or expired.
        reason: Of the latest failure; empty when there was none.
        link: Where its message can be opened; empty when that is not known.
    """

    state: str
    enqueued_at: datetime
    settled_at: datetime | None = None
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which the database knows nothing: it was restored from a copy, after which papers were still posted.

    Attributes:
        since: When the copy was made.
        until: When it was restored.
    """

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries that were claimed together and are posted as one message.

    Attributes:
        key: Names the message for ever, see `message_key`.
        channel: Where to.
        deliveries: One makes a card, several a digest, none one that says so.
        claimed_at: When its first claim was made: the message cannot be older.
        uncertain: An earlier attempt may have arrived: ask the platform before posting.
        attempts: How often posting was tried and failed.
        gap: In this time what it brings may have been posted, alone or with others: ask the platform before posting.
    """

    key: str
    channel: Address
    deliveries: tuple[Delivery, ...]
    claimed_at: datetime
    uncertain: bool = False
    attempts: int = 0
    gap: Gap | None = None


def message_key(channel: Address, contents: Iterable[str]) -> str:
    """Name the message that brings papers with these ids to this channel, or is about the lack of any then.

    24 hexadecimal digits, the same in every process.

    Discord takes nonces of up to 25 characters: https://discord.com/developers/docs/resources/message#create-message.
    """
    return hashlib.blake2b("\n".join([str(channel), *contents]).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A platform's own id for a message it took, and the address people can open, if there is one."""

    id: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of trying one thing.

    Attributes:
        subject: What was tried: "Slack bot token", "slack:C0123456789".
        state: ``ok``, ``warning`` (works, but not all of it) or ``failed``.
        detail: What was found, one line.
        repair: What to do about it; empty when all is well.
    """

    subject: str
    state: Literal["ok", "warning", "failed"]
    detail: str
    repair: str = ""


def utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        message = f"{moment.isoformat()} has no time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)
