"""Rich texts as Discord's markdown: bold, code, links and moments; everything else is literal.

https://discord.com/developers/docs/reference#message-formatting
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from adapters.platforms.discord.markdown import QUIET, bold, code_span, escape, fit, inert, link, quiet, web
from bot.text.characters import units
from bot.text.rich import Piece, pieces_of

LINK_MARKS = len("[]()")

ITEM = re.compile(r"^• ", re.MULTILINE)
"""Begins a line of a list."""


def lines(text: str, room: int) -> str:
    """The text in its lines, cut to ``room`` code units with an ellipsis; those that begin with "• " are a list."""
    return ITEM.sub("- ", _in_lines(text, room))


def quiet_lines(text: str, room: int) -> str:
    """The text in lines of small print, cut to ``room`` code units with an ellipsis."""
    marks = len(QUIET) * len(_in_lines(text, room).split("\n"))
    return "\n".join(map(quiet, _in_lines(text, room - marks).split("\n")))


def line(text: str, room: int) -> str:
    """The text on one line, cut to ``room`` code units with an ellipsis."""
    return line_of(pieces_of(text), room)


def line_of(pieces: Iterable[Piece], room: int) -> str:
    """The pieces on one line, cut to ``room`` code units with an ellipsis."""
    seen = map(_seen, pieces)
    return _fitting((replace(piece, text=piece.text.replace("\n", " ")) for piece in seen), room).strip()


def _in_lines(text: str, room: int) -> str:
    return _fitting(map(_seen, pieces_of(text)), room).strip()


def _seen(piece: Piece) -> Piece:
    return replace(piece, text=inert(piece.text))


def _fitting(pieces: Iterable[Piece], room: int) -> str:
    shown = ""
    merged = list(_merged(pieces))
    if len(merged) == 1 and merged[0] == Piece(merged[0].text):
        return fit(merged[0].text, room)
    for piece in merged:
        shown += _markdown(piece, room - units(shown))
    return shown


def _markdown(piece: Piece, room: int) -> str:
    if piece.at is not None:
        moment = f"<t:{int(piece.at.timestamp())}:f>"
        return moment if len(moment) <= room else ""
    if address := web(piece.url):
        label = link(piece.text, address, room - units(address) - LINK_MARKS)
        return label if units(label) <= room and piece.text.strip() else fit(piece.text, room)
    render = code_span if piece.code else bold if piece.bold else _beside_others
    return fit(piece.text, room, render)


def _beside_others(text: str) -> str:
    """The text, literally, whatever follows: an emoji's name would begin with its last colon."""
    escaped = escape(text)
    return f"{escaped[:-1]}\\:" if escaped.endswith(":") else escaped


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, those of one style that follow each other as one.

    Markup would begin or end between them: two bold pieces are ``**a****b**``, and ``:`` and ``smile:`` an emoji.
    """
    last: Piece | None = None
    for piece in pieces:
        if last is not None and piece.at is None and replace(last, text="") == replace(piece, text=""):
            last = replace(last, text=last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
