"""Messages as lines of text, laid out for the terminal's width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from bot.domain.messages import Button, Card, Digest, Message, Reply
from bot.text.characters import visible
from bot.text.figures import day
from bot.text.shorten import around_caret

WIDEST = 100
"""Columns of a line: longer ones are hard to read."""

NARROW = 50
"""Columns below which labels get no column of their own."""


def show(console: Console, message: Message) -> None:
    """Print a message; nothing in it can format, move or colour.

    Lines fit the console, except for addresses, which stay whole so that they can be clicked and copied. A paper's
    address stands on its own line.
    """
    for line in _lines(message, console):
        console.print(line, soft_wrap=True)


def _lines(message: Message, console: Console) -> Iterator[Text]:
    match message:
        case Card():
            yield from _card(message, console)
        case Digest(headline, cards, buttons):
            yield from _hanging("", Text(visible(headline), "bold"), console, hang=0)
            if cards:
                yield Text()
            for card in cards:
                title = Text.assemble((visible(card.title), "bold"), (f"  {card.figures}", "dim"))
                yield from _hanging("", title, console, hang=2)
                yield Text(visible(card.url))
            yield from _typed(buttons, console)
        case Reply():
            yield from _reply(message, console)
    yield Text()


def _card(card: Card, console: Console) -> Iterator[Text]:
    yield from _hanging("", Text(visible(card.title), "bold"), console, hang=2)
    yield Text(visible(card.url))
    data = " · ".join(part for part in (day(card.listed), card.figures, visible(card.origin)) if part)
    for text, style in ((visible(card.byline), ""), (data, "dim")):
        if text:
            yield from _hanging("  ", Text(text, style), console, hang=2)
    yield Text()
    if card.summary:
        yield from _hanging("  ", Text(visible(card.summary)), console, hang=2)
        yield Text()
    label = "  {:<7}  " if console.width >= NARROW else "  {} "
    why = label.format("Why")
    for number, reason in enumerate(card.reasons):
        line = Text.assemble(*((visible(piece.text), "bold green" if piece.bold else "") for piece in reason))
        yield from _hanging(" " * len(why) if number else why, line, console, hang=len(why))
    for link in card.links:
        if link.url != card.url:
            yield Text.assemble((label.format(link.label), "dim"), visible(link.url))


def _typed(buttons: Iterable[Button], console: Console) -> Iterator[Text]:
    """Nothing can be pressed here, so what to type stands behind each label."""
    for button in buttons:
        typed = f"{button.label}: /{button.command} {button.text}".rstrip()
        yield from _hanging("  ", Text(visible(typed), "dim"), console, hang=2)


def _reply(reply: Reply, console: Console) -> Iterator[Text]:
    for line in reply.text.split("\n"):
        bullet = re.match(r"(?:• |\d+\. )?", line)
        lead = bullet[0] if bullet else ""
        text = Text(visible(line[len(lead) :]), "" if reply.ok else "red")
        yield from _hanging(lead, text, console, hang=len(lead))
    code = around_caret(reply.code, min(console.width, WIDEST) - len("  "))
    yield from (Text(f"  {line}") for line in code.split("\n") if line)
    for entry in reply.entries:
        number = re.match(r"\d+\. ", entry.text)
        lead = number[0] if number else "• "
        text = Text(visible(entry.text.removeprefix(lead)))
        yield from _hanging(lead, text, console, hang=len(lead))
    if reply.advice:
        yield from _hanging("", Text(visible(reply.advice), "dim"), console, hang=0)
    yield from _typed(reply.buttons, console)
    for link in reply.links:
        yield Text(visible(link.url))
    for card in reply.cards:
        yield Text()
        yield from _card(card, console)


def _hanging(lead: str, body: Text, console: Console, *, hang: int) -> Iterator[Text]:
    """The body in lines that fit the console: the first after ``lead``, the others indented by ``hang`` columns."""
    width = min(console.width, WIDEST) - hang
    for number, line in enumerate(body.wrap(console, max(width, 1)) or [Text()]):
        line.rstrip()
        yield Text.assemble((" " * hang if number else lead, "dim"), line)
