"""What stands where in a file of subscriptions, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import CommandError

FORMAT = 1

KEYS = {
    "file": ("format", "channels"),
    "channel": ("channel", "schedule", "pause", "subscriptions"),
    "pause": ("by", "since", "until"),
    "subscription": ("query", "created_by", "created_at"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a file: where, what, and perhaps lines for a fixed-width font."""

    where: str
    message: str
    code: str = ""

    def __str__(self) -> str:
        """In lines."""
        return "\n".join([f"{self.where}: {self.message}", *(f"    {line}" for line in self.code.splitlines())])


class WrongFile(CommandError):
    """A file of subscriptions cannot be read; nothing was changed."""

    def __init__(self, wrongs: Sequence[Wrong]) -> None:
        """Say everything that is wrong in it."""
        super().__init__("\n".join(map(str, wrongs)), repair="Nothing was changed.")
        self.wrongs = tuple(wrongs)
