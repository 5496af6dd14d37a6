"""The running service: polls on schedule, matches, delivers, keeps messages up to date and answers, until stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.commands.desk import Desk
from bot.delivery.closed_channels import tell_of_closings
from bot.delivery.courier import Courier
from bot.delivery.digests import set_right, skip_empty
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.edits import A_ROUND, Editor
from bot.domain.polls import Poll
from bot.errors import StorageError
from bot.matching.matcher import Matcher
from bot.matching.paper_index import index_papers
from bot.matching.terms import count_terms
from bot.polling.poller import Poller
from bot.ports.meter import UNMEASURED, Meter
from bot.ports.platform import Platform
from bot.ports.stores import Stores
from bot.service.retention import Retention
from bot.service.rounds import Round, scheduled
from bot.service.set_clock import SetClock
from bot.service.supervisor import supervise
from bot.status import Status
from bot.text.figures import counted

JITTER = 0.1
"""The share of the interval by which polls are moved at random, so that many bots do not ask at the same moment."""

LOOK_EVERY = timedelta(seconds=2)
"""How often to look for new subscriptions: the service's own, and those of ``paperwire subscribe``."""

LEARN_EVERY = timedelta(minutes=1)
"""How often to look whether there are new papers to learn from what papers mean."""

TIDY_EVERY, TIDY_FIRST = timedelta(days=1), timedelta(minutes=1)
"""How often old papers are removed, and how soon after the start for the first time."""

FIRST_POLL_WITHIN = timedelta(minutes=10)
"""How long a digest that is due waits for the first poll, however long that takes."""

LISTED_LATELY = timedelta(days=14)
"""How long ago, at most, a list had papers if the clock is right."""

