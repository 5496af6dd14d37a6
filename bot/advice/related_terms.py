"""Terms that keep company with a query: worth adding to it.

A term is measured by the papers that have it and those that the query matches: do they coincide far more than by
chance? The measure is the log-likelihood ratio, which unlike others is trustworthy for the small counts that a month of
papers gives: T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics
19(1), 1993, https://aclanthology.org/J93-1003/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log

from bot.advice.backtest import Recent
from bot.advice.vocabulary import Vocabulary, is_whole, query_in, vocabulary
from bot.domain import Paper
from bot.query import Acronyms, Query
from bot.query.tree import Term, leaves

MOST = 4
"""Terms that are offered."""

TRIED = 12
"""Terms whose papers are counted, best first, until enough are found."""

SIGNIFICANT = 6.63
"""The log-likelihood ratio that chance exceeds once in a hundred times: the chi-squared distribution, one degree."""

LIFT = 2.5
"""How many times as often a term must stand in the query's papers as in all."""

TOGETHER = 3
"""Papers that must have both; all of a query's papers where it has fewer, two at least."""

AT_LEAST_TOGETHER = 2

GENERIC = 0.15
"""The share of all papers above which a term is about everything."""

SHARE = 0.25
"""The share of a term's papers that the query must match: with less the term leads elsewhere."""

SHARE_OF_ONE, LIFT_OF_ONE, LIFT_ENOUGH = 0.5, 4.0, 10.0
"""A single word says less, so it must have such a share and be so many times as frequent, or much more so."""

TITLES_OF_ONE = 3
"""Titles that a single word which is neither keyword nor acronym must stand in."""

DESCRIBING = ("able", "ed", "ible", "ive", "ous")
"""Endings of single words that describe something else."""

DESCRIBING_LAST = frozenset("agnostic aware driven efficient free level loop scale shot specific turn world".split())
"""What compounds with hyphens that describe something else end with: closed-loop, real-world."""

ADDED, ADDED_TIMES = 10, 2
"""A term may add so many papers, or so many times the query's own."""

ALIKE = 0.5
"""The share of what a term adds that another adds too, from which on they are the same."""


STEM = 5
"""Letters that forms of a word have in common: benchmark, benchmarking."""

PARTS = (0.1, 0.5)
"""The share of a query's papers that a word which splits them is in."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A term, as a query, and how many papers of the last days it would add."""

    term: str
    adds: int


def neighbours(
    query: Query, matched: Sequence[Paper], recent: Recent, others: Sequence[Query] = ()
) -> tuple[Neighbour, ...]:
    """Up to `MOST` terms that keep company with the query, best first.

    Args:
        query: What somebody subscribes to.
        matched: The papers among the recent ones that it matches.
        recent: The papers to learn from.
        others: Queries whose papers come already.
    """
    own = {paper.id for paper in matched}
    said = words_of(query, recent.acronyms)
    if not said:
        return ()  # votes and the like are about no subject
    known = vocabulary(recent.papers)
    used: set[str] = set()
    chosen: list[Neighbour] = []
    added: list[set[str]] = []
    for term in companions(said, own, recent, known)[:TRIED]:
        words = set(term.split()) - said
        if words & used or len(chosen) == MOST:
            continue
        written = known.written[term]
        asked = query_in(written)
        new = {paper.id for paper in recent.added(asked, others)} - own if asked else set()
        if 0 < len(new) <= room(own) and not any(alike(new, others) for others in added):
            chosen.append(Neighbour(written, len(new)))
            added.append(new)
            used |= words
    return tuple(chosen)


def companions(said: AbstractSet[str], own: AbstractSet[str], recent: Recent, known: Vocabulary) -> list[str]:
    """The terms that stand in the query's papers far more often than elsewhere, the most certain first."""
    inside = used_in(own, recent, known)
    needed = max(AT_LEAST_TOGETHER, min(TOGETHER, len(own)))
    found = []
    for term, together in inside.items():
        papers = known.papers[term]
        if together < needed or papers > GENERIC * len(recent.papers) or papers - together > room(own):
            continue
        lift = together / len(own) / (papers / len(recent.papers))
        surprise = log_likelihood_ratio(together, len(own), papers, len(recent.papers))
        if min(lift / LIFT, surprise / SIGNIFICANT, together / papers / SHARE) >= 1 and stands_for_itself(
            term, said, known, share=together / papers, lift=lift
        ):
            found.append((surprise, term))
    return [term for _, term in sorted(found, key=lambda each: (-each[0], each[1]))]


