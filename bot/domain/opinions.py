"""What people think of papers that their subscriptions match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody in a channel thinks of a paper that a subscription matches.

    Attributes:
        query: The subscription's.
        paper_id: The paper's id.
        is_liked: Whether it was saved; otherwise less like it was asked for.
        at: When.
    """

    query: str
    paper_id: str
    is_liked: bool
    at: datetime
