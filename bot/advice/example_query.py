"""An example to learn from: a query that would have brought papers this month."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.backtest import DAYS, Recent
from bot.advice.offers import term_query, tried
from bot.advice.vocabulary import whole_terms
from bot.text.figures import counted
from bot.text.rich import Rich, code, rich

ENOUGH, TOO_MANY = 3, 15
"""Papers in a month: with fewer an example disappoints, with more it is about everything."""

WORDS = (2, 3)
"""Words of an example: a single one may mean anything, four are hard to read."""

READ = 2_000
"""Terms that are read, the most frequent first."""

TRIED = 20
"""Terms whose papers are counted, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and how many papers it would have brought in the last `DAYS` days; 0 if unknown."""

    query: str
    papers: int = 0

    @property
    def brought(self) -> str:
        """What it would have brought: "it would have brought 6 papers in the last 30 days"; empty if unknown."""
        return f"it would have brought {counted(self.papers, 'paper')} in the last {DAYS} days" if self.papers else ""

    @property
    def command(self) -> str:
        """What to type to subscribe to it: ``/subscribe world model``."""
        return f"/subscribe {self.query}"

    @property
    def invitation(self) -> Rich:
        """For people who have not subscribed yet: "Try /subscribe world model: it would have brought 6 papers …"."""
        return rich("Try ", code(self.command), f": {self.brought}." if self.brought else "")


ALWAYS = Example("reinforcement learning")
"""The example while the store has nothing better."""


def example(recent: Recent) -> Example:
    """The most frequent keyword that brings a good number of papers; failing that, a term of titles, or `ALWAYS`."""
    named = recent.vocabulary.frequent(most=TOO_MANY, limit=READ)
    terms = [
        term
        for term in whole_terms({term: counts.naming for term, counts in named.items()})
        if len(named[term].spelling.split()) in WORDS
    ]
    terms.sort(key=lambda term: (not named[term].keywords, -named[term].naming, term))
    for term in terms[:TRIED]:
        query = term_query(named[term].spelling)
        brings = tried(recent, query, most=TOO_MANY / DAYS) if query else None
        papers = brings.count if brings else 0
        if ENOUGH <= papers <= TOO_MANY:
            return Example(named[term].spelling, papers)
    return ALWAYS
