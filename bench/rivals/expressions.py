"""Regular expressions: one for each query, and each is searched in each paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench.rivals.folded import AllOf, AnyOf, Condition, Expression, Words


class Expressions:
    """See `bench.rivals.Rival`."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns

    def match(self, lines: Sequence[str]) -> Sequence[Sequence[int]]:
        """Search every line for every query."""
        return [[number for number, line in enumerate(lines) if pattern.match(line)] for pattern in self._patterns]


def prepare(expressions: Sequence[Expression]) -> Expressions:
    """Compile an expression for every query."""
    return Expressions([re.compile(_said(expression.condition)) for expression in expressions])


def _said(condition: Condition) -> str:
    """A pattern that holds at the beginning of a line."""
    match condition:
        case Words(words, prefix):
            return f"(?=.* {re.escape(' '.join(words))}{'' if prefix else ' '})"
        case AllOf(wanted, unwanted):
            return "".join([*map(_said, wanted), *(f"(?!{_said(part)})" for part in unwanted)])
        case AnyOf(parts):
            return f"(?:{'|'.join(map(_said, parts))})"
