"""What people think of papers, subscription by subscription."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Address, Opinion


class OpinionStore(Protocol):
    """One opinion of each paper for each subscription: the newest.

    It goes with its subscription when that is removed, and with its paper when that is forgotten.
    """

    def note(
        self, channel: Address, numbers: Collection[int], paper_id: str, *, is_liked: bool, at: datetime, most: int
    ) -> bool:
        """Note an opinion of the paper for these of the channel's subscriptions; return whether that could be done.

        It cannot without any of these subscriptions, nor of a paper that is not stored. Of each subscription the
        ``most`` newest opinions stay.
        """
        ...

    def take_back(self, channel: Address, paper_id: str) -> None:
        """Forget that the paper was liked in the channel; what was not liked stays."""
        ...

    def of(self, channel: Address) -> Sequence[Opinion]:
        """Every opinion in the channel, oldest first."""
        ...
