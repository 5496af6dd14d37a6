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
        """Up to ``limit`` messages on the platform that may be edited and are worth an edit, longest waiting first.

        A message is worth it when one of its papers has reached the counts that readers would notice, or when it is at
        its end and shows other counts than the source. Channels that are paused or quiet are left out.
        """
        ...

    def shown(self, message: Outdated, *, noticed: Mapping[str, Counts], again_at: datetime) -> None:
        """Record that the message shows its `Outdated.counts` now; it is worth an edit again from ``noticed`` on."""
        ...

    def postpone(self, message: Outdated, *, again_at: datetime) -> None:
        """Leave the message as it is until then."""
        ...

    def forget(self, message: Outdated) -> None:
        """Leave the message as it is from now on."""
        ...

    def sweep(self, *, now: datetime) -> int:
        """Forget messages that are past their end and up to date, or past `LAST_EDIT_WITHIN`; return how many."""
        ...
