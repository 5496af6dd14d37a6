"""The terms by which papers name their subjects: found in titles and keywords, and counted as papers come."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.domain import Paper
from bot.domain.terms import NamedTerm
from bot.matching.quick_check import words_in_order
from bot.matching.verdicts import BATCH
from bot.ports.stores.vocabulary import VocabularyStore
from bot.text.folding import FOLDING_VERSION, Token, fold

TERMS_VERSION = 1_000 * FOLDING_VERSION + 1
"""Changes when other terms are found, or words are folded in another way; then papers are counted anew."""

COUNTED_FOR = timedelta(days=45)
"""How long after their list day the terms of papers are kept: advice is about the last 30 days."""

BATCHES_AT_ONCE = 5
"""Batches that are counted before other work gets its turn: about a second."""

LONGEST = 4
"""Words of a term: "multimodal large language model" has four."""

JOINING = frozenset(("of", "to"))
"""Stop words within names: mixture of experts, text to speech."""

SHORTEST = 3
"""Letters of a term."""

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


def count_terms(vocabulary: VocabularyStore) -> bool:
    """Count the terms of some papers that are new, have changed, or were counted in another way.

    Returns whether none are left.

    Raises:
        StorageError: The database cannot be used; papers that were not counted are next time.
    """
    for _ in range(BATCHES_AT_ONCE):
        papers = vocabulary.uncounted(TERMS_VERSION, limit=BATCH)
        if not papers:
            return True
        vocabulary.count({paper.id: named_by(paper) for paper in papers}, version=TERMS_VERSION, as_read=papers)
    return not vocabulary.uncounted(TERMS_VERSION, limit=1)


def named_by(paper: Paper) -> list[NamedTerm]:
    """The terms in the title and the keywords of a paper by which it may name a subject.

    These are subjects, their ends, single words, and what `JOINING` words join; other pieces of a title name nothing.
    """
    in_title = dict(_terms_in(paper.title))
    spellings: dict[str, Counter[str]] = {}
    for term, spelling in (*in_title.items(), *(pair for word in paper.keywords for pair in _terms_in(word))):
        spellings.setdefault(term, Counter())[spelling] += 1
    keywords = {_joined(fold(word)) for word in paper.keywords}
    apart = [run for text in (paper.title, *paper.keywords) for run in _apart(text)]
    subjects = {_joined(run) for run in apart if not run[0].hyphened}
    heads = {head for run in apart for head in _heads(run)}
    return [
        NamedTerm(
            term, spelled.most_common(1)[0][0], term in in_title, term in keywords, term in subjects, term in heads
        )
        for term, spelled in spellings.items()
        if " " not in term or term in keywords or term in subjects or term in heads or _is_joined(term)
    ]


def terms_within(words: str) -> set[str]:
    """Every run of words that may be a term, in a paper's words as `bot.matching.quick_check.words_of` writes them."""
    in_order = words_in_order(words)
    return {
        " ".join(in_order[first:stop])
        for first, stop in spans(len(in_order))
        if in_order[first] not in STOP_WORDS and in_order[stop - 1] not in STOP_WORDS and "" not in in_order[first:stop]
    }


def subjects_of_two_words(title: str) -> list[str]:
    """The last two words of what a title names, as they are written: they say what it is, other words which one."""
    pairs = [run[-2:] for run in _apart(title) if len(run) > 1 and not run[-2].hyphened]
    return [title[first.start : last.end] for first, last in pairs]


def spans(words: int) -> Iterator[tuple[int, int]]:
    """The start and end of every run of up to `LONGEST` words, in a text of ``words`` words."""
    for first in range(words):
        for stop in range(first + 1, min(first + LONGEST, words) + 1):
            yield first, stop


def _terms_in(text: str) -> Iterator[tuple[str, str]]:
    """The terms in a title or keyword, each with its spelling there: only acronyms keep their capitals."""
    tokens = fold(text)
    for first, stop in spans(len(tokens)):
        term = _joined(tokens[first:stop])
        written = text[tokens[first].start : tokens[stop - 1].end]
        ends = {tokens[first].word, tokens[stop - 1].word}
        if (
            len(term) >= SHORTEST
            and not ends & STOP_WORDS
            and not PUNCTUATION.search(written)
            and PLAIN.fullmatch(written)
        ):
            yield term, _lowered(written)


def _is_joined(term: str) -> bool:
    stops = STOP_WORDS.intersection(term.split())
    return bool(stops) and stops <= JOINING


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
            yield _joined(run[first:])


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens)


def _lowered(written: str) -> str:
    words = re.findall(r"[^\W\d_]+|.", written)
    return "".join(word if sum(map(str.isupper, word)) > 1 else word.lower() for word in words)
