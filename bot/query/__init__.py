"""The subscription language: read a query, say it in words, find it in papers."""

from __future__ import annotations

from bot.query.acronyms import COMMON, Acronyms, definitions, learn
from bot.query.batch import Batch
from bot.query.evaluate import FoldedPaper, find, fold_paper
from bot.query.filing import Filing, file, possible_anchors
from bot.query.folding import FOLDING_VERSION, fold
from bot.query.glance import glance, has_word, running, words_of
from bot.query.misses import nearest_miss
from bot.query.parser import Query, parse
from bot.query.words import describe

__all__ = [
    "COMMON",
    "FOLDING_VERSION",
    "Acronyms",
    "Batch",
    "Filing",
    "FoldedPaper",
    "Query",
    "definitions",
    "describe",
    "file",
    "find",
    "fold",
    "fold_paper",
    "glance",
    "has_word",
    "learn",
    "nearest_miss",
    "parse",
    "possible_anchors",
    "running",
    "words_of",
]
