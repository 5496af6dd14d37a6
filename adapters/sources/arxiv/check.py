"""What a host can get wrong with arXiv: its addresses, and the categories."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.sources.arxiv.rss import Feed
from adapters.sources.arxiv.source import Arxiv
from bot.domain import Finding
from bot.errors import SourceError, SourceUnreachable
from bot.text.figures import counted, day

RECORDS, FEEDS = "arxiv records", "arxiv feeds"


async def check(source: Arxiv, categories: Sequence[str]) -> list[Finding]:
    """Check the records, and the feed of each category; where arXiv cannot be reached, the rest is not tried."""
    try:
        name = await source.records.identify()
    except SourceError as error:
        return [Finding(RECORDS, "failed", str(error), error.repair)]
    found = [Finding(RECORDS, "ok", f"{name or 'a repository without a name'} answers")]
    for category in categories:
        try:
            feed = await source.feeds.feed([category])
        except SourceUnreachable as error:
            return [*found, Finding(FEEDS, "failed", str(error), error.repair)]
        except SourceError as error:
            found.append(Finding(f"arxiv {category}", "failed", str(error), error.repair))
        else:
            found.append(Finding(f"arxiv {category}", "ok", _in_words(feed)))
    return found


def _in_words(feed: Feed) -> str:
    of_day = f" of {day(feed.day)}" if feed.day else ""
    if not feed.size:
        return f"its feed{of_day} is empty, as on weekends and holidays"
    return f"{counted(len(feed.announced.news), 'new paper')} in its feed{of_day}"
