"""Writes a file of subscriptions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from bot.delivery.digest_schedules import INSTANT
from bot.domain import Address, Channel, Quiet, Subscription
from bot.subscription_file.format import FORMAT

HEADER = f"""\
# Subscriptions of Paperwire. `paperwire subscriptions import` reads this file: it adds what is missing, sets
# schedules and pauses as they are here, and removes nothing.
format = {FORMAT}
"""


def written(channels: Iterable[Channel], subscriptions: Iterable[Subscription], *, now: datetime) -> str:
    """The file's text: every channel that has a subscription, a schedule, or a pause that has not ended."""
    by_channel: dict[Address, list[Subscription]] = {}
    for subscription in subscriptions:
        by_channel.setdefault(subscription.channel, []).append(subscription)
    tables = []
    for channel in channels:
        quiet = channel.quiet if channel.quiet and channel.quiet.lasts(now) else None
        subscribed = by_channel.get(channel.address, [])
        if subscribed or channel.schedule or quiet:
            tables.append("\n".join(_channel(channel, quiet, subscribed)))
    return "\n".join([HEADER, *tables])


def _channel(channel: Channel, quiet: Quiet | None, subscriptions: Sequence[Subscription]) -> Iterator[str]:
    yield "[[channels]]"
    yield f"channel = {_text(str(channel.address))}"
    yield f"schedule = {_text(channel.schedule or INSTANT)}"
    if quiet:
        until = f", until = {_in_toml(quiet.until)}" if quiet.until else ""
        yield f"pause = {{ by = {_text(quiet.by)}, since = {_in_toml(quiet.since)}{until} }}"
    yield ""
    for subscription in subscriptions:
        yield "[[channels.subscriptions]]"
        yield f"query = {_text(subscription.query)}"
        yield f"created_by = {_text(subscription.created_by)}"
        yield f"created_at = {_in_toml(subscription.created_at)}"
        if subscription.paused_at:
            yield "paused = true"
            yield f"paused_by = {_text(subscription.paused_by)}"
            yield f"paused_at = {_in_toml(subscription.paused_at)}"
        yield ""


def _text(value: str) -> str:
    """A basic string of TOML (https://toml.io/en/v1.0.0#string): JSON's escapes, and one more."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _in_toml(when: datetime) -> str:
    """A moment in TOML."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
