"""Whom to tell that a channel has closed, and telling them: once a pause, in a direct message.

That somebody is told is written down before anything is sent, so a crash or a lost answer may cost the message, and
never sends it twice: the channel's own pause, and what it waits for, do not depend on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.delivery.retry_and_expiry import KEPT_FOR
from bot.domain import Closing
from bot.domain.messages import Entry, Reply
from bot.errors import DeliveryError
from bot.ports.platform import Platform
from bot.ports.stores import ChannelStore
from bot.text.figures import counted
from bot.text.shorten import shorten

QUIET_FOR = timedelta(days=1)
"""How long nobody is told of another pause of the same channel: access may come and go for a while."""

AT_ONCE = 500
"""Channels of which is told together, so that who loses many is told in one message."""

SHOWN = 10
"""Channels that one message names."""

QUERY = 60
"""Characters of a query that are shown: enough to know the channel by it."""

log = logging.getLogger(__name__)


async def tell_of_closings(channels: ChannelStore, platforms: Mapping[str, Platform], now: datetime) -> None:
    """Tell of every pause of which nobody was told yet; what does not arrive is logged, and not tried again.

    Raises:
        StorageError: The database cannot be used; nobody was told.
    """
    closings = await asyncio.to_thread(channels.take_closings, at=now, told_before=now - QUIET_FOR, limit=AT_ONCE)
    of_person: dict[tuple[str, str], list[Closing]] = {}
    for closing in closings:
        if person := whom_to_tell(closing):
            of_person.setdefault((closing.channel.platform, person), []).append(closing)
    for (name, person), theirs in of_person.items():
        if name not in platforms:
            continue
        try:
            await platforms[name].tell(person, said_of(theirs))
        except DeliveryError as error:
            log.info("Whoever subscribed %s could not be told that it is paused: %s", theirs[0].channel, error)
        except Exception:  # whatever a platform's client raises costs this message alone
            log.exception("Telling who subscribed %s ended in an error that nobody foresaw", theirs[0].channel)


def whom_to_tell(closing: Closing) -> str:
    """The id of whoever made the channel's latest subscription, among those known by an id; empty if nobody is."""
    return next((author for _, author in reversed(closing.subscriptions) if author), "")


def said_of(closings: Sequence[Closing]) -> Reply:
    """What one person is told of channels that have closed, one or several."""
    wait = f"New papers wait for {KEPT_FOR.days} days; I go on by myself once I can."
    if len(closings) == 1:
        [closing] = closings
        return Reply(
            f"I can no longer post in {_named(closing)}: {closing.pause.reason}.",
            advice=f"To let me: {closing.pause.repair}. {wait}",
        )
    entries = [
        Entry(f"{_named(each)}: {each.pause.reason}. To let me: {each.pause.repair}.") for each in closings[:SHOWN]
    ]
    if len(closings) > SHOWN:
        entries.append(Entry(f"and {counted(len(closings) - SHOWN, 'more channel')}"))
    return Reply(
        f"I can no longer post in {counted(len(closings), 'channel')} that you subscribed:",
        entries=tuple(entries),
        advice=wait,
    )


def _named(closing: Closing) -> str:
    """The channel, by what it is subscribed to: its id tells people little."""
    (first, _), *others = closing.subscriptions
    more = f" and {counted(len(others), 'more subscription')}" if others else ""
    return f"{closing.channel} (subscribed to {shorten(first, QUERY)}{more})"
