"""Terms that often occur in the same papers as a query: worth adding to it.

A term is related if the papers that have it and those that the query matches coincide far more often than by chance.
The measure is the log-likelihood ratio, which unlike others can be trusted with the small counts of a month's papers:
T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993,
https://aclanthology.org/J93-1003/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import ceil, log

from bot.advice.backtest import Recent
from bot.advice.offers import term_query
from bot.advice.vocabulary import READ, TermsOfPapers, Vocabulary
from bot.domain import Paper
from bot.domain.terms import TermCounts
from bot.matching.verdicts import PaperWords
from bot.query import Knowledge, Query
from bot.query.tree import terms

MOST = 4
"""Terms that are offered."""

TRIED = 12
"""Candidates whose papers are counted, best first, until `MOST` are found."""

COUNTED = 200
"""Candidates of which it is counted how many papers have them, best first by those that name them."""

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
    """A term, as a query, and the papers of the last days that it would add, latest list first."""

    term: str
    adds: tuple[Paper, ...]


def related_terms(
    query: Query, matched: Sequence[PaperWords], recent: Recent, others: Sequence[Query] = ()
) -> tuple[RelatedTerm, ...]:
    """Up to `MOST` terms that often occur in the same papers as the query, best first.

    Args:
        query: The query that somebody subscribes to.
        matched: The recent papers that it matches.
        recent: The papers to learn from.
        others: Queries whose papers the channel gets already.
    """
    own = {one.paper.id for one in matched}
    query_words = words_of(query, recent.known)
    if not query_words:
        return ()  # a query for votes alone is about no subject
    used: set[str] = set()
    chosen: list[RelatedTerm] = []
    additions: list[set[str]] = []
    for term, spelling in associated_terms(query_words, matched, recent.vocabulary)[:TRIED]:
        words = set(term.split()) - query_words
        # Two terms that share a word would be about much the same: copper kettles, kettles at sea.
        if words & used or len(chosen) == MOST:
            continue
        asked = term_query(spelling)
        adds = tuple(paper for paper in recent.added(asked, others) if paper.id not in own) if asked else ()
        added = {paper.id for paper in adds}
        if 0 < len(added) <= most_added(len(own)) and not any(overlaps(added, other) for other in additions):
            chosen.append(RelatedTerm(spelling, adds))
            additions.append(added)
            used |= words
    return tuple(chosen)


def associated_terms(
    query_words: AbstractSet[str], matched: Sequence[PaperWords], vocabulary: Vocabulary
) -> list[tuple[str, str]]:
    """The terms that are far more frequent in the query's papers than elsewhere, the most significant first.

    Each with its spelling.
    """
    matched, vocabulary = sampled(matched, vocabulary)
    own, among = len(matched), vocabulary.papers
    needed = max(FEWEST_TOGETHER, min(TOGETHER, own))
    most = own + most_added(own)
    found = vocabulary.of(matched[:READ], least=needed, most=most)
    together = {term: found.papers[term] * own / found.read for term in _subjects(found, query_words)}
    # Those that papers name are no more than those that have it: what is too common by them need not be counted.
    likely = [
        (log_likelihood_ratio(both, own, max(found.counts[term].naming, both), among), term)
        for term, both in together.items()
        if _is_associated(both, own, max(found.counts[term].naming, both), among)
    ]
    counted = [term for _, term in sorted(likely, key=lambda scored: (-scored[0], scored[1]))[:COUNTED]]
    # With more papers than this, no term is mostly about the same.
    papers = vocabulary.having_up_to({term: min(most, int(together[term] / SHARE)) + 1 for term in counted})
    associated = []
    for term in counted:
        both, having = together[term], max(papers[term], together[term])
        share, lift = both / having, both / own / (having / among)
        if _is_associated(both, own, having, among) and is_subject(term, found.counts[term], share=share, lift=lift):
            associated.append((log_likelihood_ratio(both, own, having, among), term))
    associated.sort(key=lambda scored: (-scored[0], scored[1]))
    return [(term, found.counts[term].spelling) for _, term in associated]


def _is_associated(together: float, own: int, having: float, among: int) -> bool:
    """Whether papers with a term and those of the query coincide so often that the term is worth adding."""
    if having > GENERIC * among or having - together > most_added(own):
        return False
    lift = together / own / (having / among)
    significance = log_likelihood_ratio(together, own, having, among)
    return min(lift / LIFT, significance / SIGNIFICANT, together / having / SHARE) >= 1


def splitting_terms(query_words: AbstractSet[str], matched: Sequence[PaperWords], vocabulary: Vocabulary) -> list[str]:
    """Terms, as queries, that some of the query's papers have and most do not, the most significant first."""
    matched, vocabulary = sampled(matched, vocabulary)
    found = vocabulary.of(matched[:READ], least=ceil(SPLIT[0] * min(len(matched), READ)))
    fitting = [
        term
        for term in _subjects(found, query_words)
        if found.papers[term] <= SPLIT[1] * found.read
        and is_subject(term, found.counts[term], share=SHARE_OF_ONE, lift=LIFT_OF_ONE)
    ]
    fitting = sorted(fitting, key=lambda term: (-found.papers[term], term))[:COUNTED]
    papers = vocabulary.having(fitting)
    own, among = len(matched), vocabulary.papers
    together = {term: found.papers[term] * own / found.read for term in fitting}
    significance = {
        term: log_likelihood_ratio(together[term], own, max(papers[term], together[term]), among) for term in fitting
    }
    best = sorted(fitting, key=lambda term: (-significance[term], -together[term], term))
    return [found.counts[term].spelling for term in best[:TRIED]]


