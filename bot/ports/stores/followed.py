"""Posted messages that are kept up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Counts
from bot.domain.edits import Outdated


class FollowedStore(Protocol):
    """The messages whose counts follow the source's."""

    def outdated(self, platform: str, *, now: datetime, limit: int) -> Sequence[Outdated]:
        """Up to ``limit`` messages on the platform that may be shown anew and are worth it, longest waiting first.

        Those are worth it of which a paper has reached the counts that would be noticed; and those at their end that
        show anything but what the source says. None of a channel that is paused or quiet.
        """
        ...

    def shown(self, message: Outdated, *, noticed: Mapping[str, Counts], again_at: datetime) -> None:
        """Take note that the message shows its `Outdated.counts` now; it is worth it again once ``noticed`` is."""
        ...

    def postpone(self, message: Outdated, *, again_at: datetime) -> None:
        """Let the message be as it is until then."""
        ...

    def forget(self, message: Outdated) -> None:
        """Let the message be as it is for good."""
        ...

    def sweep(self, *, now: datetime) -> int:
        """Forget what has come to its end and shows what the source says, or could not be shown since; say how many."""
        ...
