"""What people read and press: cards, digests, replies and buttons.

Everything is text without markup; each platform escapes, shortens and lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain import Counts, Match
from bot.text.rich import Piece


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


Reason = tuple[Piece, ...]
"""Why a paper is here, as one line in pieces: ``for “robots”: “…policies that teach`` **robots** ``to fold…”``."""

LAYOUT = 2
"""The present layout of cards and digests. Messages that were posted in an earlier one keep it when they are edited."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message about one paper.

    Attributes:
        paper_id: The paper's id.
        title: The paper's title.
        url: The paper's page.
        byline: Organization and first authors: "Acme Labs · Ada Lovelace, Alan Turing and 9 more".
        listed: The list day.
        summary: The AI summary, else the first sentences of the abstract.
        abstract: The whole abstract.
        matches: Why it is here; empty for a card that no subscription brought, such as one from a search.
        upvotes: Votes.
        comments: Comments.
        stars: Code stars; None when unknown.
        thumbnail_url: A picture; may be empty.
        links: PDF and Code: those that exist, first in its row.
        buttons: What is done with it most, after the links in its row: Abstract, Save.
        menu: Everything else, behind one menu, most wanted first: Why, Less like this, More like this …, then
            links.
        trend: How fast it gains votes: "+31 votes in 12 hours"; empty for most cards.
        reached: The day by which it had reached the votes, comments or stars that a query asked for; None if it had
            them from the start.
        origin: The paper's own date where it is much older than its list, and who submitted it: "published 5 Apr 2023 ·
            submitted by Ada"; may be empty.
        day: The list day, where it was not the day on which the card was made: "24 November".
        summary_by: Whose the summary is: "Hugging Face's summary".
        sentence: What the paper is, in a sentence: all that a digest says of it.
        brought_by: The subscriptions that brought it, for a digest: "reinforcement learning and 2 more".
        note: A line about this channel and the paper: "Posted here 3 days ago."; empty for most cards.
        layout: The layout that it was posted in.
        figures: Its day and counts in a line: "24 November · ▲ 58 · 3 comments · ★ 138"; empty if all are zero.
            `bot.cards` fills this in, and what follows.
        reasons: Why it is here: a line; in the first layout up to three.
        notice: The text of its notification.
        is_withdrawn: Whether it says that its authors have withdrawn the paper.
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
    menu: tuple[Link | Button, ...] = ()
    trend: str = ""
    reached: date | None = None
    origin: str = ""
    day: str = ""
    summary_by: str = ""
    sentence: str = ""
    brought_by: str = ""
    note: str = ""
    layout: int = LAYOUT
    figures: str = ""
    reasons: tuple[Reason, ...] = ()
    notice: str = ""
    is_withdrawn: bool = False

    @property
    def counts(self) -> Counts:
        """The counts that it shows."""
        return Counts(self.upvotes, self.comments, self.stars, self.is_withdrawn)

    @property
    def votes(self) -> str:
        """Its votes: "▲ 58"; empty while it has none."""
        return f"▲ {self.upvotes:,}" if self.upvotes else ""

    @property
    def who(self) -> str:
        """The organization, else the first authors: the first part of the byline."""
        return self.byline.partition(" · ")[0]


@dataclass(frozen=True, slots=True)
class Digest:
    """Several papers in one message, best first: of each its title, its sentence, and a line of figures.

    Attributes:
        headline: How many papers there are, and from which days: "7 papers · Tuesday 24 November".
        cards: The papers.
        buttons: What can be done next, such as showing the rest.
        layout: The layout that it was posted in.
        notice: The text of its notification, filled in by `bot.cards`.
    """

    headline: str
    cards: tuple[Card, ...]
    buttons: tuple[Button, ...] = ()
    layout: int = LAYOUT
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list in a reply.

    Attributes:
        text: What it is, on one line.
        buttons: What can be done with it.
        detail: More about it, in a line of small print; may be empty.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice of commands, such as of likely time zones: what is asked, and the answers."""

    prompt: str
    options: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command or button.

    Texts may be `bot.text.rich.Rich`: then platforms show their pieces.

    Attributes:
        text: One or more lines.
        code: Lines for a fixed-width font, such as a query with a caret; shown after ``text``.
        entries: A list; shown after ``code``.
        advice: What to do next; shown after all other text.
        cards: The papers that were asked for.
        near: Papers that were not, but are near in meaning; below the cards, under a heading of their own, `NEAR`.
        links: Buttons that open addresses.
        buttons: What can be done next; shown last.
        menu: A choice, shown above the buttons.
        announcement: A message for the whole channel; empty if the reply concerns only the person who asked.
        ok: Whether the command was carried out.
    """

    text: str
    code: str = ""
    entries: tuple[Entry, ...] = ()
    advice: str = ""
    cards: tuple[Card, ...] = ()
    near: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    announcement: str = ""
    ok: bool = True

    def with_closed_notice(self, reason: str, repair: str) -> Reply:
        """The same reply, with the advice that nothing can be posted to the channel yet, and how to fix that.

        Args:
            reason: `ChannelClosed.reason`.
            repair: `ChannelClosed.repair`.
        """
        return replace(self, advice=f"I can't post here yet: {reason}. To fix this, {repair}.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts from: a subscription that somebody makes or edits, and how its channel gets its papers.

    Attributes:
        number: The subscription's number; 0 for a new one.
        query: Its query; empty for a new one.
        schedule: The days of the channel's digests, as the first words of a schedule: ``daily``, ``weekdays``,
            ``weekly mon``; ``instant`` without digests.
        at: The local time of the digests: ``09:00``.
        zone: The IANA name of their time zone; without digests, that of the person.
        zones: Other zones that are likely for the person, IANA names.
        ending: What follows the zone in the channel's schedule: ``top 10 even if empty``; may be empty.
    """

    number: int = 0
    query: str = ""
    schedule: str = "instant"
    at: str = "09:00"
    zone: str = "UTC"
    zones: tuple[str, ...] = ()
    ending: str = ""


NEAR = "Near in meaning"
"""What stands above papers that do not match, but are near."""

Message = Card | Digest | Reply
"""Anything that can be posted to a channel."""


def cards_of(message: Card | Digest) -> tuple[Card, ...]:
    """A card itself, or those of a digest."""
    return message.cards if isinstance(message, Digest) else (message,)


def papers_in(message: Message) -> tuple[str, ...]:
    """The ids of the papers in a card or digest; empty for a reply, whose cards are not deliveries."""
    return () if isinstance(message, Reply) else tuple(card.paper_id for card in cards_of(message))
