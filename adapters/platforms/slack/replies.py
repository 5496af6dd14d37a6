"""Replies in Slack: text, code, lists with buttons, advice, papers, a choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from adapters.platforms.slack.buttons import actions, button, overflow, select
from adapters.platforms.slack.cards import BLOCKS, MESSAGE, MORE, card_blocks, more, small_cards
from adapters.platforms.slack.elements import (
    Block,
    above,
    beside,
    bullets,
    divider,
    has_text,
    preformatted,
    rich_text,
    ruled,
    section,
    size,
    that_fit,
    words,
)
from adapters.platforms.slack.pieces import cut_pieces, in_a_row, inline, on_one_line, small_print, text_object
from bot.domain.messages import NEAR, Card, Entry, Reply
from bot.text.characters import visible_lines
from bot.text.rich import Piece, pieces_of
from bot.text.shorten import ELLIPSIS, around_caret, shorten

ADVICE, ENTRY, DETAIL, SHORT_ENTRY = 1_000, 1_000, 300, 100
"""Characters of a reply's parts."""

ROWS = 30
"""Entries with what can be done beside them; the others are plain lines."""

COLUMNS = 62
"""Columns of fixed-width text: a screen would break a longer line, and a caret would lose its place."""

CODE = 1_000
"""Characters of fixed-width text that are shown."""

LONGEST = 4 * MESSAGE
"""Characters of a text that are read; fewer are ever shown."""

BULLET = "• "


