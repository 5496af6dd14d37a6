"""Which change of votes, comments or stars is worth an edit of a posted message.

A change is worth an edit if a reader would notice it: a first comment, stars where there were none, growth by a fifth
and at least three, or one more digit. Counts that fall are corrected with the next edit, or with the last one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import Counts
from bot.domain.edits import Followed
from bot.domain.messages import Card, Digest, Message, cards_of

FOLLOWED_FOR = timedelta(days=7)
"""How long a message's counts are kept up to date after it was posted."""

EDIT_EVERY = timedelta(hours=1)
"""The shortest time between two edits of a message."""

LEAST = 3
"""Growth by less than this goes unnoticed."""

SHARE = 5
"""Growth by less than one in this many goes unnoticed."""

TWO_DIGITS = 10


def follow(message: Message, *, at: datetime) -> Followed | None:
    """Begin to follow a message that was posted ``at`` that time; None for a message without papers."""
    if not isinstance(message, Card | Digest) or not cards_of(message):
        return None
    noticed = {card.paper_id: noticeable(card.counts) for card in cards_of(message)}
    # No posted message shows the abstract, and it is most of what would be stored.
    kept = _with_cards(message, [replace(card, abstract="") for card in cards_of(message)])
    return Followed(kept, noticed, again_at=at + EDIT_EVERY, until=at + FOLLOWED_FOR)


def noticeable(shown: Counts) -> Counts:
    """The lowest counts at which a reader would notice growth; any one of them is enough."""
    return Counts(
        upvotes=_noticeable(shown.upvotes),
        comments=_noticeable(shown.comments) if shown.comments else 1,
        stars=_noticeable(shown.stars) if shown.stars else 1,
    )


def _noticeable(shown: int) -> int:
    """The lowest figure that is noticeably higher than ``shown``."""
    grown = max(shown + LEAST, shown + -(-shown // SHARE))
    longer = int("1" + "0" * len(str(shown)))  # 1,000 for 950: one more digit catches the eye
    return min(grown, max(longer, TWO_DIGITS))


def _with_cards(message: Card | Digest, cards: list[Card]) -> Card | Digest:
    return replace(message, cards=tuple(cards)) if isinstance(message, Digest) else cards[0]
