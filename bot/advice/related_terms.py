"""Terms that often occur in the same papers as a query: worth adding to it.

A term is related if the papers that have it and those that the query matches coincide far more often than by chance.
The measure is the log-likelihood ratio, which unlike others can be trusted with the small counts of a month's papers:
T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993,
https://aclanthology.org/J93-1003/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log

from bot.advice.backtest import Recent
from bot.advice.vocabulary import Vocabulary, is_whole, term_query, vocabulary_of
from bot.domain import Paper
from bot.query import Knowledge, Query
from bot.query.tree import terms

MOST = 4
"""Terms that are offered."""

TRIED = 12
"""Candidates whose papers are counted, best first, until `MOST` are found."""

SIGNIFICANT = 6.63
"""The log-likelihood ratio that chance exceeds once in a hundred times: chi-squared with one degree of freedom,
https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm."""

LIFT = 2.5
"""How many times as frequent a term must be in the query's papers as in all."""

TOGETHER, FEWEST_TOGETHER = 3, 2
"""Papers that must have both; if the query matches fewer, all of these, but at least two."""

GENERIC = 0.15
"""The share of all papers above which a term says nothing about any of them."""

SHARE = 0.25
"""The share of a term's papers that the query must match: with less, the term is mostly about something else."""

SHARE_OF_ONE, LIFT_OF_ONE, LIFT_ENOUGH = 0.5, 4.0, 10.0
"""A single word is less specific: it needs a higher share and a higher lift, or a very high lift."""

TITLES_OF_ONE = 3
"""Titles that must have a single word, unless it is a keyword or an acronym."""

SUBJECT_OF, HEAD_OF = 2, 3
"""Papers that must have a term as a whole subject in their title or keywords; or as one that other words narrow."""

TITLES_OF_SUBJECT = 4
"""Titles in which a single word may narrow others instead, as in audio generation."""

DESCRIBING = ("able", "ed", "ible", "ive", "ous")
"""Endings of words that describe another one: "scalable", "guided"."""

DESCRIBING_LAST = frozenset("agnostic aware driven efficient free level loop scale shot specific turn world".split())
"""Last parts of hyphenated compounds that describe another word: closed-loop, real-world."""

MOST_ADDED, MOST_TIMES = 10, 2
"""A term may add up to ten papers, or twice as many as the query brings."""

OVERLAP = 0.5
"""The share of the papers that a term adds and another adds too, above which only one of them is offered."""

STEM = 5
"""Letters that forms of a word have in common: benchmark, benchmarking."""

SPLIT = (0.1, 0.5)
"""The share of a query's papers that have a term by which it can be narrowed."""


@dataclass(frozen=True, slots=True)
class RelatedTerm:
    """A term, as a query, and how many papers of the last days it would add."""

    term: str
    adds: int


def related_terms(
    query: Query, matched: Sequence[Paper], recent: Recent, others: Sequence[Query] = ()
) -> tuple[RelatedTerm, ...]:
    """Up to `MOST` terms that often occur in the same papers as the query, best first.

    Args:
        query: The query that somebody subscribes to.
        matched: The recent papers that it matches.
        recent: The papers to learn from.
        others: Queries whose papers the channel gets already.
    """
    own = {paper.id for paper in matched}
    query_words = words_of(query, recent.known)
    if not query_words:
        return ()  # a query for votes alone is about no subject
    vocabulary = vocabulary_of(recent.papers)
    used: set[str] = set()
    chosen: list[RelatedTerm] = []
    additions: list[set[str]] = []
    for term in associated_terms(query_words, own, recent, vocabulary)[:TRIED]:
        words = set(term.split()) - query_words
        # Two terms that share a word would be about much the same: copper kettles, kettles at sea.
        if words & used or len(chosen) == MOST:
            continue
        spelling = vocabulary.spelling[term]
        asked = term_query(spelling)
        added = {paper.id for paper in recent.added(asked, others)} - own if asked else set()
        if 0 < len(added) <= most_added(own) and not any(overlaps(added, other) for other in additions):
            chosen.append(RelatedTerm(spelling, len(added)))
            additions.append(added)
            used |= words
    return tuple(chosen)


def associated_terms(
    query_words: AbstractSet[str], own: AbstractSet[str], recent: Recent, vocabulary: Vocabulary
) -> list[str]:
    """The terms that are far more frequent in the query's papers than elsewhere, the most significant first."""
    inside = counts_in(own, recent, vocabulary)
    needed = max(FEWEST_TOGETHER, min(TOGETHER, len(own)))
    associated = []
    for term, together in inside.items():
        papers = vocabulary.papers[term]
        if together < needed or papers > GENERIC * len(recent.papers) or papers - together > most_added(own):
            continue
        lift = together / len(own) / (papers / len(recent.papers))
        significance = log_likelihood_ratio(together, len(own), papers, len(recent.papers))
        if min(lift / LIFT, significance / SIGNIFICANT, together / papers / SHARE) >= 1 and is_subject(
            term, query_words, vocabulary, share=together / papers, lift=lift
        ):
            associated.append((significance, term))
    return [term for _, term in sorted(associated, key=lambda scored: (-scored[0], scored[1]))]


