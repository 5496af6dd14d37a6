"""How the service is doing: the proof of life for people, and for health checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.poller import Poll
from bot.ports import Platform
from bot.wording import counted, day, moment

LATE = 3
"""A poll is late after so many intervals …"""

LATE_AT_LEAST = timedelta(minutes=15)
"""… but never before this."""


@dataclass(slots=True)
class Status:
    """What a running service knows of itself; written by the service alone.

    Attributes:
        started_at: When the service started.
        interval: Between two polls.
        last_poll: The latest poll that ended.
        last_good_poll: When the latest poll without failures began.
        next_poll: When the next one begins.
        platforms: What each platform was stopped by, by name; empty while it is served.
        serving: The platforms that are served.
        storage: Why the database cannot be used at present, by what was tried; empty while all is well.
    """

    started_at: datetime
    interval: timedelta
    last_poll: Poll | None = None
    last_good_poll: datetime | None = None
    next_poll: datetime | None = None
    platforms: dict[str, str] = field(default_factory=dict)
    serving: dict[str, Platform] = field(default_factory=dict)
    storage: dict[str, str] = field(default_factory=dict)

    def polled(self, poll: Poll) -> None:
        """Take note of a poll that ended."""
        self.last_poll = poll
        if not poll.failures:
            self.last_good_poll = poll.at

    def troubles(self, *, now: datetime) -> list[str]:
        """What keeps papers from arriving, a clause each; empty when the service is well."""
        last_good = self.last_good_poll or self.started_at
        found = self._unusable()
        if now - last_good > max(LATE * self.interval, LATE_AT_LEAST):
            why = self.last_poll.failures[0] if self.last_poll and self.last_poll.failures else "polls do not end"
            found.append(f"no list was read whole since {moment(last_good)}: {why}")
        found += [f"{name}: {trouble}" for name, trouble in self._troubled()]
        return found

    def lines(self) -> Iterator[str]:
        """The polls, in lines for people."""
        poll = self.last_poll
        if poll is None:
            yield f"Started {moment(self.started_at)}; the first poll is under way."
        else:
            yield (
                f"Last poll: {moment(poll.at)}. Read {counted(poll.lists, 'list')} with"
                f" {counted(poll.papers, 'paper')}, {poll.new:,} of them new."
            )
            if poll.failures:
                yield f"It could not read everything: {poll.failures[0]}"
                since = moment(self.last_good_poll) if self.last_good_poll else "the service started"
                yield f"The last time all was well: {since}."
            elif poll.newest and poll.newest < poll.at.date():
                yield f"Today's list is empty so far; the newest one with papers is of {day(poll.newest)}."
        yield from self._unusable()
        if self.next_poll:
            yield f"Next poll: {moment(self.next_poll)}."
        for name, trouble in self._troubled():
            yield f"{name.capitalize()}: {trouble}"

    def _unusable(self) -> list[str]:
        """What is wrong with the database at present, each thing once."""
        return list(dict.fromkeys(self.storage.values()))

    def _troubled(self) -> Iterator[tuple[str, str]]:
        """What is wrong with platforms at present, by name."""
        for name, stopped_by in self.platforms.items():
            serving = self.serving.get(name)
            trouble = stopped_by or (serving.trouble if serving else "")
            if trouble:
                yield name, trouble
