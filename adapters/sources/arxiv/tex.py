r"""Accents and letters in TeX, which arXiv leaves in its raw records, as the characters that they stand for.

`bot.text.latex` knows those that other sources leave. arXiv's authors write every form that TeX allows (``{\H o}``,
``\c c``, ``{\o}``, ``\L ukasz``), and arXiv itself replaces them on its pages.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
"""The commands of accents, and the marks that Unicode has for them."""

LETTERS = {
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "th": "þ",
    "TH": "Þ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "i": "ı",
    "j": "ȷ",
}

LETTER = r"(?:\\[ij](?![A-Za-z])|[^\W\d_])"

ACCENTED = re.compile(
    rf"""
      (?P<group>\{{)?
      \\(?!(?<=[A-Za-z]\\)'(?:s|t|d|m|re|ve|ll)\b)  # an apostrophe, as in Bell\'s
      (?:(?P<sign>["'`^~=.])|(?P<name>[uvHckrdb])(?![A-Za-z]))\ ?
      (?:\{{\ ?(?P<braced>{LETTER})\ ?\}}|(?P<bare>{LETTER}\ ?(?<=\\[ij]\ )|{LETTER}))
      (?(group)\ ?\}})
    """,
    re.VERBOSE,
)
NAMED = re.compile(rf"\{{\\({'|'.join(LETTERS)})\ ?\}}|\\({'|'.join(LETTERS)})(?:\{{\}}|\ |(?![A-Za-z]))")

FORMULA = re.compile(r"(\$[^$]{0,1000}\$)")
"""In formulas these commands mean something else."""

LAYERS = 2
"""An accent may stand on a letter that has one already, as in Vietnamese."""


def without_accents_in_tex(text: str) -> str:
    """The text with its accents and letters as characters; formulas stay as they are."""
    if "\\" not in text:
        return text
    pieces = FORMULA.split(text)
    pieces[::2] = map(_replaced, pieces[::2])
    return "".join(pieces)


def _replaced(text: str) -> str:
    for _ in range(LAYERS):
        text = ACCENTED.sub(_accented, text)
    return NAMED.sub(lambda found: LETTERS[found[1] or found[2]], text)


def _accented(found: re.Match[str]) -> str:
    letter = (found["braced"] or found["bare"]).strip().removeprefix("\\")
    return unicodedata.normalize("NFC", letter + MARKS[found["sign"] or found["name"]])
