"""What a query would have brought: it is run over the papers of the last days in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import Match, Paper
from bot.matching.glossary import Glossary
from bot.matching.verdicts import Remembered, is_match, match, remember
from bot.ports.stores import PaperStore
from bot.query import Acronyms

RARELY = 0.1
"""Papers a day below which no figure is said."""

DAYS = 30
"""How far back a query is tried when nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a query would have brought.

    Attributes:
        query: The query.
        days: How many days were looked at.
        papers: The papers of these days that it matches, latest list first.
        acronyms: Those that are understood.
    """

    query: str
    days: int
    papers: tuple[Paper, ...]
    acronyms: Acronyms

    @property
    def found(self) -> tuple[tuple[Paper, Match], ...]:
        """The papers, each with its match: a closer look, which takes a millisecond a paper."""
        looked = ((paper, match(self.query, paper, self.acronyms)) for paper in self.papers)
        return tuple((paper, found) for paper, found in looked if found is not None)

    @property
    def a_day(self) -> float:
        """Papers a day, on average."""
        return len(self.papers) / self.days

    @property
    def rate(self) -> str:
        """How often papers come, in words: "1.4 a day", "less than 0.1 a day"."""
        return f"{self.a_day:.1f} a day" if self.a_day >= RARELY else f"less than {RARELY} a day"


@dataclass(frozen=True, slots=True)
class Recent:
    """The stored papers of the last ``days`` days, latest list first, ready for any number of queries."""

    days: int
    papers: tuple[Remembered, ...]
    acronyms: Acronyms

    def run(self, query: str) -> Backtest:
        """What ``query`` would have brought."""
        found = tuple(each.paper for each in self.papers if is_match(query, each, self.acronyms))
        return Backtest(query, self.days, found, self.acronyms)

    def added(self, query: str, others: Sequence[str]) -> list[Paper]:
        """The papers that ``query`` would have brought and none of ``others`` would."""
        return [
            each.paper
            for each in self.papers
            if is_match(query, each, self.acronyms)
            and not any(is_match(other, each, self.acronyms) for other in others)
        ]


def recent(papers: PaperStore, glossary: Glossary, *, now: datetime, days: int = DAYS) -> Recent:
    """The stored papers of the last ``days`` days, today's among them.

    Raises:
        StorageError: The database cannot be used.
    """
    listed = papers.listed(since=now.date() - timedelta(days=days - 1))
    return Recent(days, tuple(remember(listed)), glossary.acronyms)


def backtest(query: str, papers: PaperStore, glossary: Glossary, *, now: datetime, days: int = DAYS) -> Backtest:
    """Run ``query`` over the stored papers of the last ``days`` days, today's among them."""
    return recent(papers, glossary, now=now, days=days).run(query)
