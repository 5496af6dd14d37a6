"""How the service is doing: the proof of life for people, and for health checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.polls import Poll
from bot.ports.platform import Platform
from bot.text.figures import counted, day, moment

LATE = 3
"""A poll is late after so many intervals …"""

LATE_AT_LEAST = timedelta(minutes=15)
"""… but never before this."""

WEEKEND = {5, 6}
"""Saturday and Sunday, on which hardly any paper is listed."""


@dataclass(slots=True)
class Status:
    """What a running service knows of itself; written by the service alone.

    Attributes:
        started_at: When the service started.
        interval: Between two polls.
        last_poll: The latest poll that ended.
        last_good_poll: When the latest poll began in which nothing failed but single lists.
        newest: The latest day whose list had papers, as far as polls have seen.
        next_poll: When the next one begins.
        platforms: What each platform was stopped by, by name; empty while it is served.
        serving: The platforms that are served.
        storage: Why the database cannot be used at present, by what was tried; empty while all is well.
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
        """Take note of a poll that ended."""
        self.last_poll = poll
        if poll.newest:
            self.newest = max(poll.newest, self.newest or poll.newest)
        if poll.went_on:
            self.last_good_poll = poll.at

    def troubles(self, *, now: datetime) -> list[str]:
        """What keeps papers from arriving, a clause each; empty when the service is well."""
        last_good = self.last_good_poll or self.started_at
        found = self._unusable()
        if now - last_good > max(LATE * self.interval, LATE_AT_LEAST):
            poll = self.last_poll
            why = poll.failures[0] if poll and poll.failures else "polls do not end"
            outages = [str(each) for each in poll.outages] if poll else []
            found += outages or [f"no list was read whole since {moment(last_good)}: {why}"]
        found += [f"{name}: {trouble}" for name, trouble in self._troubled()]
        return found

    def lines(self) -> Iterator[str]:
        """The polls, in lines for people."""
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

    def _unusable(self) -> list[str]:
        """What is wrong with the database at present, each thing once."""
        return list(dict.fromkeys(self.storage.values()))

    def _about_lists(self, poll: Poll) -> Iterator[str]:
        """What became of the lists: which source is out of reach, what else went wrong, whether today's is empty."""
        outages = [str(each) for each in poll.outages]
        yield from outages
        if outages:
            yield "Nothing is lost: what is listed meanwhile comes when it is back."
        if poll.unread:
            yield f"A list did not come, and is asked for again at each poll: {poll.unread[0]}"
        grave = [failure for failure in poll.failures if failure not in {*outages, *poll.unread}]
        if grave:
            yield f"It could not read everything: {grave[0]}"
        if not poll.went_on:
            since = moment(self.last_good_poll) if self.last_good_poll else "before the service started"
            yield f"The last time all was well: {since}."
        elif self.newest is None or self.newest < poll.at.date():
            weekend = ", as on most weekends" if poll.at.weekday() in WEEKEND else ""
            newest = f"; the newest one with papers is of {day(self.newest)}" if self.newest else ""
            yield f"Today's list is empty so far{weekend}{newest}."

    def _troubled(self) -> Iterator[tuple[str, str]]:
        """What is wrong with platforms at present, by name."""
        for name, stopped_by in self.platforms.items():
            serving = self.serving.get(name)
            trouble = stopped_by or (serving.trouble if serving else "")
            if trouble:
                yield name, trouble
