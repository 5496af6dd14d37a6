"""Text folded into the words that are compared.

What people write in different ways and mean alike becomes the same: case, accents, ligatures, full-width, raised and
lowered characters, possessives, plurals, British spellings, Greek letters, and hyphens. Different words stay different.
The folded words know where they stand in the original text, so that it can be quoted.

`bot.text.written_words` says what a word is. Two words joined by a hyphen are also one word (``fine-tuning``:
``finetuning``), and so are two longer words with a space between them, and a name and its number (``SD 3``: ``sd3``).

Signs beside a word may make a name of it: ``.NET``, ``T5+``, ``pass@k``. The word stays what it is, and knows its sign:
who looks for the name finds only the name, and who looks for the word finds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.text.letters import MARKS
from bot.text.pieces import (
    INNER_SIGNS,
    PIECES,
    SIGNS,
    Piece,
    Place,
    folded_piece,
    pair_across_hyphen,
    pair_across_space,
)
from bot.text.written_words import ALONE, Word, is_spaceless

__all__ = [
    "ALONE",
    "FOLDING_VERSION",
    "INNER_SIGNS",
    "Place",
    "Token",
    "Word",
    "bases_of_pair",
    "fold",
    "fold_words",
    "is_spaceless",
    "places_of_words",
]

FOLDING_VERSION = 2
"""Changes whenever the same text may fold differently: what was computed from folded words is then computed anew."""

MARK_ALONE = re.compile(rf" [{MARKS}]")
"""A mark that is on a blank, which then is no longer one."""


class Token(NamedTuple):
    """A folded word and where it stands.

    Attributes:
        exact: Folded but for its plural and its spelling.
        word: Folded.
        shape: In capitals, without a plural's s, if it was written with two capitals or more (``LLM``, ``MoE``); else
            empty.
        pair: It and the word before it folded as one word, where they join; else empty.
        hyphened: Whether a hyphen joins it to the word before it.
        start: Its first character in the original text.
        end: The character behind its last.
        sign: The signs beside it that make a name of it; else empty.
        other: Another word that it may be: the second singular of ``bases``, a name with its umlaut spelled out; else
            empty.
        bases: The words that it is a form of, as *robotic* is of *robot*; see `bot.text.derived`.
        pair_bases: The same of ``pair``: *finetune*.
    """

    exact: str
    word: str
    shape: str
    pair: str
    hyphened: bool
    start: int
    end: int
    sign: str = ""
    other: str = ""
    bases: tuple[str, ...] = ()
    pair_bases: tuple[str, ...] = ()


def fold(text: str) -> list[Token]:
    """The words of ``text`` in their order."""
    pieces = list(_pieces(text))
    words, pairs = _joined(pieces)
    return [
        Token(
            word.exact,
            word.word,
            word.shape,
            pair,
            hyphened,
            start,
            end,
            word.sign,
            word.other,
            word.bases,
            bases_of_pair(pair, word),
        )
        for word, pair, (start, end, hyphened) in zip(words, pairs, _places(pieces, text), strict=True)
    ]


def fold_words(text: str) -> tuple[list[Word], list[str]]:
    """The words of ``text`` in their order; and for each, it and the word before it as one, see `Token.pair`."""
    return _joined(_pieces(text))


def places_of_words(text: str) -> Iterator[Place]:
    """Where the words of ``text`` stand, in their order."""
    return _places(_pieces(text), text)


def bases_of_pair(pair: str, word: Word) -> tuple[str, ...]:
    """What a pair is a form of, by its second word; empty if there is no pair."""
    if not (pair and word.bases):
        return ()
    first = pair.removesuffix(word.word)
    return tuple(first + base for base in word.bases) if first != pair else ()


def _pieces(text: str) -> Iterable[Piece]:
    """The pieces that the text is made of, each as if it began a text behind a blank."""
    return (folded_piece(text),) if _is_whole(text) else map(PIECES.__getitem__, text.split(" "))


def _is_whole(text: str) -> bool:
    """Whether the text has to be folded in one piece, since its blanks may mean something, or its beginning may."""
    if text[:1] in SIGNS or " & " in text:
        return True
    return not text.isascii() and (not (text[0].isascii() or text[0].isalnum()) or MARK_ALONE.search(text) is not None)


def _joined(pieces: Iterable[Piece]) -> tuple[list[Word], list[str]]:
    """The words of pieces with blanks between them, and what they are with the words before them."""
    words: list[Word] = []
    pairs: list[str] = []
    before: Word | None = None  # the word before, as long as the next may join it
    hyphen = False
    for word, opens, last, behind, more, _ in pieces:
        if word is None:
            before = before if opens else None
            continue
        if before is None or not opens:
            pairs.append("")
        elif hyphen:
            pairs.append(pair_across_hyphen(before, word))
        else:
            pairs.append(pair_across_space(before, word))
        words.append(word)
        for another, pair in more:
            words.append(another)
            pairs.append(pair)
        before, hyphen = last, behind
    return words, pairs


def _places(pieces: Iterable[Piece], text: str) -> Iterator[Place]:
    """Where the words of pieces stand in their text."""
    at, hyphen = 0, False
    for piece, written in zip(pieces, text.split(" "), strict=False):  # a text that is whole is one piece
        for index, place in enumerate(piece.places):
            is_hyphened = place.hyphened if index else hyphen and piece.opens
            yield Place(place.start + at, place.end + at, is_hyphened)
        hyphen = piece.hyphen if piece.word else hyphen and piece.opens
        at += len(written) + 1
