"""How the service is doing: for people, health checks and metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.polls import Poll
from bot.ports.platform import Platform
from bot.text.figures import counted, day, moment

LATE = 3
"""Intervals after which a poll is late …"""

LATE_AT_LEAST = timedelta(minutes=15)
"""… but never sooner than this."""

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
        newest: The latest day whose list had papers, as far as polls have seen.
        next_poll: When the next poll begins.
        platforms: By the platform's name, what stopped it; empty while it runs.
        serving: The platforms that were started, by name.
        storage: By what was tried, why the database cannot be used at present; empty while it can.
    """

    started_at: datetime
    interval: timedelta
    last_poll: Poll | None = None
    last_good_poll: datetime | None = None
    newest: date | None = None
    next_poll: datetime | None = None
    platforms: dict[str, str] = field(default_factory=dict)
    serving: dict[str, Platform] = field(default_factory=dict)
    storage: dict[str, str] = field(default_factory=dict)

    def polled(self, poll: Poll) -> None:
        """Record a poll that ended."""
        self.last_poll = poll
        if poll.newest:
            self.newest = max(poll.newest, self.newest or poll.newest)
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
            why = poll.failures[0] if poll and poll.failures else "polls do not end"
            outages = [str(outage) for outage in poll.outages] if poll else []
            found += outages or [f"no poll has succeeded since {moment(last_good)}: {why}"]
        found += [f"{name}: {trouble}" for name, trouble in self._troubled()]
        return found

    def lines(self) -> Iterator[str]:
        """What people are told: the latest poll, the next one, and what is wrong."""
        poll = self.last_poll
        if poll is None:
            yield f"Started {moment(self.started_at)}; the first poll is under way."
        else:
            papers = f"{counted(poll.papers, 'paper')}, {poll.new:,} of them new" if poll.papers else "no papers"
            brought = f"Read {counted(poll.lists, 'list')} with {papers}" if poll.lists else "No list could be read"
            yield f"Last poll: {moment(poll.at)}. {brought}."
            yield from self._about_lists(poll)
        yield from self._unusable()
        if self.next_poll:
            yield f"Next poll: {moment(self.next_poll)}."
        for name, trouble in self._troubled():
            yield f"{name.capitalize()}: {trouble}"

    def trouble_of(self, platform: str) -> str:
        """What keeps that platform from hearing people at present; empty if nothing does."""
        serving = self.serving.get(platform)
        return self.platforms.get(platform) or (serving.trouble if serving else "")

    def _unusable(self) -> list[str]:
        """Why the database cannot be used at present, each reason once."""
        return list(dict.fromkeys(self.storage.values()))

    def _about_lists(self, poll: Poll) -> Iterator[str]:
        """Which sources are unreachable, what else went wrong, and whether today's list is empty."""
        outages = [str(outage) for outage in poll.outages]
        yield from outages
        if outages:
            yield "Nothing is lost: what is listed in the meantime comes once it is back."
        if poll.unread:
            yield f"One list could not be read, and is tried again at each poll: {poll.unread[0]}"
        others = [failure for failure in poll.failures if failure not in {*outages, *poll.unread}]
        if others:
            yield f"Not everything could be read: {others[0]}"
        if not poll.went_on:
            since = moment(self.last_good_poll) if self.last_good_poll else "before the service started"
            yield f"Last successful poll: {since}."
        elif self.newest is None or self.newest < poll.at.date():
            weekend = ", as on most weekends" if poll.at.weekday() in WEEKEND else ""
            newest = f"; the latest list with papers is that of {day(self.newest)}" if self.newest else ""
            yield f"Today's list is empty so far{weekend}{newest}."

    def _troubled(self) -> Iterator[tuple[str, str]]:
        """The platforms that have a problem at present, and what it is."""
        yield from ((name, trouble) for name in self.platforms if (trouble := self.trouble_of(name)))
