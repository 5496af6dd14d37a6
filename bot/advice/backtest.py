"""Runs a query on the stored papers of the last 30 days, to see what it would have brought.

The word index says which papers may match, and only these are looked at. Where there are many, the latest are, and how
many match is an estimate: what an answer takes is bounded, whatever the store holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import log

from bot.advice.rates import often, rate
from bot.advice.vocabulary import Vocabulary
from bot.advice.vocabulary import counted as counted_terms
from bot.domain import Match, Paper
from bot.domain.index_query import AnyOf, IndexQuery, Row
from bot.domain.sources import UNNAMED
from bot.matching.evaluate import find
from bot.matching.glossary import Glossary
from bot.matching.looking import Looking
from bot.matching.paper_index import every_match, index_papers, index_query, says_all, source_of
from bot.matching.verdicts import PaperWords, folded, is_match
from bot.ports.stores import Candidate, PaperIndex, Stores
from bot.query import Knowledge, Query, describe
from bot.query.tree import terms
from bot.text.derived import derived_from
from bot.text.figures import counted, rounded
from bot.text.folding import fold

DAYS = 30
"""How many days back a query is tried unless somebody asks for others."""

MANY = 5.0
"""Papers per day above which a query brings more than people read."""

FEWEST_PAPERS = 100
"""Papers that it takes to know how rare a word is: if there are fewer, the missing ones count as not having it."""

EXACT = 1_000
"""Papers that may match a query up to which each is looked at, in about 70 ms."""

SAMPLED = 300
"""Papers that are looked at where more may match, those listed last."""

MOST_FOLDED = 500
"""Papers that are folded again for a query where their words alone do not decide, in 1 to 4 ms each."""

FOLDED_IN_ALL, FOLDED_AT_LEAST = 150, 15
"""In a month of more than `LATEST` papers: how many for all queries of a command, and at least for each of them."""

LATEST = 1_200
"""Papers to learn words and terms from, those listed last: more than a month of Daily Papers."""

RUNS_KEPT = 2
"""Backtests that are remembered: a command asks for the same ones again."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a query would have brought.

    Attributes:
        query: The query.
        days: How many days back it was tried.
        found: Papers of these days that match it, latest list first: all of them, or the latest if there are many.
        count: How many match it.
        is_estimate: Whether that is an estimate.
        known: What is known besides.
    """

    query: Query
    days: int
    found: tuple[PaperWords, ...]
    count: int
    is_estimate: bool
    known: Knowledge

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that were found."""
        return tuple(one.paper for one in self.found)

    @property
    def matches(self) -> tuple[tuple[Paper, Match], ...]:
        """The papers, each with its match and evidence, which take a millisecond each."""
        found = ((paper, find(self.query, folded(paper), self.known)) for paper in self.papers)
        return tuple((paper, Match(self.query.text, evidence)) for paper, evidence in found if evidence is not None)

    @property
    def per_day(self) -> float:
        """Papers per day, on average."""
        return self.count / self.days

    @property
    def rate(self) -> str:
        """How often papers come, in words: "about 1–2 a week"."""
        return rate(self.count, self.days)

    @property
    def number(self) -> str:
        """How many papers, in figures: "12", "about 1,200"."""
        return f"about {self.count:,}" if self.is_estimate else str(self.count)

    @property
    def in_papers(self) -> str:
        """How many papers: "no papers", "2 papers", "about 1,200 papers"."""
        if not self.is_estimate:
            return counted(self.count, "paper")
        return f"about {counted(self.count, 'paper')}" if self.count else "hardly any papers"

    @property
    def in_numbers(self) -> str:
        """How many papers, and how often they come: "no papers", "2 papers", "9 papers, about 2 a week"."""
        return f"{self.in_papers}{often(self.count, self.days)}"


