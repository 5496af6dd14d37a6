"""What the core asks of the channels that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import (
    Address,
    Channel,
    Closing,
    Pause,
    Quiet,
)


class ChannelStore(Protocol):
    """The channels that are known."""

    def get(self, address: Address) -> Channel | None:
        """The channel, if somebody ever subscribed in it."""
        ...

    def all(self) -> Sequence[Channel]:
        """Every channel, by address."""
        ...

    def paused(self) -> Mapping[str, int]:
        """How many channels of each platform are paused; platforms without any may be missing."""
        ...

    def pause(self, address: Address, pause: Pause, *, is_told: bool = False) -> None:
        """Pause the channel, if it is known; what waits is due when it is probed. The first pause's start is kept.

        With ``is_told`` whoever is to be told of it knows.
        """
        ...

    def take_closings(self, *, at: datetime, told_before: datetime, limit: int) -> Sequence[Closing]:
        """Take note that the pauses of up to ``limit`` channels are told at ``at``, and give those to be told.

        Each pause is given once at most, and none of a channel of which one was told at ``told_before`` or later.
        """
        ...

    def resume(self, address: Address) -> None:
        """End the channel's pause, if it has one; what waited is due at once."""
        ...

    def set_schedule(
        self, address: Address, schedule: str, digest_due: datetime | None, *, at: datetime, even_if_empty: bool = False
    ) -> None:
        """Let the channel's papers come by this schedule, first at ``digest_due``; an empty one is at once.

        From ``at`` on that goes for what waits too. With ``even_if_empty`` digests without papers come as well. An
        unknown channel becomes known.
        """
        ...

    def digests_due(self, now: datetime, *, limit: int) -> Sequence[Channel]:
        """Up to ``limit`` channels whose digest is due, but nothing waits for it, nor is an empty one wanted."""
        ...

    def skip_digests(self, moments: Mapping[Address, datetime], *, now: datetime) -> None:
        """Let the next digests come at these moments in channels that `digests_due` would still give."""
        ...

    def quieten(self, address: Address, quiet: Quiet) -> None:
        """Let nothing be due in the channel while ``quiet`` lasts. An unknown channel becomes known."""
        ...

    def wake_up(self, address: Address, at: datetime) -> None:
        """End the quiet, if it is quiet; what waited is due at ``at``, or with its digest if that is later."""
        ...

    def greet(self, address: Address) -> bool:
        """Take note that the channel is greeted; say whether it never was before. An unknown channel becomes known."""
        ...
