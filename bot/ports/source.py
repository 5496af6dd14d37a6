"""What the core needs from a source: the papers of a day."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.domain import PaperList


class PaperSource(Protocol):
    """A service that lists papers by day."""

    name: str
    """Its key in the configuration, such as ``huggingface``."""

    async def fetch(self, day: date) -> PaperList:
        """Read the whole list for ``day``; a day without papers is an empty list.

        Every paper's ``list_day`` is ``day``. A record that cannot be understood is added to ``skipped``, and the rest
        of the list is read.

        Raises:
            NotYetListed: The source has no list for ``day`` yet.
            SourceUnreachable: It gives no lists at present, so there is no point in asking for others now.
            SourceError: The list could not be read completely.
        """
        ...

    async def aclose(self) -> None:
        """Close connections; no method may be called afterwards."""
        ...
