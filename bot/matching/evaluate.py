"""Evaluates a query on a folded paper: whether it matches, and the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain import Evidence, Paper
from bot.matching.evidence import quote
from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.fields import FIELD, FIELDS, HAS, NAMES, PEOPLE, TEXTS, count_of, has
from bot.query.parser import Query
from bot.query.tree import And, Atom, Count, Everything, Has, Node, Not, Or, Term, is_initial, leaves
from bot.text.folding import INNER_SIGNS, Token, fold


class _Manner(Enum):
    """How closely words are compared."""

    FREE = auto()
    EXACT = auto()
    NAME = auto()
    PERSON = auto()


# Looked up once: this is compared for every word of a candidate.
_FREE, _EXACT, _NAME, _PERSON = _Manner

BORDER = Token("", "", "", "", False, 0, 0)  # noqa: FBT003 - a tuple is built by position
"""Stands between two texts: it equals no word, so that no phrase runs from one text into the next."""


@dataclass(frozen=True, slots=True)
class FoldedPaper:
    """A paper folded once, for any number of queries.

    Its texts follow each other, in the order of `bot.query.fields.FIELDS`.

    Attributes:
        paper: The paper.
        tokens: The folded words of all texts, with a border after each text.
        places: The indices in ``tokens`` of each folded word, pair, shape, other word, and of what these are forms of,
            rising; a pair is at its first word. Shapes have capitals, so none of them equals a word.
        fields: The range of each field in ``tokens``; the empty name has those that are searched without a field.
        starts: The index in ``tokens`` at which each text begins, rising.
        texts: The field and the original of each text.
    """

    paper: Paper
    tokens: Sequence[Token]
    places: Mapping[str, Sequence[int]]
    fields: Mapping[str, range]
    starts: Sequence[int]
    texts: Sequence[tuple[str, str]]

    def within(self, field: str) -> Sequence[Token]:
        """The tokens of a field; for the empty name, of those that are searched without a field."""
        places = self.fields[field]
        return self.tokens[places.start : places.stop]


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
    """The evidence that the paper matches the query; None if it does not.

    There is a piece for each wanted term that the paper has, those in the title first; `*` needs none.
    """
    if not matches(query.tree, folded, acronyms):
        return None
    evidence = []
    for leaf, wanted in leaves(query.tree):
        if not wanted:
            continue
        if isinstance(leaf, Term):
            span = locate(leaf, folded, acronyms)
            if span is not None:
                evidence.append(evidence_at(folded, *span))
        elif isinstance(leaf, Count | Has) and matches(leaf, folded, acronyms):
            evidence.append(Evidence(HAS if isinstance(leaf, Has) else leaf.name, str(leaf)))
    ranks = list(FIELD)
    # Counts and facts come last: they say less about why a paper is worth reading.
    evidence.sort(key=lambda piece: ranks.index(piece.field) if piece.field in FIELD else len(ranks))
    return tuple(dict.fromkeys(evidence))


def matches(node: Node, folded: FoldedPaper, acronyms: Acronyms) -> bool:
    """Whether the paper matches the node."""
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
        case Has(fact):
            return has(folded.paper, fact)
        case Everything():
            return True


def locate(term: Term, folded: FoldedPaper, acronyms: Acronyms) -> tuple[int, int] | None:
    """The first place of the term, its acronyms or full forms: from a token to before another; None if not there."""
    within = folded.fields[term.field]
    span = place_of(term, folded, within)
    for short in acronyms.short(term):
        span = _earlier(span, _place_of_shape(short.upper(), folded, within))
    for full in acronyms.full(term):
        span = _earlier(span, place_of(full, folded, within))
    return span


def place_of(term: Term, folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    """The first place of the term among these tokens, in no other form; see `locate`."""
    if term.acronym:
        return _place_of_shape(term.acronym, folded, within)
    manner = _PERSON if term.field in PEOPLE else _NAME if term.field in NAMES else _EXACT if term.exact else _FREE
    span = None
    for atoms in term.orders:
        span = _earlier(span, _first_place(atoms, folded, within, manner))
    return span


def place_of_atoms(atoms: Sequence[Atom], folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    """The first place of adjacent words among these tokens, in any form."""
    return _first_place(atoms, folded, within, _FREE)


def _first_place(atoms: Sequence[Atom], folded: FoldedPaper, within: range, manner: _Manner) -> tuple[int, int] | None:
    seen: set[tuple[int, int]] = set()
    for start in _beginnings(atoms, folded, within):
        end = _end(atoms, folded.tokens, start, seen, manner)
        if end is not None:
            return start, end
    return None


def evidence_at(folded: FoldedPaper, first: int, stop: int) -> Evidence:
    """The original of the tokens from ``first`` to before ``stop``, with the text around it."""
    field, text = folded.texts[bisect_right(folded.starts, first) - 1]
    return quote(field, text, folded.tokens[first].start, folded.tokens[stop - 1].end)


def _places(tokens: Sequence[Token]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        places.setdefault(token.word, []).append(index)
        if token.shape:
            places.setdefault(token.shape, []).append(index)
        if token.other:
            places.setdefault(token.other, []).append(index)
        if token.pair:
            places.setdefault(token.pair, []).append(index - 1)
        if token.bases:
            for base in token.bases:
                places.setdefault(base, []).append(index)
            for base in token.pair_bases:
                places.setdefault(base, []).append(index - 1)
    places.pop(BORDER.word, None)
    return places


def _place_of_shape(shape: str, folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    place = next((place for place in folded.places.get(shape, ()) if place in within), None)
    return None if place is None else (place, place + 1)


def _earlier(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    return min(one, other) if one and other else one or other


def _beginnings(atoms: Sequence[Atom], folded: FoldedPaper, within: range) -> Iterator[int]:
    """The tokens at which the atoms may begin, rising."""
    first = atoms[0]
    second = atoms[1] if len(atoms) > 1 and atoms[1].pair else None
    if first.prefix:
        yield from _beginnings_of(first.exact, folded.tokens, within)
        return
    words = {first.word, first.other} if first.other else {first.word}
    places: Iterable[int] = folded.places.get(first.word, ())
    if second or first.other:
        words |= {second.pair} if second else set()
        alike = {place for word in words for place in folded.places.get(word, ())}
        if second and second.prefix:
            alike.update(_beginnings_of(first.exact + second.exact, folded.tokens, within))
        places = sorted(alike)
    yield from (place for place in places if place in within)


def _beginnings_of(prefix: str, tokens: Sequence[Token], within: range) -> Iterator[int]:
    """The tokens that begin with the prefix, alone or joined with the next; a border's empty word never does."""
    for place in within:
        exact = tokens[place].exact
        if exact.startswith(prefix) or (exact and prefix.startswith(exact)):
            yield place


