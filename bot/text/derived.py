"""The forms of an English word in -ic, -ing and -ed, by a small rule with exceptions: robotic, planning, quantized.

A stemmer would join different words, as with plurals; see `bot.text.plurals`. Here a word finds its forms and not the
other way round, since who says *robotic* may not mean robots. Words are folded. A form that nobody writes (*robotted*)
does no harm: no text has it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.derived_lists import UNRELATED

SHORTEST = 4
"""Letters of the shortest word with forms: *use* and *car* are too near to others (*us*, *care*)."""

SHORTEST_IN_IC = 5
"""Letters of the shortest word with a form in -ic: *topic*, *comic* and *tactic* are of no *top*, *come* or *tact*."""

SHORTEST_IN_IC_FROM_E = 6
"""The same for one that loses its e: *static* is of no *state*, but *episodic* of *episode*."""

DERIVED = ("ing", "ic", "tion", "sion", "ment", "ness", "ity")
"""Ends of words that are derived themselves, and have no more forms worth a look."""

VERBS_ALL_THE_SAME = frozenset(
    "argument augment bring caption condition document experiment function implement mention partition question"
    " segment section string".split()
)
"""Words with such an end that have forms in use: *captioning*, *segmented*."""

NO_WORD = re.compile(
    r"(?:[iuvz]|[^aeiou]ie|([^aeioufls])\1e?|lle|sse|[bdfgkpt]l|[^aeiou]c|[dlr]g|[lpr]s"
    r"|[a-z]{3}one|(?:[aeiou]{2}[klmnp]|el|er|tch|sh|[lnr][dkm]|[clnpr]t|[gr]n|[aeo][wy])e|[bdgkpt]re?"
    r"|is|[cgnv]id|lud|cod|quir|plor|[aeiouy][^aeiouy]{1,3}(?:at|ut|ur|if))\Z"
)
"""The end of what is hardly ever a word, as *comput*, *modele* and *plann* are not.

It makes no difference to what is found, but each paper is filed under what its words may be forms of.
"""

WORDS_ALL_THE_SAME = frozenset("adhere cohere combat debut format input interfere occur output postpone quiz".split())
"""Words with such an end."""

ONE_SYLLABLE = re.compile(r"[^aeiouy]*(?:qu)?[aeiouy][^aeiouwxy]")
"""A word that doubles its last letter: plan, planning."""

LAST_SYLLABLE = re.compile(r"[a-z]*[^aeiouy][aeiouy][^aeiouwxy]")
"""A word that may double it, if the stress is there: transfer, transferring."""


@lru_cache(maxsize=1 << 14)
def derived_from(word: str) -> tuple[str, ...]:
    """The forms of ``word`` in -ic, -ing and -ed; empty if it has none."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return ()
    if word.endswith(DERIVED) and word not in VERBS_ALL_THE_SAME:
        return ()
    if NO_WORD.search(word) and word not in WORDS_ALL_THE_SAME:
        return ()
    return tuple(form for form in dict.fromkeys((*_in_ic(word), *_of_a_verb(word))) if form not in UNRELATED)


@lru_cache(maxsize=1 << 16)
def bases_of(word: str) -> tuple[str, ...]:
    """Whatever ``word`` is a form of: model and *modele* for *modeling*, as the rule does not know which are words."""
    for ending in ("ing", "ed", "ic"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            bases = (stem, f"{stem}e", stem[:-1], f"{stem[:-1]}y")
            return tuple(base for base in dict.fromkeys(bases) if word in derived_from(base))
    return ()


def _in_ic(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        return (f"{word[:-1]}ic",) if len(word) >= SHORTEST_IN_IC_FROM_E else ()
    if word.endswith("y"):
        return ()
    return (f"{word}ic",) if len(word) >= SHORTEST_IN_IC else ()


def _of_a_verb(word: str) -> tuple[str, ...]:
    if word.endswith(("ee", "oe", "ye")):
        return f"{word}ing", f"{word}d"
    if word.endswith("e"):
        return f"{word[:-1]}ing", f"{word}d"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word}ing", f"{word[:-1]}ied"
    twice = (f"{word}{word[-1]}ing", f"{word}{word[-1]}ed")
    if ONE_SYLLABLE.fullmatch(word):
        return twice
    once = (f"{word}ing", f"{word}ed")
    return (*once, *twice) if LAST_SYLLABLE.fullmatch(word) else once
