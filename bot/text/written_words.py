"""What counts as a word in plain letters, and what it folds to.

- A word is a run of letters and digits, with apostrophes inside; numbers keep their point (``4.1``).
- Signs that make a name of a single letter are part of it: ``C++``, ``C#``, ``A*``, ``Q&A``, ``AT&T``.
- Scripts that are written without spaces give a word for each character, Korean too because particles are attached to
  its words; a run of them is then found wherever it stands. An emoji is a word, and so is ∞.
- A name with a number comes apart where its letters end: ``GPT4o`` is ``gpt`` and ``4o``, ``DINOv2`` is ``dino`` and
  ``v2``, ``Qwen2.5VL`` is ``qwen``, ``2.5`` and ``vl``; fewer than three letters do not (``T5``, ``3D``, ``SD3``).
- A Greek letter that stands alone goes by its name: ``β`` is ``beta``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from bot.text import greek
from bot.text.derived import bases_of
from bot.text.letters import MARKS
from bot.text.plural_lists import IRREGULAR
from bot.text.plurals import other_singular, singular
from bot.text.spelling import american

SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"  # Thai, Lao, Burmese, Hangul letters, Khmer
    "\u3005-\u3007\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff"  # kana, Hangul letters
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"  # Han, Hangul
)

EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"

MATHEMATICAL = "∞∂∇∅"

APOSTROPHES = "'’"

STAR = "∗"
"""The star of a name in its folded form, since a star at the end of a word stands for any ending elsewhere."""

LETTER = rf"[^\W_{SPACELESS}]"
TOKEN = re.compile(
    rf"[A-Za-z](?:\+\+|\#(?!\w)|\^?[*{STAR}](?![\w*]))"
    rf"|(?:[A-Za-z]&[A-Za-z]{{1,3}}|[A-Za-z]{{2,3}}&[A-Za-z]|[A-Za-z]\ &\ [A-Za-z])(?![\w&])"
    rf"|{LETTER}(?:{LETTER}++|[{MARKS}]|[{APOSTROPHES}](?={LETTER})|(?<=\d)\.(?=\d)|(?<=\d),(?=\d{{3}}(?!\d)))*+"
    rf"|(?![{MARKS}])[{SPACELESS}][{MARKS}]*+"
    rf"|[{EMOJI}{MATHEMATICAL}]"
)
LONE = re.compile(f"[{SPACELESS}]")

NUMBERED = re.compile(r"(?P<letters>[^\W\d_]{2,})(?P<number>\d+(?:\.\d+)*)(?P<tail>[^\W\d_]*)")

VERSION = re.compile(r"[^\W\d_]{2,}(?P<mark>[vV])|[^\W\d_]{3,}(?<=[^\W\d_A-Z])(?P<camel>[A-Z])")
"""Letters before a number of which the last belongs to the number: DINOv2, EfficientNetB0."""

WORDS_IN_V = frozenset("adv conv dev div env inv nav priv recv rev".split())

SPOKEN = frozenset("24")
"""Numbers that are read as *to* and *for*: word2vec, sim2real; these names stay whole."""

LONGEST_SUFFIX = 2
"""Letters behind such a number that belong to a version of the name all the same: Qwen2VL."""

SHORTEST_NAME = 3
"""Letters of a name that comes apart from its number."""

KEEP_S = frozenset("AIDS SARS MERS DARTS".split())
"""Acronyms that end in S and are not plurals."""

ALONE = frozenset(
    """
    all and any are but can for from had has have her his how into its may not now off one our out over own per she
    than that the them then they this too two under upon via was were when who why will with you your
    """.split()
)
"""Words that do not join the word beside them: ``not able`` is not ``notable``."""

SHORTEST_JOINED = 3
"""Letters of a word that joins another across a space."""


@dataclass(eq=False, slots=True)  # not frozen, which takes twice as long to make: papers bring many new words
class Word:
    """A folded word, the same object wherever it is written in the same way; nobody changes it.

    Attributes:
        exact: Folded but for its plural and its spelling.
        word: Folded.
        shape: In capitals, without a plural's s, if it was written with two capitals or more (``LLM``, ``MoE``); else
            empty.
        other: Another word that it may be: the second singular of ``bases``, a name with its umlaut spelled out; else
            empty.
        sign: The signs beside it that make a name of it; else empty.
        bases: The words that it is a form of, as *robotic* is of *robot*; see `bot.text.derived`.
        joins: Whether it is likely to be written as one with a word that only a space keeps apart.
        numbered: Whether it has a digit.
        more_forms: What else it is found by: its shape, its other word and its bases.
    """

    exact: str
    word: str
    shape: str = ""
    other: str = ""
    sign: str = ""
    bases: tuple[str, ...] = ()
    joins: bool = False
    numbered: bool = False
    more_forms: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the other forms; most words have none."""
        has_more = self.shape or self.other or self.bases
        self.more_forms = tuple(filter(None, (self.shape, self.other, *self.bases))) if has_more else ()


