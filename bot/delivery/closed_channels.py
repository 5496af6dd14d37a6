"""Tells the people who subscribed a channel that it has closed: once for each pause, in a direct message.

The store records that a person was told before the message is sent. A crash or a lost answer may therefore cost the
message, but never sends it twice. The channel's pause, and the papers waiting in it, do not depend on it.
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
"""How long nobody is told of another pause of the same channel: access comes and goes while people set permissions."""

AT_ONCE = 500
"""The most pauses that are handled together, so that someone who loses many channels gets one message."""

SHOWN = 10
"""The most channels that one message names."""

QUERY = 60
"""Longest quotation of a query, in characters: enough to recognize the channel by it."""

log = logging.getLogger(__name__)


async def tell_of_closings(channels: ChannelStore, platforms: Mapping[str, Platform], now: datetime) -> None:
    """Tell people of every pause that nobody was told of yet; a message that fails is logged, and not tried again.

    Raises:
        StorageError: The database cannot be used; nobody was told.
    """
    closings = await asyncio.to_thread(channels.take_closings, at=now, told_before=now - QUIET_FOR, limit=AT_ONCE)
    # Ids are unique only within a platform.
    of_person: dict[tuple[str, str], list[Closing]] = {}
    for closing in closings:
        if person := whom_to_tell(closing):
            of_person.setdefault((closing.channel.platform, person), []).append(closing)
    for (name, person), theirs in of_person.items():
        if name not in platforms:  # it was turned off in the configuration since
            continue
        try:
            await platforms[name].tell(person, closing_message(theirs))
        except DeliveryError as error:
            log.info("Could not tell the subscriber of %s that it is paused: %s", theirs[0].channel, error)
        except Exception:  # whatever a platform's client raises costs this message alone
            log.exception("Unexpected error while telling the subscriber of %s that it is paused", theirs[0].channel)


def whom_to_tell(closing: Closing) -> str:
    """The id of the person who added the channel's latest subscription; empty if no id is known.

    Subscriptions without an id, such as imported ones, are passed over.
    """
    return next((author for _, author in reversed(closing.subscriptions) if author), "")


def closing_message(closings: Sequence[Closing]) -> Reply:
    """The message to one person about one or more channels that have closed."""
    wait = f"New papers wait for {KEPT_FOR.days} days, and posting resumes by itself."
    if len(closings) == 1:
        [closing] = closings
        return Reply(
            f"I can no longer post in {_description(closing)}: {closing.pause.reason}.",
            advice=f"To fix this, {closing.pause.repair}. {wait}",
        )
    entries = [
        Entry(f"{_description(closing)}: {closing.pause.reason}. To fix this, {closing.pause.repair}.")
        for closing in closings[:SHOWN]
    ]
    if len(closings) > SHOWN:
        entries.append(Entry(f"and {counted(len(closings) - SHOWN, 'more channel')}"))
    return Reply(
        f"I can no longer post in {counted(len(closings), 'channel')} where you subscribed:",
        entries=tuple(entries),
        advice=wait,
    )


def _description(closing: Closing) -> str:
    """The channel with what it is subscribed to, since people do not know its id."""
    (first, _), *others = closing.subscriptions
    more = f" and {len(others):,} more" if others else ""
    return f"{closing.channel} (subscribed to {shorten(first, QUERY)}{more})"
