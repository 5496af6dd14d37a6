"""What happens to channels: the bot joins one, one gets another address, one can no longer be posted to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.advice.example_query import Example
from bot.commands.paused import paused_in_words
from bot.domain import Address, Pause, Subscription
from bot.domain.messages import Button, Entry, Reply
from bot.errors import ChannelClosed, NoSubscription, SameChannel, StorageError
from bot.ports.stores import Stores
from bot.text.rich import bold, code, rich

NO_LIMIT = 1_000_000
"""Subscriptions that a channel may have after it got another address."""

HELP = rich(code("/papers help"), " shows everything I can do.")

log = logging.getLogger(__name__)


def greeting(example: Example) -> Reply:
    """The message to a channel that the bot has just joined for the first time."""
    return Reply(
        "Hello! I'm Paperwire. I post new research papers that match this channel's subscriptions."
        " Tell me what to follow, for example:",
        entries=(
            Entry(
                code(example.command),
                (Button("Try it", "papers", f"try {example.query}"),),
                f"{example.brought[:1].upper()}{example.brought[1:]}",
            ),
        ),
        advice=HELP,
    )


def greeting_where_subscribed(subscriptions: Sequence[Subscription]) -> Reply:
    """The message to a channel that the bot has just joined for the first time, but that has subscriptions."""
    listed = tuple(
        Entry(rich(f"{one.number}. ", bold(one.query)), detail=paused_in_words(one)) for one in subscriptions
    )
    return Reply(
        "Hello! I'm Paperwire. This channel is already subscribed, so I post new papers that match:",
        entries=listed,
        advice=rich(code("/subscriptions"), " says who subscribed, and what each brings. ", HELP),
    )


class ChannelEvents:
    """Records what happened to channels, and greets those that the bot has joined."""

    def __init__(
        self, stores: Stores, now: Callable[[], datetime], example: Callable[[], Example], changed: Callable[[], None]
    ) -> None:
        """Prepare; ``example`` makes a query to greet with, and ``changed`` is called after something changed."""
        self._stores = stores
        self._now = now
        self._example = example
        self._changed = changed

    def joined(self, channel: Address) -> Reply | None:
        """Resume the channel, and greet it once; see `FrontDesk.joined`."""
        try:
            self._stores.channels.resume(channel)
            # Platforms report a channel again after every invitation or reconnection, but one greeting is enough.
            welcome = self._welcome(channel) if self._stores.channels.greet(channel) else None
        except StorageError as error:
            log.error("Could not record that %s is open: %s", channel, error)  # noqa: TRY400 - a line says it all
            return None
        self._changed()
        return welcome

    def _welcome(self, channel: Address) -> Reply:
        subscriptions = self._stores.subscriptions.of(channel)
        return greeting_where_subscribed(subscriptions) if subscriptions else greeting(self._example())

    def moved(self, source: Address, target: Address) -> None:
        """Let subscriptions, and what waits for them, follow the channel; see `FrontDesk.moved`."""
        try:
            # Somebody may have subscribed at the new address already: nothing of either is lost by a limit.
            self._stores.subscriptions.move(source, target, at=self._now(), limit=NO_LIMIT)
            self._stores.channels.greet(target)
        except (NoSubscription, SameChannel):
            return
        except StorageError as error:
            log.error("Could not record that %s is now %s: %s", source, target, error)  # noqa: TRY400 - a line says it all
            return
        log.info("%s is now %s; its subscriptions went along", source, target)
        self._changed()

    def left(self, channel: Address, closed: ChannelClosed, *, is_told: bool) -> None:
        """Pause the channel; see `FrontDesk.left`."""
        try:
            self._stores.channels.pause(channel, Pause.of(closed, self._now()), is_told=is_told)
        except StorageError as error:
            log.error("Could not record that %s is closed: %s", channel, error)  # noqa: TRY400 - a line says it all
        else:
            log.warning("%s is paused: %s. To fix this, %s", channel, closed.reason, closed.repair)
