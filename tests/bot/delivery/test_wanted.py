"""Whatever people change at whatever moment: no card comes that nobody wants then, and none comes twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

import storage.sqlite.enqueue
from bot.delivery.courier import Courier
from bot.domain import Paper
from bot.domain.messages import Message, papers_in
from bot.errors import RetryLater, SubscriptionRefused, Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.verdicts import matches
from bot.ports.stores import Stores
from bot.ports.stores.query_index import QueryIndex
from bot.query import parse
from tests.bot.delivery.office import Clock
from tests.builders import HERE, a_paper, list_of, reasons_of, subscribe
from tests.fakes.platform import Pinboard

Found = TypeVar("Found")

QUERIES = ("*", "robots", "violins", "teapots", "robots or teapots")

WORDS = ("Robots", "Violins", "Teapots")


class Town:
    """A channel in which somebody changes something at any moment."""

    def __init__(self, stores: Stores, seed: int) -> None:
        """Nobody has subscribed yet."""
        self.stores, self.chance, self.clock = stores, random.Random(seed), Clock()  # noqa: S311 - chance, no secret
        self.board = Pinboard(on_post=self.look, on_find=self.act)
        self.unwanted: list[str] = []
        self.glossary = Glossary(stores.papers)
        self.matcher = Matcher(
            replace(stores, query_index=Meddled(stores.query_index, self.act)),
            self.glossary,
            now=self.clock,
        )
        self.courier = Courier(
            stores,
            reasons_of(stores, self.glossary),
            {"terminal": self.board},
            max_attempts=3,
            flood_limit=2,
            now=self.clock,
            chance=lambda: 0.0,
        )

    def act(self) -> None:
        """Somebody does something, or nothing."""
        there = self.stores.subscriptions.of(HERE)
        query = parse(self.chance.choice(QUERIES))
        try:
            match self.chance.randrange(8):
                case 0 | 1:
                    subscribe(self.stores, HERE, query.text, at=self.clock())
                case 2 if there:
                    self.stores.subscriptions.remove(HERE, self.chance.choice(there).number)
                case 3 if there:
                    number = self.chance.choice(there).number
                    self.stores.subscriptions.change(
                        HERE, number, query.text, canonical=query.canonical, since=self.clock()
                    )
                case 4 if there:
                    self.stores.subscriptions.pause(HERE, self.chance.choice(there).number, by="ada", at=self.clock())
                case 5 if there:
                    self.stores.subscriptions.resume(HERE, self.chance.choice(there).number, since=self.clock())
        except SubscriptionRefused:
            pass

    def look(self, message: Message) -> None:
        """Note every paper that no subscription of this moment matches."""
        there = self.stores.subscriptions.of(HERE)
        for paper_id in papers_in(message):
            paper = self.stores.papers.get(paper_id)
            if paper is None or not matches(there, paper, self.glossary.known):
                self.unwanted.append(paper_id)

    def paper(self, paper_id: str) -> Paper:
        """A paper of today about one thing or another."""
        return a_paper(id=paper_id, title=self.chance.choice(WORDS), abstract="", list_day=self.clock().date())

    def live(self, days: int) -> None:
        """List papers, match and post them, with people in between."""
        for day in range(days):
            papers = [self.paper(f"99{day:02}.{number:05}") for number in range(3)]
            self.stores.papers.save("sample", list_of(*papers), at=self.clock())
            self.act()
            self.matcher.match_papers()
            self.act()
            self.matcher.match_subscriptions()
            self.board.faults.extend(self.chance.choices([None, RetryLater("429"), Uncertain("lost")], [6, 1, 1], k=2))
            self.act()
            asyncio.run(self._deliver())

    async def _deliver(self) -> None:
        for _ in range(9):
            self.clock.pass_(timedelta(minutes=20))
            await self.courier.deliver_next(HERE)
            self.act()


class Meddled:
    """The index of queries, in which somebody acts as soon as it was asked."""

    def __init__(self, index: QueryIndex, act: Callable[[], None]) -> None:
        self._index, self._act = index, act
        self.unfiled, self.file = index.unfiled, index.file

    def under(self, anchors: Iterable[str]) -> list[tuple[int, str]]:
        """What is filed there, as it was before."""
        return self._meddled(list(self._index.under(anchors)))

    def few(self, *, at_most: int) -> Sequence[tuple[int, str]] | None:
        """Everything, as it was before."""
        return self._meddled(self._index.few(at_most=at_most))

    def _meddled(self, found: Found) -> Found:
        for _ in range(4):
            self._act()
        return found


@pytest.mark.parametrize("seed", range(12))
def test_no_card_comes_that_nobody_wants_and_none_twice(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    town = Town(stores, seed)
    match = storage.sqlite.enqueue._match  # noqa: SLF001 - the moment between two transactions

    def meddled(*arguments: Any) -> Any:  # noqa: ANN401 - its own
        found = match(*arguments)
        town.act()
        return found

    monkeypatch.setattr(storage.sqlite.enqueue, "_match", meddled)
    town.live(days=12)
    posted = Counter(paper_id for _, _, message in town.board.posted for paper_id in papers_in(message))
    assert town.unwanted == []
    assert set(posted.values()) == {1}
