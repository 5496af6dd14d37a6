"""Channels: where they are, and whether and when they are posted to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import ChannelClosed, CommandError


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a channel is: its platform's name and its id there, written ``platform:id``.

    A thread that a platform names by its channel and its own id has both, with a slash between them.
    """

    platform: str
    id: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``platform:id``.

        Raises:
            CommandError: ``text`` is not an address.
        """
        platform, colon, identifier = text.strip().partition(":")
        if not (colon and platform.isascii() and platform.isalpha() and platform.islower()) or not re.fullmatch(
            r"[\w.#@-]{1,80}(?:/[\w.-]{1,40})?", identifier
        ):
            raise CommandError(
                f"“{text}” is not a channel.",
                repair="Write it as platform:channel-id, such as slack:C0123456789 or terminal:local.",
            )
        return cls(platform, identifier)

    def __str__(self) -> str:
        """``platform:id``."""
        return f"{self.platform}:{self.id}"


PROBE_EVERY = timedelta(minutes=30)
"""How often a paused channel is tried with its next message."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing can be posted to a channel at present.

    Attributes:
        reason: A clause: "the channel is archived".
        repair: How to fix it, as an imperative clause: "unarchive it".
        since: When it began.
        probe_at: When delivery is tried again, to see whether access is back.
    """

    reason: str
    repair: str
    since: datetime
    probe_at: datetime

    @classmethod
    def of(cls, closed: ChannelClosed, now: datetime) -> Pause:
        """The pause of a channel that turned out to be closed."""
        return cls(closed.reason, closed.repair, since=now, probe_at=now + PROBE_EVERY)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A pause that people asked for.

    Attributes:
        since: When it began.
        until: When it ends; None if it lasts until someone resumes the channel.
        by: Who asked for it, as the platform names them.
    """

    since: datetime
    until: datetime | None
    by: str

    def lasts(self, now: datetime) -> bool:
        """Whether the pause is still in force."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that has, or once had, subscriptions: whether it can be posted to, and when its papers arrive.

    Attributes:
        address: Where it is.
        pause: Why it cannot be posted to; None when it can.
        schedule: When its digests arrive, see `bot.delivery.digest_schedules.Schedule`; empty when papers arrive as
            they are found.
        digest_due: When the next digest is due; None without a schedule.
        quiet: The latest pause that people asked for, unless they ended it.
    """

    address: Address
    pause: Pause | None = None
    schedule: str = ""
    digest_due: datetime | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A paused channel whose subscribers have not been told yet.

    Attributes:
        channel: The channel.
        pause: Why it is paused.
        subscriptions: What it is subscribed to, oldest first: pairs of a query and the platform's id of its author,
            which is empty where it is unknown.
    """

    channel: Address
    pause: Pause
    subscriptions: tuple[tuple[str, str], ...]
