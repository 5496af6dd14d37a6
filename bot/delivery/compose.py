"""Makes the message of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cards import day_listed, make_card, make_digest
from bot.delivery.reasons import Grounds
from bot.domain import Claim, Delivery, Match
from bot.domain.messages import Button, Card, Message
from bot.text.figures import counted


def description_of(claim: Claim) -> str:
    """The claim for the log: its paper's id, or how many papers it holds."""
    if len(claim.all) == 1:
        return claim.deliveries[0].paper.id
    return f"a digest of {counted(len(claim.all), 'paper')}"


def compose(claim: Claim, grounds: Grounds) -> Message:
    """The claim's message: a card for one paper, a digest for several, for none, or for one with others to offer.

    It says the same whenever it is composed, but for votes: today is the day on which the papers were claimed.
    """
    today = claim.claimed_at.date()
    cards = [_card(delivery, grounds.matches[delivery.paper.id] or (), today) for delivery in claim.deliveries]
    if len(claim.all) == 1:
        return cards[0]
    more = (Button(f"{len(claim.rest):,} more", "papers", f"rest {claim.key}"),) if claim.rest else ()
    rest = [day_listed(delivery.paper, grounds.matches[delivery.paper.id] or ()) for delivery in claim.rest]
    return make_digest(cards, today=today, part=claim.part, rest=rest, buttons=more, liking=grounds.liking)


def _card(delivery: Delivery, matched: Sequence[Match], today: date) -> Card:
    enqueued_on = delivery.enqueued_at.date()
    # On its list day a paper needs no explanation: everybody expects it then.
    is_late = delivery.second_chance and enqueued_on > day_listed(delivery.paper, matched)
    return make_card(delivery.paper, matched, today=today, reached=enqueued_on if is_late else None)
