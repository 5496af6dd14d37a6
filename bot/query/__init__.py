"""The subscription language, and nothing but the language: read a query, put it into words."""

from __future__ import annotations

from bot.query.acronym_definitions import definitions, learn
from bot.query.acronyms import Acronyms
from bot.query.add_condition import narrowed
from bot.query.common_acronyms import COMMON
from bot.query.in_words import describe
from bot.query.knowledge import Knowledge
from bot.query.parser import Query, parse, query_of
from bot.query.readings import Reading, other_reading, settled
from bot.query.tree import Term

__all__ = [
    "COMMON",
    "Acronyms",
    "Knowledge",
    "Query",
    "Reading",
    "Term",
    "definitions",
    "describe",
    "learn",
    "narrowed",
    "other_reading",
    "parse",
    "query_of",
    "settled",
]
