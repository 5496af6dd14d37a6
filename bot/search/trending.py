"""Which papers gain votes fastest, from what was seen of their votes.

A paper begins with no votes when its list day does. Between two sightings its votes are taken to come evenly, also
before the first: a paper that was first seen with 80 votes after two days is not taken for one that got them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain import Paper, Sighting
from bot.domain.times import start_of

SPAN = timedelta(hours=24)
"""The time in which votes are counted: a whole day, so that no part of the world is asleep."""

SHORTEST = timedelta(hours=6)
"""A younger paper counts as this old: three votes in its first ten minutes are no trend."""


@dataclass(frozen=True, slots=True)
class Rise:
    """Votes that a paper gained lately.

    Attributes:
        paper: Which.
        votes: How many; 1 or more.
        span: In which time: `SPAN`, or since its list day began.
    """

    paper: Paper
    votes: int
    span: timedelta

    @property
    def an_hour(self) -> float:
        """Votes an hour."""
        return self.votes / (max(self.span, SHORTEST) / timedelta(hours=1))

    @property
    def in_words(self) -> str:
        """Such as "+31 votes in 12 hours"."""
        hours = max(1, round(self.span / timedelta(hours=1)))
        return f"+{self.votes:,} vote{'s' * (self.votes != 1)} in {hours} hour{'s' * (hours != 1)}"


def rising(papers: Iterable[Paper], seen: Mapping[str, Sequence[Sighting]], *, now: datetime) -> list[Rise]:
    """The papers that gained votes in the last `SPAN`, fastest first; among alike, those with the most votes.

    Args:
        papers: Those that are looked at.
        seen: What was seen of each paper's votes, by its id, earliest first; papers may be missing.
        now: The end of the time that counts.
    """
    found = [_rise(paper, seen.get(paper.id, ()), now) for paper in papers]
    return sorted((each for each in found if each.votes > 0), key=lambda each: (-each.an_hour, -each.paper.upvotes))


def _rise(paper: Paper, seen: Sequence[Sighting], now: datetime) -> Rise:
    earliest = min((each.at for each in seen), default=now)
    begun = min(start_of(paper.list_day), earliest)
    since = max(now - SPAN, begun)
    known = [Sighting(begun, 0), *(each for each in seen if each.at < now), Sighting(now, paper.upvotes)]
    return Rise(paper, round(paper.upvotes - _votes_at(since, known)), now - since)


def _votes_at(moment: datetime, known: Sequence[Sighting]) -> float:
    """How many votes there were then, as far as sightings before and after tell."""
    for before, after in pairwise(known):
        if before.at <= moment < after.at:
            share = (moment - before.at) / (after.at - before.at)
            return before.upvotes + share * (after.upvotes - before.upvotes)
    return known[-1].upvotes
