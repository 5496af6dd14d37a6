"""What a query would have brought: it is run over the papers of the last days in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from bot.domain import Match, Paper
from bot.errors import QueryError
from bot.matching.evaluate import find
from bot.matching.glossary import Glossary
from bot.matching.quick_check import has_word
from bot.matching.verdicts import Remembered, folded, is_match, remember
from bot.ports.stores import PaperStore
from bot.query import Acronyms, Query, Term, query_of
from bot.query.tree import Node, leaves

RARELY = 0.1
"""Papers a day below which no figure is said."""

DAYS = 30
"""How far back a query is tried when nothing else is asked for."""

MANY = 5.0
"""Papers a day above which a query brings more than people read."""

MONTH = 100
"""Papers among which a word's rarity tells something: where there are fewer, the others are taken not to have it."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a query would have brought.

    Attributes:
        query: The query.
        days: How many days were looked at.
        papers: The papers of these days that it matches, latest list first.
        acronyms: Those that are understood.
    """

    query: Query
    days: int
    papers: tuple[Paper, ...]
    acronyms: Acronyms

    @property
    def found(self) -> tuple[tuple[Paper, Match], ...]:
        """The papers, each with its match: a closer look, which takes a millisecond a paper."""
        looked = ((paper, find(self.query, folded(paper), self.acronyms)) for paper in self.papers)
        return tuple((paper, Match(self.query.text, evidence)) for paper, evidence in looked if evidence is not None)

    @property
    def a_day(self) -> float:
        """Papers a day, on average."""
        return len(self.papers) / self.days

    @property
    def rate(self) -> str:
        """How often papers come, in words: "1.4 a day", "less than 0.1 a day"."""
        return f"{self.a_day:.1f} a day" if self.a_day >= RARELY else f"less than {RARELY} a day"


@dataclass(frozen=True, slots=True)
class Recent:
    """The stored papers of the last ``days`` days, latest list first, ready for any number of queries."""

    days: int
    papers: tuple[Remembered, ...]
    acronyms: Acronyms

    def run(self, query: Query) -> Backtest:
        """What the query would have brought."""
        found = tuple(each.paper for each in self.papers if is_match(query, each, self.acronyms))
        return Backtest(query, self.days, found, self.acronyms)

    def added(self, query: Query, others: Sequence[Query]) -> list[Paper]:
        """The papers that the query would have brought and none of ``others`` would."""
        return [
            each.paper
            for each in self.papers
            if is_match(query, each, self.acronyms)
            and not any(is_match(other, each, self.acronyms) for other in others)
        ]


def recent(papers: PaperStore, glossary: Glossary, *, now: datetime, days: int = DAYS) -> Recent:
    """The stored papers of the last ``days`` days, today's among them.

    Raises:
        StorageError: The database cannot be used.
    """
    listed = papers.listed(since=now.date() - timedelta(days=days - 1))
    return Recent(days, tuple(remember(listed)), glossary.acronyms)


def first_within(recent: Recent, forms: Iterable[Node], *, most: float) -> Backtest | None:
    """The first of the forms that would have brought something, and at most so many papers a day."""
    return next((tried for form in forms if (tried := tried_within(recent, form, most=most))), None)


def tried_within(recent: Recent, form: Node, *, most: float) -> Backtest | None:
    """What the form would have brought; None if it is no query, or brings nothing or too much."""
    try:
        tried = recent.run(query_of(form))
    except QueryError:
        return None
    return tried if 0 < tried.a_day <= most else None


def word_weights(query: Query, recent: Recent) -> Mapping[str, float]:
    """How much each word of the query says: the logarithm of how rare it is."""
    words = {atom.word for leaf, _ in leaves(query.tree) if isinstance(leaf, Term) for atom in leaf.atoms}
    among = len(recent.papers)
    having = {word: sum(has_word(word, each.words) for each in recent.papers) for word in words}
    return {word: log((max(among, MONTH) + 1) / (number + 1)) for word, number in having.items()}