class Recent:
    """The stored papers of the last ``days`` days, ready for any number of queries.

    Attributes:
        days: How many days.
        count: How many papers there are.
        known: What is known besides.
        vocabulary: By which terms papers name their subjects.
        is_large: Whether these days have more than `LATEST` papers: then more answers are estimates.
    """

    def __init__(
        self,
        index: PaperIndex,
        since: date,
        days: int,
        count: int,
        known: Knowledge,
        vocabulary: Vocabulary,
        *,
        source: str | None = UNNAMED,
        looking: Looking | None = None,
    ) -> None:
        """Ask the index for papers listed on ``since`` or later.

        With ``source``, papers of that source are learned from, or of those that need not be named; None: of any.
        """
        self.days = days
        self.count = count
        self.known = known
        self._index = index
        self._since = since
        self._filed: int | None = None
        self._papers: tuple[PaperWords, ...] | None = None
        self._source = source
        self.vocabulary = vocabulary
        self._looking = looking or Looking(known)
        self.is_large = count > LATEST
        self._runs: dict[str, Backtest] = {}

    @property
    def papers(self) -> tuple[PaperWords, ...]:
        """The latest papers, up to `LATEST` of them, latest list first: to learn from what papers say."""
        if self._papers is None:
            self._papers = tuple(map(_with_words, self._latest(IndexQuery(source=self._source), LATEST)))
        return self._papers

    @property
    def state(self) -> tuple[int, ...]:
        """Other numbers when something about the papers has changed."""
        return (*self._index.state(since=self._since), self.count)

    def about(self, query: Query) -> Recent:
        """The same, but learning from papers of the source that the query is about."""
        source = source_of(query)
        if source == self._source:
            return self
        return Recent(
            self._index,
            self._since,
            self.days,
            self.count,
            self.known,
            self.vocabulary,
            source=source,
            looking=self._looking,
        )

    def run(self, query: Query) -> Backtest:
        """What the query would have brought."""
        if query.text not in self._runs:
            backtest = self._run(query)
            while len(self._runs) >= RUNS_KEPT:
                self._runs.pop(next(iter(self._runs)))
            self._runs[query.text] = backtest
        return self._runs[query.text]

    def _run(self, query: Query) -> Backtest:
        wanted = index_query(query, self.known)
        candidates = self._index.count(wanted, since=self._since)
        papers = self._latest(wanted, candidates if candidates <= EXACT else SAMPLED)
        is_estimate = False
        if says_all(query):
            found, count = list(map(_with_words, papers)), candidates
        else:
            found, looked = self._look(query, papers)
            is_estimate = looked < candidates
            count = candidates * len(found) // max(looked, 1) if is_estimate else len(found)
        if self._filed_papers < self.count:
            is_estimate, count = True, count * self.count // max(self._filed_papers, 1)
        return Backtest(
            query, self.days, tuple(found), rounded(count) if is_estimate else count, is_estimate, self.known
        )

    def _look(self, query: Query, papers: Iterable[Candidate]) -> tuple[list[PaperWords], int]:
        """Those of the papers that match, and how many were looked at."""
        return self._looking.through(query, map(_with_words, papers), most=self._may_fold)

    @property
    def _may_fold(self) -> int:
        """How many papers may be folded for the next query."""
        return max(FOLDED_AT_LEAST, FOLDED_IN_ALL - self._looking.folded) if self.is_large else MOST_FOLDED

    @property
    def _filed_papers(self) -> int:
        """How many of the papers are in the index: all, unless there was too little time since they were stored."""
        if self._filed is None:
            self._filed = self._index.count(IndexQuery(), since=self._since)
        return self._filed

    def every_match(self, query: Query) -> Iterator[tuple[Paper, Match]]:
        """Every paper that the query would have brought, with its match, in a millisecond each.

        Raises:
            StorageError: The database cannot be used.
        """
        while not index_papers(self._index, since=self._since):
            pass
        for paper in every_match(query, self._index, self.known, since=self._since):
            evidence = find(query, folded(paper), self.known)
            if evidence is not None:
                yield paper, Match(query.text, evidence)

    def may_bring(self, query: Query) -> int:
        """How many papers the query would have brought at most, going by words alone."""
        return self._index.count(index_query(query, self.known), since=self._since)

    def brings_any(self, query: Query) -> bool:
        """Whether the query would have brought anything."""
        return bool(self._look(query, self._latest(index_query(query, self.known), 1))[0] or self.run(query).found)

    def described(self, query: Query) -> str:
        """What the query asks for, in words, with the other forms of its terms that these papers have."""
        return describe(query, self.known, lambda text: self._having([token.word for token in fold(text)]))

    def having(self, word: str) -> int:
        """How many papers have the folded word, in any form."""
        return self._having([word], derived_from(word))

    def _having(self, row: Sequence[str], forms: Iterable[str] = ()) -> int:
        """How many papers have these words side by side, or as one, or one of these forms."""
        return self._index.count(_somewhere([tuple(row), *((form,) for form in forms)]), since=self._since)

    def with_words(self, words: Sequence[str]) -> list[PaperWords]:
        """The latest papers with any of these words, given the rarest first; if there are many, with the rarest ones.

        Up to `EXACT` of them.
        """
        forms = [[(form,) for form in (word, *derived_from(word))] for word in words]
        wanted = [_somewhere([row for rows in forms[:some] for row in rows]) for some in range(len(words), 0, -1)]
        wanted = [replace(each, source=self._source) for each in wanted]
        few = (each for each in wanted if self._index.count(each, since=self._since) <= EXACT)
        chosen = next(few, wanted[-1] if wanted else None)
        return list(map(_with_words, self._latest(chosen, EXACT))) if chosen else []

    def added(self, query: Query, others: Sequence[Query]) -> list[Paper]:
        """The papers that the query would have brought and none of the others would."""
        return [one.paper for one in self.not_brought(self.run(query).found, others)]

    def not_brought(self, papers: Iterable[PaperWords], others: Sequence[Query]) -> list[PaperWords]:
        """Those of some papers that none of the queries would have brought."""
        return [paper for paper in papers if not any(is_match(other, paper, self.known) for other in others)]

    def _latest(self, wanted: IndexQuery, limit: int) -> Sequence[Candidate]:
        return self._index.latest(wanted, since=self._since, limit=limit) if limit else ()


