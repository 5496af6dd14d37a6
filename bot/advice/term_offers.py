"""Terms to add to a subscription, each with the evidence by which people decide.

A subject that the table of subjects knows is offered the names that go with it; any other, terms that are often in the
same papers. Names alone mislead: how many papers a term adds, how many of them are close in meaning, and what these are
called is what tells a good offer from a bad one (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log2
from statistics import mean, pstdev

from bot.advice.backtest import MANY, Recent
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

Liking = Callable[[Iterable[Paper]], Mapping[str, float]]
"""Tells how much papers are to the liking of a channel's readers, by paper id: -1 … 1; nothing where nobody knows."""


def no_liking(_papers: Iterable[Paper]) -> Mapping[str, float]:
    """Nobody has said what they like."""
    return {}


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


@dataclass(frozen=True, slots=True)
class Offers:
    """What would bring more of the kind.

    Attributes:
        form: The query with a tilde before each of its alternatives; None if they are not plain terms.
        more: The recent papers that this form would add, latest list first.
        terms: Up to `MOST` terms to add, best first, no two of which add much the same papers.
    """

    form: Query | None
    more: tuple[Paper, ...]
    terms: tuple[TermOffer, ...]


def offers_for(
    query: Query, matched: Sequence[PaperWords], recent: Recent, others: Sequence[Query], liking: Liking = no_liking
) -> Offers:
    """What would bring more than a query does.

    Args:
        query: The query that somebody subscribes to.
        matched: The recent papers that it matches.
        recent: The papers to try terms on.
        others: The channel's other queries, whose papers it gets already.
        liking: What the channel's readers like comes first.
    """
    if any(isinstance(leaf, About) for leaf, _ in leaves(query.tree)):
        return Offers(None, (), ())  # it finds all that is close already
    own = {one.paper.id for one in matched}
    subjects, form = _subjects(query.tree), as_subject(query)
    names = _names(subjects, recent)
    found = _found(names, form, recent) if form and recent.known.can_tell() else {}
    about = found.get(form, ()) if form else ()
    close = {paper.paper.id for paper in about}
    more = tuple(paper.paper for paper in about if paper.paper.id not in own)
    adding = {
        name: recent.not_brought((one for one in found.get(name, ()) if one.paper.id not in own), others)
        for name in names
    }
    named = [_named(name, subject, adding[name], close, recent) for name, subject in names.items()]
    terms = [offer for offer in named if offer] or list(_learned(query, subjects, matched, recent, others))
    liked = liking(paper for offer in terms for paper in offer.adds)
    scores = {
        offer: CLOSENESS * offer.closeness
        + NUMBER * log2(1 + len(offer.adds))
        + mean(liked.get(paper.id, 0.0) for paper in offer.adds)
        for offer in terms
    }
    chosen: list[TermOffer] = []
    for offer in sorted(terms, key=lambda offer: (-scores[offer], offer.term)):
        added = {paper.id for paper in offer.adds}
        if not any(overlaps(added, {paper.id for paper in other.adds}) for other in chosen):
            chosen.append(offer)
    return Offers(form, more, tuple(chosen[:MOST]))


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


def _names(subjects: Iterable[Term], recent: Recent) -> Mapping[Term, Term]:
    """The names that go with each subject, without those that would bring more than people read; with the subject."""
    names = {name: subject for subject in subjects for name in recent.known.names(subject)}
    most = int(MANY * recent.days)
    rows = {name: " ".join(atom.word for atom in name.atoms) for name in names}
    having = recent.vocabulary.having(set(rows.values()), most=most + 1)
    return {name: subject for name, subject in names.items() if having[rows[name]] <= most}


def _found(names: Iterable[Term], form: Query, recent: Recent) -> Mapping[Term | Query, list[PaperWords]]:
    """The recent papers that have each name, and those that the form would bring."""
    wanted: dict[Term | Query, Query] = {name: Query(name.text, name) for name in names} | {form: form}
    found: dict[Term | Query, list[PaperWords]] = {each: [] for each in wanted}
    # All at once and then paper by paper, so that each is folded once for all names.
    any_of_them = Query(form.text, either([form.tree, *names]))
    for paper in recent.run(any_of_them).found:
        for each, query in wanted.items():
            if is_match(query, paper, recent.known):
                found[each].append(paper)
    return found


def _named(
    name: Term, subject: Term, adds: Sequence[PaperWords], close_ids: AbstractSet[str], recent: Recent
) -> TermOffer | None:
    """A name that goes with a subject, if some of the papers that it adds are close."""
    close = [paper for paper in adds if paper.paper.id in close_ids]
    if not close:
        return None
    guarded = readable(both([name, About(subject)])) if len(close) < GUARDED * len(adds) else None
    papers = tuple(one.paper for one in (close if guarded else adds))
    closeness = _closeness([subject], papers, recent)
    return TermOffer(name.text, guarded or Query(name.text, name), papers, len(close), closeness)


def _learned(
    query: Query, subjects: Sequence[Term], matched: Sequence[PaperWords], recent: Recent, others: Sequence[Query]
) -> Iterator[TermOffer]:
    """Terms that are often in the same papers; where somebody can tell, those whose papers are closer than others."""
    found = related_terms(query, matched, recent, others)
    can_tell = bool(subjects) and recent.known.can_tell()
    sampled = recent.papers[:SAMPLED] if can_tell and found else ()
    usual = [_closeness(subjects, (paper.paper,), recent) for paper in sampled]
    # What no table knows is not matched by a tilde, so which papers are close is told by closeness alone.
    needed = mean(usual) + SCORE * pstdev(usual) if usual else 0.0
    for related in found:
        asked = Query(related.term, Term(related.term))
        if not can_tell:
            yield TermOffer(related.term, asked, related.adds)
            continue
        each = [_closeness(subjects, (paper,), recent) for paper in related.adds]
        if mean(each) >= needed:
            yield TermOffer(related.term, asked, related.adds, sum(one >= needed for one in each), mean(each))


def _closeness(subjects: Sequence[Term], papers: Sequence[Paper], recent: Recent) -> float:
    """How close the papers are to the nearest of the subjects, on average."""
    found = [[recent.known.near(subject, paper) for subject in subjects] for paper in papers]
    return mean(max((near.closeness for near in nears if near), default=0.0) for nears in found)
