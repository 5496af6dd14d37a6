"""What a subscription brings in 30 days: one number, wherever it is shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.advice.backtest import LATEST, Recent
from bot.domain import Paper
from bot.matching.folded_paper import fold_paper
from bot.matching.paper_batch import Batch
from bot.matching.query_index import index_entries
from bot.matching.verdicts import BATCH
from bot.query import Query
from bot.query.stored import parsed

Found = TypeVar("Found")

FEW = 50
"""Queries that are tried one by one; for more, a month of few papers is worth folding again."""

MOST_REMEMBERED = 10_000
"""Queries that are remembered: some megabytes."""


@dataclass(frozen=True, slots=True)
class MatchCount:
    """What a query would have brought, whichever other subscription brought it too.

    Attributes:
        papers: How many papers.
        is_estimate: Whether that is an estimate.
        last: The list day of the latest; None if there are none.
    """

    papers: int = 0
    last: date | None = None
    is_estimate: bool = False


def match_counts(queries: Sequence[str], recent: Recent) -> Mapping[str, MatchCount]:
    """What each of these stored queries would have brought; one that can no longer be read brings nothing."""
    readable = {query: parsed(query) for query in queries}
    run = _run_together if len(queries) > FEW and recent.count <= LATEST else _run_alone
    found = run({query: tree for query, tree in readable.items() if tree}, recent)
    return {query: found.get(query, MatchCount()) for query in queries}


def _run_alone(queries: Mapping[str, Query], recent: Recent) -> Mapping[str, MatchCount]:
    """What each query brings, tried one after the other."""
    backtests = ((text, recent.run(query)) for text, query in queries.items())
    return {text: _counted(each.papers, each.count, is_estimate=each.is_estimate) for text, each in backtests}


def _counted(papers: Sequence[Paper], count: int, *, is_estimate: bool = False) -> MatchCount:
    return MatchCount(count, max((paper.list_day for paper in papers), default=None), is_estimate)


def _run_together(queries: Mapping[str, Query], recent: Recent) -> Mapping[str, MatchCount]:
    """What each query brings, tried on the words of many papers at once, as new papers are matched."""
    conjunctions = {
        text: {entry.conjunction for entry in index_entries(query, lambda _anchor: 0)}
        for text, query in queries.items()
    }
    found: dict[str, list[Paper]] = {text: [] for text in queries}
    for start in range(0, len(recent.papers), BATCH):
        papers = [one.paper for one in recent.papers[start : start + BATCH]]
        batch = Batch([fold_paper(paper) for paper in papers], recent.known)
        for text, wanted in conjunctions.items():
            matching = 0
            for conjunction in wanted:
                matching |= batch.satisfying(conjunction)
            found[text] += [paper for number, paper in enumerate(papers) if matching >> number & 1]
    return {text: _counted(papers, len(papers)) for text, papers in found.items()}


class Remembered(Generic[Found]):
    """What was worked out for stored queries on recent papers, for as long as these stay the same.

    It may be used from any thread.
    """

    def __init__(self, work_out: Callable[[Sequence[str], Recent], Mapping[str, Found]]) -> None:
        """Use ``work_out`` for what is not remembered."""
        self._work_out = work_out
        self._found: dict[str, Found] = {}
        self._papers: int | None = None
        self._lock = threading.Lock()

    def of(self, queries: Iterable[str], recent: Recent) -> Mapping[str, Found]:
        """What ``work_out`` gives for each of the queries, which may be the same more than once."""
        papers = hash((recent.known.acronyms.pairs, recent.state))
        with self._lock:
            if papers != self._papers or len(self._found) > MOST_REMEMBERED:
                self._found, self._papers = {}, papers
            # Whoever works on other papers meanwhile gets a dictionary of their own.
            known = self._found
        wanted = list(dict.fromkeys(queries))
        found = self._work_out([query for query in wanted if query not in known], recent)
        with self._lock:
            known.update(found)
            return {query: known[query] for query in wanted}
