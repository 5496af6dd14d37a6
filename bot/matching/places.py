"""Where in a folded paper a term stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from bot.matching.folded_paper import BORDER, FoldedPaper
from bot.matching.query_index import anchors_of
from bot.query.fields import NAMES, PEOPLE
from bot.query.knowledge import Knowledge
from bot.query.tree import Atom, Term, is_initial
from bot.text.folding import INNER_SIGNS, Token


class _Manner(Enum):
    """How closely words are compared."""

    FREE = auto()
    EXACT = auto()
    NAME = auto()
    PERSON = auto()


# Looked up once: this is compared for every word of a candidate.
_FREE, _EXACT, _NAME, _PERSON = _Manner


def locate(term: Term, folded: FoldedPaper, known: Knowledge) -> tuple[int, int] | None:
    """The first place of the term, its acronyms or full forms: from a token to before another; None if not there."""
    within = folded.fields[term.field]
    span = place_of(term, folded, within)
    for short in known.acronyms.short(term):
        span = _earlier(span, _place_of_shape(short.upper(), folded, within))
    for full in known.acronyms.full(term):
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


def place_of_words_apart(term: Term, folded: FoldedPaper) -> tuple[int, int] | None:
    """The first place of any word of the term, if the paper has all of them somewhere in its text; else None."""
    within = folded.fields[term.field]
    places = [
        [place for word in anchors for place in folded.places.get(word, ()) if place in within]
        for anchors in anchors_of(term)
    ]
    first = min((place for some in places for place in some), default=0)
    return (first, first + 1) if all(places) else None


def _first_place(atoms: Sequence[Atom], folded: FoldedPaper, within: range, manner: _Manner) -> tuple[int, int] | None:
    seen: set[tuple[int, int]] = set()
    for start in _beginnings(atoms, folded, within):
        end = _end(atoms, folded.tokens, start, seen, manner)
        if end is not None:
            return start, end
    return None


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
