"""Text folded into the words that are compared.

What people write in different ways and mean alike becomes the same: case, accents, ligatures, full-width, raised and
lowered characters, possessives, plurals, and hyphens. Different words stay different. The folded words know where they
stand in the original text, so that it can be quoted.

- A word is a run of letters and digits, with apostrophes inside; numbers keep their point (``4.1``). ``C++`` and ``C#``
  are words. Letters with a number behind them come apart: ``GPT4o`` is ``gpt`` and ``4o``, as ``GPT-4o`` and ``GPT 4o``
  are; fewer than three letters do not (``T5``, ``3D``, ``π0``).
- Scripts that are written without spaces give a word for each character, Korean too because particles are attached to
  its words; a run of them is then found wherever it stands. An emoji is a word.
- Two words joined by a hyphen are also one word (``fine-tuning``: ``finetuning``), and so are two longer words with a
  space between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.text.plurals import singular

FOLDING_VERSION = 1
"""Changes whenever the same text may fold differently: what was computed from folded words is then computed anew."""

MARKS = "".join(
    character for character in map(chr, range(0x300, 0x3100)) if unicodedata.category(character).startswith("M")
)
"""Combining marks."""

ACCENTS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
)
"""Marks that fold away: accents, the vowel points of Hebrew and Arabic, variations and skin tones of emoji."""

SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"  # Thai, Lao, Burmese, Hangul letters, Khmer
    "\u3005-\u3007\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff"  # kana, Hangul letters
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"  # Han, Hangul
)

EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"

APOSTROPHES = "'’"

LETTER = rf"[^\W_{SPACELESS}]"
TOKEN = re.compile(
    rf"[A-Za-z](?:\+\+|\#(?!\w))"
    rf"|{LETTER}(?:{LETTER}++|[{MARKS}]|[{APOSTROPHES}](?={LETTER})|(?<=\d)\.(?=\d)|(?<=\d),(?=\d{{3}}(?!\d)))*+"
    rf"|(?![{MARKS}])[{SPACELESS}][{MARKS}]*+"
    rf"|[{EMOJI}]"
)
LONE = re.compile(f"[{SPACELESS}]")
RUN = re.compile(rf"[\x00-\x7f]+(?![{MARKS}])|(?s:.)[{MARKS}\u1160-\u11ff]{{0,15}}")
"""ASCII as it is, else one character with its marks; the bound keeps a flood of marks from being sorted."""

NUMBERED = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+(\d+(?:\.\d+)*[a-z]?)")
HYPHEN = re.compile(r"[-‐‑‒–−－_^]\s*")

DROPPED = re.compile(f"[{ACCENTS}]")
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H", "ı": "i"}
    | {
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "TH",
        "ŧ": "t",
        "Ŧ": "T",
        "ŋ": "n",
        "Ŋ": "N",
        "ʼ": "",
    }
)
"""Letters with a stroke, and ligatures, that Unicode does not take apart."""

ALONE = frozenset(
    """
    all and any are but can for from had has have her his how into its may not now off one our out over own per she
    than that the them then they this too two under upon via was were when who why will with you your
    """.split()
)
"""Words that do not join the word beside them: ``not able`` is not ``notable``."""

SHORTEST_JOINED, SHORTEST_PAIR = 3, 7
"""Letters of each of two words, and of both together, that join across a space: ``few shot`` is ``fewshot``."""

MOST_WORDS_CACHED = 1 << 14


class Token(NamedTuple):
    """A folded word and where it stands; a tuple because a paper has hundreds and they are made often.

    Attributes:
        exact: Folded but for its plural.
        word: Folded.
        shape: As written, without a plural's s, if it has two capitals or more (``LLM``, ``MoE``); else empty.
        pair: It and the word before it folded as one word, where they join; else empty.
        hyphened: Whether a hyphen joins it to the word before it.
        start: Its first character in the original text.
        end: The character behind its last.
    """

    exact: str
    word: str
    shape: str
    pair: str
    hyphened: bool
    start: int
    end: int


def fold(text: str) -> list[Token]:
    """The words of ``text`` in their order."""
    line, starts, ends = _line(text)
    tokens: list[Token] = []
    before, joined_before, reached = "", False, 0
    for found in TOKEN.finditer(line):
        first = found.start()
        for exact, word, shape, start, end, joined in _words(found[0]):
            begin, stop = first + start, first + end
            gap = line[reached:begin]
            hyphened = before != "" and gap != " " and HYPHEN.fullmatch(gap) is not None
            if hyphened:
                joins = not (before[-1].isdigit() and exact[0].isdigit())
            else:
                joins = joined_before and joined and len(before) + len(exact) >= SHORTEST_PAIR and gap.isspace()
            pair = singular(before + exact) if joins else ""
            tokens.append(
                Token(exact, word, shape, pair, hyphened, begin, stop)
                if starts is None or ends is None
                else Token(exact, word, shape, pair, hyphened, starts[begin], ends[stop - 1])
            )
            before, joined_before, reached = exact, joined, stop
    return tokens


def is_spaceless(word: str) -> bool:
    """Whether the word is a character of a script without spaces."""
    return LONE.match(word) is not None


@lru_cache(maxsize=MOST_WORDS_CACHED)
def _words(written: str) -> tuple[tuple[str, str, str, int, int, bool], ...]:
    """The exact form, folded form, shape, start and end of each word in what `TOKEN` found.

    Last, whether it is likely to be written as one with a word that only a space keeps apart.
    """
    bare = written
    if len(written) > len("'s") and written[-2] in APOSTROPHES and written[-1] in "sS":
        bare = written[:-2]
    for apostrophe in APOSTROPHES:
        bare = bare.replace(apostrophe, "")
    bare = bare.replace(",", "")
    numbered = NUMBERED.fullmatch(bare.casefold())
    if numbered is None:
        return (_word(bare, 0, len(written)),)
    digits = len(numbered[1])
    first = next(place for place, character in enumerate(written) if character.isdecimal())
    return (_word(bare[:-digits], 0, first), _word(bare[-digits:], first, len(written)))


def _word(written: str, start: int, end: int) -> tuple[str, str, str, int, int, bool]:
    exact = unicodedata.normalize("NFC", written.casefold())
    joined = len(exact) >= SHORTEST_JOINED and exact not in ALONE and exact.isalpha()
    capitals = sum(map(str.isupper, written))
    plural = capitals > 1 and written[-1] == "s" and written[-2].isupper() and written.isalpha()
    if plural:
        return exact, exact[:-1], written[:-1], start, end, joined
    return exact, singular(exact), written if capitals > 1 else "", start, end, joined


def _line(text: str) -> tuple[str, Sequence[int] | None, Sequence[int] | None]:
    """``text`` in plain letters, and for each of its characters where its original begins and ends.

    These are None if nothing moved.
    """
    if text.isascii():
        return text, None, None
    pieces = [(run, run if run.isascii() else _letters(run)) for run in RUN.findall(text)]
    line = "".join(letters for _, letters in pieces)
    if all(len(run) == len(letters) for run, letters in pieces):
        return line, None, None
    starts = list(_places(pieces, ends=False))
    return line, starts, list(_places(pieces, ends=True))


def _places(pieces: Sequence[tuple[str, str]], *, ends: bool) -> Iterator[int]:
    place = 0
    for run, letters in pieces:
        if len(run) == len(letters):
            yield from range(place + ends, place + ends + len(run))
        else:
            yield from [place + len(run) * ends] * len(letters)
        place += len(run)


@lru_cache(maxsize=1 << 14)
def _letters(cluster: str) -> str:
    """One character with its marks, without those that fold away; only letters, numbers and marks change."""
    if cluster[0] in "ʼ＇":
        return "'"
    category = unicodedata.category(cluster[0])
    if category == "Cf" or DROPPED.match(cluster):
        return ""
    if category[0] not in "LNM":
        return cluster[0]
    bare = DROPPED.sub("", unicodedata.normalize("NFKD", cluster)).translate(LETTERS)
    bare = unicodedata.normalize("NFKC", bare)
    return (
        bare
        if all(character.isalnum() or unicodedata.category(character)[0] == "M" for character in bare)
        else cluster[0] + DROPPED.sub("", cluster[1:])
    )