def _end(
    atoms: Sequence[Atom], tokens: Sequence[Token], start: int, seen: set[tuple[int, int]], manner: _Manner
) -> int | None:
    """The index after the last token of the atoms, if they begin at ``start``; None if they do not.

    ``seen`` collects the pairs of atom and token that led nowhere, from any start, so that none is tried twice: without
    it a phrase of stars would take exponential time, with it at most the atoms times the paper's tokens.
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
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        joined = _joined(atom, following) if following and following.pair and not atom.prefix else None
        # The text may join or separate words that the query does not: fine-tuning, fine tuning, finetuning.
        if after.pair:
            sign = after.sign.lstrip(INNER_SIGNS)
            exact, bases = token.exact + after.exact, after.pair_bases
            written = Token(exact, after.pair, "", "", False, 0, 0, sign, bases=bases)  # noqa: FBT003 - as above
            if _same(atom, written, manner):
                ways.append((index + 1, place + 2))
            # Names with a number may be taken apart in two places: kimi k2, kimik 2.
            if joined and not joined.exact.isalpha() and _same(joined, written, manner):
                ways.append((index + 2, place + 2))
        if joined and _same(joined, token, manner):
            ways.append((index + 2, place + 1))
        if manner is _PERSON and index and is_initial(token.exact):
            ways.append((index, place + 1))
        if _same(atom, token, manner):
            ways.append((index + 1, place + 1))
    return None


def _joined(atom: Atom, following: Atom) -> Atom:
    """Two atoms as one."""
    return Atom(atom.exact + following.exact, following.pair, "", following.prefix, following.sign)


def _same(atom: Atom, token: Token, manner: _Manner) -> bool:
    """Whether the token is what the atom looks for."""
    if atom.sign and atom.sign != token.sign:
        return False
    if atom.prefix:
        return token.exact.startswith(atom.exact)
    if token.word == atom.word and (manner is _FREE or token.exact == atom.exact):
        return True
    if token.bases and manner is _FREE and atom.word in token.bases:
        return True
    if manner is _EXACT or not (token.other or atom.other):
        return False
    if manner is _FREE:
        return token.other in {atom.word, atom.other} or atom.other == token.word
    return token.other in {atom.exact, atom.other} or atom.other == token.exact
