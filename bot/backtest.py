"""What a query would have brought: it is run over the papers of the last days in the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import Match, Paper
from bot.glossary import Glossary
from bot.matcher import match
from bot.stores import PaperStore

RARELY = 0.1
"""Papers a day below which a single decimal says too little."""

DAYS = 30
"""How far back a query is tried when nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """The papers of the last ``days`` days that a query matches, latest list first, each with its match."""

    days: int
    found: tuple[tuple[Paper, Match], ...]

    @property
    def a_day(self) -> float:
        """Papers a day, on average."""
        return len(self.found) / self.days

    @property
    def rate(self) -> str:
        """How often papers come, in words: "1.4 a day", "0.03 a day"."""
        return f"{self.a_day:.1f} a day" if self.a_day >= RARELY else f"{self.a_day:.2f} a day"


def backtest(query: str, papers: PaperStore, glossary: Glossary, *, now: datetime, days: int = DAYS) -> Backtest:
    """Run ``query`` over the stored papers of the last ``days`` days, today's among them."""
    since = now.date() - timedelta(days=days - 1)
    acronyms = glossary.acronyms
    tried = ((paper, match(query, paper, acronyms)) for paper in papers.listed(since=since))
    return Backtest(days, tuple((paper, found) for paper, found in tried if found is not None))