def reply_blocks(reply: Reply, *, thumbnails: bool) -> list[Block]:
    """A reply, with as much of its lists as a message holds."""
    advice = advice_blocks(reply)
    tail = [*(select(reply.menu) if reply.menu else ()), *actions([*reply.links, *reply.buttons])]
    around = [*advice, *tail, divider(), divider()]
    room, space = MESSAGE - size(around), BLOCKS - len(around)
    has_papers = bool(reply.cards or reply.near)
    text = text_blocks(reply, room // 3 if reply.entries or has_papers else room - MORE)
    room, space = room - size(text), space - len(text)
    listed = entry_blocks(reply.entries, room // 2 if has_papers else room, space // 2 if has_papers else space)
    near = near_blocks(reply.near, (room - size(listed)) // 2, (space - len(listed)) // 2)
    papers = _cards(reply.cards, room - size([*listed, *near]), space - len(listed) - len(near), thumbnails=thumbnails)
    return [*text, *above(listed, [*advice, *above([*papers, *near], tail)])] or [rich_text(section(words(ELLIPSIS)))]


def near_blocks(cards: Sequence[Card], room: int, space: int) -> list[Block]:
    """Papers that are near in meaning, under their heading; an empty list if there are none."""
    if not cards:
        return []
    heading = [divider(), rich_text(section(words(NEAR, bold=True)))]
    return [*heading, *small_cards(cards, room - size(heading), space - len(heading))]


def text_blocks(reply: Reply, room: int) -> list[Block]:
    """The text and the code in ``room`` bytes of JSON; an empty list if there is neither."""
    code = [preformatted(shown)] if (shown := narrow(reply.code)) else []
    code = code if size(code) + MORE <= room else []
    mark: list[Block] = [] if reply.ok else [{"type": "emoji", "name": "warning"}, words(" ")]
    pieces, limit = _visible(reply.text), room
    while True:
        parts = _paragraphs(_lines(pieces, limit), mark)
        total = size(parts) + size(code) + MORE
        if total <= room or limit < 1:
            break
        limit = min(limit * 9 // 10, limit * room // total)
    return [rich_text(*parts, *code)] if parts or code else []


def advice_blocks(reply: Reply) -> list[Block]:
    """What to do next, in small print; an empty list if there is nothing to say."""
    return small_print(on_one_line(reply.advice, ADVICE)) if has_text(reply.advice) else []


def narrow(code: str) -> str:
    """The code in lines that a screen does not break; empty if there is nothing to show."""
    shown = around_caret(code[:LONGEST], COLUMNS).strip("\n")
    return shorten(shown, CODE) if shown.strip() else ""


def entry_blocks(entries: Sequence[Entry], room: int, space: int) -> list[Block]:
    """A list in ``room`` bytes of JSON and ``space`` blocks.

    If they all fit, each entry has its small print and its buttons below it, and entries with rows of buttons are
    ruled off. If not, the first ones have a menu beside them, the next ones are lines, and it is said how many more
    there are.
    """
    items = [_whole(entry) for entry in entries[: space + 1]]
    has_rows = any(item[-1]["type"] == "actions" for item in items)
    whole = ruled(items, space) if has_rows else list(chain(*items))
    if len(whole) <= space and size(whole) <= room:
        return whole
    room -= MORE
    rows = [_row(entry) for entry in entries[:ROWS]] if any(entry.buttons for entry in entries[:ROWS]) else []
    count = min(that_fit(rows, room if len(rows) == len(entries) else room * 2 // 3), max(space - 2, 0))
    room -= size(rows[:count])
    limit = SHORT_ENTRY if rows else ENTRY
    rest = [section(*inline(on_one_line(in_one(entry), limit))) for entry in entries[count:]]
    listed = that_fit(rest, room - 2 * MORE)
    lines = [rich_text(bullets(rest[:listed]))] if listed else []
    missing = [more(len(rest) - listed, "entry", "entries")] if listed < len(rest) else []
    return [*rows[:count], *lines, *missing]


def in_one(entry: Entry) -> str:
    """The text and the small print together."""
    return f"{entry.text} ({entry.detail})" if has_text(entry.detail) else entry.text


def _whole(entry: Entry) -> list[Block]:
    detail = small_print(on_one_line(entry.detail, DETAIL)) if has_text(entry.detail) else []
    if len(entry.buttons) == 1:
        return [beside(text_object(entry.text, ENTRY), button(entry.buttons[0])), *detail]
    text = rich_text(section(*inline(on_one_line(entry.text, ENTRY))))
    return [text, *detail, *_buttons(entry)]


def _buttons(entry: Entry) -> list[Block]:
    """An entry's buttons in a row, each of which tells a screen reader what it is about."""
    row = [button(one, about=entry.text) for one in entry.buttons]
    return actions([], *(one for one in row if one))


def _row(entry: Entry) -> Block:
    return beside(text_object(in_one(entry), ENTRY), overflow(entry.buttons))


def _lines(pieces: Sequence[Piece], limit: int) -> list[list[Piece]]:
    """Their lines in at most ``limit`` characters, each in pieces; no empty one at the beginning or end."""
    lines: list[list[Piece]] = [[]]
    for piece in cut_pieces(pieces, limit) if limit > 0 else ():
        first, *others = piece.text.split("\n")
        lines[-1].append(replace(piece, text=first))
        lines += [[replace(piece, text=other)] for other in others]
    rows = [in_a_row(row) for row in lines]
    while rows and not rows[0]:
        rows.pop(0)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _visible(text: str) -> list[Piece]:
    """The pieces of a text without what cannot be seen, as far as they are read."""
    left = LONGEST
    shown: list[Piece] = []
    for piece in pieces_of(text):
        read = piece.text[:left]
        left -= len(read)
        # Without something behind it, a line end at the end would be lost; this is not shown.
        if visible := visible_lines(f"{read}\0"):
            shown.append(replace(piece, text=visible))
    return shown


def _paragraphs(lines: Sequence[Sequence[Piece]], mark: Sequence[Block]) -> list[Block]:
    """The text, with its bulleted lines as lists, and the mark before the first line."""
    parts: list[Block] = []
    for is_list, rows in groupby(lines, _is_bullet):
        if is_list:
            parts.append(bullets(section(*inline(_without_bullet(row))) for row in rows))
        elif any(paragraph := list(_joined(rows))):
            parts.append(section(*(mark if not parts else ()), *inline(paragraph)))
    return parts


def _joined(rows: Iterator[Sequence[Piece]]) -> Iterator[Piece]:
    """Lines as pieces of one paragraph; pieces that are alike become one."""
    pieces = [piece for number, row in enumerate(rows) for piece in ((Piece("\n"),) if number else ()) + tuple(row)]
    for look, run in groupby(pieces, lambda piece: replace(piece, text="")):
        yield replace(look, text="".join(piece.text for piece in run))


def _is_bullet(row: Sequence[Piece]) -> bool:
    return "".join(piece.text for piece in row).startswith(BULLET)


def _without_bullet(row: Sequence[Piece]) -> list[Piece]:
    first, *others = row
    text = first.text.removeprefix(BULLET)
    return [*([replace(first, text=text)] if text else []), *others]


def _cards(cards: Sequence[Card], room: int, space: int, *, thumbnails: bool) -> list[Block]:
    """One paper as a whole card; several as items."""
    if len(cards) == 1 and size(blocks := card_blocks(cards[0], thumbnails=thumbnails)) <= room:
        return blocks
    return small_cards(cards, room, space)
