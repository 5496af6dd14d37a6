"""Alternatives to Paperwire's index, given its folded words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Protocol

from bench.rivals.folded import Expression

__all__ = ["RIVALS", "Rival", "rival"]


class Rival(Protocol):
    """Another way to match papers, made ready for many queries."""

    def match(self, lines: Sequence[str]) -> Sequence[Sequence[int]]:
        """Which lines (see `bench.rivals.folded.line_of`) meet each query's condition, rising; counts are left out."""
        ...


RIVALS: Mapping[str, str] = {
    "Aho-Corasick": "pyahocorasick: all words in one automaton, the queries of those found evaluated",
    "tantivy": "an index of the papers in memory, every query run",
    "FTS5": "the same with SQLite's full-text index",
    "inverted index": "the same in Python, as Lucene's monitor does without its presearcher",
    "regex": "one compiled regular expression a subscription, all searched (a sample, extrapolated)",
}
"""The rivals, and how each goes about it."""

PLACES = {
    "Aho-Corasick": "automaton",
    "tantivy": "tantivy_index",
    "FTS5": "fts5",
    "inverted index": "inverted",
    "regex": "expressions",
}


def rival(name: str) -> Callable[[Sequence[Expression]], Rival]:
    """Make a rival ready; its library is loaded only now, so that it does not count in the others' memory."""
    make: Callable[[Sequence[Expression]], Rival] = import_module(f"bench.rivals.{PLACES[name]}").prepare
    return make
