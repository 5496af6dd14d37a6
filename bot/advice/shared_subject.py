"""What a subscription would be for a paper and those near to it: the terms that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.advice.backtest import Backtest, Recent
from bot.advice.offers import term_query, tried
from bot.advice.related_terms import describes, is_used_as_subject
from bot.domain import Paper
from bot.domain.terms import TermCounts
from bot.matching.terms import terms_within
from bot.matching.verdicts import with_words

OFFERED = 2
"""Subscriptions that are offered."""

TRIED = 30
"""Terms that are tried, best first."""

SHARING = 3
"""Of the paper and those near to it, how many must have a term."""

SEVERAL = 1.5
"""What a term of several words weighs beside a single word."""

PRECISION = 0.3
"""The share of what a term brings that must be near: with less, it is about something else."""

OVERLAP = 0.7
"""The share of what two terms bring above which only one of them is offered."""


@dataclass(frozen=True, slots=True)
class SharedSubject:
    """A term that a paper shares with those near to it.

    Attributes:
        brings: What a subscription to the term would have brought.
        near: How many of that are near.
    """

    brings: Backtest
    near: int

    @property
    def precision(self) -> float:
        """The share of what it brings that is near."""
        return self.near / self.brings.count

    @property
    def weight(self) -> float:
        """How well the term stands for the papers: how many of them it brings, and how few others.

        Of terms that do so equally, one of several words says more.
        """
        return self.near * self.precision * (SEVERAL if " " in self.brings.query.text else 1)


def shared_subjects(paper: Paper, near: Sequence[Paper], recent: Recent) -> tuple[SharedSubject, ...]:
    """Up to `OFFERED` terms that the paper shares with those near to it, best first.

    Args:
        paper: The paper.
        near: The papers near to it, of the recent ones.
        recent: The papers to try terms on.
    """
    [own, *others] = with_words([paper, *(each for each in near if each.id != paper.id)])
    most = int((len(others) + 1) / PRECISION)
    shared = recent.vocabulary.of([own, *others], least=SHARING, most=most)
    likely = [term for term in shared.whole() if _is_subject(term, shared.counts[term])]
    of_own = terms_within(own.words)
    likely.sort(key=lambda term: (term not in of_own, -shared.papers[term] * (1 + term.count(" ")), term))
    nearby = {each.id for each in near} | {paper.id}
    a_day = len(nearby) / PRECISION / recent.days
    found = []
    for term in likely[:TRIED]:
        query = term_query(shared.counts[term].spelling)
        brings = tried(recent, query, most=a_day) if query else None
        if brings:
            found.append(SharedSubject(brings, sum(each.id in nearby for each in brings.papers)))
    found = [subject for subject in found if subject.near >= SHARING and subject.precision >= PRECISION]
    found.sort(key=lambda subject: -subject.weight)
    return tuple(_distinct(found)[:OFFERED])


def _is_subject(term: str, counts: TermCounts) -> bool:
    """Whether people would subscribe to the term: of single words, only to what titles or keywords are about."""
    return (" " in term or is_used_as_subject(term, counts)) and not describes(counts.spelling)


def _distinct(found: Sequence[SharedSubject]) -> list[SharedSubject]:
    """Those that bring something else than the ones before."""
    kept: list[SharedSubject] = []
    for subject in found:
        own = {paper.id for paper in subject.brings.papers}
        others = [{paper.id for paper in other.brings.papers} for other in kept]
        if all(len(own & other) <= OVERLAP * min(len(own), len(other)) for other in others):
            kept.append(subject)
    return kept
