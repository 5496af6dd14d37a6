"""What comes of trying things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of trying one thing.

    Attributes:
        subject: What was tried: "Slack bot token", "slack:C0123456789".
        state: ``ok``, ``warning`` (works, but not all of it) or ``failed``.
        detail: What was found, one line.
        repair: What to do about it; empty when all is well.
    """

    subject: str
    state: Literal["ok", "warning", "failed"]
    detail: str
    repair: str = ""