def splitting_terms(query: Query, matched: Sequence[Paper], recent: Recent) -> list[str]:
    """Terms, as queries, that some of the query's papers have and most do not, the most significant first."""
    own = {paper.id for paper in matched}
    vocabulary = vocabulary_of(recent.papers)
    query_words = words_of(query, recent.known)
    inside = counts_in(own, recent, vocabulary)
    fitting = [
        term
        for term, together in inside.items()
        if SPLIT[0] <= together / len(own) <= SPLIT[1]
        and is_subject(term, query_words, vocabulary, share=SHARE_OF_ONE, lift=LIFT_OF_ONE)
    ]
    significance = {
        term: log_likelihood_ratio(inside[term], len(own), vocabulary.papers[term], len(recent.papers))
        for term in fitting
    }
    best = sorted(fitting, key=lambda term: (-significance[term], -inside[term], term))
    return [vocabulary.spelling[term] for term in best[:TRIED]]


def counts_in(own: AbstractSet[str], recent: Recent, vocabulary: Vocabulary) -> Counter[str]:
    """How many of the papers with these ids have each term."""
    return Counter(
        term
        for terms, paper in zip(vocabulary.of, recent.papers, strict=True)
        if paper.paper.id in own
        for term in terms
    )


def is_subject(term: str, query_words: AbstractSet[str], vocabulary: Vocabulary, *, share: float, lift: float) -> bool:
    """Whether people would subscribe to the term, and it is more than another form of the query's words."""
    words = term.split()
    if all(any(same_stem(word, other) for other in query_words) for word in words):
        return False
    if not is_whole(term, vocabulary) or not is_used_as_subject(term, vocabulary):
        return False
    if len(words) > 1:
        return not describes(vocabulary.spelling[term])
    is_acronym = vocabulary.spelling[term] != vocabulary.spelling[term].lower()
    is_name = is_acronym or term in vocabulary.keywords or vocabulary.titles[term] >= TITLES_OF_ONE
    return (
        is_name
        and not term.endswith(DESCRIBING)
        and ((share >= SHARE_OF_ONE and lift >= LIFT_OF_ONE) or lift >= LIFT_ENOUGH)
    )


def is_used_as_subject(term: str, vocabulary: Vocabulary) -> bool:
    """Whether papers use the term for what they are about, rather than as a piece of a sentence or of another term."""
    if vocabulary.subjects.get(term, 0) >= SUBJECT_OF or vocabulary.heads.get(term, 0) >= HEAD_OF:
        return True
    return " " not in term and vocabulary.titles.get(term, 0) >= TITLES_OF_SUBJECT


def describes(spelling: str) -> bool:
    """Whether it is a compound that only describes another word: "action-conditioned", "real-world"."""
    last = spelling.rpartition("-")[2].lower()
    return "-" in spelling and " " not in spelling and (last in DESCRIBING_LAST or last.endswith(DESCRIBING))


def same_stem(word: str, other: str) -> bool:
    """Whether two words are the same, or share a beginning so long that they are forms of one."""
    return word == other or (len(word) > STEM and word[:STEM] == other[:STEM])


def words_of(query: Query, known: Knowledge) -> frozenset[str]:
    """The folded words that the query looks for, including those of acronyms and full forms."""
    words: set[str] = set()
    for term, _ in terms(query.tree):
        for form in (term, *known.acronyms.full(term)):
            words.update(atom.word for atom in form.atoms)
        words.update(short.casefold() for short in known.acronyms.short(term))
    return frozenset(words)


def log_likelihood_ratio(together: int, first: int, second: int, among: int) -> float:
    """How surprising it is that two things coincide so often.

    Args:
        together: Papers with both.
        first: Papers with the first.
        second: Papers with the second.
        among: All papers.
    """
    cells = (together, first - together, second - together, among - first - second + together)
    margins = (first, among - first, second, among - second)
    return 2 * (
        sum(_information(cell, among) for cell in cells) - sum(_information(margin, among) for margin in margins)
    )


def _information(count: int, among: int) -> float:
    return count * log(count / among) if count else 0.0


def most_added(own: AbstractSet[str]) -> int:
    """How many papers a term may add to those of the query."""
    return max(MOST_ADDED, MOST_TIMES * len(own))


def overlaps(added: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether two terms add much the same papers."""
    return len(added & other) > OVERLAP * min(len(added), len(other))
