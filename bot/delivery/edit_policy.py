"""What a posted message shows of its papers' counts while they grow, and which change is worth an edit.

Worth it is what a reader would notice: a first comment, code stars where there were none, a fifth more of something and
at least three, or a figure with one more digit. What falls is put right with the next edit, or with the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cards import complete_card, complete_digest
from bot.domain import Counts
from bot.domain.edits import Followed
from bot.domain.messages import Card, Digest, Message

FOLLOWED_FOR = timedelta(days=7)
"""How long after a message was posted its counts follow the source's."""

EDIT_EVERY = timedelta(hours=1)
"""How long a message stays as it is at least."""

LEAST, SHARE = 3, 5
"""Growth by so much, and by one in so many, is noticed."""

TWO_DIGITS = 10


def followed(message: Message, *, at: datetime) -> Followed | None:
    """How a message that was posted then is followed; None for one without papers.

    Abstracts are not kept, as no posted message shows them whole.
    """
    if not isinstance(message, Card | Digest) or not _cards(message):
        return None
    noticed = {card.paper_id: noticed_from(Counts(card.upvotes, card.comments, card.stars)) for card in _cards(message)}
    kept = _with_cards(message, [replace(card, abstract="") for card in _cards(message)])
    return Followed(kept, noticed, again_at=at + EDIT_EVERY, until=at + FOLLOWED_FOR)


def refreshed(message: Card | Digest, counts: Mapping[str, Counts]) -> Card | Digest:
    """The message with these counts, and otherwise as it was: reasons, order and buttons."""
    changed = _with_cards(message, [_counting(card, counts.get(card.paper_id)) for card in _cards(message)])
    return complete_digest(changed) if isinstance(changed, Digest) else complete_card(changed)


def noticed_from(shown: Counts) -> Counts:
    """The counts from which on a reader would notice that these have grown; one of them is enough."""
    return Counts(
        upvotes=_noticed(shown.upvotes),
        comments=_noticed(shown.comments) if shown.comments else 1,
        stars=_noticed(shown.stars) if shown.stars else 1,
    )


def _noticed(shown: int) -> int:
    """The first figure that differs noticeably from the one that is shown."""
    grown = max(shown + LEAST, shown + -(-shown // SHARE))
    longer = int("1" + "0" * len(str(shown)))
    return min(grown, max(longer, TWO_DIGITS))


def _cards(message: Card | Digest) -> tuple[Card, ...]:
    return message.cards if isinstance(message, Digest) else (message,)


def _with_cards(message: Card | Digest, cards: list[Card]) -> Card | Digest:
    return replace(message, cards=tuple(cards)) if isinstance(message, Digest) else cards[0]


def _counting(card: Card, counts: Counts | None) -> Card:
    """The card with these counts; a paper that is no longer stored keeps its own."""
    if counts is None:
        return card
    return replace(card, upvotes=counts.upvotes, comments=counts.comments, stars=counts.stars)
