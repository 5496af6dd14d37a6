"""What may not stand behind a label, such as ``title:`` or ``~``: brackets and minuses."""

from __future__ import annotations

from bot.query.cursor import Cursor
from bot.query.lexer import Kind, Lexeme


def check_operators(
    cursor: Cursor, label: Lexeme, prefix: str, *, taker: str, called: str, what: str = "words"
) -> None:
    """Refuse a bracket or a minus where what a label stands for takes words, or a single one.

    Args:
        cursor: At what follows the label.
        label: The label.
        prefix: What stands before words that it takes.
        taker: What takes them, at the beginning of a sentence.
        called: The same, within one.
        what: What it takes.

    Raises:
        Mistake: There is one.
    """
    value = cursor.here
    if value.kind is Kind.OPEN:
        raise cursor.mistake(
            f"{taker} takes {what}, not brackets; repeat it for each alternative.",
            value.start,
            _prefix_for_each(cursor, label, value, prefix),
        )
    if value.kind is Kind.NOT:
        minus = value.text if value.text != "NOT" else "NOT "
        corrected = cursor.changed(label.start, value.end, f"{minus}{prefix.lower()}")
        raise cursor.mistake(f"Put the minus before {called}.", value.start, corrected)


def _prefix_for_each(cursor: Cursor, label: Lexeme, bracket: Lexeme, prefix: str) -> str:
    """The whole query with what a label stands for before every operand in the bracket, rather than before that."""
    written, reached, before = "", bracket.start, bracket
    for lexeme in cursor.inside(bracket):
        if lexeme.kind in {Kind.WORD, Kind.QUOTED} and before.kind is not Kind.WORD:
            written += f"{cursor.written(reached, lexeme.start)}{prefix}"
            reached = lexeme.start
        before = lexeme
    end = cursor.closing(bracket).end
    return cursor.changed(label.start, end, f"{written}{cursor.written(reached, end)}")
