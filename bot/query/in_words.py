"""Puts a query into words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard

from bot.query.conditions import asked_for, left_out
from bot.query.derived_forms import derived_forms
from bot.query.fields import FIELD, NAMES
from bot.query.knowledge import NO_KNOWLEDGE, Knowledge
from bot.query.parser import Query
from bot.query.tree import (
    About,
    And,
    Category,
    Count,
    Everything,
    Has,
    Listed,
    Node,
    Not,
    Or,
    Term,
    both,
    either,
    leaves,
)
from bot.text.figures import counted, listed
from bot.text.shorten import ELLIPSIS

MENTIONING = "mentioning "

MOST_DERIVED = 3
"""Derived forms of a term that are said."""

MOST_NAMES = 3
"""Names that go with a subject that are said; most have twenty."""

TOO_FEW = "by these words alone until I know enough papers to tell which are close in meaning"

HowMany = Callable[[str], int]
"""Gives how many papers have some words as they are written."""


def describe(query: Query, known: Knowledge = NO_KNOWLEDGE, having: HowMany = lambda _words: 0) -> str:
    """What the query asks for: "papers that mention “RLHF” or “DPO”, without “survey”, with at least 20 votes".

    The quoted words are those of the query; acronyms, full forms and derived forms that are looked for too come at the
    end.

    Args:
        query: The query.
        known: What is known besides.
        having: How many papers have a derived form: those that no paper has are not said.
    """
    described = [leaf for leaf, _ in leaves(query.tree) if isinstance(leaf, Term | About)]
    notes = dict.fromkeys((_words_of(leaf), note) for leaf in described if (note := _note(leaf, known, having)))
    also = "; ".join(note if len(described) == 1 else f"{words} {note}" for words, note in notes)
    return _papers(query.tree) + (f" ({also})" if also else "")


def _words_of(leaf: Term | About) -> str:
    return quoted(leaf.term if isinstance(leaf, About) else leaf)


def _note(leaf: Term | About, known: Knowledge, having: HowMany) -> str:
    """What is looked for besides the words; empty if nothing is."""
    if isinstance(leaf, Term):
        return _other_forms(leaf, known, having)
    near = _other_ways(leaf.term, known) if known.can_tell() else TOO_FEW
    return "; ".join(filter(None, [_other_forms(leaf.term, known, having), near]))


def _other_ways(subject: Term, known: Knowledge) -> str:
    """By what a paper is about a subject that it does not say; empty if by nothing."""
    names = [f"“{name.text}”" for name in known.names(subject)]
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    rest = [counted(more, "other name")] if more > 0 else []
    apart = ["these words apart"] if len(subject.atoms) > 1 else []
    ways = [*shown, *rest, *apart]
    return f"also by {listed(ways, 'or')}, if the paper is close in meaning" if ways else ""


def _other_forms(term: Term, known: Knowledge, having: HowMany) -> str:
    """The acronyms, full forms and derived forms that are looked for besides the term; empty without any."""
    derived = sorted(((having(form), form) for form in derived_forms(term)), key=lambda pair: -pair[0])
    forms = [*known.acronyms.short(term), *(full.text for full in known.acronyms.full(term))]
    forms += [form for papers, form in derived[:MOST_DERIVED] if papers]
    return f"also as {listed([f'“{form}”' for form in forms], 'or')}" if forms else ""


def quoted(term: Term) -> str:
    """The words of a term in quotation marks, with an ellipsis for a star."""
    words = (f"{word[:-1]}{ELLIPSIS}" if word.endswith("*") and not term.exact else word for word in term.text.split())
    return f"“{' '.join(words)}”"


def _papers(tree: Node) -> str:
    if isinstance(tree, Or) and not _is_mention(tree):
        return f"papers {' or '.join(_phrases(tree.parts, Or))}"
    parts = tree.parts if isinstance(tree, And) else (tree,)
    rest = tuple(part for part in parts if not isinstance(part, Everything))
    phrases = _phrases(rest, And)
    # “papers that mention a, by b” reads better than “papers mentioning a, by b”, but only the first phrase has a verb.
    if phrases and phrases[0].startswith(MENTIONING):
        phrases[0] = f"that mention {phrases[0].removeprefix(MENTIONING)}"
    return f"{'papers' if rest else 'every paper'} {', '.join(phrases)}".strip()


def _phrase(node: Node) -> str:
    """A node as one of several phrases."""
    match node:
        case And(parts) | Or(parts):
            if _is_mention(node):
                return f"{MENTIONING}{_mention(node)}"
            word = " and " if isinstance(node, And) else " or "
            return f"({word.join(_phrases(parts, type(node)))})"
        case Not(part):
            return _without(part)
        case Term(field=field):
            return f"{f'{FIELD[field].described} ' if field in NAMES else MENTIONING}{_mention(node)}"
        case About(term):
            return f"about {quoted(term)}"
        case Count() | Has() | Category() | Listed():
            return asked_for(node)
        case Everything():
            return "of any kind"


def _phrases(parts: tuple[Node, ...], kind: type[And | Or]) -> list[str]:
    """The parts as phrases; all that is mentioned shares one, and all that an AND leaves out shares another."""
    mentioned = [part for part in parts if _is_mention(part)]
    excluded = [part.part for part in parts if _is_exclusion(part)]
    phrases = [_phrase(both(mentioned) if kind is And else either(mentioned))] if mentioned else []
    phrases += [_phrase(part) for part in parts if not _is_mention(part) and not _is_exclusion(part)]
    if kind is Or:
        return phrases + [_without(part) for part in excluded]
    return phrases + ([_without(either(excluded))] if excluded else [])


def _without(part: Node) -> str:
    match part:
        case Term() | About() | And() | Or() if not _is_mention(part):
            return f"not {_phrase(part)}"
        case Not():
            return f"not ({_phrase(part)})"
        case Count() | Has() | Category() | Listed():
            return left_out(part)
        case Everything():
            return "of no kind"
        case And():
            return f"without {_mention(part)} together"
        case _:
            return f"without {_mention(part)}"


def _mention(node: Node, *, inner: bool = False) -> str:
    match node:
        case And(parts) | Or(parts):
            word = " and " if isinstance(node, And) else " or "
            mentions = word.join(_mention(part, inner=True) for part in parts)
            return f"({mentions})" if inner else mentions
        case Term():
            return _term(node) + (f" {FIELD[node.field].described}" if node.field and node.field not in NAMES else "")
        case _:
            return str(node)


def _term(term: Term) -> str:
    exactly = "exactly " if term.exact and term.field not in NAMES else ""
    return f"{exactly}{quoted(term)}{' in capitals' if term.acronym else ''}"


def _is_mention(node: Node) -> bool:
    """Whether the node looks for nothing but words in a paper's text."""
    if isinstance(node, And | Or):
        return all(map(_is_mention, node.parts))
    return isinstance(node, Term) and node.field not in NAMES


def _is_exclusion(node: Node) -> TypeGuard[Not]:
    """Whether the node leaves out words of a paper's text."""
    return isinstance(node, Not) and _is_mention(node.part)
