"""The singular of an English word, by a small rule with exceptions.

A stemmer would join different words (transformer and transformation, general and generation) and miss the plurals of
acronyms; here a plural folds into its singular and nothing else changes. Words are lower case without accents. Of a
name with a number the s is a plural too: a100s, gpt4s.
"""

from __future__ import annotations

import re

from bot.text.plural_lists import IN_ICS, IRREGULAR, OTHER_SINGULARS, UNCHANGED

SHORTEST = 4
"""Letters of the shortest word that can be a plural: gas, bus, its and GPS are not."""

NUMBERED = re.compile(r"(?P<name>[a-z]+\d+(?:\.\d+)*[a-z]?)s")
YEAR = re.compile(r"[a-z]*(?:1[5-9]|20)\d\ds")
COUNTED = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?P<noun>[a-z]{3,}s)")


def singular(word: str) -> str:
    """The singular of ``word``, or ``word`` itself; doing it again changes nothing."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word[-1:] == "s" and not word.isalpha():
        return _of_a_name(word)
    if len(word) < SHORTEST or word[-1] != "s" or word in UNCHANGED:
        return word
    if word.endswith(("ss", "us", "is")) or (word.endswith("ics") and word not in IN_ICS):
        return word
    if word.endswith(("yses", "theses")):
        return f"{word[:-2]}is"
    if word.endswith("ies") and len(word) > SHORTEST:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes", "tzes")):
        return word[:-2]
    return IRREGULAR.get(word[:-1], word[:-1])


def other_singular(word: str) -> str:
    """The other word of which ``word`` is the plural, as *bases* is of *base* and *basis*; empty if there is none."""
    return OTHER_SINGULARS.get(word, "")


def _of_a_name(word: str) -> str:
    """The singular of a word with digits: a100s, 4bits; years stay."""
    if (numbered := NUMBERED.fullmatch(word)) and not YEAR.fullmatch(word):
        return numbered["name"]
    if counted := COUNTED.fullmatch(word):
        return counted["number"] + singular(counted["noun"])
    return word
