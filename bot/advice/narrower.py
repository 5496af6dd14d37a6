"""Narrower queries: for one that brings too many papers, or to keep a single paper out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.advice.backtest import MANY, Backtest, Recent
from bot.advice.offers import first_tried, with_condition
from bot.advice.related_terms import splitting_terms, words_of
from bot.domain import Paper
from bot.matching.missing import is_informative
from bot.matching.paper_index import wanted_words
from bot.matching.quick_check import quick_check
from bot.matching.terms import subjects_of_two_words
from bot.matching.verdicts import PaperWords, is_match, with_words
from bot.query import Query, Term
from bot.query.tree import About, And, Count, Everything, Node, Or, both, leaves
from bot.text.folding import fold

WORDS_OFFERED = 2
"""Offers of words to leave out; besides them, a number of votes is offered."""

RARITY = 4
"""How rare the words must be: at most one in four of the other papers may have them."""

LONGEST = 40
"""Characters of such words: they have to fit on a button."""

SEPARATOR = re.compile(r"[^\w\s'’./+-]")
"""A character that separates words in a title: those on its two sides do not belong together."""

VOTES_ABOVE = (3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000)
"""Numbers of votes that are offered."""

FEW = 2.0
"""Papers per day that a threshold of votes may leave at most."""

VOTES_STEPS = (5, 10, 20, 50, 100, 200, 500)
"""Thresholds that are tried, lowest first."""


@dataclass(frozen=True, slots=True)
class Narrower:
    """A narrower query.

    Attributes:
        addition: The condition that is added, in the language: ``-"dance"``, ``upvotes>=20``.
        label: The condition in words: "Without “dance”", "With at least 20 votes".
        query: The whole query.
        dropped: The papers that it would have kept out.
    """

    addition: str
    label: str
    query: Query
    dropped: tuple[Paper, ...]


def narrower_for_volume(query: Query, backtest: Backtest, recent: Recent) -> list[Backtest]:
    """Forms that would have brought papers, and at most `MANY` per day.

    Up to one of each kind: in its own words alone, with another word, in titles alone, with a threshold
    of votes.
    """
    tree = query.tree
    terms = (
        []
        if isinstance(tree, Everything)
        else splitting_terms(words_of(query, recent.known), backtest.found, recent.vocabulary)
    )
    with_words = first_tried(recent, (both([tree, Term(term)]) for term in terms), most=MANY)
    in_own_words, in_titles = (
        first_tried(recent, [form] if form != tree else [], most=MANY)
        for form in (_in_own_words(tree), _in_titles(tree))
    )
    counted = {leaf.name for leaf, _ in leaves(tree) if isinstance(leaf, Count)}
    thresholds = () if "upvotes" in counted else VOTES_STEPS
    with_votes = first_tried(recent, (both([tree, Count("upvotes", least)]) for least in thresholds), most=FEW)
    return [form for form in (in_own_words, with_words, in_titles, with_votes) if form]


def _in_own_words(node: Node) -> Node:
    """The node with the words of its subjects alone, rather than all that is close to them."""
    match node:
        case About(term):
            return term
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(_in_own_words, parts)))
        case _:
            return node


def _in_titles(node: Node) -> Node:
    """The node with words looked for in titles instead of anywhere."""
    match node:
        case Term(field=""):
            return replace(node, field="title")
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(_in_titles, parts)))
        case _:
            return node


def narrower_without(query: Query, paper: Paper, recent: Recent) -> list[Narrower]:
    """Up to three narrower forms of the query that no longer match the paper.

    Words are those of the paper that a few others have too: these say what kind of paper it is, while words that only
    this one has would keep out nothing else.

    Args:
        query: The query that matches the paper.
        paper: The paper to keep out.
        recent: The papers to try the forms on.
    """
    [own] = with_words([paper])
    matched = [other for other in recent.run(query).found if other.paper.id != paper.id]
    # The rarest words come first, by what folded words alone can tell: papers are folded again only for those offered.
    likely = {words: _likely(words, matched, recent) for words in _words_to_exclude(paper, query)}
    # Among a handful of papers none can be rare: there, words of this one alone have to do.
    fewest, most = (1, len(matched) // RARITY) if len(matched) >= RARITY else (0, 0)
    rare = {words: others for words, others in likely.items() if fewest <= len(others) <= most}
    forms: dict[tuple[Paper, ...], Narrower] = {}
    for words in sorted(rare, key=lambda words: len(rare[words])):
        term = Query(words, Term(words, exact=True))
        others = tuple(other.paper for other in rare[words] if _matches(term, other, recent))
        form = _form(query, f'-"{words}"', f"Without “{words}”", own, recent)
        if form and len(others) >= fewest:
            # Forms that drop the same papers are one choice for people.
            forms.setdefault(others, replace(form, dropped=(paper, *others)))
        if len(forms) == WORDS_OFFERED:
            break
    best = list(forms.values())
    # More votes than this paper has keep it out now; it may still gain them, which the reply says.
    votes = next((number for number in VOTES_ABOVE if number > paper.upvotes), None)
    if votes and (form := _form(query, f"upvotes>={votes}", f"With at least {votes} votes", own, recent)):
        dropped = [other.paper for other in matched if other.paper.upvotes < votes]
        best += [replace(form, dropped=(paper, *dropped))] if len(dropped) < len(matched) else []
    return best


def _matches(query: Query, candidate: PaperWords, recent: Recent) -> bool:
    return is_match(query, candidate, recent.known)


def _likely(words: str, candidates: Sequence[PaperWords], recent: Recent) -> list[PaperWords]:
    """The papers that have the words next to each other, in some form."""
    term = Query(words, Term(words))
    return [other for other in candidates if quick_check(term, other.paper, other.words, recent.known)]


def _form(query: Query, addition: str, label: str, own: PaperWords, recent: Recent) -> Narrower | None:
    """The form with that addition; None if it is not a query, or does not keep the paper out."""
    narrower = with_condition(query, addition)
    if narrower is None or _matches(narrower, own, recent):
        return None
    return Narrower(addition, label, narrower, (own.paper,))


def _words_to_exclude(paper: Paper, query: Query) -> Iterator[str]:
    """The paper's keywords, and every two words of its title that are a subject, if they say more than the query."""
    asked_for = wanted_words(query)
    for words in (*paper.keywords, *subjects_of_two_words(paper.title)):
        plain = " ".join(words.replace('"', " ").split())
        atoms = Term(plain).atoms if fold(plain) and not SEPARATOR.search(plain) else ()
        says_more = any(is_informative(atom.word) and atom.word not in asked_for for atom in atoms)
        if says_more and len(plain) <= LONGEST:
            yield plain.lower() if plain.istitle() else plain
