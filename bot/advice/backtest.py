"""Runs a query on the stored papers of the last 30 days, to see what it would have brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log

from bot.advice.rates import often, rate
from bot.advice.vocabulary import Vocabulary
from bot.advice.vocabulary import counted as counted_terms
from bot.domain import Match, Paper
from bot.matching.evaluate import find
from bot.matching.glossary import Glossary
from bot.matching.quick_check import has_row, has_word
from bot.matching.verdicts import PaperWords, folded, is_match, with_words
from bot.ports.stores import Stores
from bot.query import Knowledge, Query, describe
from bot.query.tree import terms
from bot.text.figures import counted
from bot.text.folding import fold

DAYS = 30
"""How many days back a query is tried unless somebody asks for others."""

MANY = 5.0
"""Papers per day above which a query brings more than people read."""

FEWEST_PAPERS = 100
"""Papers that it takes to know how rare a word is: if there are fewer, the missing ones count as not having it."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a query would have brought.

    Attributes:
        query: The query.
        days: How many days back it was tried.
        papers: The papers of these days that match it, latest list first.
        known: What is known besides.
    """

    query: Query
    days: int
    papers: tuple[Paper, ...]
    known: Knowledge

    @property
    def matches(self) -> tuple[tuple[Paper, Match], ...]:
        """The papers, each with its match and evidence, which take a millisecond each."""
        found = ((paper, find(self.query, folded(paper), self.known)) for paper in self.papers)
        return tuple((paper, Match(self.query.text, evidence)) for paper, evidence in found if evidence is not None)

    @property
    def per_day(self) -> float:
        """Papers per day, on average."""
        return len(self.papers) / self.days

    @property
    def rate(self) -> str:
        """How often papers come, in words: "about 1–2 a week"."""
        return rate(len(self.papers), self.days)

    @property
    def in_numbers(self) -> str:
        """How many papers, and how often they come: "no papers", "2 papers", "9 papers, about 2 a week"."""
        return f"{counted(len(self.papers), 'paper')}{often(len(self.papers), self.days)}"


@dataclass(frozen=True, slots=True)
class Recent:
    """The stored papers of the last ``days`` days, latest list first, ready for any number of queries."""

    days: int
    papers: tuple[PaperWords, ...]
    known: Knowledge
    vocabulary: Vocabulary

    def run(self, query: Query) -> Backtest:
        """What the query would have brought."""
        matching = tuple(recent.paper for recent in self.papers if is_match(query, recent, self.known))
        return Backtest(query, self.days, matching, self.known)

    def latest(self, most: int) -> Recent:
        """So many of the papers at most, those that were listed last."""
        return self if len(self.papers) <= most else replace(self, papers=self.papers[:most])

    def described(self, query: Query) -> str:
        """What the query asks for, in words, with the other forms of its terms that these papers have."""
        return describe(query, self.known, self._having)

    def _having(self, text: str) -> int:
        """How many papers have these words side by side."""
        row = [token.word for token in fold(text)]
        return sum(has_row(row, recent.words) for recent in self.papers)

    def added(self, query: Query, others: Sequence[Query]) -> list[Paper]:
        """The papers that the query would have brought and none of the others would."""
        matching = (recent for recent in self.papers if is_match(query, recent, self.known))
        return [recent.paper for recent in self.not_brought(matching, others)]

    def not_brought(self, papers: Iterable[PaperWords], others: Sequence[Query]) -> list[PaperWords]:
        """Those of some papers that none of the queries would have brought."""
        return [paper for paper in papers if not any(is_match(other, paper, self.known) for other in others)]


def recent(stores: Stores, glossary: Glossary, *, now: datetime, days: int = DAYS) -> Recent:
    """The stored papers of the last ``days`` days, including today.

    Raises:
        StorageError: The database cannot be used.
    """
    since = now.date() - timedelta(days=days - 1)
    listed = stores.papers.listed(since=since)
    return Recent(days, tuple(with_words(listed)), glossary.known, counted_terms(stores, since=since))


def word_weights(query: Query, recent: Recent) -> Mapping[str, float]:
    """The inverse document frequency of each word of the query: the logarithm of how rare it is.

    https://nlp.stanford.edu/IR-book/html/htmledition/inverse-document-frequency-1.html
    """
    words = {atom.word for term, _ in terms(query.tree) for atom in term.atoms}
    # One more on both sides, so that a word of every paper weighs nothing and a word of none has a weight.
    among = max(len(recent.papers), FEWEST_PAPERS)
    having = {word: sum(has_word(word, paper.words) for paper in recent.papers) for word in words}
    return {word: log((among + 1) / (number + 1)) for word, number in having.items()}
