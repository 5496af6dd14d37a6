"""/papers show: a paper's card, for whoever asks."""

from __future__ import annotations

from bot.cards import make_card
from bot.commands.abstract import find_paper
from bot.commands.desk import Desk
from bot.domain import Address, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.matching.verdicts import match
from bot.text.figures import ago, day
from bot.text.rich import linked, rich


def show(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Show a paper's card: why it is of interest to this channel, and when it was posted here."""
    paper = find_paper(desk, text)
    subscriptions = desk.stores.subscriptions.of(invocation.channel)
    found = (match(subscription.query, paper, desk.glossary.known) for subscription in subscriptions)
    card = make_card(
        paper,
        [matching for matching in found if matching],
        today=desk.now().date(),
        note=posted_here(desk, invocation.channel, paper),
    )
    is_listed = desk.stores.papers.get(paper.id) is not None
    return Reply(
        f"From the list of {day(paper.list_day)}:" if is_listed else "Not on a list that I keep:", cards=(card,)
    )


def posted_here(desk: Desk, channel: Address, paper: Paper) -> str:
    """When the paper was posted or offered in the channel, with a link to the message; empty if it was not."""
    fate = desk.stores.outbox.fate(channel, paper.id)
    if fate is None or fate.state != "delivered" or fate.settled_at is None:
        return ""
    posted = "Behind the button of a digest posted here" if fate.in_rest else "Posted here"
    return rich(linked(f"{posted} {ago(fate.settled_at, desk.now())}", fate.link), ".")
