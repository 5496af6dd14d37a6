"""Finds the acronyms that papers define, "reinforcement learning (RL)", and learns those that papers agree on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.query.tree import Term
from bot.text.folding import Token, fold

PAPERS_NEEDED = 3
"""Papers that must define an acronym alike for it to be learned."""

SHARE_NEEDED = 0.9
"""Their share of all papers that define the acronym: with less it has several meanings."""

CAPITALS = range(2, 7)
"""How many capitals an acronym has."""

REACH = 100
"""Characters before the bracket in which the full form is looked for."""

IN_BRACKETS = re.compile(r"\s\(([A-Za-z]{2,8}?)s?\)")
"""An acronym in brackets; the s of its plural is not part of it."""

WORDS_ALONE = re.compile(r"(?<![\w'’ -])[\w'’ -]++(?<=[^\W_])")
"""A full form is made of words: punctuation between them means that they do not belong together."""

FUNCTION_WORDS = frozenset("a an and as by for from in of on or over per the through to under via with".split())
"""Words that an acronym may leave out."""


def definitions(text: str) -> frozenset[tuple[str, str]]:
    """The acronyms that a text defines, each with its full form as written there: ("RL", "Reinforcement Learning").

    A definition is an acronym in brackets right after words that have its capitals as their initials.
    """
    pairs = set()
    for match in IN_BRACKETS.finditer(text):
        capitals = [letter.casefold() for letter in match[1] if letter.isupper()]
        if len(capitals) in CAPITALS:
            before = text[max(0, match.start() - REACH) : match.start()]
            first = _start_of_full_form(fold(before), capitals)
            full = "" if first is None else " ".join(before[first:].split())
            if WORDS_ALONE.fullmatch(full):
                pairs.add((match[1], full))
    return frozenset(pairs)


def learn(defined: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str], ...]:
    """The definitions that papers agree on, sorted by acronym.

    Each comes from at least `PAPERS_NEEDED` papers, and from `SHARE_NEEDED` of those that define the acronym. Case,
    hyphens and plurals make no difference; the most common spelling is kept.

    Args:
        defined: Results of `definitions`: acronym, full form, and in how many papers.
    """
    full_forms: dict[str, Counter[str]] = {}
    spellings: dict[str, Counter[str]] = {}
    for short, full, papers in defined:
        full_forms.setdefault(short.casefold(), Counter())[full] += papers
        spellings.setdefault(short.casefold(), Counter())[short] += papers
    pairs = []
    for name in sorted(full_forms):
        keys: Counter[str] = Counter()
        for full, papers in full_forms[name].items():
            keys[Term(full).key] += papers
        key, papers = keys.most_common(1)[0]
        if papers >= PAPERS_NEEDED and papers >= SHARE_NEEDED * keys.total():
            alike = [(papers, full) for full, papers in full_forms[name].items() if Term(full).key == key]
            pairs.append((spellings[name].most_common(1)[0][0], max(alike)[1]))
    return tuple(pairs)


def _start_of_full_form(words: list[Token], capitals: list[str]) -> int | None:
    """The character where the last words begin that have the capitals as initials; None if there are no such words."""
    wanted = list(capitals)
    for index in reversed(range(len(words))):
        if words[index].word.startswith(wanted[-1]):
            wanted.pop()
        elif words[index].word not in FUNCTION_WORDS:
            return None
        if not wanted:
            # The first initial must open its compound: "non-robot learning (RL)" does not define RL.
            first = words[_start_of_compound(words, index)]
            return first.start if first.word.startswith(capitals[0]) else None
    return None


def _start_of_compound(words: list[Token], index: int) -> int:
    """The index of the first word of the hyphenated compound that a word belongs to."""
    while index and words[index].hyphened:
        index -= 1
    return index
