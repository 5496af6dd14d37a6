"""Messages as lines of text, laid out for the terminal's width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.domain.messages import NEAR, Button, Card, Digest, Entry, Link, Message, Reply
from bot.text.addresses import is_web
from bot.text.characters import visible
from bot.text.rich import Rich, pieces_of
from bot.text.shorten import around_caret

WIDEST = 100
"""Columns of a line: longer ones are hard to read."""

NARROW = 50
"""Columns below which labels get no column of their own."""

MATCHED = "bold green"
"""How the words look that are the reason for a card."""

CODE = "cyan"
"""How what can be typed looks."""

LONGEST_LINK = 2_000
"""Characters of an address that can be clicked."""

BULLET = "• "

NUMBERED = re.compile(r"\d{1,9}\. ")

LISTED = re.compile(rf"{BULLET}|{NUMBERED.pattern}")


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
            for card in cards:
                yield Text()
                yield from _in_digest(card, console)
            for button in buttons:
                yield from _indented(_typed(button), console, "dim")
        case Reply():
            yield from _reply(message, console)
    yield Text()


def _card(card: Card, console: Console) -> Iterator[Text]:
    yield from _titled(card, console)
    for text, style in ((card.byline, ""), (card.figures, "dim"), (card.note, "dim")):
        yield from _indented(text, console, style)
    yield Text()
    if card.summary:
        yield from _indented(card.summary, console)
        yield from _indented(card.summary_by, console, "dim")
        yield Text()
    label = "  {:<7}  " if console.width >= NARROW else "  {} "
    why = label.format("Why")
    for number, reason in enumerate(card.reasons):
        yield from _hanging(" " * len(why) if number else why, styled(Rich(reason), MATCHED), console, hang=len(why))
    for link in (*card.links, *(target for target in card.menu if isinstance(target, Link))):
        yield Text.assemble((label.format(link.label), "dim"), visible(link.url))


def _in_digest(card: Card, console: Console) -> Iterator[Text]:
    """A paper of a digest: its title and address, what it is, and who, how many votes and which subscription."""
    yield from _titled(card, console)
    yield from _indented(card.sentence, console)
    yield from _indented(" · ".join(filter(None, (card.figures, card.who, card.brought_by))), console, "dim")


def _titled(card: Card, console: Console) -> Iterator[Text]:
    yield from _hanging("", Text(visible(card.title), "bold"), console, hang=2)
    yield Text(visible(card.url))


def _indented(text: str, console: Console, style: str = "") -> Iterator[Text]:
    """The text under a title; nothing if it is empty."""
    if text:
        yield from _hanging("  ", Text(visible(text), style), console, hang=2)


def _reply(reply: Reply, console: Console) -> Iterator[Text]:
    text = styled(reply.text) if reply.ok else Text(styled(reply.text).plain, "red")
    for line in text.split("\n", allow_blank=True):
        yield from _listed(line, console)
    code = around_caret(reply.code, min(console.width, WIDEST) - len("  "))
    yield from (Text(f"  {line}") for line in code.split("\n") if line)
    for entry in reply.entries:
        yield from _entry(entry, console)
    if reply.advice:
        yield from _hanging("", styled(reply.advice, base="dim"), console, hang=0)
    # Nothing can be pressed here, so what to type stands behind the label.
    if reply.menu:
        yield from _hanging("", Text(visible(reply.menu.prompt)), console, hang=0)
    for button in (*(reply.menu.options if reply.menu else ()), *reply.buttons):
        yield from _indented(_typed(button), console, "dim")
    for link in reply.links:
        yield Text(visible(link.url))
    for card in reply.cards:
        yield Text()
        yield from _card(card, console)
    if reply.near:
        yield Text()
        yield Text(f"{NEAR}:", "bold")
    for card in reply.near:
        yield Text()
        yield from _card(card, console)


def _entry(entry: Entry, console: Console) -> Iterator[Text]:
    text = styled(entry.text)
    lead = NUMBERED.match(text.plain)
    hang = " " * len(lead[0] if lead else BULLET)
    yield from _listed(text if lead else Text.assemble(BULLET, text), console)
    if entry.detail:
        yield from _hanging(hang, styled(entry.detail, base="dim"), console, hang=len(hang))
    if entry.buttons:
        typed = " · ".join(map(_typed, entry.buttons))
        yield from _hanging(hang, Text(visible(typed), "dim"), console, hang=len(hang))


def _typed(button: Button) -> str:
    """What to type for a button."""
    return f"{button.label}: /{button.command} {button.text}".rstrip()


def _listed(line: Text, console: Console) -> Iterator[Text]:
    """A line that hangs from its bullet or number, if it has one."""
    lead = LISTED.match(line.plain)
    length = len(lead[0]) if lead else 0
    return _hanging(line.plain[:length], line[length:], console, hang=length)


def styled(text: str, bold: str = "bold", *, base: str = "") -> Text:
    """The text with its pieces set apart: links can be clicked where the terminal can do that.

    Args:
        text: The text.
        bold: How bold pieces look.
        base: How the whole looks.
    """
    shown = Text(style=base)
    for piece in pieces_of(text):
        style = Style.parse(" ".join([bold * piece.bold, CODE * piece.code]))
        if is_web(piece.url, LONGEST_LINK):
            style += Style(link=piece.url)
        shown.append("\n".join(map(visible, piece.text.split("\n"))), style)
    return shown


def _hanging(lead: str, body: Text, console: Console, *, hang: int) -> Iterator[Text]:
    """The body in lines that fit the console: the first after ``lead``, the others indented by ``hang`` columns."""
    width = min(console.width, WIDEST) - hang
    for number, line in enumerate(body.wrap(console, max(width, 1)) or [Text()]):
        line.rstrip()
        yield Text.assemble((" " * hang if number else lead, "dim"), line)
