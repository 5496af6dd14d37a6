"""A paper in Slack: as a card, a small card, or a line of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.platforms.slack.elements import (
    URL,
    Block,
    actions,
    bullets,
    button,
    context,
    cut,
    has_text,
    image,
    line,
    link,
    paragraph,
    quote,
    rich_text,
    section,
    size,
    that_fit,
    words,
)
from bot.domain.messages import Card, Reason
from bot.text.addresses import is_web
from bot.text.characters import one_line
from bot.text.figures import counted, day
from bot.text.shorten import ELLIPSIS

MESSAGE = 12_000
"""Bytes of a message's blocks as JSON. Slack's limit is not documented: 13,200 characters were refused
(https://github.com/slackapi/bolt-js/issues/2509), and so were 11,341 of text alone, without the JSON around it
(https://github.com/slackapi/bolt-js/issues/2867)."""

TITLE, BYLINE, SUMMARY, REASON = 300, 300, 600, 300
"""Characters of a card's parts."""

SMALL_TITLE, SMALL_BYLINE, SMALL_REASON = 120, 60, 120
"""Characters of a small card's parts."""

LINES = ((120, 60), (90, 40), (70, 0), (50, 0))
"""Characters of title and byline on a line: more for few papers, fewer for many."""

MORE = 200
"""Bytes reserved for the number of those that are not shown."""


def card_blocks(card: Card, *, thumbnails: bool) -> list[Block]:
    """Everything about a paper, with its buttons."""
    for share in (1, 2, 4):
        blocks = _card(card, share=share, thumbnails=thumbnails and share == 1)
        if size(blocks) <= MESSAGE:
            break
    return blocks


def small_cards(cards: Sequence[Card], room: int, space: int) -> list[Block]:
    """Several papers, with as much of each as there is room for.

    Args:
        cards: The papers.
        room: Bytes of JSON.
        space: Blocks.
    """
    for summary in (240, 120, 60):
        blocks = [block for card in cards for block in _small(card, summary)]
        if size(blocks) <= room and len(blocks) <= space:
            return blocks
    return lines(cards, room)


def lines(cards: Sequence[Card], room: int) -> list[Block]:
    """A line for each paper, in at most two blocks; if need be, only as many as fit ``room`` bytes of JSON."""
    if not cards:
        return []
    for title, byline in LINES:
        items = [_line(card, title, byline) for card in cards]
        if size(listed := [rich_text(bullets(items))]) <= room:
            return listed
    shown = that_fit(items, room - MORE)
    return ([rich_text(bullets(items[:shown]))] if shown else []) + [more(len(items) - shown, "paper")]


def more(number: int, noun: str, plural: str = "") -> Block:
    """How many are not shown."""
    return context(f"{ELLIPSIS} and {counted(number, f'more {noun}', plural and f'more {plural}')}.")


def _card(card: Card, *, share: int, thumbnails: bool) -> list[Block]:
    facts = [line(card.byline, BYLINE // share)] if has_text(card.byline) else []
    blocks = [
        rich_text(section(link(line(card.title, TITLE // share), card.url))),
        context("\n".join([*facts, _data(card, BYLINE // share)])),
    ]
    if has_text(card.summary):
        shown = thumbnails and is_web(card.thumbnail_url, URL)
        picture = image(card.thumbnail_url, f"First page of {card.title}") if shown else None
        blocks.append(paragraph(line(card.summary, SUMMARY // share), picture))
    if why := list(_why(card, REASON // share)):
        blocks.append(rich_text(quote(*why)))
    return blocks + actions([*card.links, *card.buttons])


def _data(card: Card, room: int) -> str:
    """The day of its list, its counts, and where it comes from in at most ``room`` characters."""
    origin = [line(card.origin, room)] if has_text(card.origin) else []
    return " · ".join([day(card.listed), card.figures, *origin])


def _why(card: Card, room: int) -> Iterator[Block]:
    """The reasons in one quotation, a line of at most ``room`` characters each."""
    for number, reason in enumerate(card.reasons):
        if number:
            yield words("\n")
        yield from _reason(reason, room)


def _reason(reason: Reason, room: int) -> Iterator[Block]:
    """The pieces of a reason in at most ``room`` characters; what matched is bold."""
    for piece in reason:
        blank = " " if piece.text[:1].isspace() else "", " " if piece.text[1:][-1:].isspace() else ""
        text = cut(blank[0] + one_line(piece.text) + blank[1], room)
        room -= len(text)
        if text:
            yield words(text, bold=piece.bold)


def _small(card: Card, summary: int) -> list[Block]:
    first_button = next(filter(None, map(button, card.buttons)), None)
    why = [quote(*_reason(reason, SMALL_REASON)) for reason in card.reasons[:1]]
    return [
        {"type": "divider"},
        rich_text(section(link(line(card.title, SMALL_TITLE), card.url)), *why),
        context(_facts(card, SMALL_BYLINE)),
        paragraph(line(card.summary or card.abstract, summary), first_button),
    ]


def _line(card: Card, title: int, byline: int) -> Block:
    return section(link(line(card.title, title), card.url), words(f"\n{_facts(card, byline)}"))


def _facts(card: Card, byline: int) -> str:
    """Votes and comments, and who it is from in at most ``byline`` characters: the organization, else the authors."""
    by, _, _ = card.byline.partition(" · ")
    return " · ".join([card.figures, *([line(by, byline)] if byline and has_text(by) else ())])
