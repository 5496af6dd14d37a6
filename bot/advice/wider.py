"""Broader queries, for one that finds too little: tried on the papers of a month, or for the whole store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.advice.backtest import MANY, Backtest, Recent, word_weights
from bot.advice.offers import tried
from bot.matching.missing import is_informative
from bot.matching.paper_index import wanted_terms
from bot.matching.terms import STOP_WORDS
from bot.query.fields import NAMES
from bot.query.parser import Query
from bot.query.phrases import SHORTEST_PREFIX
from bot.query.scope import sources_of
from bot.query.tree import About, And, Node, Or, Term, both, either, terms

OFFERED = 2
"""Broader queries that are offered, and papers that are shown as near misses."""

WEIGHT_KEPT = 0.45
"""The share of a phrase's weight that it must keep when a word is left out: with less it is about something else."""

ENDING = re.compile(r"(?:ations?|ings?|ions?|ments?|ives?|ers?|ed|es|s|e)$")
"""The ending of a word that a star may replace."""

SHORTEST_STEM = SHORTEST_PREFIX + 1


def wider(query: Query, recent: Recent) -> list[Backtest]:
    """Up to `OFFERED` forms that would have brought papers, and at most `MANY` per day; the nearest first."""
    offered: list[Backtest] = []
    weights = word_weights(query, recent)
    for form in _wider(query.tree, weights):
        if _is_about_words(query.tree) and not _is_about_words(form):
            continue  # every paper with some votes is no broader form of a subject
        if sources_of(form) != query.sources:
            continue  # nor are the same words in another source's papers
        backtest = tried(recent, form, most=MANY)
        # Another wording that brings the same papers gives people nothing to choose.
        if backtest and backtest.papers not in [other.papers for other in offered]:
            offered.append(backtest)
        if len(offered) == OFFERED:
            break
    return offered


def _is_about_words(node: Node) -> bool:
    return any(is_wanted for _, is_wanted in terms(node))


def _wider(node: Node, weights: Mapping[str, float]) -> Iterator[Node]:
    """Forms that are broader in one place, the smallest changes first."""
    match node:
        case Term():
            yield from _wider_terms(node, weights)
        case About(term):
            forms = (form for form in _wider_terms(term, weights) if isinstance(form, Term))
            yield from (About(form) for form in forms if "*" not in form.text)
        case And(parts):
            for index, part in enumerate(parts):
                yield from (both([*parts[:index], form, *parts[index + 1 :]]) for form in _wider(part, weights))
            for index in range(len(parts)):
                yield both([*parts[:index], *parts[index + 1 :]])
        case Or(parts):
            for index, part in enumerate(parts):
                yield from (either([*parts[:index], form, *parts[index + 1 :]]) for form in _wider(part, weights))


def _wider_terms(term: Term, weights: Mapping[str, float]) -> Iterator[Node]:
    if term.field in NAMES:
        return  # half a name is somebody else's
    if term.exact:
        yield replace(term, exact=False)
    if term.acronym:
        yield replace(term, text=term.text.lower())
    if term.field:
        yield replace(term, field="")
    elif not term.exact and "*" not in term.text:
        yield About(term)
    words = term.text.split()
    informative = [word for word in words if is_informative(word.lower()) and word.lower() not in STOP_WORDS]
    if len(informative) > 1:
        yield both([Term(word, term.field) for word in informative])
    last = words[-1]
    stem = ENDING.sub("", last.lower())
    if len(stem) >= SHORTEST_STEM and stem.isalpha():
        yield Term(" ".join([*words[:-1], f"{stem}*"]), term.field)
    whole = sum(weights[atom.word] for atom in term.atoms)
    for kept in (words[1:], words[:-1]):
        fewer = Term(" ".join(kept), term.field) if kept else term
        if fewer != term and sum(weights.get(atom.word, 0.0) for atom in fewer.atoms) >= WEIGHT_KEPT * whole:
            yield fewer


def wider_wordings(query: Query) -> Iterator[str]:
    """Broader forms of the query, in the language: its words anywhere, then any of them, without counts and facts."""
    words = list(dict.fromkeys(text for term in wanted_terms(query) for text in _informative_words(term)))
    if not words:
        return
    alternatives = query.tree.parts if isinstance(query.tree, Or) else ()
    if not alternatives and len(words) > 1:
        yield str(both(Term(word) for word in words))
    yield str(either(Term(word) for word in words))


def _informative_words(term: Term) -> Iterator[str]:
    """The words of a term as they were typed, without stop words."""
    for word in term.text.split():
        plain = Term(word) if any(map(str.isalnum, word)) else None
        if plain and any(is_informative(atom.word) for atom in plain.atoms):
            yield plain.text
