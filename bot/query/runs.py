"""The runs of words in a query: what the language reads as phrases, with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.query.fields import LABELS
from bot.query.lexer import Kind, Lexeme

APART = {Kind.OR, Kind.OPEN, Kind.CLOSE, Kind.END}
"""What separates alternatives, or ends them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other.

    Attributes:
        words: The words.
        field: What confines them to a field, as it was written: ``title:``; ``~`` for a subject; else empty.
        start: The index in the query of the first character, of the field if there is one.
        before: The lexeme before it; None at the beginning.
        after: The lexeme after it.
    """

    words: tuple[Lexeme, ...]
    field: str
    start: int
    before: Lexeme | None
    after: Lexeme

    @property
    def end(self) -> int:
        """The index after the last character."""
        return self.words[-1].end

    @property
    def is_alone(self) -> bool:
        """Whether it is a whole alternative, with nothing that it is joined to."""
        return (self.before is None or self.before.kind in APART) and self.after.kind in APART


def runs_of(lexemes: Sequence[Lexeme]) -> Iterator[Run]:
    """The runs of words, from left to right; the last lexeme is the end."""
    words: list[Lexeme] = []
    first = 0
    for index, lexeme in enumerate(lexemes):
        following = lexemes[min(index + 1, len(lexemes) - 1)]
        is_label = following.kind is Kind.COMPARISON or (following.kind is Kind.COLON and following.start == lexeme.end)
        is_number = index > 0 and lexemes[index - 1].kind is Kind.COMPARISON
        if lexeme.kind is Kind.WORD and not (is_label or is_number or _is_behind_label(lexemes, index)):
            first = first if words else index
            words.append(lexeme)
        elif words:
            yield _run(lexemes, first, words)
            words = []


def _is_behind_label(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether it is a fact, a category or a source, behind its label and the colon."""
    return index > 1 and lexemes[index - 1].kind is Kind.COLON and lexemes[index - 2].text.lower() in LABELS


def _run(lexemes: Sequence[Lexeme], first: int, words: Sequence[Lexeme]) -> Run:
    has_field = first > 1 and lexemes[first - 1].kind is Kind.COLON
    is_subject = first > 0 and lexemes[first - 1].kind is Kind.ABOUT
    begin = first - 2 if has_field else first - 1 if is_subject else first
    return Run(
        tuple(words),
        f"{lexemes[begin].text}:" if has_field else "~" if is_subject else "",
        lexemes[begin].start,
        lexemes[begin - 1] if begin else None,
        lexemes[first + len(words)],
    )
