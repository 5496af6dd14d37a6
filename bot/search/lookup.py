"""Looks stored papers up by a query: an index of words says which may match, the language which do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import Match, Paper
from bot.matching.evaluate import find, fold_paper
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.query import Query
from bot.search.paper_index import file_papers, index_query

LOOKED_AT = 500
"""Papers that are looked at closely, best first: about a third of a second. Of more, the count is an estimate."""


@dataclass(frozen=True, slots=True)
class Found:
    """Papers that a query matches, best first.

    Attributes:
        count: How many there are, as far as that is known.
        is_exact: Whether it is.
        papers: The best, each with its match: all of them when the count is exact.
        by_words: Whether the words decide which are best; else the votes do.
        is_whole: Whether every stored paper could be looked up; after an upgrade that takes a while.
    """

    count: int
    is_exact: bool
    papers: tuple[tuple[Paper, Match], ...]
    by_words: bool
    is_whole: bool


def look_up(query: Query, stores: Stores, glossary: Glossary, *, now: Callable[[], datetime]) -> Found:
    """The stored papers that the query matches, best first; see `PaperIndex.search` for what is best.

    What the service has not filed yet is filed first, as far as that is quick.

    Raises:
        StorageError: The database cannot be used.
    """
    is_whole = file_papers(stores.paper_index, now=now)
    acronyms = glossary.acronyms
    wanted = index_query(query, acronyms)
    passed = stores.paper_index.search(wanted, limit=LOOKED_AT)
    looked_at = ((paper, find(query, fold_paper(paper), acronyms)) for paper in passed.papers)
    matching = tuple((paper, Match(query.text, found)) for paper, found in looked_at if found is not None)
    is_exact = passed.count <= LOOKED_AT
    count = len(matching) if is_exact else _rounded(passed.count * len(matching) // LOOKED_AT)
    return Found(count, is_exact, matching, by_words=wanted.words is not None, is_whole=is_whole)


def _rounded(count: int) -> int:
    """To two digits: an estimate knows no more."""
    return int(round(count, 2 - len(str(count))))
