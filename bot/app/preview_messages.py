"""What a query would look like in a channel: its cards, its digest, the form and replies of those who subscribe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.advise import in_short
from bot.advice.backtest import recent
from bot.cards import make_card, make_digest
from bot.commands.desk import Desk
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Card, Draft, Message, Reply
from bot.query import parse

IN_DIGEST = 20
"""Papers of a digest: as many as a busy week brings, but still easy to look through."""

WHERE = Address("preview", "channel")

WHO = "Ada"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form into which a query has been typed.

    Attributes:
        draft: What it holds.
        explanation: How the query was understood; None before there is one.
    """

    draft: Draft
    explanation: Reply | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Messages of one kind, or forms.

    Attributes:
        headline: What they are.
        about: When they come.
        shown: In the order of posting.
        alone: Whether only the person who asked sees them.
    """

    headline: str
    about: str
    shown: tuple[Message | Filled, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Showcase:
    """What a query would look like.

    Attributes:
        query: As it was written, with white space tidied.
        found: What it means and brings, in words.
        exhibits: Its messages.
    """

    query: str
    found: str
    exhibits: tuple[Exhibit, ...]


def showcase(desk: Desk, text: str, *, days: int, limit: int) -> Showcase:
    """Make the messages of a query.

    Args:
        desk: Where it is subscribed to, so that the reply is real; its stores are to be thrown away.
        text: The query.
        days: How far back papers are looked for.
        limit: How many cards are shown.

    Raises:
        QueryError: ``text`` is not in the language.
        StorageError: The database cannot be used.
    """
    query = parse(text)
    papers = recent(desk.stores, desk.glossary, now=desk.now(), days=days)
    tried = papers.run(query)
    cards = [
        make_card(paper, [found], today=desk.now().date()) for paper, found in tried.matches[: max(limit, IN_DIGEST)]
    ]
    return Showcase(
        query=query.text,
        found=f"{in_short(tried, papers)}.",
        exhibits=(*_papers(cards, limit, desk.now().date()), *_replies(desk, query.text)),
    )


def _papers(cards: Sequence[Card], limit: int, today: date) -> list[Exhibit]:
    if not cards:
        return []
    return [
        Exhibit(
            "Cards",
            f"{_latest(cards[:limit])}. A card comes within minutes of its paper being listed.",
            tuple(cards[:limit]),
        ),
        Exhibit(
            "A digest",
            f"{_latest(cards[:IN_DIGEST])} in one message, daily or weekly, as set with /papers digest.",
            (make_digest(cards[:IN_DIGEST], today=today),),
        ),
    ]


def _latest(cards: Sequence[Card]) -> str:
    return "The latest paper" if len(cards) == 1 else f"The latest {len(cards)} papers"


def _replies(desk: Desk, query: str) -> list[Exhibit]:
    def say(command: str, text: str = "") -> Reply:
        return desk.do(Invocation(WHERE, WHO, command, text, is_admin=True))

    form = Filled(Draft(query=query), say("papers", f"try {query}"))
    reply = say("subscribe", query)
    announcement = Reply(reply.announcement)
    return [
        Exhibit("The form", "What opens after /subscribe alone.", (form,)),
        Exhibit("The reply", f"What you see after /subscribe {query}.", (reply,), alone=True),
        Exhibit("The announcement", "What everyone else in the channel sees.", (announcement,)),
        Exhibit("The list", "What you see after /subscriptions.", (say("subscriptions"),), alone=True),
    ]
