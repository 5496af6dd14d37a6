"""A source in memory that keeps the whole contract, and fails on request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.domain import Paper, PaperList
from bot.errors import SourceError
from bot.ports.source import Rhythm


@dataclass(slots=True)
class Newsstand:
    """Lists by day.

    Attributes:
        rhythm: How its lists grow.
        lists: The papers of each day's list; other days are empty.
        faults: What reading a day's list raises.
        asked: The days that were read, in order.
    """

    name: str = "newsstand"
    rhythm: Rhythm = field(default_factory=Rhythm)
    lists: dict[date, list[Paper]] = field(default_factory=dict)
    faults: dict[date, SourceError] = field(default_factory=dict)
    asked: list[date] = field(default_factory=list)

    async def fetch(self, day: date) -> PaperList:
        """Return the list of that day."""
        self.asked.append(day)
        if day in self.faults:
            raise self.faults[day]
        return PaperList(day, tuple(self.lists.get(day, ())))

    async def paper(self, paper_id: str) -> Paper | None:
        """Look on every list."""
        return next((paper for papers in self.lists.values() for paper in papers if paper.id == paper_id), None)

    async def aclose(self) -> None:
        """Nothing to close."""
