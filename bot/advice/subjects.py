"""Subjects of recent papers, to complete a query while it is typed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from bot.advice.backtest import Recent
from bot.advice.related_terms import GENERIC, is_subject
from bot.advice.vocabulary import term_query, vocabulary_of
from bot.text.figures import counted, rounded

FRESH = timedelta(minutes=10)
"""How long the subjects of recent papers are good for: reading the papers takes too long for every key."""

TITLES = 3
"""Titles that must have a term that is no paper's keyword."""

BETWEEN = re.compile(r"(?:[,|(]|\b(?:OR|AND|NOT)\b|(?<!\S)-)\s?")
"""What stands between two terms."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What some recent papers are about.

    Attributes:
        term: As a query.
        papers: How many papers have it.
        is_estimate: Whether that is an estimate.
    """

    term: str
    papers: int
    is_estimate: bool = False

    @property
    def in_papers(self) -> str:
        """How many papers: "12 papers", "about 300 papers"."""
        return f"{'about ' if self.is_estimate else ''}{counted(self.papers, 'paper')}"


def subjects_of(recent: Recent) -> tuple[Subject, ...]:
    """What recent papers are about, the most frequent first."""
    vocabulary = vocabulary_of(recent.papers)
    most = GENERIC * len(recent.papers)
    terms = [
        term
        for term, spelling in vocabulary.spelling.items()
        if (term in vocabulary.keywords or (vocabulary.titles[term] >= TITLES and not _is_word(spelling)))
        and vocabulary.papers[term] <= most
        and is_subject(term, frozenset(), vocabulary, share=1, lift=inf)
        and term_query(spelling)
    ]
    terms.sort(key=lambda term: (-vocabulary.papers[term], term))
    share = len(recent.papers) / max(recent.count, 1)
    return tuple(
        Subject(vocabulary.spelling[term], vocabulary.papers[term])
        if share >= 1
        else Subject(vocabulary.spelling[term], rounded(vocabulary.papers[term] / share), is_estimate=True)
        for term in terms
    )


def _is_word(spelling: str) -> bool:
    """Whether it is a plain word, which may mean anything: neither several nor an acronym."""
    return " " not in spelling and spelling == spelling.lower()


def completed(typed: str, subjects: Sequence[Subject]) -> Iterator[tuple[str, Subject]]:
    """Queries that complete what was typed with one of the subjects: those that begin with its last term come first."""
    start = max((found.end() for found in BETWEEN.finditer(typed)), default=0)
    before, begun = typed[:start], typed[start:].strip().casefold()
    beginning = [subject for subject in subjects if subject.term.casefold().startswith(begun)]
    within = [subject for subject in subjects if f" {begun}" in subject.term.casefold()] if begun else []
    for subject in (*beginning, *within):
        yield f"{before}{subject.term}", subject


class Subjects:
    """The subjects of recent papers, for as long as they are `FRESH`. They may be asked for from any thread."""

    def __init__(self) -> None:
        self._found: tuple[Subject, ...] = ()
        self._at: datetime | None = None
        self._lock = threading.Lock()

    def of(self, recent: Callable[[], Recent], now: datetime) -> Sequence[Subject]:
        """The subjects of these papers; those of before, while somebody else has them read.

        Raises:
            StorageError: The database cannot be used.
        """
        is_fresh = self._at is not None and timedelta() <= now - self._at < FRESH
        # Nobody waits for another: a thread for every key that is pressed meanwhile would be all that there are.
        if not is_fresh and self._lock.acquire(blocking=False):
            try:
                self._found, self._at = subjects_of(recent()), now
            finally:
                self._lock.release()
        return self._found
