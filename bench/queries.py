"""Synthetic queries, of the kinds that people subscribe to, and adversarial ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate
from random import Random

from bench.papers import MADE_WORDS, TERM_WEIGHTS, organization, person, zipf
from bench.words import ACRONYMS, COMMON_WORDS, RESEARCH_TERMS, made_word

RARE_FROM = 1_500
"""Made words of papers from this rank on are rare: each is in fewer than one paper of a hundred."""

COMMON_SLOTS = tuple(dict.fromkeys([*" ".join(RESEARCH_TERMS).replace("-", " ").lower().split(), *COMMON_WORDS]))
COMMON_WEIGHTS = zipf(len(COMMON_SLOTS), exponent=0.5)
COMPOUNDS = tuple(term for term in RESEARCH_TERMS if "-" in term)


class Maker:
    """Makes queries.

    Half of the slots for a word are filled with rare words, half with words that many abstracts have.
    """

    def __init__(self, random: Random, *, rare_words: int = MADE_WORDS) -> None:
        """Rare words are chosen from so many; those beyond `bench.papers.MADE_WORDS` are in no paper."""
        self._random = random
        self.rare_share = 0.5
        self._rare = range(RARE_FROM, rare_words)
        self._kinds = list(KINDS)
        self._shares = list(accumulate(share for share, _ in KINDS.values()))

    def kind(self) -> str:
        """One of `KINDS`, by their shares."""
        return self._random.choices(self._kinds, cum_weights=self._shares)[0]

    def make(self, kind: str) -> str:
        """A query of that kind."""
        return KINDS[kind][1](self)

    def word(self) -> str:
        """A word or, seldom, an acronym or a plural."""
        dice = self._random.random()
        if dice < self.rare_share:
            return made_word(self._random.choice(self._rare))
        if dice < self.rare_share + 0.05:
            return self._random.choice(ACRONYMS)
        word = self._random.choices(COMMON_SLOTS, cum_weights=COMMON_WEIGHTS)[0]
        return f"{word}s" if dice > 0.95 and word.isalpha() and word[-1] not in "sy" else word

    def term(self) -> str:
        """A term of the field, of which many are phrases."""
        return self._random.choices(RESEARCH_TERMS, cum_weights=TERM_WEIGHTS)[0]

    def conjunction(self) -> str:
        """Two words that have to be there, sometimes three."""
        parts = [self.word() for _ in range(2 if self._random.random() < 0.7 else 3)]
        if self._random.random() < 0.2:
            parts[0] = self.term()
        return " AND ".join(parts)

    def phrase(self) -> str:
        """A term, or one with a word before or behind it."""
        dice, term = self._random.random(), self.term()
        if dice < 0.3:
            return term
        if dice < 0.6:
            return f"{self.word()} {self.word()}"
        return f"{self.word()} {term}" if dice < 0.8 else f"{term} {self.word()}"

    def negation(self) -> str:
        """Something without something else."""
        base = self.word() if self._random.random() < 0.5 else self.term()
        return f"{base} -{self.word()}" if self._random.random() < 0.5 else f"{base} NOT {self.term()}"

    def alternatives(self) -> str:
        """Any of two to five."""
        return ", ".join(self.word() for _ in range(self._random.randint(2, 5)))

    def prefix(self) -> str:
        """Any ending, of a rare word or a common one, sometimes with more to go with it."""
        word = self.word().lower()
        start = word[: max(4, len(word) - self._random.randint(0, 3))].rstrip("'")
        start = start if len(start) > 2 else "robot"
        return f"{start}*" if self._random.random() < 0.5 else f"{start}* AND {self.word()}"

    def hyphened(self) -> str:
        """A compound in one of its spellings, alone or with another word."""
        compound = self._random.choice(COMPOUNDS)
        joined = compound.replace("-", "") if compound.count(" ") == 0 and compound.count("-") == 1 else compound
        spelled = self._random.choice([compound, compound.replace("-", " "), joined])
        return spelled if self._random.random() < 0.3 else f"{spelled} AND {self.word()}"

    def author(self) -> str:
        """A person, by the whole name or the family name."""
        if self._random.random() < 0.3:
            return f"author:{person(self._random).split()[1]}"
        return f'author:"{person(self._random)}"'

    def title(self) -> str:
        """Words of the title, or an organization's paper."""
        dice = self._random.random()
        if dice < 0.2:
            return f'org:"{organization(self._random)}" AND {self.word()}'
        return f"title:{self.term()}" if dice < 0.5 else f"title:{self.word()}"

    def fact(self) -> str:
        """A word or term, and a fact."""
        fact = self._random.choice([f"upvotes>={self._random.randint(2, 60)}", "has:code", "stars>=50", "has:project"])
        return f"{self.word()} AND {fact}" if self._random.random() < 0.6 else f"{self.term()} AND {fact}"

    def quoted(self) -> str:
        """Words in exactly these forms."""
        return f'"{self.word()}"' if self._random.random() < 0.5 else f'"{self.term()}"'


