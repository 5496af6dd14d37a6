"""Where in a folded paper a term stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from bot.matching.folded_paper import FoldedPaper
from bot.matching.number_sets import first_in, numbers_in
from bot.matching.query_index import anchors_of
from bot.query.fields import NAMES, PEOPLE
from bot.query.knowledge import Knowledge
from bot.query.tree import Atom, Term, is_initial
from bot.text.folding import INNER_SIGNS, Word, bases_of_pair


class _Manner(Enum):
    """How closely words are compared."""

    FREE = auto()
    EXACT = auto()
    NAME = auto()
    PERSON = auto()


# Looked up once: this is compared for every word of a candidate.
_FREE, _EXACT, _NAME, _PERSON = _Manner


def locate(term: Term, folded: FoldedPaper, known: Knowledge) -> tuple[int, int] | None:
    """The first place of the term, its acronyms or full forms: from a word to before another; None if not there."""
    within = folded.fields[term.field]
    span = place_of(term, folded, within)
    for short in known.acronyms.short(term):
        span = _earlier(span, _place_of_shape(short.upper(), folded, within))
    for full in known.acronyms.full(term):
        span = _earlier(span, place_of(full, folded, within))
    return span


def place_of(term: Term, folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    """The first place of the term among these words, in no other form; see `locate`."""
    if term.acronym:
        return _place_of_shape(term.acronym, folded, within)
    manner = _PERSON if term.field in PEOPLE else _NAME if term.field in NAMES else _EXACT if term.exact else _FREE
    span = None
    for atoms in term.orders:
        span = _earlier(span, _first_place(atoms, folded, within, manner))
    return span


def place_of_words_apart(term: Term, folded: FoldedPaper) -> tuple[int, int] | None:
    """The first place of any word of the term, if the paper has all of them somewhere in its text; else None."""
    within = folded.fields[term.field]
    places = [_any_of(anchors, folded, within) for anchors in anchors_of(term)]
    if not all(places):
        return None
    first = min(map(first_in, places))
    return first, first + 1


def _first_place(atoms: Sequence[Atom], folded: FoldedPaper, within: range, manner: _Manner) -> tuple[int, int] | None:
    seen: set[tuple[int, int]] = set()
    for start in _beginnings(atoms, folded, within):
        end = _end(atoms, folded, start, seen, manner)
        if end is not None:
            return start, end
    return None


def _place_of_shape(shape: str, folded: FoldedPaper, within: range) -> tuple[int, int] | None:
    places = folded.beginnings(shape, within)
    return (first_in(places), first_in(places) + 1) if places else None


def _earlier(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    return min(one, other) if one and other else one or other


def _beginnings(atoms: Sequence[Atom], folded: FoldedPaper, within: range) -> Iterator[int]:
    """The words at which the atoms may begin, rising."""
    first = atoms[0]
    second = atoms[1] if len(atoms) > 1 and atoms[1].pair else None
    if first.prefix:
        return numbers_in(_beginnings_of(first.exact, folded, within))
    alike = _any_of(filter(None, (first.word, first.other, second.pair if second else "")), folded, within)
    if second and second.prefix:
        alike |= _beginnings_of(first.exact + second.exact, folded, within)
    return numbers_in(alike)


def _any_of(words: Iterable[str], folded: FoldedPaper, within: range) -> int:
    """The set of places where any of these words begins."""
    places = 0
    for word in words:
        places |= folded.beginnings(word, within)
    return places


def _beginnings_of(prefix: str, folded: FoldedPaper, within: range) -> int:
    """The set of words that begin with the prefix, alone or joined with the next; a border's empty word never does."""
    places, first = 0, prefix[0]
    for place, word in enumerate(folded.words[within.start : within.stop], within.start):
        exact = word.exact
        if exact[:1] == first and (exact.startswith(prefix) or prefix.startswith(exact)):
            places |= 1 << place
    return places


def _end(
    atoms: Sequence[Atom], folded: FoldedPaper, start: int, seen: set[tuple[int, int]], manner: _Manner
) -> int | None:
    """The index after the last word of the atoms, if they begin at ``start``; None if they do not.

    ``seen`` collects the pairs of atom and word that led nowhere, from any start, so that none is tried twice: without
    it a phrase of stars would take exponential time, with it at most the atoms times the paper's words.
    """
    words, pairs = folded.words, folded.pairs
    ways = [(0, start)]
    while ways:
        way = ways.pop()
        index, place = way
        if index == len(atoms):
            return place
        if way in seen:
            continue
        seen.add(way)
        atom, word = atoms[index], words[place]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        joined = _joined(atom, following) if following and following.pair and not atom.prefix else None
        # The text may join or separate words that the query does not: fine-tuning, fine tuning, finetuning.
        if place + 1 < len(words) and pairs[place + 1]:
            written = _pair(word, words[place + 1], pairs[place + 1])
            if _same(atom, written, manner):
                ways.append((index + 1, place + 2))
            # Names with a number may be taken apart in two places: kimi k2, kimik 2.
            if joined and not joined.exact.isalpha() and _same(joined, written, manner):
                ways.append((index + 2, place + 2))
        if joined and _same(joined, word, manner):
            ways.append((index + 2, place + 1))
        if manner is _PERSON and index and is_initial(word.exact):
            ways.append((index, place + 1))
        if _same(atom, word, manner):
            ways.append((index + 1, place + 1))
    return None


def _pair(word: Word, after: Word, pair: str) -> Word:
    """Two words that join, as one."""
    sign = after.sign.lstrip(INNER_SIGNS)
    return Word(word.exact + after.exact, pair, sign=sign, bases=bases_of_pair(pair, after))


def _joined(atom: Atom, following: Atom) -> Atom:
    """Two atoms as one."""
    return Atom(atom.exact + following.exact, following.pair, "", following.prefix, following.sign)


def _same(atom: Atom, written: Word, manner: _Manner) -> bool:
    """Whether the word in the text is what the atom looks for."""
    if atom.sign and atom.sign != written.sign:
        return False
    if atom.prefix:
        return written.exact.startswith(atom.exact)
    if written.word == atom.word and (manner is _FREE or written.exact == atom.exact):
        return True
    if written.bases and manner is _FREE and atom.word in written.bases:
        return True
    if manner is _EXACT or not (written.other or atom.other):
        return False
    if manner is _FREE:
        return written.other in {atom.word, atom.other} or atom.other == written.word
    return written.other in {atom.exact, atom.other} or atom.other == written.exact
