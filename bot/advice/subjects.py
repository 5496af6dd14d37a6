"""Subjects of recent papers, to complete a query while it is typed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from bot.advice.offers import term_query
from bot.advice.related_terms import GENERIC, is_subject, is_used_as_subject
from bot.advice.vocabulary import Vocabulary, whole_terms
from bot.domain.terms import TermCounts

FRESH = timedelta(minutes=10)
"""How long the subjects of recent papers are good for: counting them takes too long for every key."""

READ, COUNTED = 3_000, 500
"""Terms that are read, the most frequent first; and those of them of which it is counted how many papers have them."""

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


def subjects_of(vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """What recent papers are about, the most frequent first."""
    most = int(GENERIC * vocabulary.papers)
    named = vocabulary.frequent(most=most, limit=READ)
    subjects = [
        term
        for term in whole_terms({term: counts.naming for term, counts in named.items()})
        if _is_subject(term, named[term])
    ][:COUNTED]
    papers = vocabulary.having(subjects, most=most + 1)
    found = [term for term in subjects if papers[term] <= most]
    found.sort(key=lambda term: (-papers[term], term))
    return tuple(Subject(named[term].spelling, papers[term]) for term in found)


def _is_subject(term: str, counts: TermCounts) -> bool:
    return (
        (counts.keywords > 0 or (counts.titles >= TITLES and not _is_word(counts.spelling)))
        and is_used_as_subject(term, counts)
        and is_subject(term, counts, share=1, lift=inf)
        and term_query(counts.spelling) is not None
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

    def of(self, vocabulary: Callable[[], Vocabulary], now: datetime) -> Sequence[Subject]:
        """The subjects of these papers; those of before, while somebody else has them counted.

        Raises:
            StorageError: The database cannot be used.
        """
        is_fresh = self._at is not None and timedelta() <= now - self._at < FRESH
        # Nobody waits for another: a thread for every key that is pressed meanwhile would be all that there are.
        if not is_fresh and self._lock.acquire(blocking=False):
            try:
                self._found, self._at = subjects_of(vocabulary()), now
            finally:
                self._lock.release()
        return self._found
