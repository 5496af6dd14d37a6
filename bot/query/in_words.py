"""A query said in words."""

from __future__ import annotations

from typing import TypeGuard

from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.fields import FACT, FIELD, NAMES, counted_in_words
from bot.query.parser import Query
from bot.query.tree import And, Count, Everything, Has, Node, Not, Or, Term, both, either, leaves
from bot.text.shorten import ELLIPSIS

MENTIONING = "mentioning "


def describe(query: Query, acronyms: Acronyms = NO_ACRONYMS) -> str:
    """What the query asks for: "papers that mention “RLHF” or “DPO”, without “survey”, with at least 20 upvotes".

    The words are those of the query, in quotes; acronyms and full forms that are looked for too are said at the end.
    """
    terms = [leaf for leaf, _ in leaves(query.tree) if isinstance(leaf, Term)]
    added = dict.fromkeys((quoted(term), note) for term in terms if (note := _added(term, acronyms)))
    notes = "; ".join(note if len(terms) == 1 else f"{term} {note}" for term, note in added)
    return _papers(query.tree) + (f" ({notes})" if notes else "")


def _added(term: Term, acronyms: Acronyms) -> str:
    """What is looked for besides the term."""
    forms = [*acronyms.short(term), *(full.text for full in acronyms.full(term))]
    return f"also as {' or '.join(f'“{form}”' for form in forms)}" if forms else ""


def quoted(term: Term) -> str:
    """The words of a term in quotes, an ellipsis for a star."""
    words = (f"{word[:-1]}{ELLIPSIS}" if word.endswith("*") and not term.exact else word for word in term.text.split())
    return f"“{' '.join(words)}”"


def _papers(tree: Node) -> str:
    if isinstance(tree, Or) and not _is_mention(tree):
        return f"papers {' or '.join(_list(tree.parts, Or))}"
    parts = tree.parts if isinstance(tree, And) else (tree,)
    rest = tuple(part for part in parts if not isinstance(part, Everything))
    said = _list(rest, And)
    if said and said[0].startswith(MENTIONING):
        said[0] = f"that mention {said[0].removeprefix(MENTIONING)}"
    return f"{'papers' if rest else 'every paper'} {', '.join(said)}".strip()


def _phrase(node: Node) -> str:
    """A node that stands among others."""
    match node:
        case And(parts) | Or(parts):
            if _is_mention(node):
                return f"{MENTIONING}{_mention(node)}"
            word = " and " if isinstance(node, And) else " or "
            return f"({word.join(_list(parts, type(node)))})"
        case Not(part):
            return _without(part)
        case Term(field=field):
            return f"{f'{FIELD[field].described} ' if field in NAMES else MENTIONING}{_mention(node)}"
        case Count(name, least):
            return f"with at least {counted_in_words(name, least)}"
        case Has(what):
            return f"with {FACT[what].noun}"
        case Everything():
            return "of any kind"


def _list(parts: tuple[Node, ...], kind: type[And | Or]) -> list[str]:
    """The parts as phrases, those that are mentioned or left out each said together."""
    mentioned = [part for part in parts if _is_mention(part)]
    lacking = [part.part for part in parts if _is_lack(part)]
    said = [_phrase(both(mentioned) if kind is And else either(mentioned))] if mentioned else []
    said += [_phrase(part) for part in parts if not _is_mention(part) and not _is_lack(part)]
    if kind is Or:
        return said + [_without(part) for part in lacking]
    return said + ([_without(either(lacking))] if lacking else [])


def _without(part: Node) -> str:
    match part:
        case Term() | And() | Or() if not _is_mention(part):
            return f"not {_phrase(part)}"
        case Not():
            return f"not ({_phrase(part)})"
        case Count(name, least):
            return f"with fewer than {counted_in_words(name, least)}"
        case Has(what):
            return f"without {FACT[what].noun}"
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
            said = word.join(_mention(part, inner=True) for part in parts)
            return f"({said})" if inner else said
        case Term():
            return _term(node) + (f" {FIELD[node.field].described}" if node.field and node.field not in NAMES else "")
        case _:
            return str(node)


def _term(term: Term) -> str:
    exactly = "exactly " if term.exact and term.field not in NAMES else ""
    return f"{exactly}{quoted(term)}{' in capitals' if term.acronym else ''}"


def _is_mention(node: Node) -> bool:
    """Whether the node is made of nothing but words that are looked for in the text."""
    if isinstance(node, And | Or):
        return all(map(_is_mention, node.parts))
    return isinstance(node, Term) and node.field not in NAMES


def _is_lack(node: Node) -> TypeGuard[Not]:
    """Whether the node is nothing but words that are left out."""
    return isinstance(node, Not) and _is_mention(node.part)