class Part(NamedTuple):
    """A word in what `TOKEN` found.

    Attributes:
        word: The word.
        start: Its first character in what was found.
        end: The character behind its last.
        glued: Whether it follows the word before it without a sign between them: the ``4o`` of ``GPT4o``.
    """

    word: Word
    start: int
    end: int
    glued: bool


def is_spaceless(word: str) -> bool:
    """Whether the word is a character of a script without spaces."""
    return LONE.match(word) is not None


def folded_word(exact: str) -> str:
    """A word in lower case without its plural, in one spelling."""
    word = exact if exact in IRREGULAR else american(exact)
    return singular(word) if word[-1:] == "s" or word in IRREGULAR else word


@lru_cache(maxsize=1 << 15)
def plain_word(exact: str) -> Word:
    """The word of these lower-case ASCII letters."""
    word = folded_word(exact)
    joins = len(exact) >= SHORTEST_JOINED and exact not in ALONE
    return Word(exact, word, other=other_singular(exact), bases=bases_of(word), joins=joins)


@lru_cache(maxsize=1 << 13)
def words_in(written: str) -> tuple[Part, ...]:
    """The words in what `TOKEN` found."""
    places = [(part.start(), part.end()) for part in greek.parts(written)] or [(0, len(written))]
    pieces = [piece for start, end in places for piece in _pieces(written[start:end], start)]
    return tuple(Part(word_as_written(text), start, end, index > 0) for index, (text, start, end) in enumerate(pieces))


def _pieces(written: str, at: int) -> list[tuple[str, int, int]]:
    """The parts of a name with a number, each with its place; of anything else, the whole."""
    bare = written
    if len(written) > len("'s") and written[-2] in APOSTROPHES and written[-1] in "sS":
        bare = written[:-2]
    for sign in f"{APOSTROPHES}, ^":
        bare = bare.replace(sign, "")
    bare = greek.by_name(bare).replace("*", STAR)
    whole = (bare, at, at + len(written))
    numbered = NUMBERED.fullmatch(bare)
    if numbered is None:
        return [whole]
    letters, number, tail = numbered["letters"], numbered["number"], numbered["tail"]
    version = VERSION.fullmatch(letters)
    belongs = version is not None and (version["camel"] is not None or letters.casefold() not in WORDS_IN_V)
    if number in SPOKEN and len(tail) > LONGEST_SUFFIX:
        return [whole]
    if belongs:
        letters, number = letters[:-1], letters[-1] + number
    elif len(letters) < SHORTEST_NAME:
        return [whole]
    digits = next(place for place, character in enumerate(written) if character.isdecimal()) - belongs
    first = at + digits
    if len(tail) <= 1:
        return [(letters, at, first), (number + tail, first, whole[2])]
    second = first + len(number)
    return [(letters, at, first), (number, first, second), (tail, second, whole[2])]


def word_as_written(written: str) -> Word:
    """The word of a name, or of what is no name."""
    exact = unicodedata.normalize("NFC", written.casefold())
    capitals = sum(map(str.isupper, written))
    if capitals <= 1 and exact.isascii() and exact.isalpha():
        return plain_word(exact)
    joins = len(exact) >= SHORTEST_JOINED and exact not in ALONE and exact.isalpha()
    numbered = any(map(str.isdecimal, exact))
    if capitals <= 1:
        word = folded_word(exact)
        return Word(exact, word, "", other_singular(exact), "", bases_of(word), joins, numbered)
    if written[-1] == "s" and written[-2].isupper() and (written.isalpha() or "&" in written):
        return Word(exact, exact[:-1], written[:-1].upper(), joins=joins, numbered=numbered)
    shape = written.upper()
    if written[-1] == "S" and written not in KEEP_S and singular(exact) == exact[:-1]:
        shape = shape[:-1]
    return Word(exact, folded_word(exact), shape, joins=joins, numbered=numbered)
