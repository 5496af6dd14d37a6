"""A service's parts from the store to the platform, for the tests of edits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.delivery.courier import Courier
from bot.delivery.edits import Editor
from bot.domain import Address, Paper
from bot.domain.messages import Card
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, reasons_of, subscribe
from tests.fakes.platform import Pinboard

THERE = Address("slack", "C0123456789")
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


class House:
    """The parts of a service from the store to the platform, with a clock that is moved by hand."""

    def __init__(self, stores: Stores, *, flood_limit: int = 20) -> None:
        """Subscribe a channel to robots."""
        self.stores, self.board, self.time = stores, Pinboard(), NOW
        self.other_board = Pinboard(name="slack")
        subscribe(stores, HERE, "robots")
        self.flood_limit = flood_limit
        self.papers: dict[str, Paper] = {}
        self.start()

    def start(self) -> None:
        """Put the parts together, as a new process does."""
        glossary = Glossary(self.stores.papers)
        platforms = {"terminal": self.board, "slack": self.other_board}
        self.matcher = Matcher(self.stores, glossary, now=lambda: self.time)
        self.courier = Courier(
            self.stores,
            reasons_of(self.stores, glossary),
            platforms,
            max_attempts=3,
            flood_limit=self.flood_limit,
            now=lambda: self.time,
            chance=lambda: 0.0,
        )
        self.editor = Editor(self.stores, platforms, now=lambda: self.time, pace=timedelta())

    def list_papers(self, *papers: Paper) -> None:
        """List papers, or list them again with other counts."""
        self.papers |= {paper.id: paper for paper in papers}
        self.stores.papers.save("sample", list_of(*papers), at=self.time)
        self.matcher.match_papers()

    def grow(self, number: int = 1, **counts: int) -> None:
        """List the paper again with these counts."""
        paper = self.papers[f"9901.{number:05}"]
        before = {"upvotes": paper.upvotes, "comments": paper.comments, "stars": paper.stars, "title": paper.title}
        self.list_papers(a_paper(id=paper.id, **before | counts))

    def post(self, number: int = 1, **given: int) -> None:
        """List a paper, and post it."""
        self.list_papers(a_paper(id=f"9901.{number:05}", title=f"Robots {number}", **given))
        self.deliver()

    def deliver(self) -> None:
        """Post everything that is due."""

        async def until_it_waits() -> None:
            for channel in (HERE, THERE):
                while await self.courier.deliver_next(channel):
                    pass

        asyncio.run(until_it_waits())

    def refresh(self, *, later: timedelta = HOUR, most: int = 100) -> list[int]:
        """Run a round of edits, so much later; return the votes on the cards that were edited."""
        self.time += later
        before = len(self.board.edited)
        asyncio.run(self.editor.edit_outdated(most=most))
        return [message.upvotes for _, _, message in self.board.edited[before:] if isinstance(message, Card)]
