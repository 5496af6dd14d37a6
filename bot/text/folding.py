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
from typing import NamedTuple

from bot.text.letters import plain_letters, spelled_out
from bot.text.written_words import ALONE, TOKEN, folded_word, is_spaceless, words_in

__all__ = ["ALONE", "FOLDING_VERSION", "INNER_SIGNS", "Token", "fold", "is_spaceless"]

FOLDING_VERSION = 2
"""Changes whenever the same text may fold differently: what was computed from folded words is then computed anew."""

HYPHEN = re.compile(r"[-‐‑‒–−－_^·⋅]\s*")

SHORTEST_PAIR = 7
"""Letters of two words together that join across a space: ``few shot`` is ``fewshot``."""

SHORT_ALONE = frozenset("al am an as at be by do et go he if in is it me my no of on or so to up us vs we".split())
"""Words of two letters that do not name the number behind them; see `ALONE` for longer ones."""

SHORTEST_COUNTED = 3
"""Letters of a noun that joins the number before it: ``4 bit`` is ``4bit``."""

INNER_SIGNS = ".@$€£/"
"""Signs before a word that make a name of it."""

SHORT = 2
"""Characters of a word that a slash makes a name of: I/O, L1/L2, TCP/IP, but not vision/language."""

SIGNS, LAST = frozenset(INNER_SIGNS), frozenset("+*")

LAST_SIGNS = re.compile(r"\++(?![\w+])|\*(?![\w*])")
"""Signs behind a word that make a name of it; the star only behind capitals, as in RRT*."""


class Token(NamedTuple):
    """A folded word and where it stands; a tuple because a paper has hundreds and they are made often.

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
    line, starts, ends = plain_letters(text)
    is_ascii = text.isascii()
    tokens: list[Token] = []
    before, joined_before, numbered_before, reached = "", False, False, 0
    for found in TOKEN.finditer(line):
        first = found.start()
        for exact, word, shape, other, start, end, joins, numbered, glued, bases in words_in(found[0]):
            begin, stop = first + start, first + end
            gap = line[reached:begin]
            hyphened, sign = False, ""
            # Most words have nothing but a blank before them.
            if gap.isspace():
                is_pair = joined_before and joins and len(before) + len(exact) >= SHORTEST_PAIR
                if (numbered or numbered_before) and before:
                    is_pair = _is_numbered(before, exact)
            elif glued:
                is_pair = True
            else:
                hyphened = before != "" and HYPHEN.fullmatch(gap) is not None
                # A point joins two words, as in node.js, but not initials.
                is_pair = hyphened or (gap == "." and min(len(before), len(exact)) > 1)
                is_pair = is_pair and not (before[-1].isdigit() and exact[0].isdigit())
                sign = _first_sign(line, begin, before, exact) if gap[-1:] in SIGNS else ""
            pair = folded_word(before + exact) if is_pair else ""
            before, joined_before, numbered_before, reached = exact, joins, numbered, stop
            if sign and len(gap) > 1:
                begin -= 1
            if line[stop : stop + 1] in LAST and (last := LAST_SIGNS.match(line, stop)) and (last[0] != "*" or shape):
                sign += last[0]
                stop = last.end()
            if starts is not None and ends is not None:
                begin, stop = starts[begin], ends[stop - 1]
            alike = (not is_ascii and spelled_out(text[begin:stop])) or other
            if bases:
                pair_bases = _pair_bases(pair, word, bases) if pair else ()
                tokens.append(Token(exact, word, shape, pair, hyphened, begin, stop, sign, alike, bases, pair_bases))
            else:
                tokens.append(Token(exact, word, shape, pair, hyphened, begin, stop, sign, alike))
    return tokens


def _pair_bases(pair: str, word: str, bases: tuple[str, ...]) -> tuple[str, ...]:
    """What a pair is a form of, by its second word, which has these bases."""
    first = pair.removesuffix(word)
    return tuple(first + base for base in bases) if first != pair else ()


def _is_numbered(before: str, exact: str) -> bool:
    """Whether two words with a space between them are a name and its number, or a number and what it is of."""
    if before[-1].isdigit():
        return len(exact) >= SHORTEST_COUNTED and exact.isalpha() and exact not in ALONE
    is_number = exact[0].isdigit() or (len(exact) > 1 and exact[1].isdigit())
    return is_number and len(before) > 1 and before not in SHORT_ALONE and before not in ALONE


def _first_sign(line: str, begin: int, before: str, exact: str) -> str:
    """The sign right before a word, if it makes a name of it; else empty."""
    sign = line[begin - 1 : begin]
    earlier = line[begin - 2 : begin - 1]
    if sign == "/":
        return sign if earlier.isalnum() and min(len(before), len(exact)) <= SHORT else ""
    if sign == ".":
        return sign if earlier != "." and (earlier.isalnum() or earlier.isspace() or earlier in "([{“\"'") else ""
    return sign if sign == "@" or exact[0].isdigit() else ""
