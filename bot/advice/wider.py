"""Wider queries, for one that finds too little: tried on the papers of a month, or worded for the whole store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.advice.backtest import MANY, Backtest, Recent, tried_within, word_weights
from bot.matching.missing import is_telling
from bot.query.fields import NAMES
from bot.query.operands import SHORTEST_PREFIX
from bot.query.parser import Query
from bot.query.tree import And, Node, Or, Term, both, either
from bot.search.paper_index import wanted_terms

OFFERED = 2
"""Wider forms that are offered, and papers that are named as near."""

TELLING = 0.45
"""The weight that must be left of a phrase when a word of it is left out: with less it is about something else."""

ENDING = re.compile(r"(?:ations?|ings?|ions?|ments?|ives?|ers?|ed|es|s|e)$")
"""What a star may stand for at the end of a word."""

SHORTEST_STEM = SHORTEST_PREFIX + 1


def wider(query: Query, recent: Recent) -> list[Backtest]:
    """Up to `OFFERED` forms that would have brought something, and `MANY` papers a day at most; nearest first."""
    found: list[Backtest] = []
    weights = word_weights(query, recent)
    for form in _wider(query.tree, weights):
        tried = tried_within(recent, form, most=MANY)
        if tried and tried.papers not in [each.papers for each in found]:
            found.append(tried)
        if len(found) == OFFERED:
            break
    return found


def _wider(node: Node, weights: Mapping[str, float]) -> Iterator[Node]:
    """Forms that are wider in one place, the smallest changes first."""
    match node:
        case Term():
            yield from _wider_terms(node, weights)
        case And(parts):
            for index, part in enumerate(parts):
                yield from (both([*parts[:index], each, *parts[index + 1 :]]) for each in _wider(part, weights))
            for index in range(len(parts)):
                yield both([*parts[:index], *parts[index + 1 :]])
        case Or(parts):
            for index, part in enumerate(parts):
                yield from (either([*parts[:index], each, *parts[index + 1 :]]) for each in _wider(part, weights))


def _wider_terms(term: Term, weights: Mapping[str, float]) -> Iterator[Node]:
    if term.exact:
        yield replace(term, exact=False)
    if term.acronym:
        yield replace(term, text=term.text.lower())
    if term.field and term.field not in NAMES:
        yield replace(term, field="")
    words = term.text.split()
    telling = [word for word in words if is_telling(word.lower())]
    if len(telling) > 1 and term.field not in NAMES:
        yield both([Term(word, term.field) for word in telling])
    last = words[-1]
    stem = ENDING.sub("", last.lower())
    if len(stem) >= SHORTEST_STEM and stem.isalpha() and term.field not in NAMES:
        yield Term(" ".join([*words[:-1], f"{stem}*"]), term.field)
    whole = sum(weights[atom.word] for atom in term.atoms)
    for left in (words[1:], words[:-1]):
        fewer = Term(" ".join(left), term.field) if left else term
        if fewer != term and sum(weights.get(atom.word, 0.0) for atom in fewer.atoms) >= TELLING * whole:
            yield fewer


def wider_wordings(query: Query) -> Iterator[str]:
    """Wider forms of the query, in the language: its words anywhere, then any of its words; facts are left out."""
    words = list(dict.fromkeys(text for term in wanted_terms(query) for text in _telling(term)))
    if not words:
        return
    alternatives = query.tree.parts if isinstance(query.tree, Or) else ()
    if not alternatives and len(words) > 1:
        yield str(both(Term(word) for word in words))
    yield str(either(Term(word) for word in words))


def _telling(term: Term) -> Iterator[str]:
    """The words of a term as they were written, each once, without those that say nothing."""
    for word in term.text.split():
        plain = Term(word) if any(map(str.isalnum, word)) else None
        if plain and any(is_telling(atom.word) for atom in plain.atoms):
            yield plain.text
