"""The bundled sample feed: invented papers of today and the two days before, for ``paperwire demo``."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import resources

from adapters.sources.huggingface.payload import read_list
from bot.domain import Paper, PaperList
from bot.ports.source import Rhythm

BASE_URL = "https://papers.example"

DAYS = 3
"""Days with papers, up to today."""


class Sample:
    """See `PaperSource`."""

    name = "sample"
    rhythm = Rhythm()

    def __init__(self, today: date) -> None:
        """Read the feed.

        Args:
            today: The day of the latest list.
        """
        self._today = today
        self._feed = json.loads(
            resources.files("adapters.sources").joinpath("sample_feed.json").read_text(encoding="utf-8")
        )

    async def fetch(self, day: date) -> PaperList:
        """The list of ``day``; see `PaperSource.fetch`."""
        published = {"publishedAt": f"{(day - timedelta(days=1)).isoformat()}T00:00:00.000Z"}
        items = [
            entry["item"] | {"paper": entry["item"]["paper"] | published}
            for entry in self._feed
            if self._today - timedelta(days=entry["days_ago"]) == day
        ]
        return read_list(items, day=day, base_url=BASE_URL)

    async def paper(self, paper_id: str) -> Paper | None:
        """The paper of the feed with that id; see `PaperSource.paper`."""
        days_ago = {entry["item"]["paper"]["id"]: entry["days_ago"] for entry in self._feed}
        if paper_id not in days_ago:
            return None
        papers = await self.fetch(self._today - timedelta(days=days_ago[paper_id]))
        return next(paper for paper in papers.papers if paper.id == paper_id)

    async def aclose(self) -> None:
        """Nothing to close."""
