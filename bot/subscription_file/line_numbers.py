"""Where the tables of a file of subscriptions are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HEADINGS = re.compile(r"^[ \t]*\[\[[ \t]*(channels(?:\.subscriptions)?)[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lines:
    """In which lines the tables begin; empty when that is not certain."""

    channels: tuple[int, ...] = ()
    subscriptions: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def of(cls, text: str, file: Mapping[str, Any]) -> Lines:
        """Find the headings; text that only looks like them makes their numbers wrong."""
        channels: list[int] = []
        subscriptions: list[list[int]] = []
        for found in HEADINGS.finditer(text):
            line = text.count("\n", 0, found.start(1)) + 1
            if found[1] == "channels":
                channels.append(line)
                subscriptions.append([])
            elif subscriptions:
                subscriptions[-1].append(line)
        tables = file.get("channels")
        if not isinstance(tables, list):
            return cls()
        counts = [_length(each.get("subscriptions")) if isinstance(each, dict) else 0 for each in tables]
        if [len(each) for each in subscriptions] != counts:
            return cls()
        return cls(tuple(channels), tuple(map(tuple, subscriptions)))

    def channel(self, number: int) -> str:
        """Where a channel's table is."""
        return f"Line {self.channels[number]}, channel {number + 1}" if self.channels else f"Channel {number + 1}"

    def subscription(self, channel: int, number: int) -> str:
        """Where a subscription's table is."""
        where = f"subscription {number + 1} of channel {channel + 1}"
        return f"Line {self.subscriptions[channel][number]}, {where}" if self.channels else where.capitalize()


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0
