"""How many papers a digest holds, when the next one is due, and which ones are skipped for lack of papers."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.delivery.digest_schedules import read_stored
from bot.delivery.retry_and_expiry import LONGEST_WISH
from bot.ports.stores import ChannelStore, Moments

AT_ONCE = 1000
"""The most channels whose digests are skipped in one transaction."""


def next_digest(schedule: str, now: datetime) -> datetime:
    """When the next digest after ``now`` is due by a channel's stored schedule.

    If the schedule is no longer understood, because its time zone has left the tz database, that is a day later.
    """
    parsed = read_stored(schedule)
    return parsed.after(now) if parsed else now + timedelta(days=1)


def set_right(moments: Moments, now: datetime, *, was_set: bool) -> int:
    """Bring back what was stored while the clock was ahead; return how many rows that were.

    If it ``was_set`` just now, what waits to be tried again is due: nobody knows how long it has waited.

    Raises:
        StorageError: The database cannot be used.
    """
    digests = {schedule: next_digest(schedule, now) for schedule in moments.schedules()}
    return moments.set_right(now=now, soon=now if was_set else now + LONGEST_WISH, digests=digests)


def skip_empty(channels: ChannelStore, now: datetime) -> None:
    """Move digests that are due, but have no papers, to their next time.

    Raises:
        StorageError: The database cannot be used.
    """
    while due := channels.digests_due(now, limit=AT_ONCE):
        # Many channels share a schedule, and working out its next moment costs more than looking it up.
        moments = {schedule: next_digest(schedule, now) for schedule in {channel.schedule for channel in due}}
        channels.skip_digests({channel.address: moments[channel.schedule] for channel in due}, now=now)