def splitting(query: Query, matched: Sequence[Paper], recent: Recent) -> list[str]:
    """Terms, as queries, that some of the query's papers have and most have not: the one that tells most first."""
    own = {paper.id for paper in matched}
    known = vocabulary(recent.papers)
    said = words_of(query, recent.acronyms)
    inside = used_in(own, recent, known)
    fit = [
        term
        for term, together in inside.items()
        if PARTS[0] <= together / len(own) <= PARTS[1]
        and stands_for_itself(term, said, known, share=SHARE_OF_ONE, lift=LIFT_OF_ONE)
    ]
    surprise = {
        term: log_likelihood_ratio(inside[term], len(own), known.papers[term], len(recent.papers)) for term in fit
    }
    best = sorted(fit, key=lambda term: (-surprise[term], -inside[term], term))
    return [known.written[term] for term in best[:TRIED]]


def used_in(own: AbstractSet[str], recent: Recent, known: Vocabulary) -> Counter[str]:
    """In how many of these papers each term stands."""
    return Counter(
        term for terms, each in zip(known.of, recent.papers, strict=True) if each.paper.id in own for term in terms
    )


def stands_for_itself(term: str, said: AbstractSet[str], known: Vocabulary, *, share: float, lift: float) -> bool:
    """Whether the term is one that people would subscribe to, apart from what the query says already."""
    words = term.split()
    if all(any(same_stem(word, other) for other in said) for word in words):
        return False
    if not is_whole(term, known):
        return False
    if len(words) > 1:
        return not describes(known.written[term])
    is_acronym = known.written[term] != known.written[term].lower()
    is_subject = is_acronym or term in known.keywords or known.titles[term] >= TITLES_OF_ONE
    return (
        is_subject
        and not term.endswith(DESCRIBING)
        and ((share >= SHARE_OF_ONE and lift >= LIFT_OF_ONE) or lift >= LIFT_ENOUGH)
    )


def describes(written: str) -> bool:
    """Whether it is a compound that only describes something else: "action-conditioned", "real-world"."""
    last = written.rpartition("-")[2].lower()
    return "-" in written and " " not in written and (last in DESCRIBING_LAST or last.endswith(DESCRIBING))


def same_stem(word: str, other: str) -> bool:
    """Whether two words are the same, or begin alike for so long that they are forms of one."""
    return word == other or (len(word) > STEM and word[:STEM] == other[:STEM])


def words_of(query: Query, acronyms: Acronyms) -> frozenset[str]:
    """The folded words that the query looks for, those of acronyms and full forms too."""
    found: set[str] = set()
    for leaf, _ in leaves(query.tree):
        if isinstance(leaf, Term):
            for form in (leaf, *acronyms.full(leaf)):
                found.update(atom.word for atom in form.atoms)
            found.update(short.casefold() for short in acronyms.short(leaf))
    return frozenset(found)


def log_likelihood_ratio(together: int, first: int, second: int, among: int) -> float:
    """How surprising it is that of ``among`` papers so many have both of two things, of which each has so many."""
    cells = (together, first - together, second - together, among - first - second + together)
    entropy = -sum(_weighed(cell, among) for cell in cells)
    return 2 * (sum(-_weighed(sum_, among) for sum_ in (first, among - first, second, among - second)) - entropy)


def _weighed(count: int, among: int) -> float:
    return count * log(count / among) if count else 0.0


def room(own: AbstractSet[str]) -> int:
    """How many papers a term may add to so many."""
    return max(ADDED, ADDED_TIMES * len(own))


def alike(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether two terms add much the same papers."""
    return len(one & other) > ALIKE * min(len(one), len(other))
