"""A paper in Slack: as a card, as an item among others, or as a line of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adapters.platforms.slack.buttons import actions, overflow
from adapters.platforms.slack.elements import (
    URL,
    Block,
    beside,
    bullets,
    context,
    has_text,
    image,
    line,
    link,
    paragraph,
    rich_text,
    ruled,
    section,
    size,
    that_fit,
    words,
)
from adapters.platforms.slack.pieces import formatted, on_one_line, small_print
from bot.domain.messages import Button, Card, Link
from bot.text.addresses import is_web
from bot.text.figures import counted
from bot.text.rich import Piece, Rich
from bot.text.shorten import ELLIPSIS

MESSAGE = 11_800
"""Bytes of a message's blocks as JSON, before buttons get their numbers.

Slack's limit is not documented: 13,200 characters were refused (https://github.com/slackapi/bolt-js/issues/2509), and
so were 11,341 of text alone, without the JSON around it (https://github.com/slackapi/bolt-js/issues/2867).
"""

BLOCKS = 50
"""Blocks of a message: https://docs.slack.dev/reference/block-kit/blocks."""

HEADLINE = 150
"""Characters: https://docs.slack.dev/reference/block-kit/blocks/header-block."""

TITLE, BYLINE, SUMMARY, REASON = 300, 300, 600, 300
"""Characters of a card's parts."""

TALLER = 300
"""Characters of a summary that is higher than a picture beside it: that is as high as four lines of some 75 characters.
Beside less, it would only stretch the message."""

FIGURES = 100
"""Characters of the figures on a line."""

UNBROKEN = re.compile(r"([▲★]|\b[\d,]+) (?=\w)")
"""The blanks of "▲ 58" and "3 comments", at which no line should be broken."""

LINES = ((120, 60), (90, 40), (70, 0), (50, 0))
"""Characters of title and byline on a line: more for few papers, fewer for many."""

MORE = 200
"""Bytes reserved for the number of those that are not shown."""


@dataclass(frozen=True, slots=True)
class Share:
    """What an item shows of a paper: characters of its parts, and options of its menu."""

    title: int
    text: int
    small_print: int
    options: int


SHARES = (Share(200, 300, 160, 5), Share(150, 200, 120, 5), Share(120, 140, 90, 5), Share(90, 100, 60, 4))
"""From what an item shows where there is room, to the least that is worth showing."""


def card_blocks(card: Card, *, thumbnails: bool) -> list[Block]:
    """Everything about a paper: title, facts, summary, whose that is, why the paper is here, and what can be done."""
    for share in (1, 2, 4):
        blocks = _card(card, share=share, thumbnails=thumbnails and share == 1)
        if size(blocks) <= MESSAGE:
            break
    return blocks


def digest_items(cards: Sequence[Card], room: int, space: int) -> list[Block]:
    """The papers of a digest: of each its sentence, its votes, who it is from, and the subscription that brought it.

    Args:
        cards: The papers.
        room: Bytes of JSON.
        space: Blocks.
    """
    return _items(cards, room, space, _digest_item)


def small_cards(cards: Sequence[Card], room: int, space: int, *, channel: str = "") -> list[Block]:
    """The papers of a reply: of each its sentence, its figures, and why it is here; see `digest_items`.

    ``channel`` is the one that its commands are for, where that is not the one that the reply stands in.
    """
    return _items(cards, room, space, lambda card, share: _small_card(card, share, channel))


def lines(cards: Sequence[Card], room: int) -> list[Block]:
    """A line for each paper, in at most two blocks; if need be, only as many as fit ``room`` bytes of JSON."""
    if not cards:
        return []
    for title_room, byline in LINES:
        items = [_line(card, title_room, byline) for card in cards]
        if size(listed := [rich_text(bullets(items))]) <= room:
            return listed
    shown = that_fit(items, room - MORE)
    return ([rich_text(bullets(items[:shown]))] if shown else []) + [more(len(items) - shown, "paper")]


def more(number: int, noun: str, plural: str = "") -> Block:
    """How many are not shown."""
    return context(f"{ELLIPSIS} and {counted(number, f'more {noun}', plural and f'more {plural}')}.")


def title(card: Card, room: int) -> Block:
    """The title in bold, as a link to the paper's page."""
    return rich_text(section(link(line(card.title, room), card.url)))


def picture(card: Card) -> Block | None:
    """The paper's first page; None if no browser would open its address."""
    shown = is_web(card.thumbnail_url, URL)
    return image(card.thumbnail_url, f"First page of {card.title}") if shown else None


def _card(card: Card, *, share: int, thumbnails: bool) -> list[Block]:
    blocks = [title(card, TITLE // share), *small_print(_facts(BYLINE // share, card.byline, card.figures))]
    if has_text(card.summary):
        summary = line(card.summary, SUMMARY // share)
        blocks.append(paragraph(summary, picture(card) if thumbnails and len(summary) > TALLER else None))
    said_by = [card.summary_by] if has_text(card.summary) else []
    lines_below = [*said_by, *map(Rich, card.reasons), card.note]
    blocks += small_print(*(on_one_line(text, REASON // share) for text in lines_below if has_text(text)))
    rest = overflow(card.menu, _links_of(card))
    return blocks + actions([*card.links, *card.buttons], *([rest] if rest else []))


def _links_of(card: Card) -> Button:
    """The command that shows the links of a menu that does not hold them."""
    return Button("Links", "papers", f"links {card.paper_id}")


def _items(cards: Sequence[Card], room: int, space: int, item: Callable[[Card, Share], list[Block]]) -> list[Block]:
    """The papers with as much of each as there is room for, the same for all; if even the least is too much, lines."""
    for share in SHARES:
        blocks = ruled([item(card, share) for card in cards], space)
        if size(blocks) <= room and len(blocks) <= space:
            return blocks
    return lines(cards, room)


def _digest_item(card: Card, share: Share) -> list[Block]:
    return [_item(card, share, ""), *small_print(_facts(share.small_print, card.votes, card.who, card.brought_by))]


def _small_card(card: Card, share: Share, channel: str) -> list[Block]:
    texts = [*map(Rich, card.reasons[:1]), card.note]
    why = [on_one_line(text, share.small_print) for text in texts if has_text(text)]
    return [_item(card, share, channel), *small_print(_facts(share.small_print, card.figures, card.who), *why)]


def _item(card: Card, share: Share, channel: str) -> Block:
    """The title and the sentence, with a menu beside them."""
    commands: list[Link | Button] = [*card.buttons, *(one for one in card.menu if isinstance(one, Button))]
    headline = Piece(line(card.title, share.title), bold=True, url=card.url)
    sentence = [Piece(f"\n{line(card.sentence, share.text)}")] if has_text(card.sentence) else []
    return beside(formatted([headline, *sentence]), overflow(commands[: share.options], channel=channel))


def _facts(room: int, *facts: str) -> list[Piece]:
    """Facts in a line; an empty list if there is none."""
    told = " · ".join(filter(has_text, facts))
    return [Piece(_unbroken(line(told, room)))] if told else []


def _unbroken(facts: str) -> str:
    """The facts, each count together with what it counts where the line is broken."""
    return UNBROKEN.sub("\\1\N{NO-BREAK SPACE}", facts)


def _line(card: Card, title_room: int, byline: int) -> Block:
    facts = [line(card.figures, FIGURES), *([line(card.who, byline)] if byline and has_text(card.who) else ())]
    below = " · ".join(facts if has_text(card.figures) else facts[1:])
    return section(link(line(card.title, title_room), card.url), *([words(f"\n{_unbroken(below)}")] if below else ()))
