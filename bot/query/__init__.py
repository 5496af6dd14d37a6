"""The subscription language: read a query, say it in words, find it in papers."""

from __future__ import annotations

from bot.query.acronyms import COMMON, Acronyms, definitions, learn
from bot.query.batch import Batch
from bot.query.evaluate import FoldedPaper, find, fold_paper
from bot.query.filing import Filing, file, possible_anchors
from bot.query.glance import glance, has_word, running, words_of
from bot.query.misses import is_telling, lacks_counts_alone, nearest_miss
from bot.query.narrowing import narrowed
from bot.query.parser import Query, parse
from bot.query.sifting import folded_text, sieve, sieve_of_any_word, wanted_words, wider
from bot.query.tree import Term
from bot.query.words import describe
from bot.text.folding import FOLDING_VERSION, fold

__all__ = [
    "COMMON",
    "FOLDING_VERSION",
    "Acronyms",
    "Batch",
    "Filing",
    "FoldedPaper",
    "Query",
    "Term",
    "definitions",
    "describe",
    "file",
    "find",
    "fold",
    "fold_paper",
    "folded_text",
    "glance",
    "has_word",
    "is_telling",
    "lacks_counts_alone",
    "learn",
    "narrowed",
    "nearest_miss",
    "parse",
    "possible_anchors",
    "running",
    "sieve",
    "sieve_of_any_word",
    "wanted_words",
    "wider",
    "words_of",
]
