"""Texts in pieces, as `bot.text.rich` makes them: cut to their room, in rich text and in text objects."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from adapters.platforms.slack.elements import (
    ENOUGH,
    MOMENT,
    URL,
    Block,
    context_of,
    cut,
    plain,
    words,
)
from adapters.platforms.slack.mrkdwn import is_exact, is_plain, mrkdwn
from bot.text.addresses import is_web
from bot.text.characters import one_line, units
from bot.text.rich import Piece, pieces_of
from bot.text.shorten import ELLIPSIS

TEXT = 3_000
"""Characters of a text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object."""


def on_one_line(text: str, limit: int) -> list[Piece]:
    """The pieces of a text on one line of at most ``limit`` characters; never empty."""
    return cut_pieces(in_a_row(pieces_of(text), ENOUGH * limit), limit) or [Piece(ELLIPSIS)]


def in_a_row(pieces: Sequence[Piece], left: int = sys.maxsize) -> list[Piece]:
    """The pieces on one line, with single blanks between words and none at the ends; ``left`` characters are read."""
    row: list[Piece] = []
    is_apart = False
    for piece in pieces:
        read = piece.text[:left]
        left -= len(read)
        text = one_line(read)
        is_apart = is_apart or read[:1].isspace() or (not text and bool(read))
        if not text:
            continue
        if row and is_apart:
            # Blanks are no part of what is set apart: a link, and a mark of mrkdwn, end with a word.
            if is_plain(row[-1]):
                row[-1] = replace(row[-1], text=f"{row[-1].text} ")
            elif is_plain(piece):
                text = f" {text}"
            else:
                row.append(Piece(" "))
        row.append(replace(piece, text=text))
        is_apart = read[-1:].isspace()
    return row


def cut_pieces(pieces: Sequence[Piece], limit: int) -> list[Piece]:
    """As many of the pieces as ``limit`` characters hold; the last one is cut, a moment is not."""
    kept: list[Piece] = []
    for piece in pieces:
        if units(piece.text) > limit:
            text = "" if piece.at else cut(piece.text, limit)
            return [*kept, replace(piece, text=text or ELLIPSIS, at=None)]
        kept.append(piece)
        limit -= units(piece.text)
    return kept


def inline(pieces: Sequence[Piece]) -> list[Block]:
    """The pieces as elements of rich text."""
    return [_element(piece) for piece in pieces]


def text_object(text: str, limit: int) -> Block:
    """The text on one line of a section: with its pieces where mrkdwn shows each of their characters, else its words.

    People copy a query's ``*`` from it, and one that only looks like it would not do.
    """
    pieces = on_one_line(text, limit)
    return formatted(pieces) if is_exact(pieces) else plain(_words(pieces))


def formatted(pieces: Sequence[Piece]) -> Block:
    """The pieces as a text object: mrkdwn if any of them is set apart."""
    if all(map(is_plain, pieces)):
        return plain(_words(pieces))
    text = mrkdwn(pieces)
    # With "verbatim", what looks like an address or a channel's name is left alone.
    return {"type": "mrkdwn", "text": text, "verbatim": True} if units(text) <= TEXT else plain(_words(pieces))


def small_print(*lines: Sequence[Piece]) -> list[Block]:
    """Lines of small print, in one block; an empty list without any."""
    pieces = [piece for line in lines if line for piece in (Piece("\n"), *line)][1:]
    return [context_of(formatted(pieces))] if pieces else []


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _element(piece: Piece) -> Block:
    if piece.at:
        return {
            "type": "date",
            "timestamp": int(piece.at.timestamp()),
            "format": MOMENT,
            "fallback": piece.text,
        }
    text = words(piece.text, bold=piece.bold, code=piece.code)
    return text | {"type": "link", "url": piece.url} if is_web(piece.url, URL) else text
