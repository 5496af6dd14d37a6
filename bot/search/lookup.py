"""Looks up stored papers by a query: the word index says which may match, the language which do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import Match, Paper
from bot.matching.evaluate import find
from bot.matching.glossary import Glossary
from bot.matching.looking import Looking
from bot.matching.paper_index import index_papers, index_query
from bot.matching.verdicts import PaperWords, folded
from bot.ports.stores import Stores
from bot.query import Knowledge, Query
from bot.text.figures import rounded

MOST_CANDIDATES = 500
"""Papers that are looked at, best first; if there are more, the count is an estimate."""

MOST_FOLDED = 100
"""Papers that are folded again, in a millisecond each, since their words alone do not decide."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Papers that match a query, best first.

    Attributes:
        query: The query.
        known: What is known besides.
        count: How many there are, exactly or by estimate.
        is_exact: Whether the count is exact.
        papers: The best: all of them when the count is exact.
        by_words: Whether the words decide which are best; otherwise the votes do.
        is_whole: Whether every stored paper could be found; after an upgrade, indexing them again takes a while.
    """

    query: Query
    known: Knowledge
    count: int
    is_exact: bool
    papers: tuple[Paper, ...]
    by_words: bool
    is_whole: bool

    def match_of(self, paper: Paper) -> Match:
        """The match of one of the papers, with its evidence, in a millisecond."""
        return Match(self.query.text, find(self.query, folded(paper), self.known) or ())


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
    papers = map(PaperWords, candidates.papers, candidates.words)
    found, looked = Looking(known).through(query, papers, most=MOST_FOLDED)
    # Those that were not looked at are assumed to match as often as the best ones.
    is_exact = candidates.count == looked
    count = len(found) if is_exact else rounded(candidates.count * len(found) // looked)
    best = tuple(one.paper for one in found)
    return SearchResult(query, known, count, is_exact, best, by_words=wanted.words is not None, is_whole=is_whole)
