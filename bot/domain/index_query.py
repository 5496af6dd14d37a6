"""The part of a query that a word index can answer.

An index query finds every paper that the whole query matches, and few others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class FoldedText(NamedTuple):
    """A paper's folded words as they are indexed, separated by spaces.

    Attributes:
        title: Words of the title, in order.
        body: Words of the keywords and the abstract, in order.
        joined: Every two adjacent words of title and body as one word, and plurals as they are written.
        names: Words of the authors and the organization, also joined and as plurals.
        words: All of them and their other forms on lines; they are kept as they are, and not looked for.
    """

    title: str
    body: str
    joined: str
    names: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of adjacent folded words, in this order.

    Attributes:
        words: One or more; the last may end in a star, for any ending.
        column: The field of `FoldedText` to look in; empty for any.
    """

    words: tuple[str, ...]
    column: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of one or more parts."""

    parts: tuple[WordCondition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of one or more parts."""

    parts: tuple[WordCondition, ...]


WordCondition = Row | AllOf | AnyOf
"""Which words a paper must have."""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """A query of the word index.

    Attributes:
        words: Which words a paper must have; None if any will do.
        least: Minimum upvotes, comments or stars, by the attribute of `Paper`.
        having: Attributes that must not be empty: ``code_url``, ``project_url``.
        source: A source whose list they must be on; empty for those that need not be named, None for any.
        categories: Patterns of categories, each of which they must be in; see `bot.text.arxiv_categories`.
    """

    words: WordCondition | None = None
    least: tuple[tuple[str, int], ...] = ()
    having: tuple[str, ...] = ()
    source: str | None = None
    categories: tuple[str, ...] = ()
