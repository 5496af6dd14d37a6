"""What a subscription brings in 30 days: one number, wherever it is shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.advice.backtest import Recent
from bot.matching.verdicts import parsed

Found = TypeVar("Found")

MOST_REMEMBERED = 10_000
"""Queries that are remembered: some megabytes."""


@dataclass(frozen=True, slots=True)
class MatchCount:
    """What a query would have brought, whichever other subscription brought it too.

    Attributes:
        papers: How many papers.
        last: The list day of the latest; None if there are none.
    """

    papers: int = 0
    last: date | None = None


def match_count(query: str, recent: Recent) -> MatchCount:
    """What a stored query would have brought; one that can no longer be read brings nothing."""
    readable = parsed(query)
    found = recent.run(readable).papers if readable else ()
    return MatchCount(len(found), found[0].list_day if found else None)


class Remembered(Generic[Found]):
    """What was worked out for stored queries on recent papers, for as long as these stay the same.

    It may be used from any thread.
    """

    def __init__(self, work_out: Callable[[str, Recent], Found]) -> None:
        """Use ``work_out`` for what is not remembered."""
        self._work_out = work_out
        self._found: dict[str, Found] = {}
        self._papers: int | None = None
        self._lock = threading.Lock()

    def of(self, queries: Iterable[str], recent: Recent) -> Mapping[str, Found]:
        """What ``work_out`` gives for each of the queries."""
        papers = hash((recent.acronyms.pairs, tuple(one.paper for one in recent.papers)))
        with self._lock:
            if papers != self._papers or len(self._found) > MOST_REMEMBERED:
                self._found, self._papers = {}, papers
            # Whoever works on other papers meanwhile gets a dictionary of their own.
            known = self._found
        return {query: known[query] if query in known else self._keep(query, recent, known) for query in queries}

    def _keep(self, query: str, recent: Recent, known: dict[str, Found]) -> Found:
        found = self._work_out(query, recent)
        with self._lock:
            known[query] = found
        return found
