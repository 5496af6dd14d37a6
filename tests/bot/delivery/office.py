"""A courier with everything around it, for the tests of deliveries."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.delivery.courier import Courier
from bot.delivery.digest_schedules import Schedule
from bot.delivery.digests import skip_empty
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.meter import UNMEASURED, Meter
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, reasons_of
from tests.fakes.platform import Pinboard


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        """Start at noon."""
        self.time = NOW

    def __call__(self) -> datetime:
        """The time."""
        return self.time

    def pass_(self, span: timedelta) -> None:
        """Let time pass."""
        self.time += span


class Office:
    """A courier with its stores, platform and clock."""

    def __init__(
        self, stores: Stores, *, max_attempts: int = 3, flood_limit: int = 20, meter: Meter = UNMEASURED
    ) -> None:
        """Start with nothing due, and a platform that works."""
        self.stores = stores
        self.board = Pinboard()
        self.clock = Clock()
        self.courier = Courier(
            stores,
            reasons_of(stores, Glossary(stores.papers)),
            {"terminal": self.board},
            max_attempts=max_attempts,
            flood_limit=flood_limit,
            now=self.clock,
            chance=lambda: 0.0,
            meter=meter,
        )

    def list_papers(self, *titles: str, first: int = 1) -> None:
        """List papers with these titles, and match them."""
        day = self.clock().date()
        papers = [
            a_paper(id=f"9901.{number:05}", title=title, list_day=day) for number, title in enumerate(titles, first)
        ]
        self.stores.papers.save("sample", list_of(*papers), at=self.clock())
        Matcher(self.stores, Glossary(self.stores.papers), now=self.clock).match_papers()

    def set_schedule(self, written: str) -> None:
        """Set the schedule of the channel."""
        schedule = Schedule.parse(written)
        assert schedule is not None
        now = self.clock()
        self.stores.channels.set_schedule(
            HERE, str(schedule), schedule.after(now), at=now, even_if_empty=schedule.even_if_empty, top=schedule.top
        )

    def deliver_by_the_hour(self, hours: int) -> list[str]:
        """Let hours pass, delivering in each; give what was posted, and when."""
        posted = []
        for _ in range(hours):
            self.clock.pass_(timedelta(hours=1))
            before = len(self.shown)
            self.deliver()
            skip_empty(self.stores.channels, self.clock())
            posted += [f"{self.clock():%d %b %H:%M} {title}" for title in self.shown[before:]]
        return posted

    def deliver(self) -> None:
        """Deliver to the channel until nothing more is due."""

        async def until_it_waits() -> None:
            while await self.courier.deliver_next(HERE):
                pass

        asyncio.run(until_it_waits())

    @property
    def shown(self) -> list[str]:
        """The titles and headlines in the channel."""
        return self.board.titles(HERE)
