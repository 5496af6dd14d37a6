"""The subscription language: read a query, say it in words, find it in papers."""

from __future__ import annotations

from bot.query.evaluate import FoldedPaper, find, fold_paper
from bot.query.folding import FOLDING_VERSION
from bot.query.parser import Query, parse
from bot.query.words import describe

__all__ = ["FOLDING_VERSION", "FoldedPaper", "Query", "describe", "find", "fold_paper", "parse"]
