"""What a form starts from that makes a subscription, or edits one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.digest_schedules import read_stored
from bot.domain.commands import Invocation
from bot.domain.messages import Draft
from bot.ports.stores import Stores


def draft_for(stores: Stores, invocation: Invocation, *, zone: str, likely: Sequence[str]) -> Draft:
    """The form's beginning: the subscription whose number is the invocation's text, or a new one.

    Args:
        stores: The subscriptions and schedules.
        invocation: Who opens the form, and where.
        zone: The person's time zone.
        likely: Zones that are likely for the person.

    Raises:
        StorageError: The database cannot be used.
    """
    wanted = invocation.text.strip()
    subscriptions = stores.subscriptions.of(invocation.channel)
    edited = next((one for one in subscriptions if str(one.number) == wanted), None)
    channel = stores.channels.get(invocation.channel)
    schedule = read_stored(channel.schedule) if channel and channel.schedule else None
    chosen = schedule.zone if schedule else zone
    others = tuple(one for one in dict.fromkeys((zone, *likely)) if one != chosen)
    draft = Draft(edited.number if edited else 0, edited.query if edited else "", zone=chosen, zones=others)
    if schedule is None:
        return draft
    return replace(draft, schedule=schedule.days, at=f"{schedule.at:%H:%M}", ending=schedule.ending)
