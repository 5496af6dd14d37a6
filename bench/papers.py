"""Synthetic papers: made words in the proportions of real abstracts, with real terms of the field in between."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from random import Random

from bench.words import (
    ACRONYMS,
    COMMON_WORDS,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    ORGANIZATIONS,
    RESEARCH_TERMS,
    made_word,
)
from bot.domain import Paper

MADE_WORDS = 30_000
"""Made words that papers use."""

VOCABULARY = (*FUNCTION_WORDS, *COMMON_WORDS, *map(made_word, range(MADE_WORDS)))
"""The words of abstracts, the commonest first."""

ABSTRACT_WORDS = range(140, 221)
FAMILY_NAMES = 3_000
FIRST_DAY = date(2026, 3, 10)
PAPERS_A_DAY = 50


def zipf(count: int, *, exponent: float = 1.0, shift: float = 2.7) -> list[float]:
    """Cumulative weights of ranks 0 … count - 1 by the Zipf-Mandelbrot law; 2.7 is Mandelbrot's figure for English."""
    return list(accumulate((rank + 1 + shift) ** -exponent for rank in range(count)))


WORD_WEIGHTS = zipf(len(VOCABULARY))
TERM_WEIGHTS = zipf(len(RESEARCH_TERMS), exponent=0.8)


def papers(seed: int, count: int, *, first: int = 0) -> list[Paper]:
    """So many papers from the number ``first`` on; the same number and seed give the same paper."""
    return [paper(seed, number) for number in range(first, first + count)]


def paper(seed: int, number: int) -> Paper:
    """The paper of that number; the days before `FIRST_DAY` have negative ones."""
    random = Random(f"{seed}/paper/{number}")
    topics = random.choices(RESEARCH_TERMS, cum_weights=TERM_WEIGHTS, k=random.randint(2, 5))
    topics.append(random.choice(ACRONYMS))
    identifier = f"{9901 if number >= 0 else 9801}.{abs(number):05}"
    return Paper(
        id=identifier,
        title=_title(random, topics),
        url=f"https://papers.example/papers/{identifier}",
        list_day=FIRST_DAY + timedelta(days=number // PAPERS_A_DAY),
        abstract=_abstract(random, topics),
        authors=tuple(person(random) for _ in range(random.randint(2, 7))),
        keywords=tuple({*topics, *random.choices(VOCABULARY[len(FUNCTION_WORDS) :], k=2)}),
        organization=organization(random),
        upvotes=int(random.paretovariate(0.8)),
        comments=random.randint(0, 12),
        stars=int(random.paretovariate(0.5)) if random.random() < 0.5 else None,
        code_url="https://code.example/repository" if random.random() < 0.5 else "",
        project_url="https://project.example" if random.random() < 0.3 else "",
    )


def person(random: Random) -> str:
    """An invented name."""
    family = made_word(int(FAMILY_NAMES * random.random() ** 2))
    return f"{random.choice(GIVEN_NAMES)} {family.capitalize()}"


def organization(random: Random) -> str:
    """An invented organization."""
    kind = random.choice(["Labs", "University", "Institute", "AI", "Research"])
    return f"{made_word(random.randrange(ORGANIZATIONS)).capitalize()} {kind}"


def _title(random: Random, topics: list[str]) -> str:
    subject = random.choices(VOCABULARY[len(FUNCTION_WORDS) :], k=random.randint(1, 3))
    one, other = random.sample(topics, k=2)
    words = f"{' '.join(subject)} for {one} with {other}" if random.random() < 0.8 else one
    return " ".join(word if word[0].isupper() else word.capitalize() for word in words.split())


def _abstract(random: Random, topics: list[str]) -> str:
    length, sentences, words = random.choice(ABSTRACT_WORDS), [], 0
    while words < length:
        sentence = random.choices(VOCABULARY, cum_weights=WORD_WEIGHTS, k=random.randint(11, 24))
        written = [_written(random, word) for word in sentence]
        for _ in range(random.randint(0, 2)):
            topic = _spelled(random, random.choice(topics))
            written.insert(random.randrange(len(written)), topic)
        line = " ".join(written)
        sentences.append(f"{line[0].upper()}{line[1:]}.")
        words += line.count(" ") + 1
    return " ".join(sentences)


def _written(random: Random, word: str) -> str:
    """A word as it may stand in a text: now and then in the plural, or with a comma behind it."""
    dice = random.random()
    if dice < 0.04 and len(word) > 4 and not word.endswith("s"):
        return f"{word}s"
    return f"{word}," if dice > 0.95 else word


def _spelled(random: Random, term: str) -> str:
    """A term in one of the spellings that people give it."""
    return {0: term.replace("-", " "), 1: term.replace("-", "")}.get(random.randrange(6), term)
