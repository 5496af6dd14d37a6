"""What papers call their subjects: terms from titles and keywords, and which papers use them anywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.errors import QueryError
from bot.matching.quick_check import running
from bot.matching.verdicts import REMEMBERED, Remembered
from bot.query import Query, Term, parse
from bot.text.folding import fold

LONGEST = 4
"""Words of a term: multimodal large language model."""

NAMED_BY = 2
"""Papers with a term in their title or keywords for it to be one: a single paper calls things as it likes."""

SHORTEST = 3
"""Letters of a term."""

FRAGMENT = 0.6
"""The share of a term's papers that have it in a longer one, from which on it is a part of that."""

EMPTY = frozenset(
    """
    a about above after against all among an and any approach are around as at be because before behind below best
    better between beyond both but by can could do does each every few first for from good had has have high how if
    in into is it its less let like long low make many may more most much near need new no nor not now of off on one
    only or our out over own paper per rather really report should so some still study such technical than that the
    their them then there these they this those through to too toward towards two under until up upon us use used
    using via was we well were what when where whether which while who whose why will with within without would yet
    you your
    """.split()
)
"""Words that no term begins or ends with."""

BREAK = re.compile(r"[:;,.!?()\[\]/&+]")
"""What ends a term."""

PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
"""Terms are made of letters: no names with numbers, metrics or formulas, whose reading is uncertain."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of some papers, by their folded words with spaces between.

    Attributes:
        of: The terms that each paper has anywhere in its text, in the order of the papers.
        papers: How many papers have each.
        written: How each is mostly written.
        named: How many papers have each in their title or keywords.
        keywords: Terms that are a keyword of some paper.
        titles: In how many titles each stands.
        longer: How many papers have the commonest longer term that each is part of.
    """

    of: tuple[frozenset[str], ...]
    papers: Mapping[str, int]
    written: Mapping[str, str]
    named: Mapping[str, int]
    keywords: frozenset[str]
    titles: Mapping[str, int]
    longer: Mapping[str, int]


def query_in(term: str) -> Query | None:
    """The term as a query; None if the language understands it as something else than words, or not at all."""
    try:
        query = parse(term)
    except QueryError:
        return None
    return query if isinstance(query.tree, Term) else None


def vocabulary(papers: Iterable[Remembered]) -> Vocabulary:
    """The terms of these papers: a millisecond a paper, and at once for the same papers again."""
    return _vocabulary(tuple((each.paper.title, each.paper.keywords, each.words) for each in papers))


def is_whole(term: str, known: Vocabulary) -> bool:
    """Whether the term stands by itself, and is no part of a longer one nearly wherever it stands."""
    return known.longer.get(term, 0) < FRAGMENT * known.papers[term]


@lru_cache(maxsize=2)
def _vocabulary(papers: tuple[tuple[str, tuple[str, ...], str], ...]) -> Vocabulary:
    naming: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    keywords: set[str] = set()
    for title, words, _ in papers:
        in_title = dict(_terms_in(title))
        named = [*in_title.items(), *(pair for word in words for pair in _terms_in(word))]
        for term, form in named:
            forms.setdefault(term, Counter())[form] += 1
        naming.update({term for term, _ in named})
        titles.update(in_title.keys())
        keywords.update(" ".join(token.word for token in fold(word)) for word in words)
    known = {term: term for term, number in naming.items() if number >= NAMED_BY}
    # Each term is kept once, and not once for every paper with it.
    of = tuple(frozenset(known[run] for run in _runs(running(words)) if run in known) for _, _, words in papers)
    used = Counter(term for terms in of for term in terms)
    written = {term: forms[term].most_common(1)[0][0] for term in known}
    return Vocabulary(
        of,
        used,
        written,
        named={term: naming[term] for term in known},
        keywords=frozenset(keywords & known.keys()),
        titles={term: titles[term] for term in known},
        longer=_longer(known, used),
    )


def _longer(known: Iterable[str], used: Mapping[str, int]) -> Mapping[str, int]:
    longer: dict[str, int] = {}
    for term in known:
        words = term.split()
        for first, stop in _spans(len(words)):
            part = " ".join(words[first:stop])
            if part != term:
                longer[part] = max(longer.get(part, 0), used.get(term, 0))
    return longer


def _spans(words: int) -> Iterator[tuple[int, int]]:
    """Where runs of up to `LONGEST` of so many words begin and end."""
    for first in range(words):
        for stop in range(first + 1, min(first + LONGEST, words) + 1):
            yield first, stop


def _runs(words: Sequence[str]) -> set[str]:
    """Every run of words that may be a term."""
    found = set()
    for first, stop in _spans(len(words)):
        if words[first] not in EMPTY and words[stop - 1] not in EMPTY:
            run = words[first:stop]
            if "" not in run:
                found.add(" ".join(run))
    return found


@lru_cache(maxsize=REMEMBERED)
def _terms_in(text: str) -> tuple[tuple[str, str], ...]:
    """The terms in a title or keyword, and how each is written there: capitals stay in acronyms alone."""
    tokens = fold(text)
    found = []
    for first, stop in _spans(len(tokens)):
        term = " ".join(token.word for token in tokens[first:stop])
        written = text[tokens[first].start : tokens[stop - 1].end]
        ends = {tokens[first].word, tokens[stop - 1].word}
        if len(term) >= SHORTEST and not ends & EMPTY and not BREAK.search(written) and PLAIN.fullmatch(written):
            found.append((term, _lowered(written)))
    return tuple(found)


def _lowered(written: str) -> str:
    words = re.findall(r"[^\W\d_]+|.", written)
    return "".join(word if sum(map(str.isupper, word)) > 1 else word.lower() for word in words)
