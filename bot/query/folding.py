"""Text as it is compared: whole words, in which case, accents, plurals and hyphens no longer count.

A word has a *form* (lower case, without accents) and a *stem* (the form in the singular). Compounds may be written
apart, hyphened or together: neighbours also have a joined stem, if a hyphen stands between them or both are long enough
that joining them by chance is unlikely ("fine tuning", but not "the rapist").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

FOLDING_VERSION = 1
"""Goes up when the same text folds otherwise than before."""

JOINABLE = 4
"""Letters that each of two spaced words must have to be read as one compound."""

CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: each character is a word, and words of several are phrases."""

WORD = re.compile(
    rf"[A-Za-z]\+\+(?!\+)|[A-Za-z]\#(?!\w)|[{CJK}]"
    rf"|[^\W_{CJK}](?:[^\W_{CJK}]|[\u0300-\u036f]|(?<=\d)\.(?=\d))*(?:['’]s\b)?"
)
HYPHEN = re.compile(r"[-‐‑‒–_]")

IRREGULAR = {
    "analyses": "analysis",
    "axes": "axis",
    "bases": "basis",
    "biases": "bias",
    "buses": "bus",
    "caches": "cache",
    "children": "child",
    "corpora": "corpus",
    "criteria": "criterion",
    "crises": "crisis",
    "diagnoses": "diagnosis",
    "focuses": "focus",
    "gases": "gas",
    "hypotheses": "hypothesis",
    "indices": "index",
    "lenses": "lens",
    "matrices": "matrix",
    "mice": "mouse",
    "movies": "movie",
    "niches": "niche",
    "phenomena": "phenomenon",
    "statuses": "status",
    "syntheses": "synthesis",
    "theses": "thesis",
    "vertices": "vertex",
    "viruses": "virus",
}

UNCHANGED = frozenset(
    "acoustics aerodynamics alias always analytics atlas bias biophysics canvas chaos christmas cosmos dynamics"
    " economics electronics ethics gas genetics genomics kinematics lens linguistics logistics mathematics mechanics"
    " news optics pandas perhaps photonics physics politics proteomics robotics semantics series species statistics"
    " thermodynamics towards always whereas".split()
)
"""Words that end in s without being plurals of another word that would mean the same."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        form: In lower case, without accents.
        stem: Its form in the singular.
        start: Where it begins in the text.
        end: Where it ends.
        hyphened: Whether nothing but a hyphen stands between it and the next word.
    """

    form: str
    stem: str
    start: int
    end: int
    hyphened: bool = False


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found = list(WORD.finditer(text))
    return [
        Word(
            *_folded(match[0]),
            match.start(),
            match.end(),
            hyphened=following is not None and bool(HYPHEN.fullmatch(text, match.end(), following.start())),
        )
        for match, following in zip_longest(found, found[1:])
    ]


def joined(first: Word, second: Word) -> str | None:
    """The stem of both as one word, if they may be read so."""
    if first.hyphened or (len(first.form) >= JOINABLE and len(second.form) >= JOINABLE):
        return first.form + second.stem
    return None


def singular(form: str) -> str:
    """The singular of a word in lower case, by rules of English that keep different words apart."""
    if form in IRREGULAR:
        return IRREGULAR[form]
    if len(form) <= 3 or not form.endswith("s") or form in UNCHANGED:  # noqa: PLR2004 - "gas", "bus", "its"
        return form
    if form.endswith(("ss", "us", "is")):
        return form
    if form.endswith("ies"):
        return f"{form[:-3]}y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return form[:-2]
    return form[:-1]


@lru_cache(maxsize=65_536)
def _folded(word: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFKD", re.sub(r"['’]s\Z", "", word)).casefold()
    form = "".join(character for character in decomposed if not unicodedata.combining(character))
    if re.fullmatch(r"[A-Z]{2,}s", word):
        return form, form[:-1]
    return form, singular(form)