EDITS_ONCE = 20
"""Messages per platform that ``run --once`` brings up to date, so that this takes at most half a minute."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that works together in one process.

    Attributes:
        pulse: Called with each poll that ended; neither waits nor raises.
    """

    poller: Poller
    matcher: Matcher
    stores: Stores
    courier: Courier
    dispatcher: Dispatcher
    editor: Editor
    platforms: tuple[Platform, ...]
    desk: Desk
    status: Status
    retention: Retention
    now: Callable[[], datetime]
    set_clock: SetClock = field(default_factory=SetClock)
    meter: Meter = UNMEASURED
    pulse: Callable[[Poll], None] = lambda _: None
    _matching: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def once(self) -> bool:
        """Do one poll, match and delivery pass; return whether everything went well.

        Raises:
            StorageError: The database cannot be used.
        """
        await self._begin()
        poll = await self.poll()
        await self.look()
        await self.dispatcher.run_once()
        await self.courier.expire()  # last, since a clock that is ahead would drop what never had its chance
        await self.refresh(most=EDITS_ONCE)
        await self.tell()
        await self.learn()
        await self.tidy()
        tally = self.courier.tally
        return not (poll.failures or tally.rescheduled or tally.held or tally.failed)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; a message that is being posted then still arrives.

        Raises:
            StorageError: The database cannot be used when the service starts.
        """
        await self._begin()
        with scheduled(self._rounds(), self.set_clock, self._clock_was_set) as rounds:
            working = [asyncio.create_task(self.dispatcher.run()), *rounds]
            serving = [asyncio.create_task(supervise(platform, self.desk, self.status)) for platform in self.platforms]
            stopped = asyncio.create_task(stop.wait())
            # What works never ends by itself: a task that does has failed, and its error is raised below. Platforms may
            # end, since a supervisor looks after each.
            await asyncio.wait([stopped, *working], return_when=asyncio.FIRST_COMPLETED)
            tasks = [stopped, *working, *serving]
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def _begin(self) -> None:
        """Take up what the last process left.

        Raises:
            StorageError: The database cannot be used.
        """
        await self._set_right(was_set=False)
        # What was being posted when the last process ended may have arrived: it is asked for before it is posted again.
        await asyncio.to_thread(self.stores.outbox.release)
        # What the first poll finds still belongs to a digest that was missed while the service was down.
        await asyncio.to_thread(self.stores.channels.hold_digests, self.now() + FIRST_POLL_WITHIN)

    def _rounds(self) -> list[Round]:
        now, interval = self.now(), self.status.interval

        def polling(next_poll: datetime) -> None:
            self.status.next_poll = next_poll

        return [
            Round(self.poll, interval, first=now, jitter=interval * JITTER, began=polling),
            Round(self.look, LOOK_EVERY),
            Round(self.tell, LOOK_EVERY),
            Round(self.refresh, interval),
            Round(self.learn, LEARN_EVERY),
            Round(self.tidy, TIDY_EVERY, first=now + TIDY_FIRST),
        ]

    async def poll(self) -> Poll:
        """Read the lists that are due and enqueue what matches; failures are reported and tried again next time."""
        poll = await self.poller.poll(now=self.now())
        try:
            # The clock may have been ahead for a while, and nothing is to be dropped for that.
            if self.set_clock.is_steady:
                await self.courier.expire()
            await self._match()
            if self.status.last_poll is None:
                await asyncio.to_thread(self.stores.channels.release_digests, self.now())
                self.dispatcher.wake()
        except StorageError as error:
            poll = replace(poll, failures=(*poll.failures, str(error)), storage=str(error))
        self._note("polls", poll.storage)
        self.status.polled(poll)
        self.meter.polled(poll)
        self.pulse(poll)
        for failure in poll.failures:
            log.error("%s", failure)
        log.info(
            "Polled: %s with %s, %d new%s",
            counted(poll.lists, "list"),
            counted(poll.papers, "paper"),
            poll.new,
            f"; {counted(len(poll.failures), 'failure')}" if poll.failures else "",
        )
        return poll

    async def _clock_was_set(self, by: timedelta) -> bool:
        """Set right what is stored after the clock was set; return whether that could be done."""
        if not await self._set_right(was_set=True):
            return False
        self.status.clock_was_set(by)
        way = "back" if by < timedelta() else "forward"
        log.warning("The clock was set %s by %d s", way, abs(by.total_seconds()))
        self.dispatcher.wake()
        return True

    async def _set_right(self, *, was_set: bool) -> bool:
        """Schedule anew what was stored while the clock was ahead; return whether the database could be used."""
        try:
            brought = await asyncio.to_thread(set_right, self.stores.moments, self.now(), was_set=was_set)
        except StorageError as error:
            log.error("What was stored while the clock was ahead has to wait: %s", error)  # noqa: TRY400 - a line says it all
            return False
        if brought:
            log.warning("The clock was ahead before: %s set right", counted(brought, "moment"))
        return True

    async def look(self) -> None:
        """Enqueue what has been read, and for new subscriptions what is on today's lists; skip empty digests; file.

        A poll that is under way may take minutes, and what it has read need not wait for that.
        """
        try:
            await self._match()
            self._enqueued(await asyncio.to_thread(self.matcher.match_subscriptions))
            if self.status.last_poll:  # until then, digests are held
                await asyncio.to_thread(skip_empty, self.stores.channels, self.now())
            await asyncio.to_thread(index_papers, self.stores.paper_index)
            await asyncio.to_thread(count_terms, self.stores.vocabulary)
        except StorageError as error:
            if self._note("subscriptions", str(error)):
                log.error("New subscriptions have to wait: %s", error)  # noqa: TRY400 - a line says it all
        else:
            self._note("subscriptions", "")

    async def _match(self) -> None:
        async with self._matching:
            self._enqueued(await asyncio.to_thread(self.matcher.match_papers))

    def _note(self, tried: str, trouble: str) -> bool:
        """Record why the database cannot be used, or "" when it can; return whether that has changed."""
        before = self.status.storage.pop(tried, "")
        if trouble:
            self.status.storage[tried] = trouble
        elif before:
            log.info("The database can be used again")
        return trouble != before

    def _enqueued(self, deliveries: int) -> None:
        if deliveries:
            self.meter.matched(deliveries)
            self.dispatcher.wake()

    async def refresh(self, *, most: int = A_ROUND) -> None:
        """Bring the counts of posted messages up to date; what fails is done next time."""
        try:
            await self.editor.edit_outdated(most=most)
        except* StorageError as group:
            log.error("Posted messages cannot be brought up to date at present: %s", group.exceptions[0])  # noqa: TRY400 - a line says it all

    async def tell(self) -> None:
        """Tell people about channels that have closed."""
        platforms = {platform.name: platform for platform in self.platforms}
        try:
            await tell_of_closings(self.stores.channels, platforms, self.now())
        except StorageError as error:
            log.error("Closed channels cannot be reported at present: %s", error)  # noqa: TRY400 - a line says it all

    async def learn(self) -> None:
        """Learn from new papers what papers mean; what fails is done next time."""
        try:
            await asyncio.to_thread(self.desk.meaning.keep_up)
        except StorageError as error:
            log.error("What papers mean cannot be learned at present: %s", error)  # noqa: TRY400 - a line says it all

    async def tidy(self) -> None:
        """Remove old papers, if the lists agree with the clock: one that is a year ahead would remove them all."""
        now, newest = self.now(), self.status.newest
        if newest is not None and now.date() - newest <= LISTED_LATELY:
            await self.retention.work(now=now)
