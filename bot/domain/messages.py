"""What people read and press: cards, digests, replies and buttons.

Everything is plain text; each platform escapes, shortens and lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain import Counts, Match


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button that invokes a command: pressing it is the same as typing the command, today or in a year.

    Attributes:
        label: Its label.
        command: The command's name without the slash: ``papers``.
        text: What follows the name: ``why 2608.01234``.
    """

    label: str
    command: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; ``matched`` if it is what a query matched, for the platform to emphasize."""

    text: str
    matched: bool = False


Reason = tuple[Piece, ...]
"""Why a paper is here, as one line in pieces: ``abstract: … policies with`` **“reinforcement learning”** ``from …``."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message about one paper.

    Attributes:
        paper_id: The paper's id.
        title: The paper's title.
        url: The paper's page.
        byline: Organization or first authors: "Ada Lovelace, Alan Turing and 9 more".
        listed: The list day.
        summary: The AI summary, else the first sentences of the abstract.
        abstract: The whole abstract.
        matches: Why it is here; empty for a card that no subscription brought, such as one from a search.
        upvotes: Votes.
        comments: Comments.
        stars: Code stars; None when unknown.
        thumbnail_url: A picture; may be empty.
        links: Paper, arXiv, PDF, Code, Project: those that exist, in this order.
        buttons: What can be asked about it.
        trend: How fast it gains votes: "+31 votes in 12 hours"; empty for most cards.
        reached: The day by which it had reached the votes, comments or stars that a query asked for; None if it had
            them from the start.
        origin: The paper's own date where it is much older than its list, and who submitted it: "published 5 Apr 2023 ·
            submitted by Ada"; may be empty.
        figures: Its counts in a line: "▲ 58 · 3 comments · ★ 138". `bot.cards` fills this in, and what follows.
        reasons: Why it is here, one line each.
        notice: The text of its notification.
    """

    paper_id: str
    title: str
    url: str
    byline: str
    listed: date
    summary: str
    abstract: str
    matches: tuple[Match, ...]
    upvotes: int
    comments: int
    stars: int | None
    thumbnail_url: str
    links: tuple[Link, ...]
    buttons: tuple[Button, ...] = ()
    trend: str = ""
    reached: date | None = None
    origin: str = ""
    figures: str = ""
    reasons: tuple[Reason, ...] = ()
    notice: str = ""

    @property
    def counts(self) -> Counts:
        """The counts that it shows."""
        return Counts(self.upvotes, self.comments, self.stars)


@dataclass(frozen=True, slots=True)
class Digest:
    """Several papers in one message, one line each, best first.

    Attributes:
        headline: How many papers there are, and from which days.
        cards: The papers.
        buttons: What can be done next.
        notice: The text of its notification, filled in by `bot.cards`.
    """

    headline: str
    cards: tuple[Card, ...]
    buttons: tuple[Button, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list in a reply, and a button that acts on it."""

    text: str
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command or button.

    Attributes:
        text: Plain text, one or more lines.
        code: Lines for a fixed-width font, such as a query with a caret; shown after ``text``.
        entries: A list, one line each; shown after ``code``.
        advice: What to do next; shown after all other text.
        cards: The papers that were asked for.
        links: Buttons that open addresses.
        buttons: What can be done next; shown last.
        announcement: A message for the whole channel; empty if the reply concerns only the person who asked.
        ok: Whether the command was carried out.
    """

    text: str
    code: str = ""
    entries: tuple[Entry, ...] = ()
    advice: str = ""
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    announcement: str = ""
    ok: bool = True

    def with_closed_notice(self, reason: str, repair: str) -> Reply:
        """The same reply, with the advice that nothing can be posted to the channel yet, and how to fix that.

        Args:
            reason: `ChannelClosed.reason`.
            repair: `ChannelClosed.repair`.
        """
        return replace(self, advice=f"I can't post here yet: {reason}. To fix this, {repair}.")


Message = Card | Digest | Reply
"""Anything that can be posted to a channel."""


def cards_of(message: Card | Digest) -> tuple[Card, ...]:
    """A card itself, or those of a digest."""
    return message.cards if isinstance(message, Digest) else (message,)


def papers_in(message: Message) -> tuple[str, ...]:
    """The ids of the papers in a card or digest; empty for a reply, whose cards are not deliveries."""
    return () if isinstance(message, Reply) else tuple(card.paper_id for card in cards_of(message))
