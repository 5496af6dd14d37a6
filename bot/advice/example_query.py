"""An example to learn from: a query that would have brought papers this month."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.backtest import DAYS, Recent
from bot.advice.offers import tried
from bot.advice.vocabulary import is_whole, term_query, vocabulary_of
from bot.text.figures import counted
from bot.text.rich import Rich, code, rich

ENOUGH, TOO_MANY = 3, 15
"""Papers in a month: with fewer an example disappoints, with more it is about everything."""

WORDS = (2, 3)
"""Words of an example: a single one may mean anything, four are hard to read."""

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
    vocabulary = vocabulary_of(recent.papers)
    terms = [
        term
        for term, spelling in vocabulary.spelling.items()
        if len(spelling.split()) in WORDS and is_whole(term, vocabulary)
    ]
    terms.sort(
        key=lambda term: (term not in vocabulary.keywords, -vocabulary.naming[term], -vocabulary.papers[term], term)
    )
    for term in terms[:TRIED]:
        query = term_query(vocabulary.spelling[term])
        brings = tried(recent, query, most=TOO_MANY / DAYS) if query else None
        papers = brings.count if brings else 0
        if ENOUGH <= papers <= TOO_MANY:
            return Example(vocabulary.spelling[term], papers)
    return ALWAYS
