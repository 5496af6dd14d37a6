"""An example to learn from: a query that would really have brought papers this month."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.backtest import DAYS, Recent
from bot.advice.vocabulary import is_whole, query_in, vocabulary
from bot.text.figures import counted

ENOUGH, TOO_MANY = 3, 15
"""Papers in a month: with fewer an example disappoints, with more it is about everything."""

WORDS = (2, 3)
"""Words of an example: one may mean anything, four are hard to read."""

TRIED = 20
"""Terms whose papers are counted, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and how many papers it would have brought in the last `DAYS` days; 0 when that is not known."""

    query: str
    papers: int = 0

    @property
    def brought(self) -> str:
        """What it would have brought: "it would have brought 6 papers in the last 30 days"; empty if not known."""
        return f"it would have brought {counted(self.papers, 'paper')} in the last {DAYS} days" if self.papers else ""

    @property
    def invitation(self) -> str:
        """For whoever has not subscribed yet: "Try /subscribe world model: it would have brought 6 papers …"."""
        return f"Try /subscribe {self.query}{f': {self.brought}' if self.brought else ''}."


ALWAYS = Example("reinforcement learning")
"""What is shown while the store has nothing better."""


def example(recent: Recent) -> Example:
    """The keyword most papers are named by that brings neither too few nor too many; else words of titles, `ALWAYS`."""
    known = vocabulary(recent.papers)
    terms = [term for term, written in known.written.items() if len(written.split()) in WORDS and is_whole(term, known)]
    terms.sort(key=lambda term: (term not in known.keywords, -known.named[term], -known.papers[term], term))
    for term in terms[:TRIED]:
        query = query_in(known.written[term])
        papers = len(recent.run(query).papers) if query else 0
        if ENOUGH <= papers <= TOO_MANY:
            return Example(known.written[term], papers)
    return ALWAYS
