"""How the service is doing: for people, health checks and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.polls import Poll
from bot.domain.posting import PostingOutage
from bot.domain.sources import called
from bot.ports.platform import Platform
from bot.text.figures import counted, day, moment
from bot.text.rich import moment_in, rich

LATE = 3
"""Intervals after which a poll is late …"""

LATE_AT_LEAST = timedelta(minutes=15)
"""… but never sooner than this."""

PATIENCE = timedelta(minutes=10)
"""How long a platform may take nothing before the service is not well: its short troubles are nobody's work."""

NONSENSE_TOLD_FOR = timedelta(days=1)
"""How long people are told of a record that made no sense; later polls may not read its list again."""

WEEKEND = {5, 6}
"""Saturday and Sunday, on which hardly any papers are listed."""


@dataclass(slots=True)
class Status:
    """What a running service knows about itself; only the service writes it.

    Attributes:
        started_at: When the service started.
        interval: The time between two polls.
        last_poll: The latest poll that ended.
        last_good_poll: When the latest poll began in which nothing but single lists failed.
        newest: The latest day whose list had papers, as far as polls have seen, …
        newest_of: … and the same of each source, by its name.
        next_poll: When the next poll begins.
        platforms: By the platform's name, what stopped it; empty while it runs.
        serving: The platforms that were started, by name.
        storage: By what was tried, why the database cannot be used at present; empty while it can.
        posting: The platforms that take nothing at present, by name.
        nonsense: The latest poll that met a record that made no sense.
    """

    started_at: datetime
    interval: timedelta
    last_poll: Poll | None = None
    last_good_poll: datetime | None = None
    newest: date | None = None
    newest_of: dict[str, date] = field(default_factory=dict)
    next_poll: datetime | None = None
    platforms: dict[str, str] = field(default_factory=dict)
    serving: dict[str, Platform] = field(default_factory=dict)
    storage: dict[str, str] = field(default_factory=dict)
    posting: Mapping[str, PostingOutage] = field(default_factory=dict)
    nonsense: Poll | None = None

    def polled(self, poll: Poll) -> None:
        """Record a poll that ended."""
        self.last_poll = poll
        if poll.skipped:
            self.nonsense = poll
        if poll.newest:
            self.newest = max(poll.newest, self.newest or poll.newest)
        for source, read in poll.by_source.items():
            if read.newest:
                self.newest_of[source] = max(read.newest, self.newest_of.get(source, read.newest))
        if poll.went_on:
            self.last_good_poll = poll.at

    def clock_was_set(self, by: timedelta) -> None:
        """Leave the time that has passed since then as it was, after the clock was set forward by so much."""
        self.started_at += by
        if self.next_poll:
            self.next_poll += by
        if self.last_good_poll:
            self.last_good_poll += by

    def troubles(self, *, now: datetime) -> list[str]:
        """What keeps papers from arriving, one clause for each problem; empty when the service is well."""
        last_good = self.last_good_poll or self.started_at
        found = self._unusable()
        if now - last_good > max(LATE * self.interval, LATE_AT_LEAST):
            poll = self.last_poll
            why = poll.failures[0] if poll and poll.failures else "polls don't finish"
            outages = [str(outage) for outage in poll.outages] if poll else []
            found += outages or [f"no poll has succeeded since {moment(last_good)}: {why}"]
        found += [f"{name}: {trouble}" for name, trouble in self._troubled()]
        found += [f"{outage.platform}: {outage}" for outage in self._refusing(now) if now - outage.since > PATIENCE]
        return found

    def lines(self, now: datetime | None = None) -> Iterator[str]:
        """What people are told: the latest poll, the next one, and what is wrong ``now``."""
        poll = self.last_poll
        if poll is None:
            yield rich("Started ", moment_in(self.started_at), "; the first poll is under way.")
        else:
            papers = f"{counted(poll.papers, 'paper')}, {poll.new:,} of them new" if poll.papers else "no papers"
            brought = f"Read {counted(poll.lists, 'list')} with {papers}" if poll.lists else "No list could be read"
            yield rich("Last poll: ", moment_in(poll.at), f". {brought}.")
            yield from self._about_lists(poll)
            yield from self._about_nonsense(poll)
        yield from self._unusable()
        if self.next_poll:
            yield rich("Next poll: ", moment_in(self.next_poll), ".")
        for name, trouble in self._troubled():
            yield f"{name.capitalize()}: {trouble}"
        for outage in self._refusing(now):
            again = ". I keep trying; nothing is lost."
            yield rich(f"{outage.platform.capitalize()}: ", outage.in_words, again)

    def trouble_of(self, platform: str) -> str:
        """What keeps that platform from hearing people at present; empty if nothing does."""
        serving = self.serving.get(platform)
        return self.platforms.get(platform) or (serving.trouble if serving else "")

    def takes_nothing(self, platform: str, now: datetime) -> bool:
        """Whether nothing that is posted to that platform goes through at present."""
        return any(outage.platform == platform for outage in self._refusing(now))

    def _refusing(self, now: datetime | None) -> list[PostingOutage]:
        return [outage for outage in self.posting.values() if now is None or outage.lasts(now)]

    def _about_nonsense(self, poll: Poll) -> Iterator[str]:
        """Which records of the lists were left out, of late."""
        met = self.nonsense
        if met and poll.at - met.at <= NONSENSE_TOLD_FOR:
            left_out = (
                "One record made no sense and was"
                if met.skipped == 1
                else (f"{met.skipped:,} records made no sense and were")
            )
            yield f"{left_out} left out: {met.nonsense}" if met.nonsense else f"{left_out} left out."

    def _unusable(self) -> list[str]:
        """Why the database cannot be used at present, each reason once."""
        return list(dict.fromkeys(self.storage.values()))

    def _about_lists(self, poll: Poll) -> Iterator[str]:
        """Which sources are unreachable, what else went wrong, and whether today's list is empty."""
        outages = [outage.in_words for outage in poll.outages]
        yield from outages
        if outages:
            yield "Nothing is lost: what is listed in the meantime comes once it is back."
        if poll.unread:
            yield f"One list could not be read, and is tried again at each poll: {poll.unread[0]}"
        others = [failure for failure in poll.failures if failure not in {*outages, *poll.unread}]
        if others:
            yield f"Not everything could be read: {others[0]}"
        if not poll.went_on:
            since = moment_in(self.last_good_poll) if self.last_good_poll else "before the service started"
            yield rich("Last successful poll: ", since, ".")
        elif len(poll.by_source) > 1:
            yield from self._empty_lists(poll)
        elif self.newest is None or self.newest < poll.at.date():
            newest = f"; the latest list with papers is from {day(self.newest)}" if self.newest else ""
            yield f"Today's list is empty so far{_on_weekends(poll)}{newest}."

    def _empty_lists(self, poll: Poll) -> Iterator[str]:
        """Of which of several sources today's list is empty."""
        for source in poll.by_source:
            newest = self.newest_of.get(source)
            if newest is None or newest < poll.at.date():
                latest = f"; its latest papers are from {day(newest)}" if newest else ""
                yield f"There is nothing of today on {called(source)} so far{_on_weekends(poll)}{latest}."

    def _troubled(self) -> Iterator[tuple[str, str]]:
        """The platforms that have a problem at present, and what it is."""
        yield from ((name, trouble) for name in self.platforms if (trouble := self.trouble_of(name)))


def _on_weekends(poll: Poll) -> str:
    return ", as on most weekends" if poll.at.weekday() in WEEKEND else ""
