"""A paper folded once, for any number of queries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain import Evidence, Paper
from bot.matching.evidence import quote
from bot.query.fields import FIELDS, TEXTS
from bot.text.folding import Token, fold

BORDER = Token("", "", "", "", False, 0, 0)  # noqa: FBT003 - a tuple is built by position
"""Stands between two texts: it equals no word, so that no phrase runs from one text into the next."""


@dataclass(frozen=True, slots=True)
class FoldedPaper:
    """A paper folded once, for any number of queries.

    Its texts follow each other, in the order of `bot.query.fields.FIELDS`.

    Attributes:
        paper: The paper.
        tokens: The folded words of all texts, with a border after each text.
        places: The indices in ``tokens`` of each folded word, pair, shape, other word, and of what these are forms of,
            rising; a pair is at its first word. Shapes have capitals, so none of them equals a word.
        fields: The range of each field in ``tokens``; the empty name has those that are searched without a field.
        starts: The index in ``tokens`` at which each text begins, rising.
        texts: The field and the original of each text.
    """

    paper: Paper
    tokens: Sequence[Token]
    places: Mapping[str, Sequence[int]]
    fields: Mapping[str, range]
    starts: Sequence[int]
    texts: Sequence[tuple[str, str]]

    def within(self, field: str) -> Sequence[Token]:
        """The tokens of a field; for the empty name, of those that are searched without a field."""
        places = self.fields[field]
        return self.tokens[places.start : places.stop]


def fold_paper(paper: Paper) -> FoldedPaper:
    """Fold every text of the paper, once."""
    tokens: list[Token] = []
    fields: dict[str, range] = {}
    starts: list[int] = []
    texts: list[tuple[str, str]] = []
    for field in FIELDS:
        first = len(tokens)
        for text in field.texts(paper):
            starts.append(len(tokens))
            texts.append((field.name, text))
            tokens += fold(text)
            tokens.append(BORDER)
        fields[field.name] = range(first, len(tokens))
    fields[""] = range(fields[TEXTS[-1]].stop)
    return FoldedPaper(paper, tokens, _places(tokens), fields, starts, texts)


def evidence_at(folded: FoldedPaper, first: int, stop: int) -> Evidence:
    """The original of the tokens from ``first`` to before ``stop``, with the text around it."""
    field, text = folded.texts[bisect_right(folded.starts, first) - 1]
    return quote(field, text, folded.tokens[first].start, folded.tokens[stop - 1].end)


def _places(tokens: Sequence[Token]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        places.setdefault(token.word, []).append(index)
        if token.shape:
            places.setdefault(token.shape, []).append(index)
        if token.other:
            places.setdefault(token.other, []).append(index)
        if token.pair:
            places.setdefault(token.pair, []).append(index - 1)
        if token.bases:
            for base in token.bases:
                places.setdefault(base, []).append(index)
            for base in token.pair_bases:
                places.setdefault(base, []).append(index - 1)
    places.pop(BORDER.word, None)
    return places
