"""What a subscription brings in 30 days: one number, wherever it is shown."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.advice.backtest import Recent
from bot.matching.verdicts import parsed

MOST_REMEMBERED = 10_000
"""Queries that are remembered: 1 MB."""


@dataclass(frozen=True, slots=True)
class MatchCount:
    """What a query would have brought, whichever other subscription brought it too.

    Attributes:
        papers: How many papers.
        last: The list day of the latest; None if there are none.
    """

    papers: int = 0
    last: date | None = None


class MatchCounts:
    """Tries queries on recent papers, and remembers the results while the papers stay the same.

    It may be used from any thread.
    """

    def __init__(self) -> None:
        self._counts: dict[str, MatchCount] = {}
        self._tried_on: int | None = None
        self._lock = threading.Lock()

    def of(self, queries: Iterable[str], recent: Recent) -> Mapping[str, MatchCount]:
        """What each of these stored queries would have brought; one that can no longer be read brings nothing."""
        papers = hash((recent.acronyms.pairs, tuple(one.paper for one in recent.papers)))
        counts = {}
        for query in queries:
            counts[query] = self._remembered(query, papers) or self._count(query, recent, papers)
        return counts

    def _remembered(self, query: str, papers: int) -> MatchCount | None:
        with self._lock:
            if papers != self._tried_on or len(self._counts) > MOST_REMEMBERED:
                self._counts, self._tried_on = {}, papers
            return self._counts.get(query)

    def _count(self, query: str, recent: Recent, papers: int) -> MatchCount:
        readable = parsed(query)
        found = recent.run(readable).papers if readable else ()
        count = MatchCount(len(found), found[0].list_day if found else None)
        with self._lock:
            if papers == self._tried_on:
                self._counts[query] = count
        return count
