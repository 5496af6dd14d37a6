"""Which list a paper belongs to, by its record and by what was announced.

A record tells on which day anything of it was last changed, but not what; the feeds tell what was announced, but only
today. Each day's records are read once more when the day has ended, so every paper is met on the last day on which it
was changed: on that day's list, or with the earlier day on which it must have been announced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from adapters.sources.arxiv.announcements import may_announce
from adapters.sources.arxiv.records import Record
from adapters.sources.arxiv.rss import Announced
from bot.domain import Paper

LATE = timedelta(days=5)
"""How much later than at first possible a paper may be announced, for all that records tell: holidays, and papers that
arXiv looks at more closely."""

OLDEST = timedelta(days=30)
"""Papers of earlier lists are left out: what has changed about them is no news."""


def papers_of(
    day: date, records: Iterable[Record], announced: Announced | None, *, awaits_feed: bool
) -> Iterator[Paper]:
    """The papers of a day's records, with the days of their lists.

    Args:
        day: The day on which the records were last changed.
        records: Those of the configured categories.
        announced: What the feeds of that day hold; None without any.
        awaits_feed: Whether the feeds of that day are still to come: until then, only what is new beyond doubt counts.
    """
    for record in records:
        listed = _list_day(day, record, announced, awaits_feed=awaits_feed)
        if listed and day - listed <= OLDEST:
            yield replace(record.paper, list_day=listed)


def _list_day(day: date, record: Record, announced: Announced | None, *, awaits_feed: bool) -> date | None:
    """The day of the paper's list, if it can be known yet."""
    paper, earliest = record.paper, min(record.paper.list_day, day)
    is_first = record.versions == 1
    if announced is not None:
        if paper.id in announced.news:
            return day
        if paper.id in announced.others:
            return min(earliest, day - timedelta(days=1))
        if announced.is_whole:
            return earliest
    elif awaits_feed:
        return day if is_first and earliest == day else None
    return day if is_first and day - earliest <= LATE and may_announce(day) else earliest
