"""What people read, say and press: cards, digests, replies, commands and buttons.

All of it is plain text; escaping, cutting and laying it out are the platforms' affair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain import Match


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button that gives a command: pressing it is the same as typing it, today and in a year.

    Attributes:
        label: What stands on it.
        command: The command's name without the slash: ``papers``.
        text: What would stand behind the name: ``why 2608.01234``.
    """

    label: str
    command: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; ``matched`` when it is what a query asked for, for the platform to emphasize."""

    text: str
    matched: bool = False


Reason = tuple[Piece, ...]
"""Why a paper is here, as one line in pieces: ``abstract: … policies with`` **“reinforcement learning”** ``from …``."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is said about one paper.

    Attributes:
        paper_id: The paper's id.
        title: The paper's title.
        url: The paper's page.
        byline: Organization or first authors: "Ada Lovelace, Alan Turing and 9 more".
        listed: The list day.
        summary: The AI summary, else the first sentences of the abstract.
        abstract: The whole abstract.
        matches: Why it is here; empty for a card that nobody subscribed to, as from a search.
        upvotes: Votes.
        comments: Comments.
        stars: Code stars; None when unknown.
        thumbnail_url: A picture; may be empty.
        links: Paper, arXiv, PDF, Code, Project: those that exist, in this order.
        buttons: What can be asked about it.
        trend: How it rises: "+31 votes in 12 hours"; empty for most.
        reached: The day by which it had the votes, comments or stars that were asked for; None when it had them from
            the first.
        figures: How it was received, in a line: "▲ 58 · 3 comments · ★ 138"; this and what follows by `bot.cards`.
        reasons: Why it is here, a line each.
        notice: What stands in a notification.
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
    figures: str = ""
    reasons: tuple[Reason, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """Several papers in one message, best first, under a headline with their count; a line each.

    Attributes:
        headline: How many papers, and of which days.
        cards: The papers.
        buttons: What can be done next.
        notice: What stands in a notification; by `bot.cards`.
    """

    headline: str
    cards: tuple[Card, ...]
    buttons: tuple[Button, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list in a reply, and what can be done about it."""

    text: str
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command or button.

    Attributes:
        text: Plain text in lines.
        code: Lines for a fixed-width font, such as a query with a caret; shown after ``text``.
        entries: A list, a line each; shown after ``code``.
        advice: What to do next; shown after all text.
        cards: Papers asked for.
        links: What can be opened.
        buttons: What can be done next; shown last.
        announcement: What the whole channel is told; empty when only the person who asked is meant.
        ok: False when the command could not be done.
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

    def but_closed(self, reason: str, repair: str) -> Reply:
        """The same, saying that nothing can be posted to the channel: `ChannelClosed.reason` and its repair."""
        return replace(self, advice=f"I cannot post here yet: {reason}. To let me: {repair}.")


Message = Card | Digest | Reply
"""What can be posted to a channel."""


def papers_in(message: Message) -> tuple[str, ...]:
    """The ids of the papers that a card or digest delivers; a reply delivers none."""
    match message:
        case Card(paper_id):
            return (paper_id,)
        case Digest(cards=cards):
            return tuple(card.paper_id for card in cards)
        case Reply():
            return ()
