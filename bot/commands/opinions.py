"""What *Less like this* and *Save* say of a paper, remembered for the subscriptions that match it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.desk import Desk
from bot.domain import Address, Paper, Subscription

MOST = 100
"""Opinions that are kept of a subscription, the newest: at two a week they are those of a year, which is also how long
papers are kept unless a host says otherwise. A channel's digest reads all of its own."""


def note_opinion(
    desk: Desk, channel: Address, paper: Paper, subscriptions: Sequence[Subscription], *, is_liked: bool
) -> bool:
    """Remember what somebody in the channel thinks of a paper that these subscriptions match.

    Returns whether there is something to remember: a subscription, and a paper that is stored.

    Raises:
        StorageError: The database cannot be used.
    """
    if not subscriptions:
        return False
    numbers = [subscription.number for subscription in subscriptions]
    return desk.stores.opinions.note(channel, numbers, paper.id, is_liked=is_liked, at=desk.now(), most=MOST)
