"""How many papers a digest holds, when the next one is due, and which are skipped since nothing came for them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.delivery.digest_schedules import Schedule
from bot.errors import CommandError
from bot.ports.stores import ChannelStore

DIGEST_LIMIT = 40
"""Papers that one message holds on every platform; more come as several messages."""


AT_ONCE = 1000
"""Channels whose digest is skipped in one transaction."""

log = logging.getLogger(__name__)


def next_digest(schedule: str, now: datetime) -> datetime:
    """When the digest after ``now`` comes, by a channel's schedule.

    A schedule that is no longer understood, since its zone is gone, goes on a day later.
    """
    try:
        read = Schedule.parse(schedule)
    except CommandError as error:
        log.warning("A stored schedule is no longer understood: %s", error.message)
        read = None
    return read.after(now) if read else now + timedelta(days=1)


def skip_empty(channels: ChannelStore, now: datetime) -> None:
    """Let digests for which nothing came fall due the next time.

    Raises:
        StorageError: The database cannot be used.
    """
    while due := channels.digests_due(now, limit=AT_ONCE):
        moments = {schedule: next_digest(schedule, now) for schedule in {channel.schedule for channel in due}}
        channels.skip_digests({channel.address: moments[channel.schedule] for channel in due}, now=now)
