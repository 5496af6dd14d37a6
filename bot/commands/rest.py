"""/papers rest: the papers that a digest offers instead of showing them."""

from __future__ import annotations

from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.pages import page_of, split_page
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.matching.verdicts import matches
from bot.text.figures import counted
from bot.text.rich import code, rich


def rest(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Show a page of what the digest with that key offers, most votes first."""
    number, key = split_page(text)
    papers = desk.stores.outbox.rest(key.lower())
    if not papers:
        return Reply(
            "I no longer know what else was in that digest.",
            advice=rich("To look for papers: ", code("/papers search QUERY")),
        )
    page = page_of(papers, number, lambda label, other: Button(label, "papers", f"rest page:{other} {key}"))
    subscriptions = desk.stores.subscriptions.of(invocation.channel)
    today, known = desk.now().date(), desk.glossary.known
    cards = [make_card(paper, matches(subscriptions, paper, known) or (), today=today) for paper in page.items]
    order = ", most votes first" if len(page.items) > 1 else ""
    return Reply(
        f"{counted(len(papers), 'more paper')} of that digest{page.which}{order}:",
        cards=tuple(cards),
        buttons=page.buttons,
    )
