"""Results of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one thing.

    Attributes:
        subject: What was checked: "Slack bot token", "slack:C0123456789".
        state: ``ok``, ``warning`` (works, but not all of it) or ``failed``.
        detail: What was found, in one line.
        repair: How to fix it; empty if nothing is wrong.
    """

    subject: str
    state: Literal["ok", "warning", "failed"]
    detail: str
    repair: str = ""
