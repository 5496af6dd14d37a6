"""What the core asks of a source: the papers of a day."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.domain import PaperList


class PaperSource(Protocol):
    """Somewhere that lists papers by day."""

    name: str
    """Its key in the configuration, such as ``huggingface``."""

    async def fetch(self, day: date) -> PaperList:
        """Read the whole list of ``day``; a day without papers is an empty list.

        Every paper's ``list_day`` is ``day``. A record that makes no sense is among ``skipped`` and costs only itself.

        Raises:
            NotYetListed: The source does not know the list of ``day`` yet.
            SourceUnreachable: It gives no list at present, so that asking for others now is no use.
            SourceError: The list could not be read whole.
        """
        ...

    async def aclose(self) -> None:
        """Let go of connections; nothing may be called afterwards."""
        ...
