"""Papers that gain votes fastest, by the votes that were seen over time.

A paper starts with no votes at the beginning of its list day. Between two sightings its votes are assumed to come
evenly, also before the first: a paper that is first seen with 80 votes after two days did not get them all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain import Sighting, Voted
from bot.domain.times import start_of
from bot.text.figures import counted

SPAN = timedelta(hours=24)
"""The time over which votes are counted: a whole day has the waking hours of every part of the world."""

YOUNGEST = timedelta(hours=6)
"""A younger paper counts as this old: three votes in its first ten minutes are not a trend."""


@dataclass(frozen=True, slots=True)
class VoteGain:
    """Votes that a paper gained recently.

    Attributes:
        paper: The paper, and its votes.
        votes: How many votes; 1 or more.
        span: The time in which it gained them: `SPAN`, or since the beginning of its list day.
    """

    paper: Voted
    votes: int
    span: timedelta

    @property
    def per_hour(self) -> float:
        """Votes per hour."""
        return self.votes / (max(self.span, YOUNGEST) / timedelta(hours=1))

    @property
    def in_words(self) -> str:
        """The gain as people read it: "+31 votes in 12 hours"."""
        hours = max(1, round(self.span / timedelta(hours=1)))
        return f"+{counted(self.votes, 'vote')} in {counted(hours, 'hour')}"


def rising(papers: Iterable[Voted], seen: Mapping[str, Sequence[Sighting]], *, now: datetime) -> list[VoteGain]:
    """The papers that gained votes in the last `SPAN`, fastest first; of equally fast ones, those with the most votes.

    Args:
        papers: The papers to compare.
        seen: The sightings of each paper's votes, by its id, earliest first; papers may be missing.
        now: The end of the time over which votes are counted.
    """
    gains = [_gain(paper, seen.get(paper.id, ()), now) for paper in papers]
    return sorted((gain for gain in gains if gain.votes > 0), key=lambda gain: (-gain.per_hour, -gain.paper.upvotes))


def _gain(paper: Voted, seen: Sequence[Sighting], now: datetime) -> VoteGain:
    earliest = min((sighting.at for sighting in seen), default=now)
    # A paper may be seen before its list day begins in UTC.
    begun = min(start_of(paper.list_day), earliest)
    since = max(now - SPAN, begun)
    known = [Sighting(begun, 0), *(sighting for sighting in seen if sighting.at < now), Sighting(now, paper.upvotes)]
    return VoteGain(paper, round(paper.upvotes - _votes_at(since, known)), now - since)


def _votes_at(moment: datetime, known: Sequence[Sighting]) -> float:
    """How many votes there were at a moment, between the sightings before and after it."""
    for before, after in pairwise(known):
        if before.at <= moment < after.at:
            share = (moment - before.at) / (after.at - before.at)
            return before.upvotes + share * (after.upvotes - before.upvotes)
    return known[-1].upvotes
