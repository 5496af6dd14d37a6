"""Looks up stored papers by a query: the word index says which may match, the language which do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import Match, Paper
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.query import Query
from bot.search.paper_index import index_papers, index_query

MOST_CANDIDATES = 500
"""Papers that are evaluated, best first, in about a third of a second; if there are more, the count is an estimate."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Papers that match a query, best first.

    Attributes:
        count: How many there are, exactly or by estimate.
        is_exact: Whether the count is exact.
        papers: The best, each with its match: all of them when the count is exact.
        by_words: Whether the words decide which are best; otherwise the votes do.
        is_whole: Whether every stored paper could be found; after an upgrade, indexing them again takes a while.
    """

    count: int
    is_exact: bool
    papers: tuple[tuple[Paper, Match], ...]
    by_words: bool
    is_whole: bool


def look_up(query: Query, stores: Stores, glossary: Glossary) -> SearchResult:
    """The stored papers that match the query, best first; `PaperIndex.search` says which are best.

    Papers that the service has not indexed yet are indexed first, as many as take about a second.

    Raises:
        StorageError: The database cannot be used.
    """
    is_whole = index_papers(stores.paper_index)
    known = glossary.known
    wanted = index_query(query, known)
    candidates = stores.paper_index.search(wanted, limit=MOST_CANDIDATES)
    evaluated = ((paper, find(query, fold_paper(paper), known)) for paper in candidates.papers)
    matching = tuple((paper, Match(query.text, evidence)) for paper, evidence in evaluated if evidence is not None)
    # Those beyond the limit are assumed to match as often as the best ones.
    is_exact = candidates.count <= MOST_CANDIDATES
    count = len(matching) if is_exact else _rounded(candidates.count * len(matching) // MOST_CANDIDATES)
    return SearchResult(count, is_exact, matching, by_words=wanted.words is not None, is_whole=is_whole)


def _rounded(count: int) -> int:
    """The estimate to two digits; more would look exact."""
    return int(round(count, 2 - len(str(count))))