def recent(stores: Stores, glossary: Glossary, *, now: datetime, days: int = DAYS) -> Recent:
    """The stored papers of the last ``days`` days, including today.

    Those that the service has not indexed yet are indexed first, as many as take about a second.

    Raises:
        StorageError: The database cannot be used.
    """
    since = now.date() - timedelta(days=days - 1)
    index_papers(stores.paper_index, since=since)
    papers = sum(stores.papers.days(since=since).values())
    return Recent(stores.paper_index, since, days, papers, glossary.known, counted_terms(stores, since=since))


def word_weights(query: Query, recent: Recent) -> Mapping[str, float]:
    """The inverse document frequency of each word of the query: the logarithm of how rare it is.

    https://nlp.stanford.edu/IR-book/html/htmledition/inverse-document-frequency-1.html
    """
    words = {atom.word for term, _ in terms(query.tree) for atom in term.atoms}
    # One more on both sides, so that a word of every paper weighs nothing and a word of none has a weight.
    among = max(recent.count, FEWEST_PAPERS)
    return {word: log((among + 1) / (recent.having(word) + 1)) for word in words}


def _with_words(candidate: Candidate) -> PaperWords:
    return PaperWords(candidate.paper, candidate.words)


def _somewhere(rows: Collection[tuple[str, ...]]) -> IndexQuery:
    """Papers with any of these rows of words in their texts, but not in the names of people and organizations."""
    columns = ("title", "body", "joined")
    return IndexQuery(AnyOf(tuple(Row(row, column) for row in rows for column in columns)))
