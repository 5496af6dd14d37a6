"""Papers that people saved to a channel's reading list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.papers import Paper


@dataclass(frozen=True, slots=True)
class Saver:
    """Somebody who saved a paper.

    Attributes:
        person: The platform's id of the person; their name where it gives none.
        name: What the platform called them then.
        at: When they saved it.
    """

    person: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper on a channel's reading list, as it was when it was saved last, and who saved it, earliest first."""

    paper: Paper
    savers: tuple[Saver, ...]
