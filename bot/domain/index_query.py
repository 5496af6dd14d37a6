"""What a paper must have to be worth a closer look: the part of a query that an index of words can answer.

An index query finds every paper that the query matches, and few others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class FoldedText(NamedTuple):
    """A paper's folded words as they are filed, with blanks between them.

    Attributes:
        title: Those of the title, in their order.
        body: Those of the keywords and the abstract, in their order.
        joined: Two neighbours as one word, and plurals as they stand there; from all of these.
        names: Those of authors and organization, also joined and as plurals.
    """

    title: str
    body: str
    joined: str
    names: str


@dataclass(frozen=True, slots=True)
class Row:
    """Folded words next to each other, in this order.

    Attributes:
        words: One or more; the last may end in a star, for any ending.
        column: One of `FoldedText`'s, where they stand; empty for any.
    """

    words: tuple[str, ...]
    column: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of one or more parts."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of one or more parts."""

    parts: tuple[Wanted, ...]


Wanted = Row | AllOf | AnyOf
"""Words that a paper has."""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """What a paper must have to be found by the index of words.

    Attributes:
        words: Its words; None when any will do.
        least: The least upvotes, comments or stars, by the attribute of `Paper`.
        having: The attributes that are not empty: ``code_url``, ``project_url``.
    """

    words: Wanted | None = None
    least: tuple[tuple[str, int], ...] = ()
    having: tuple[str, ...] = ()
