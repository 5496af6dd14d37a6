"""What the core needs from a source: the papers of a day, and one paper by its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.domain import Paper, PaperList


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a source's lists grow, which decides how often they are read.

    Attributes:
        read_every: How much time passes at least between two readings of a list on its day; nothing: at every poll.
        again_after: How long after the end of its day a list is read again, once each; None: at every poll, for as long
            as ``poll.lookback_days`` says.
        counts_grow: Whether votes and comments of papers on complete lists go on growing.
    """

    read_every: timedelta = timedelta()
    again_after: tuple[timedelta, ...] | None = None
    counts_grow: bool = True


class PaperSource(Protocol):
    """A service that lists papers by day, and may know others that were never on a list."""

    name: str
    """Its key in the configuration, such as ``huggingface``."""

    rhythm: Rhythm
    """How its lists grow."""

    async def fetch(self, day: date) -> PaperList:
        """Read the whole list for ``day``; a day without papers is an empty list.

        Every paper's ``list_day`` is ``day``, or the earlier day on whose list it must have been, as far as that can be
        told by now: such a paper was changed on ``day``, and is new only to a store that has missed it. A record that
        cannot be understood is added to ``skipped``, and the rest of the list is read.

        Raises:
            NotYetListed: The source has no list for ``day`` yet.
            SourceUnreachable: It gives no lists at present, so there is no point in asking for others now.
            SourceError: The list could not be read completely.
        """
        ...

    async def paper(self, paper_id: str) -> Paper | None:
        """Look up a paper by its id, while somebody waits for it; None if the source does not know it.

        It may never have been on a list: its ``list_day`` is the day that the source gives for it, else the day on
        which it was published.

        Raises:
            SourceUnreachable: It does not answer, or not in time, so there is no point in asking it again now.
            SourceError: It could not be read.
        """
        ...

    async def aclose(self) -> None:
        """Close connections; no method may be called afterwards."""
        ...
