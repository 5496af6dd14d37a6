"""Replies in Slack: text, code, lists with buttons, advice, papers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from adapters.platforms.slack.cards import MESSAGE, MORE, card_blocks, more, small_cards
from adapters.platforms.slack.elements import (
    Block,
    actions,
    bullets,
    button,
    context,
    fitted,
    has_text,
    inert,
    line,
    paragraph,
    preformatted,
    rich_text,
    section,
    size,
    that_fit,
    words,
)
from bot.domain.messages import Card, Entry, Reply
from bot.text.shorten import ELLIPSIS, around_caret, shorten

BLOCKS = 50
"""Blocks of a message: https://docs.slack.dev/reference/block-kit/blocks."""

ADVICE, ENTRY, SHORT_ENTRY = 1_000, 1_000, 100
"""Characters of a reply's parts."""

ROWS = 30
"""Entries with their button beside them; the others are plain lines."""

COLUMNS = 62
"""Columns of fixed-width text: a screen would break a longer line, and a caret would lose its place."""

LONGEST = 4 * MESSAGE
"""Characters of a text that are read; fewer are ever shown."""

CODE = 1_000
"""Characters of fixed-width text."""

BULLET = "• "


def reply_blocks(reply: Reply, *, thumbnails: bool) -> list[Block]:
    """A reply, with as much of its lists as a message holds."""
    advice, buttons = advice_blocks(reply), actions([*reply.links, *reply.buttons])
    room = MESSAGE - size([*advice, *buttons])
    text = text_blocks(reply, room // 3 if reply.entries or reply.cards else room - MORE)
    room -= size(text)
    listed = _entries(reply.entries, room // 2 if reply.cards else room)
    room -= size(listed)
    top = [*text, *listed, *advice]
    papers = _cards(reply.cards, room, BLOCKS - len(top) - len(buttons), thumbnails=thumbnails)
    return [*top, *papers, *buttons] or [rich_text(section(words(ELLIPSIS)))]


def text_blocks(reply: Reply, room: int) -> list[Block]:
    """The text and the code in ``room`` bytes of JSON; an empty list if there is neither."""
    code = [preformatted(shown)] if (shown := narrow(reply.code)) else []
    mark: list[Block] = [] if reply.ok else [{"type": "emoji", "name": "warning"}, words(" ")]
    text = fitted(inert(reply.text[:LONGEST]), room - size(code) - MORE)
    parts = _paragraphs(text, mark)
    if size(parts) + size(code) > room:  # a list of many short lines weighs more than their text
        parts = [section(*mark, words(text))]
    return [rich_text(*parts, *code)] if parts or code else []


def advice_blocks(reply: Reply) -> list[Block]:
    """What to do next, in small print; an empty list if there is nothing to say."""
    return [context(line(reply.advice, ADVICE))] if has_text(reply.advice) else []


def _paragraphs(text: str, mark: Sequence[Block]) -> list[Block]:
    """The text, with its bulleted lines as lists, and the mark before the first line."""
    parts: list[Block] = []
    for is_list, lines in groupby(text.split("\n"), _is_bullet):
        if is_list:
            parts.append(bullets(section(words(item.removeprefix(BULLET))) for item in lines))
        elif paragraph_text := "\n".join(lines):
            parts.append(section(*(mark if not parts else ()), words(paragraph_text)))
    return parts


def narrow(code: str) -> str:
    """The code in lines that a screen does not break; empty if there is nothing to show."""
    shown = around_caret(code[:LONGEST], COLUMNS).strip("\n")
    return shorten(shown, CODE) if shown.strip() else ""


def _is_bullet(line: str) -> bool:
    return line.startswith(BULLET)


def _entries(entries: Sequence[Entry], room: int) -> list[Block]:
    """The first entries with their buttons beside them, then lines, then how many more there are."""
    rows = [_row(entry) for entry in entries[:ROWS]] if any(entry.buttons for entry in entries[:ROWS]) else []
    count = that_fit(rows, room if len(rows) == len(entries) else room * 2 // 3)
    room -= size(rows[:count])
    rest = [section(words(line(entry.text, SHORT_ENTRY if rows else ENTRY))) for entry in entries[count:]]
    listed = that_fit(rest, room - 2 * MORE)
    lines = [rich_text(bullets(rest[:listed]))] if listed else []
    missing = [more(len(rest) - listed, "entry", "entries")] if listed < len(rest) else []
    return [*rows[:count], *lines, *missing]


def _row(entry: Entry) -> Block:
    return paragraph(line(entry.text, ENTRY), button(entry.buttons[0]) if entry.buttons else None)


def _cards(cards: Sequence[Card], room: int, space: int, *, thumbnails: bool) -> list[Block]:
    """One paper as a whole card; several as small ones."""
    if len(cards) == 1 and size(blocks := card_blocks(cards[0], thumbnails=thumbnails)) <= room:
        return blocks
    return small_cards(cards, room, space)
