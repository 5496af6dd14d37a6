"""Narrower queries: for one that brings too many papers, or to keep one paper out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.advice.backtest import MANY, Backtest, Recent, first_within
from bot.advice.related_terms import splitting
from bot.domain import Paper
from bot.errors import QueryError
from bot.matching.evaluate import FoldedPaper, find, fold_paper
from bot.matching.missing import is_telling
from bot.query import Acronyms, Query, Term, narrowed
from bot.query.tree import And, Count, Everything, Node, Or, both, either, leaves
from bot.search.paper_index import wanted_words

WORDS_OFFERED = 2
"""Words to leave out that are offered; besides them, a number of votes."""

RARELY = 4
"""No more than one in so many of the other papers may have the words."""

LONGEST = 40
"""Characters of such words: a button has to hold them."""

MARK = re.compile(r"[^\w\s'’./+-]")
"""What parts words in a title, or is no part of any: words around it do not belong together."""

VOTES_ABOVE = (3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000)
"""Numbers of votes that are offered."""

FEW = 2.0
"""Papers a day that a threshold of votes is to leave at most."""

VOTES_STEPS = (5, 10, 20, 50, 100, 200, 500)
"""Thresholds that are tried, lowest first."""


@dataclass(frozen=True, slots=True)
class Narrower:
    """A narrower query.

    Attributes:
        addition: What is added to the query, in the language: ``-"dance"``, ``upvotes>=20``.
        label: That in words: "Without “dance”", "With at least 20 votes".
        query: The whole.
        out: The papers that it would have kept out.
    """

    addition: str
    label: str
    query: Query
    out: tuple[Paper, ...]


def narrower_for_volume(query: Query, matched: Sequence[Paper], recent: Recent) -> list[Backtest]:
    """Forms that would have brought something, and `MANY` papers a day at most: one of each kind there is.

    With another word, in titles alone, with a threshold of votes.
    """
    tree = query.tree
    terms = [] if isinstance(tree, Everything) else splitting(query, matched, recent)
    with_words = first_within(recent, (both([tree, Term(term)]) for term in terms), most=MANY)
    in_titles = first_within(recent, [each for each in [_in_titles(tree)] if each != tree], most=MANY)
    counted = {leaf.name for leaf, _ in leaves(tree) if isinstance(leaf, Count)}
    thresholds = () if "upvotes" in counted else VOTES_STEPS
    with_votes = first_within(recent, (both([tree, Count("upvotes", least)]) for least in thresholds), most=FEW)
    return [form for form in (with_words, in_titles, with_votes) if form]


def _in_titles(node: Node) -> Node:
    """The same, looked for in titles instead of anywhere."""
    match node:
        case Term(field=""):
            return replace(node, field="title")
        case And(parts):
            return both(map(_in_titles, parts))
        case Or(parts):
            return either(map(_in_titles, parts))
        case _:
            return node


def narrower_without(query: Query, paper: Paper, found: Sequence[Paper], acronyms: Acronyms) -> list[Narrower]:
    """Up to three narrower forms of the query that do not match the paper, but others that it found.

    First come words of the paper that few of the others have, but best some: those tell a kind of papers.

    Args:
        query: What matched the paper.
        paper: What is to be kept out.
        found: The papers that the query matched lately.
        acronyms: Those that are understood.
    """
    folded = [fold_paper(each) for each in found if each.id != paper.id]
    own = fold_paper(paper)
    forms: list[tuple[int, Narrower]] = []
    for words in dict.fromkeys(_words_of(paper, own, query)):
        form = _form(query, f'-"{words}"', f"Without “{words}”", own, folded, acronyms)
        others = len(form.out) - 1 if form else 0
        if form and others <= len(folded) // RARELY:
            forms.append((others, form))
    forms.sort(key=lambda each: (each[0] == 0, each[0]))
    offered: dict[tuple[Paper, ...], Narrower] = {}
    for _, form in forms:
        offered.setdefault(form.out, form)
    best = list(offered.values())[:WORDS_OFFERED]
    best += [form for _, form in forms if form not in best][: WORDS_OFFERED - len(best)]
    votes = next((number for number in VOTES_ABOVE if number > paper.upvotes), None)
    if votes and (form := _form(query, f"upvotes>={votes}", f"With at least {votes} votes", own, folded, acronyms)):
        best += [form] if len(form.out) <= len(folded) else []
    return best


def _form(
    query: Query, addition: str, label: str, own: FoldedPaper, others: Sequence[FoldedPaper], acronyms: Acronyms
) -> Narrower | None:
    """The form with that addition; None when it is none, or does not keep the paper out."""
    try:
        narrower = narrowed(query, addition)
    except QueryError:
        return None
    if find(narrower, own, acronyms) is not None:
        return None
    out = (own.paper, *(each.paper for each in others if find(narrower, each, acronyms) is None))
    return Narrower(addition, label, narrower, out)


def _words_of(paper: Paper, own: FoldedPaper, query: Query) -> Iterator[str]:
    """The paper's keywords and neighbours in its title, as far as they say more than the query does."""
    title = [token for token in own.tokens[: own.fields["title"].stop] if token.word]
    neighbours = [
        paper.title[first.start : second.end]
        for first, second in pairwise(title)
        if is_telling(first.word) and is_telling(second.word)
    ]
    asked_for = wanted_words(query)
    for words in (*paper.keywords, *neighbours):
        plain = " ".join(words.replace('"', " ").split())
        if MARK.search(plain):
            continue
        try:
            term = Term(plain)
        except ValueError:
            continue
        if len(plain) <= LONGEST and any(is_telling(atom.word) and atom.word not in asked_for for atom in term.atoms):
            yield plain.lower() if plain.istitle() else plain
