"""Whether a paper is what a query asks for, and the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain import Evidence, Paper
from bot.matching.evidence import quote
from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.fields import FIELD, FIELDS, HAS, NAMES, TEXTS, count_of, has
from bot.query.parser import Query
from bot.query.tree import And, Atom, Count, Everything, Has, Node, Not, Or, Term, leaves
from bot.text.folding import Token, fold

BORDER = Token("", "", "", "", False, 0, 0)  # noqa: FBT003 - a tuple is built by position
"""Stands between two texts: no word equals it, so no phrase runs across."""


@dataclass(frozen=True, slots=True)
class FoldedPaper:
    """A paper ready for any number of queries.

    All its texts stand behind each other, in the order of `bot.query.fields.FIELDS`.

    Attributes:
        paper: The paper.
        tokens: The folded words of all texts, a border behind each text.
        places: Where each folded word, pair and shape stands, rising, as indices of ``tokens``; a pair is where its
            first word is. Shapes have capitals, so they are never taken for words.
        fields: Where each field's words stand; those of the empty name are searched when no field is named.
        starts: Where each text begins, rising, as indices of ``tokens``.
        texts: The field and the original of each text.
    """

    paper: Paper
    tokens: Sequence[Token]
    places: Mapping[str, Sequence[int]]
    fields: Mapping[str, range]
    starts: Sequence[int]
    texts: Sequence[tuple[str, str]]


def fold_paper(paper: Paper) -> FoldedPaper:
    """Fold every text of the paper, once."""
    tokens: list[Token] = []
    fields: dict[str, range] = {}
    starts: list[int] = []
    texts: list[tuple[str, str]] = []
    for field in FIELDS:
        first = len(tokens)
        for text in field.texts(paper):
            starts.append(len(tokens))
            texts.append((field.name, text))
            tokens += fold(text)
            tokens.append(BORDER)
        fields[field.name] = range(first, len(tokens))
    fields[""] = range(fields[TEXTS[-1]].stop)
    return FoldedPaper(paper, tokens, _places(tokens), fields, starts, texts)


def find(query: Query, folded: FoldedPaper, acronyms: Acronyms = NO_ACRONYMS) -> tuple[Evidence, ...] | None:
    """The evidence that the paper is what the query asks for, or None if it is not.

    There is a piece for each wanted term that the paper has, those in the title first; `*` has none.
    """
    if not matches(query.tree, folded, acronyms):
        return None
    found = []
    for leaf, wanted in leaves(query.tree):
        if not wanted:
            continue
        if isinstance(leaf, Term):
            span = locate(leaf, folded, acronyms)
            if span is not None:
                found.append(evidence_at(folded, *span))
        elif isinstance(leaf, Count | Has) and matches(leaf, folded, acronyms):
            found.append(Evidence(HAS if isinstance(leaf, Has) else leaf.name, str(leaf)))
    ranks = list(FIELD)  # facts come last
    found.sort(key=lambda evidence: ranks.index(evidence.field) if evidence.field in FIELD else len(ranks))
    return tuple(dict.fromkeys(found))


def matches(node: Node, folded: FoldedPaper, acronyms: Acronyms) -> bool:
    """Whether the paper is what the node asks for."""
    match node:
        case Term():
            return locate(node, folded, acronyms) is not None
        case And(parts):
            return all(matches(part, folded, acronyms) for part in parts)
        case Or(parts):
            return any(matches(part, folded, acronyms) for part in parts)
        case Not(part):
            return not matches(part, folded, acronyms)
        case Count(name, least):
            return count_of(folded.paper, name) >= least
        case Has(what):
            return has(folded.paper, what)
        case Everything():
            return True


def locate(term: Term, folded: FoldedPaper, acronyms: Acronyms) -> tuple[int, int] | None:
    """The first place of the term, its acronym or full form: the first token and the one behind the last."""
    within = folded.fields[term.field]
    found = place_of(term, folded, within)
    for short in acronyms.short(term):
        found = _earlier(found, _place_of_shape(short, folded, within))
    for full in acronyms.full(term):
        found = _earlier(found, place_of(full, folded, within))
    return found


def place_of(term: Term, folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    """The first place of the term itself among these tokens."""
    if term.acronym:
        return _place_of_shape(term.acronym, folded, within)
    return place_of_atoms(term.atoms, folded, within, literal=term.exact or term.field in NAMES)


def place_of_atoms(
    atoms: Sequence[Atom], folded: FoldedPaper, within: range, *, literal: bool
) -> tuple[int, int] | None:
    """The first place of words in a row among these tokens; if ``literal``, in exactly these forms."""
    seen: set[tuple[int, int]] = set()
    for start in _beginnings(atoms, folded, within):
        end = _end(atoms, folded.tokens, start, seen, literal=literal)
        if end is not None:
            return start, end
    return None


def evidence_at(folded: FoldedPaper, first: int, stop: int) -> Evidence:
    """What the tokens from ``first`` to before ``stop`` were in the original, with their surroundings."""
    field, text = folded.texts[bisect_right(folded.starts, first) - 1]
    return quote(field, text, folded.tokens[first].start, folded.tokens[stop - 1].end)


def _places(tokens: Sequence[Token]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        places.setdefault(token.word, []).append(index)
        if token.shape:
            places.setdefault(token.shape, []).append(index)
        if token.pair:
            places.setdefault(token.pair, []).append(index - 1)
    places.pop(BORDER.word, None)
    return places


def _place_of_shape(shape: str, folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    place = next((place for place in folded.places.get(shape, ()) if place in within), None)
    return None if place is None else (place, place + 1)


def _earlier(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    return min(one, other) if one and other else one or other


def _beginnings(atoms: Sequence[Atom], folded: FoldedPaper, within: range) -> Iterator[int]:
    """Where the atoms may begin, rising."""
    first = atoms[0]
    second = atoms[1] if len(atoms) > 1 and atoms[1].pair else None
    if first.prefix:
        yield from _beginnings_of(first.exact, folded.tokens, within)
    elif second and second.prefix:
        alone = (place for place in folded.places.get(first.word, ()) if place in within)
        yield from sorted({*alone, *_beginnings_of(first.exact + second.exact, folded.tokens, within)})
    else:
        found = folded.places.get(first.word, ())
        if second and (joined := folded.places.get(second.pair)):
            found = sorted({*found, *joined})
        yield from (place for place in found if place in within)


def _beginnings_of(prefix: str, tokens: Sequence[Token], within: range) -> Iterator[int]:
    """Where a word may begin that has this prefix, alone or with the word behind it; borders are words of nothing."""
    for place in within:
        exact = tokens[place].exact
        if exact.startswith(prefix) or (exact and prefix.startswith(exact)):
            yield place


def _end(
    atoms: Sequence[Atom], tokens: Sequence[Token], start: int, seen: set[tuple[int, int]], *, literal: bool
) -> int | None:
    """The token behind the atoms, if they stand at ``start``.

    ``seen`` holds how far they were followed, from this start or another, in vain: so the whole search takes no more
    steps than the atoms times the paper's tokens.
    """
    ways = [(0, start)]
    while ways:
        way = ways.pop()
        index, place = way
        if index == len(atoms):
            return place
        if way in seen:
            continue
        seen.add(way)
        atom, token, after = atoms[index], tokens[place], tokens[place + 1] if place + 1 < len(tokens) else BORDER
        if after.pair and _same(atom, token.exact + after.exact, after.pair, literal=literal):
            ways.append((index + 1, place + 2))
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if following and following.pair and not atom.prefix:
            joined = Atom(atom.exact + following.exact, following.pair, "", following.prefix)
            if _same(joined, token.exact, token.word, literal=literal):
                ways.append((index + 2, place + 1))
        if _same(atom, token.exact, token.word, literal=literal):
            ways.append((index + 1, place + 1))
    return None


def _same(atom: Atom, exact: str, word: str, *, literal: bool) -> bool:
    if atom.prefix:
        return exact.startswith(atom.exact)
    return word == atom.word and (exact == atom.exact or not literal)
