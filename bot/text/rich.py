"""Text of which parts are bold, code, links or moments; wherever only plain text can be shown, it is its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.text.figures import moment


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        text: Its words; those of a moment are for where the reader's own time cannot be shown.
        bold: Whether it is emphasized.
        code: Whether it is something to type.
        url: Where it leads; empty if it is not a link.
        at: The moment that it names, for platforms that show moments in the reader's own time.
    """

    text: str
    bold: bool = False
    code: bool = False
    url: str = ""
    at: datetime | None = None


class Rich(str):
    """A text in pieces. It is its words; what is cut from it or put together with it is plain again."""

    __slots__ = ("pieces",)
    pieces: tuple[Piece, ...]

    def __new__(cls, pieces: Iterable[Piece]) -> Self:
        """Make a text of these pieces, leaving out empty ones."""
        kept = tuple(piece for piece in pieces if piece.text)
        text = super().__new__(cls, "".join(piece.text for piece in kept))
        text.pieces = kept
        return text


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of a text: one, if nothing in it is set apart; none, if it is empty."""
    if isinstance(text, Rich):
        return text.pieces
    return (Piece(text),) if text else ()


def bold(text: str) -> Rich:
    """The text, emphasized."""
    return Rich([Piece(text, bold=True)])


def code(text: str) -> Rich:
    """The text as something to type: ``/papers help``."""
    return Rich([Piece(text, code=True)])


def linked(text: str, url: str) -> Rich:
    """The text as a link."""
    return Rich([Piece(text, url=url)])


def at(when: datetime, text: str) -> Rich:
    """A moment; the text is for where the reader's own time cannot be shown: "3 August 2026, 14:05 UTC"."""
    return Rich([Piece(text, at=when)])


def rich(*parts: str) -> Rich:
    """The parts, one after the other."""
    return Rich(piece for part in parts for piece in pieces_of(part))


def rich_lines(*parts: str) -> Rich:
    """The parts as lines, leaving out empty ones."""
    return joined("\n", [part for part in parts if part])


def joined(between: str, parts: Sequence[str]) -> Rich:
    """The parts, with ``between`` between them."""
    return rich(*(piece for number, part in enumerate(parts) for piece in ((between, part) if number else (part,))))


def enumerated(parts: Sequence[str], conjunction: str = "and") -> Rich:
    """Several things in a sentence, as `bot.text.figures.listed`: "Monday", "Monday, Tuesday and Thursday"."""
    most = [joined(", ", parts[:-1])] if len(parts) > 1 else []
    return joined(f" {conjunction} ", [*most, *parts[-1:]])


def moment_in(when: datetime, zone: str = "UTC") -> Rich:
    """A moment, in that time zone where the reader's own cannot be shown."""
    return at(when, moment(when, zone))
