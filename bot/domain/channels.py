"""Channels: where they are, and whether and when they are posted to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import CommandError


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a channel is: its platform's name and its id there, written ``platform:id``."""

    platform: str
    id: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``platform:id``.

        Raises:
            CommandError: ``text`` is not written so.
        """
        platform, colon, identifier = text.strip().partition(":")
        if not (colon and platform.isascii() and platform.isalpha() and platform.islower()) or not re.fullmatch(
            r"[\w.#@-]{1,80}", identifier
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
"""How often the next message of a paused channel is tried."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing is posted to a channel at present.

    Attributes:
        reason: A clause: "the channel is archived".
        repair: What to do about it.
        since: When it began.
        probe_at: When delivery is tried again, to see whether access is back.
    """

    reason: str
    repair: str
    since: datetime
    probe_at: datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """A pause that people asked for.

    Attributes:
        since: When it began.
        until: When it ends; None: when somebody ends it.
        by: Who asked for it, as the platform names them.
    """

    since: datetime
    until: datetime | None
    by: str

    def lasts(self, now: datetime) -> bool:
        """Whether it has not ended yet."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that somebody subscribed in: whether it can be posted to, and when it wants to be.

    Attributes:
        address: Where it is.
        pause: Why it cannot be posted to; None when it can.
        schedule: When its digests come, see `bot.delivery.digest_schedules.Schedule`; empty when papers come at once.
        digest_due: When the next one does; None when papers come at once.
        quiet: The latest pause that people asked for, unless they ended it.
    """

    address: Address
    pause: Pause | None = None
    schedule: str = ""
    digest_due: datetime | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A channel's pause of which nobody was told yet.

    Attributes:
        channel: The channel.
        pause: Why it is paused.
        subscriptions: What it is subscribed to, oldest first: each query, and the id that the channel's platform knows
            its author by, empty where that is unknown.
    """

    channel: Address
    pause: Pause
    subscriptions: tuple[tuple[str, str], ...]
