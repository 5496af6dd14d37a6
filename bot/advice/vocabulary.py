"""Terms that papers use for their subjects: from titles and keywords, and which papers have them anywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.advice.offers import readable
from bot.matching.quick_check import words_in_order
from bot.matching.verdicts import PaperWords
from bot.query import Query, Term
from bot.text.folding import Token, fold

LONGEST = 4
"""Words of a term: "multimodal large language model" has four."""

PAPERS_NEEDED = 2
"""Papers that must have a term in their title or keywords: a single paper calls things what it likes."""

SHORTEST = 3
"""Letters of a term."""

FRAGMENT = 0.6
"""The share of a term's papers that have it within a longer term, from which it is only a fragment of that one."""

MOST_TEXTS_CACHED = 4096
"""Titles and keywords whose terms are cached."""

STOP_WORDS = frozenset(
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
"""Words that a term never begins or ends with."""

PUNCTUATION = re.compile(r"[:;,.!?()\[\]/&+]")
"""Punctuation that ends a term."""

PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
"""Terms are made of letters: names with numbers, metrics and formulas are spelled in too many ways."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of some papers, as their folded words with spaces between.

    Attributes:
        of: The terms that each paper has anywhere in its text, in the order of the papers.
        papers: How many papers have each term.
        spelling: The most common spelling of each term.
        naming: How many papers have each term in their title or keywords.
        keywords: Terms that are a keyword of at least one paper.
        subjects: How many papers have each term as a whole keyword, or in their title between words that are not part
            of it.
        heads: How many have it as one of these, or at the end of one: image generation in controllable image
            generation. Pieces of compounds are neither: self in self-play, or horizon tasks in long-horizon tasks.
        titles: How many titles have each term.
        longer: How many papers have the commonest longer term that each term is a part of.
    """

    of: tuple[frozenset[str], ...]
    papers: Mapping[str, int]
    spelling: Mapping[str, str]
    naming: Mapping[str, int]
    keywords: frozenset[str]
    subjects: Mapping[str, int]
    heads: Mapping[str, int]
    titles: Mapping[str, int]
    longer: Mapping[str, int]


def term_query(term: str) -> Query | None:
    """The term as a query; None if the language reads it as anything but words, or not at all."""
    query = readable(term)
    return query if query and isinstance(query.tree, Term) else None


def vocabulary_of(papers: Iterable[PaperWords]) -> Vocabulary:
    """The terms of these papers: in a millisecond for each, and at once for the same papers again."""
    return _vocabulary_of(tuple((paper.paper.title, paper.paper.keywords, paper.words) for paper in papers))


def is_whole(term: str, vocabulary: Vocabulary) -> bool:
    """Whether the term often stands on its own, rather than as a fragment of a longer one."""
    return vocabulary.longer.get(term, 0) < FRAGMENT * vocabulary.papers[term]


def subjects_of_two_words(title: str) -> list[str]:
    """The last two words of what a title names, as they are written: they say what it is, other words which one."""
    pairs = [run[-2:] for run in _apart(title) if len(run) > 1 and not run[-2].hyphened]
    return [title[first.start : last.end] for first, last in pairs]


@lru_cache(maxsize=2)
def _vocabulary_of(papers: tuple[tuple[str, tuple[str, ...], str], ...]) -> Vocabulary:
    naming: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    keywords: set[str] = set()
    subjects: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for title, words, _ in papers:
        in_title = dict(_terms_in(title))
        in_name = [*in_title.items(), *(pair for word in words for pair in _terms_in(word))]
        for term, spelling in in_name:
            spellings.setdefault(term, Counter())[spelling] += 1
        naming.update({term for term, _ in in_name})
        titles.update(in_title.keys())
        keywords.update(" ".join(token.word for token in fold(word)) for word in words)
        apart = [run for text in (title, *words) for run in _apart(text)]
        subjects.update({" ".join(token.word for token in run) for run in apart if not run[0].hyphened})
        heads.update({head for run in apart for head in _heads(run)})
    known = {term: term for term, number in naming.items() if number >= PAPERS_NEEDED}
    # Papers share one string for each term, instead of each keeping a copy of its own.
    of = tuple(frozenset(known[run] for run in _runs(words_in_order(words)) if run in known) for _, _, words in papers)
    used = Counter(term for terms in of for term in terms)
    return Vocabulary(
        of,
        used,
        spelling={term: spellings[term].most_common(1)[0][0] for term in known},
        naming={term: naming[term] for term in known},
        keywords=frozenset(keywords & known.keys()),
        subjects={term: subjects[term] for term in known},
        heads={term: heads[term] for term in known},
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
    """The start and end of every run of up to `LONGEST` words, in a text of ``words`` words."""
    for first in range(words):
        for stop in range(first + 1, min(first + LONGEST, words) + 1):
            yield first, stop


def _runs(words: Sequence[str]) -> set[str]:
    """Every run of words that may be a term."""
    runs = set()
    for first, stop in _spans(len(words)):
        if words[first] not in STOP_WORDS and words[stop - 1] not in STOP_WORDS:
            run = words[first:stop]
            if "" not in run:
                runs.add(" ".join(run))
    return runs


@lru_cache(maxsize=MOST_TEXTS_CACHED)
def _terms_in(text: str) -> tuple[tuple[str, str], ...]:
    """The terms in a title or keyword, each with its spelling there: only acronyms keep their capitals."""
    tokens = fold(text)
    terms = []
    for first, stop in _spans(len(tokens)):
        term = " ".join(token.word for token in tokens[first:stop])
        written = text[tokens[first].start : tokens[stop - 1].end]
        ends = {tokens[first].word, tokens[stop - 1].word}
        if (
            len(term) >= SHORTEST
            and not ends & STOP_WORDS
            and not PUNCTUATION.search(written)
            and PLAIN.fullmatch(written)
        ):
            terms.append((term, _lowered(written)))
    return tuple(terms)


def _apart(text: str) -> Iterator[list[Token]]:
    """The longest runs of words of a title or keyword without stop words or punctuation between them."""
    run: list[Token] = []
    for token in fold(text):
        is_stop = token.word in STOP_WORDS
        if run and (is_stop or PUNCTUATION.search(text[run[-1].end : token.start])):
            yield run
            run = []
        if not is_stop:
            run.append(token)
    if run:
        yield run


def _heads(run: Sequence[Token]) -> Iterator[str]:
    """The ends of a run, and the whole of it, that no hyphen joins to what is before them."""
    for first in range(max(0, len(run) - LONGEST), len(run)):
        if not run[first].hyphened:
            yield " ".join(token.word for token in run[first:])


def _lowered(written: str) -> str:
    words = re.findall(r"[^\W\d_]+|.", written)
    return "".join(word if sum(map(str.isupper, word)) > 1 else word.lower() for word in words)
