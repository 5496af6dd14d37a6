"""The channels that are known: their state, schedules and pauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Address, Channel, Closing, Pause, Quiet


class ChannelStore(Protocol):
    """The channels that are known."""

    def get(self, address: Address) -> Channel | None:
        """The channel; None where nobody ever subscribed in it."""
        ...

    def all(self) -> Sequence[Channel]:
        """Every channel, by address."""
        ...

    def paused(self) -> Mapping[str, int]:
        """How many channels of each platform are paused; platforms without any may be missing."""
        ...

    def pause(self, address: Address, pause: Pause, *, is_told: bool = False) -> None:
        """Pause the channel, if it is known; what waits is due when it is probed. The first pause's start is kept.

        With ``is_told`` people know of it already, and are not notified again.
        """
        ...

    def take_closings(self, *, at: datetime, told_before: datetime, limit: int) -> Sequence[Closing]:
        """Return up to ``limit`` pauses that people should be notified of, and record that they were at ``at``.

        Each pause is returned at most once, and none of a channel that had a notification at ``told_before`` or later.
        """
        ...

    def resume(self, address: Address) -> None:
        """End the channel's pause, if it has one; what waited is due at once."""
        ...

    def set_schedule(
        self,
        address: Address,
        schedule: str,
        digest_due: datetime | None,
        *,
        at: datetime,
        even_if_empty: bool = False,
        top: int | None = None,
    ) -> bool:
        """Set the channel's schedule, with the first digest at ``digest_due``; an empty schedule means at once.

        Return whether it had another one: of two people who set the same at once, one has changed it.

        From ``at`` on it applies to what is waiting, too. With ``even_if_empty``, digests without papers are posted as
        well. With ``top``, a digest is one message that shows so many papers and offers the rest. An unknown channel
        becomes known.
        """
        ...

    def hold_digests(self, until: datetime) -> None:
        """Let digests that are due until then wait until then, or until `release_digests`; not one that has begun."""
        ...

    def release_digests(self, now: datetime) -> None:
        """Let digests that are due now and were held come."""
        ...

    def digests_due(self, now: datetime, *, limit: int) -> Sequence[Channel]:
        """Up to ``limit`` channels whose digest is due and empty, and that do not want an empty one."""
        ...

    def skip_digests(self, moments: Mapping[Address, datetime], *, now: datetime) -> None:
        """Set when the next digest is due, in those of these channels that `digests_due` would still return."""
        ...

    def quieten(self, address: Address, quiet: Quiet) -> bool:
        """Hold back everything in the channel while ``quiet`` lasts. An unknown channel becomes known.

        Return whether that changes something: not if it is quiet already, until the same time give or take a minute.
        """
        ...

    def wake_up(self, address: Address, at: datetime) -> bool:
        """End the channel's quiet; what waited is due at ``at``, or with its digest if that is later.

        Return whether there was a quiet to end.
        """
        ...

    def greet(self, address: Address) -> bool:
        """Record that the channel is greeted; return whether it is the first time. An unknown channel becomes known."""
        ...
