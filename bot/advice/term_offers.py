"""Terms to add to a subscription, each with the evidence by which people decide.

A subject that the table of subjects knows is offered the names that go with it; any other, terms that are often in the
same papers. Names alone mislead: how many papers a term adds, how many of them are close in meaning, and what these are
called is what tells a good offer from a bad one (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log2
from statistics import mean, pstdev

from bot.advice.backtest import Recent
from bot.advice.offers import readable
from bot.advice.related_terms import overlaps, related_terms
from bot.domain import Paper
from bot.matching.verdicts import PaperWords, is_match
from bot.query import Query, Term
from bot.query.tree import About, Node, Or, both, either, leaves

MOST = 6
"""Terms that are offered."""

CLOSENESS, NUMBER = 4.0, 0.5
"""What counts in the order of offers: how close the papers are that a term adds, and the logarithm of how many."""

GUARDED = 0.5
"""The share of a term's papers that are close, below which it is offered with the condition that they are."""

SCORE = 1.5
"""How many standard deviations closer than others the papers must be of a term that no table vouches for."""

SAMPLED = 200
"""Recent papers by which it is judged how close others are."""

LOOKED_AT = 3_000
"""Papers, those listed last, on which terms are tried: a month's of three large lists. With more, nobody would wait."""

Liking = Callable[[Sequence[Paper]], float]
"""How much papers are to the liking of a channel's readers: from -1 to 1."""


def no_liking(_papers: Sequence[Paper]) -> float:
    """Nobody has said what they like."""
    return 0.0


@dataclass(frozen=True, slots=True)
class TermOffer:
    """A term to add.

    Attributes:
        term: The term.
        query: What to subscribe to: the term, or the term where a paper is close in meaning.
        adds: The recent papers that it would add, latest list first; one at least.
        close: How many of them are close in meaning; None while nobody can tell.
        closeness: How close they are, on average; 0 while nobody can tell.
    """

    term: str
    query: Query
    adds: tuple[Paper, ...]
    close: int | None = None
    closeness: float = 0.0


def term_offers(
    query: Query, matched: Sequence[Paper], recent: Recent, others: Sequence[Query], liking: Liking = no_liking
) -> tuple[TermOffer, ...]:
    """Up to `MOST` terms to add, best first, no two of which add much the same papers.

    Args:
        query: The query that somebody subscribes to.
        matched: The recent papers that it matches.
        recent: The papers to try terms on.
        others: The channel's other queries, whose papers it gets already.
        liking: What the channel's readers like comes first.
    """
    if any(isinstance(leaf, About) for leaf, _ in leaves(query.tree)):
        return ()  # it finds all that is close already
    own = {paper.id for paper in matched}
    subjects = _subjects(query.tree)
    named = [offer for subject in subjects for offer in _names_of(subject, own, recent, others)]
    if not named:
        named = list(_learned(query, subjects, matched, recent, others))
    scores = {
        offer: CLOSENESS * offer.closeness + NUMBER * log2(1 + len(offer.adds)) + liking(offer.adds) for offer in named
    }
    chosen: list[TermOffer] = []
    for offer in sorted(named, key=lambda offer: (-scores[offer], offer.term)):
        added = {paper.id for paper in offer.adds}
        if not any(overlaps(added, {paper.id for paper in other.adds}) for other in chosen):
            chosen.append(offer)
    return tuple(chosen[:MOST])


def as_subject(query: Query) -> Query | None:
    """The query with a tilde before each of its alternatives; None if they are not plain terms."""
    terms = _subjects(query.tree)
    return readable(either(About(term) for term in terms)) if terms else None


def _subjects(tree: Node) -> tuple[Term, ...]:
    """The alternatives of a query of plain terms; none if there is any other part, which a term would get round."""
    parts = tree.parts if isinstance(tree, Or) else (tree,)
    terms = tuple(part for part in parts if isinstance(part, Term))
    plain = not any(term.exact or term.field or "*" in term.text for term in terms)
    return terms if plain and len(terms) == len(parts) else ()


def _names_of(subject: Term, own: set[str], recent: Recent, others: Sequence[Query]) -> Iterator[TermOffer]:
    """The names that go with a subject, as far as they add papers some of which are close."""
    if not recent.known.can_tell():
        return
    about = Query(f"~{subject.text}", About(subject))
    for name in recent.known.names(subject):
        asked = Query(name.text, name)
        adds = [paper for paper in _added(asked, recent, others) if paper.paper.id not in own]
        close = [paper for paper in adds if is_match(about, paper, recent.known)]
        if not close:
            continue
        guarded = readable(both([name, About(subject)])) if len(close) < GUARDED * len(adds) else None
        papers = tuple(one.paper for one in (close if guarded else adds))
        yield TermOffer(name.text, guarded or asked, papers, len(close), _closeness([subject], papers, recent))


def _added(asked: Query, recent: Recent, others: Sequence[Query]) -> list[PaperWords]:
    """The recent papers that a query would have brought and none of the others would."""
    brought = (paper for paper in recent.papers if is_match(asked, paper, recent.known))
    return [paper for paper in brought if not any(is_match(other, paper, recent.known) for other in others)]


def _learned(
    query: Query, subjects: Sequence[Term], matched: Sequence[Paper], recent: Recent, others: Sequence[Query]
) -> Iterator[TermOffer]:
    """Terms that are often in the same papers; where somebody can tell, those whose papers are closer than others."""
    own = {paper.id for paper in matched}
    found = related_terms(query, matched, recent, others)
    can_tell = bool(subjects) and recent.known.can_tell()
    sampled = recent.papers[:: max(1, len(recent.papers) // SAMPLED)] if can_tell and found else ()
    usual = [_closeness(subjects, (paper.paper,), recent) for paper in sampled]
    for related in found:
        asked = Query(related.term, Term(related.term))
        adds = tuple(paper.paper for paper in _added(asked, recent, others) if paper.paper.id not in own)
        if not can_tell:
            yield TermOffer(related.term, asked, adds)
            continue
        each = [_closeness(subjects, (paper,), recent) for paper in adds]
        if mean(each) >= mean(usual) + SCORE * pstdev(usual):
            # What no table knows is not matched by a tilde, so how many are close is told by closeness alone.
            close = sum(one >= mean(usual) + SCORE * pstdev(usual) for one in each)
            yield TermOffer(related.term, asked, adds, close, mean(each))


def _closeness(subjects: Sequence[Term], papers: Sequence[Paper], recent: Recent) -> float:
    """How close the papers are to the nearest of the subjects, on average."""
    found = [[recent.known.near(subject, paper) for subject in subjects] for paper in papers]
    return mean(max((near.closeness for near in nears if near), default=0.0) for nears in found)
