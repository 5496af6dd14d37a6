"""What a query may ask of a paper besides words: counts, facts, categories and lists."""

from __future__ import annotations

from bot.domain import Paper
from bot.domain.sources import called
from bot.query.fields import CATEGORY, FACT, HAS, SOURCE, count_of, counted_in_words, has
from bot.query.tree import Category, Count, Has, Listed
from bot.text.arxiv_categories import PATTERNS, WHOLE, is_in

Condition = Count | Has | Category | Listed


def holds(condition: Condition, paper: Paper) -> bool:
    """Whether the condition is true of the paper."""
    match condition:
        case Count(name, least):
            return count_of(paper, name) >= least
        case Has(fact):
            return has(paper, fact)
        case Category(pattern):
            return is_in(paper.categories, pattern)
        case Listed(source):
            return paper.listed_on((source,)) is not None


def label_of(condition: Condition) -> str:
    """The name with which it is written: that of a count, or one of `bot.query.fields.LABELS`."""
    match condition:
        case Count(name):
            return name
        case Has():
            return HAS
        case Category():
            return CATEGORY
        case Listed():
            return SOURCE


def asked_for(condition: Condition) -> str:
    """Papers for which it holds: "with at least 20 votes", "with code", "in cs.LG (Machine Learning)"."""
    match condition:
        case Count(name, least):
            return f"with at least {counted_in_words(name, least)}"
        case Has(fact):
            return f"with {FACT[fact].noun}"
        case Category(pattern):
            return f"in {_category(pattern)}"
        case Listed(source):
            return f"on {called(source)}"


def left_out(condition: Condition) -> str:
    """Papers for which it does not hold: "with fewer than 20 votes", "not in cs.LG (Machine Learning)"."""
    match condition:
        case Count(name, least):
            return f"with fewer than {counted_in_words(name, least)}"
        case Has(fact):
            return f"without {FACT[fact].noun}"
        case Category() | Listed():
            return f"not {asked_for(condition)}"


def _category(pattern: str) -> str:
    """A category as people read it: "cs.LG (Machine Learning)"; an archive: "any category of Statistics"."""
    name = PATTERNS[pattern]
    return f"any category of {name}" if pattern.endswith(WHOLE) else f"{pattern} ({name})"
