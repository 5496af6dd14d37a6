"""What a paper lacks where no words are missing: counts, facts, categories and lists."""

from __future__ import annotations

from bot.domain import Paper
from bot.domain.sources import UNNAMED, called
from bot.query.conditions import Condition
from bot.query.fields import FACT, SOURCE, count_of, counted_in_words
from bot.query.tree import Category, Count, Has, Listed
from bot.text.figures import listed


def lacking(condition: Condition, paper: Paper) -> str:
    """Why the condition does not hold, as a clause: "it has 3 of 20 votes"."""
    match condition:
        case Count("stars", _) if paper.stars is None:
            return "its stars are unknown"
        case Count(name, least):
            return f"it has {count_of(paper, name)} of {counted_in_words(name, least)}"
        case Has(fact):
            return f"it has no {FACT[fact].noun.removeprefix('a ')}"
        case Category(pattern):
            mine = paper.categories
            return f"it is in {listed(mine)}, not in {pattern}" if mine else "I know of no arXiv category that it is in"
        case Listed(source):
            return _not_listed(source, paper)


def excluded(condition: Condition, paper: Paper) -> str:
    """What holds although it should not, as a clause: "it has code, which is excluded"."""
    match condition:
        case Count(name, _):
            there = f"has {counted_in_words(name, count_of(paper, name))}"
        case Has(fact):
            there = f"has {FACT[fact].noun}"
        case Category(pattern):
            there = f"is in {pattern}"
        case Listed(source):
            there = f"is on {called(source)}"
    return f"it {there}, which is excluded"


def _not_listed(source: str, paper: Paper) -> str:
    if source == UNNAMED and paper.listings:
        there = [each.source for each in paper.listings]
        names = listed([called(each) for each in there])
        return f"it is only on {names}, which a query has to ask for: {SOURCE}:{there[0]}"
    return f"it is not on {called(source)}"
