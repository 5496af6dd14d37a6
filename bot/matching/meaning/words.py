"""What of a text counts for its meaning: its words and pairs of neighbouring words; and the parts of a paper."""

from __future__ import annotations

from itertools import islice, pairwise

from bot.domain import Paper
from bot.text.folding import fold
from bot.text.shorten import SENTENCE_END

READ = 6_000
"""Characters of a text that are read: no abstract has more, and nobody can make us read a book."""

SENTENCES, KEYWORDS = 30, 20
"""The most sentences and keywords of a paper that count."""

FEWEST_LETTERS = 3
"""Characters that a sentence must have."""


def words_in(text: str) -> list[str]:
    """The folded words, in their order."""
    return [token.word for token in fold(text[:READ])]


def terms_in(text: str) -> list[str]:
    """The words, and the pairs of neighbouring words, each as often as it occurs."""
    words = words_in(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def whole(paper: Paper) -> str:
    """The text by which a paper is placed: its title with its abstract."""
    return f"{paper.title}\n{paper.abstract}"


def sentences(text: str) -> list[str]:
    """The sentences of an abstract, as far as it is read."""
    text = text[:READ]
    ends = [found.end() for found in islice(SENTENCE_END.finditer(text), SENTENCES)]
    starts = [0, *ends]
    parts = [text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True)]
    return [part for part in parts if len(part) >= FEWEST_LETTERS][:SENTENCES]
