"""What a text is made of between its blanks, each folded once: most words of a paper were in the papers before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.text.letters import plain_letters, spelled_out
from bot.text.written_words import ALONE, TOKEN, Part, Word, folded_word, plain_word, word_as_written, words_in

HYPHEN = re.compile(r"[-‐‑‒–−－_^·⋅]\s*")

SHORT_ALONE = frozenset("al am an as at be by do et go he if in is it me my no of on or so to up us vs we".split())
"""Words of two letters that do not name the number behind them; see `ALONE` for longer ones."""

SHORTEST_PAIR = 7
"""Letters of two words together that join across a space: ``few shot`` is ``fewshot``."""

SHORTEST_COUNTED = 3
"""Letters of a noun that joins the number before it: ``4 bit`` is ``4bit``."""

INNER_SIGNS = ".@$€£/"
"""Signs before a word that make a name of it."""

SHORT = 2
"""Characters of a word that a slash makes a name of: I/O, L1/L2, TCP/IP, but not vision/language."""

SIGNS, LAST = frozenset(INNER_SIGNS), frozenset("+*")

LAST_SIGNS = re.compile(r"\++(?![\w+])|\*(?![\w*])")
"""Signs behind a word that make a name of it; the star only behind capitals, as in RRT*."""

MOST_KEPT = 1 << 16
"""Pieces that are kept folded, at some 500 bytes each with their words: those of about two thousand papers."""

LONGEST_KEPT = 40
"""Characters of such a piece: in scripts without blanks a piece may be a whole abstract."""


class Place(NamedTuple):
    """Where a word stands in a text: its first character and the one behind its last; and whether a hyphen joins it."""

    start: int
    end: int
    hyphened: bool = False


class Piece(NamedTuple):
    """The words of a text without blanks, or of any text.

    Attributes:
        word: The first word; None if there is none.
        opens: Whether nothing stands before the first word; if there is none, whether nothing stands there at all.
        last: The last word, if nothing or only a hyphen stands behind it, so that the next word may join it.
        hyphen: Whether it is a hyphen.
        more: The other words, and for each, it and the word before it as one word, where they join; else empty.
        places: Where the words stand.
    """

    word: Word | None
    opens: bool
    last: Word | None = None
    hyphen: bool = False
    more: Sequence[tuple[Word, str]] = ()
    places: Sequence[Place] = ()


class Pieces(dict[str, Piece]):
    """Pieces by how they are written, each folded when it is first asked for."""

    def __missing__(self, written: str) -> Piece:
        """Fold the piece, and keep it if it is short."""
        piece = _plain_piece(written) or folded_piece(f" {written}", at=-1)
        if len(written) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()  # the common ones are soon here again
            self[written] = piece
        return piece


PIECES = Pieces()


def folded_piece(text: str, at: int = 0) -> Piece:
    """Fold a text whose first character is the one at ``at``."""
    line, starts, ends = plain_letters(text)
    words: list[Word] = []
    pairs: list[str] = []
    places: list[Place] = []
    opens, reached = False, 0
    for part, begin, stop in _parts(line):
        word, before, gap = part.word, words[-1] if words else None, line[reached:begin]
        hyphened, sign, pair = False, "", ""
        if gap.isspace():
            pair = pair_across_space(before, word) if before else ""
        elif part.glued and before:
            pair = folded_word(before.exact + word.exact)
        else:
            hyphened = before is not None and HYPHEN.fullmatch(gap) is not None
            # A point joins two words, as in node.js, but not initials.
            if before and (hyphened or (gap == "." and min(len(before.exact), len(word.exact)) > 1)):
                pair = pair_across_hyphen(before, word)
            sign = _first_sign(line, begin, before, word) if gap[-1:] in SIGNS else ""
        opens, reached = opens or not (before or gap.strip()), stop
        first, end = begin - 1 if sign and len(gap) > 1 else begin, stop
        if line[stop : stop + 1] in LAST and (last := LAST_SIGNS.match(line, stop)) and (last[0] != "*" or word.shape):
            sign += last[0]
            end = last.end()
        if starts is not None and ends is not None:
            first, end = starts[first], ends[end - 1]
        words.append(_as_written(word, sign, spelled_out(text[first:end])))
        pairs.append(pair)
        places.append(Place(first + at, end + at, hyphened))
    rest = line[reached:].strip()
    if not words:
        return Piece(None, opens=not rest)
    hyphen = HYPHEN.fullmatch(line, reached) is not None
    joining = words[-1] if hyphen or not rest else None
    return Piece(words[0], opens, joining, hyphen, tuple(zip(words[1:], pairs[1:], strict=True)), places)


def pair_across_space(before: Word, word: Word) -> str:
    """Two words with a space between them as one; empty if they do not join."""
    if before.joins and word.joins:
        exact = before.exact + word.exact
        return folded_word(exact) if len(exact) >= SHORTEST_PAIR else ""
    if (before.numbered or word.numbered) and _is_numbered(before.exact, word.exact):
        return folded_word(before.exact + word.exact)
    return ""


def pair_across_hyphen(before: Word, word: Word) -> str:
    """Two words with a hyphen between them as one; empty if they are two numbers."""
    one, other = before.exact, word.exact
    return "" if one[-1].isdigit() and other[0].isdigit() else folded_word(one + other)


def _plain_piece(written: str) -> Piece | None:
    """A piece that is an ordinary word, or several with hyphens between them, with punctuation around it; else None.

    Nearly all are, and this takes a tenth of the time.
    """
    ahead = written.lstrip("([“‘")
    bare = ahead.rstrip(".,;:!?)]”")
    start = len(written) - len(ahead)
    if not bare.isascii():
        return None
    if bare.isalpha():
        word = _word_of(bare)
        last = word if bare == ahead else None
        return Piece(word, start == 0, last, places=_place_alone(start, start + len(bare)))
    parts = bare.split("-")
    if not all(map(str.isalpha, parts)):
        return None
    words = [_word_of(part) for part in parts]
    pairs = [pair_across_hyphen(before, word) for before, word in pairwise(words)]
    places: list[Place] = []
    for part in parts:
        places.append(Place(start, start + len(part), hyphened=bool(places)))
        start += len(part) + 1
    last = words[-1] if bare == ahead else None
    return Piece(words[0], ahead == written, last, more=tuple(zip(words[1:], pairs, strict=True)), places=places)


def _word_of(letters: str) -> Word:
    """The word of ASCII letters."""
    is_plain = letters.islower() or letters[1:].islower()
    return plain_word(letters.lower()) if is_plain else word_as_written(letters)


@lru_cache(maxsize=256)
def _place_alone(start: int, end: int) -> tuple[Place]:
    """The place of a single word, the same object for all words that stand there."""
    return (Place(start, end),)


def _parts(line: str) -> Iterator[tuple[Part, int, int]]:
    """The words of a line in plain letters, and where each begins and ends."""
    for found in TOKEN.finditer(line):
        first = found.start()
        for part in words_in(found[0]):
            yield part, first + part.start, first + part.end


def _as_written(word: Word, sign: str, umlaut: str) -> Word:
    """The word with the signs beside it, and with its umlaut spelled out if it has one."""
    if not (sign or umlaut):
        return word
    other = umlaut or word.other
    return Word(word.exact, word.word, word.shape, other, sign, word.bases, word.joins, word.numbered)


def _is_numbered(before: str, exact: str) -> bool:
    """Whether two words with a space between them are a name and its number, or a number and what it is of."""
    if before[-1].isdigit():
        return len(exact) >= SHORTEST_COUNTED and exact.isalpha() and exact not in ALONE
    is_number = exact[0].isdigit() or (len(exact) > 1 and exact[1].isdigit())
    return is_number and len(before) > 1 and before not in SHORT_ALONE and before not in ALONE


def _first_sign(line: str, begin: int, before: Word | None, word: Word) -> str:
    """The sign right before a word, if it makes a name of it; else empty."""
    sign = line[begin - 1 : begin]
    earlier = line[begin - 2 : begin - 1]
    if sign == "/":
        shortest = min(len(before.exact), len(word.exact)) if before else 0
        return sign if earlier.isalnum() and shortest <= SHORT else ""
    if sign == ".":
        return sign if earlier != "." and (earlier.isalnum() or earlier.isspace() or earlier in "([{“\"'") else ""
    return sign if sign == "@" or word.exact[0].isdigit() else ""