def sampled(matched: Sequence[PaperWords], vocabulary: Vocabulary) -> tuple[Sequence[PaperWords], Vocabulary]:
    """Of more papers than are read, those of the last days, and the terms of the same days."""
    if len(matched) <= READ:
        return matched, vocabulary
    since = matched[READ - 1].paper.list_day
    return [one for one in matched if one.paper.list_day >= since], replace(vocabulary, since=since)


def _subjects(found: TermsOfPapers, query_words: AbstractSet[str]) -> Iterator[str]:
    """The terms that papers use for what they are about, and that are more than other forms of the query's words."""
    for term in found.whole():
        words = term.split()
        is_form = all(any(same_stem(word, other) for other in query_words) for word in words)
        if not is_form and is_used_as_subject(term, found.counts[term]):
            yield term


def is_subject(term: str, counts: TermCounts, *, share: float, lift: float) -> bool:
    """Whether people would subscribe to a term that papers use as a subject."""
    if " " in term:
        return not describes(counts.spelling)
    is_acronym = counts.spelling != counts.spelling.lower()
    is_name = is_acronym or counts.keywords > 0 or counts.titles >= TITLES_OF_ONE
    return (
        is_name
        and not term.endswith(DESCRIBING)
        and ((share >= SHARE_OF_ONE and lift >= LIFT_OF_ONE) or lift >= LIFT_ENOUGH)
    )


def is_used_as_subject(term: str, counts: TermCounts) -> bool:
    """Whether papers use the term for what they are about, rather than as a piece of a sentence or of another term."""
    if counts.subjects >= SUBJECT_OF or counts.heads >= HEAD_OF:
        return True
    return " " not in term and counts.titles >= TITLES_OF_SUBJECT


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


def log_likelihood_ratio(together: float, first: float, second: float, among: float) -> float:
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


def _information(count: float, among: float) -> float:
    return count * log(count / among) if count > 0 else 0.0


def most_added(own: int) -> int:
    """How many papers a term may add to so many of the query."""
    return max(MOST_ADDED, MOST_TIMES * own)


def overlaps(added: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether two terms add much the same papers."""
    return len(added & other) > OVERLAP * min(len(added), len(other))