KINDS: Mapping[str, tuple[float, Callable[[Maker], str]]] = {
    "word": (0.25, Maker.word),
    "and": (0.33, Maker.conjunction),
    "phrase": (0.17, Maker.phrase),
    "not": (0.05, Maker.negation),
    "or": (0.05, Maker.alternatives),
    "prefix": (0.04, Maker.prefix),
    "hyphen": (0.03, Maker.hyphened),
    "author": (0.025, Maker.author),
    "title": (0.02, Maker.title),
    "fact": (0.02, Maker.fact),
    "quoted": (0.015, Maker.quoted),
}
"""The kinds of queries, their shares, and how each is made."""


def adversarial() -> list[str]:
    """Queries that an index could stumble over; the language allows every one of them."""
    nest = "robot"
    for word in COMMON_WORDS[:9]:
        nest = f"({nest}, {word} AND video)" if len(word) % 2 else f"({nest} OR {word})"
    conjunctions = " ".join(f"({', '.join(COMMON_WORDS[start : start + 5])})" for start in (0, 10, 20))
    rare = [made_word(number) for number in range(20_000, 20_030)]
    return [
        "*",
        "* -model",
        "* NOT (the, of, model)",
        "* AND upvotes>=5",
        "* AND has:code",
        "upvotes>=0",
        "upvotes>=20",
        "stars>=100",
        "comments>=5 AND has:code AND has:project",
        "has:code, has:project",
        "has:code NOT has:project",
        "upvotes>=50, robot AND has:code",
        "robot, upvotes>=30",
        "the",
        "of the",
        "in the, of the",
        '"the"',
        "model, method, learning, data, training",
        "the AND of AND and AND to AND in AND model",
        "model -the",
        "model NOT (learning, data)",
        "* -(model AND learning)",
        "-(the AND of) AND model",
        "model AND (has:code OR -video)",
        ", ".join(COMMON_WORDS[:50]),
        ", ".join(rare),
        " AND ".join([*COMMON_WORDS[:12], rare[0]]),
        nest,
        conjunctions,
        f"{conjunctions} -{rare[1]}",
        f"{rare[2]} AND ({', '.join(f'{word} AND {rare[3]}' for word in COMMON_WORDS[:15])})",
        "mod*",
        "the*",
        "tra* AND lea*",
        "pro*, con*, pre*",
        "model AND mod* NOT model",
        "rein* learn*",
        "fine-tun*",
        "finetun*",
        "large lang*",
        "self-super* learning",
        '"large language models"',
        '"large language model"',
        '"fine-tuning"',
        "finetuning",
        "fine tuning",
        "large language model large language model",
        "state of the art",
        "simultaneous localization and mapping",
        "llm",
        "LLM",
        "LLMs",
        "clip",
        "CLIP -clip",
        "RL, reinforcement learning",
        "title:the",
        "title:LLM",
        "title:model AND abstract:the",
        "abstract:large language model",
        "keyword:language model",
        "keyword:robot*",
        "author:Ada",
        'author:"Ada Example"',
        "author:ada, author:ben, author:cleo",
        "author:Ada*",
        "org:ai",
        "org:labs -author:ada",
        "keyword:model -title:model",
    ]
