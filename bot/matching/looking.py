"""Looks through papers for those that match, folding as few of them again as it takes."""

from __future__ import annotations

from collections.abc import Iterable

from bot.matching.evaluate import matches
from bot.matching.quick_check import check_node, quick_check
from bot.matching.verdicts import PaperWords, folded
from bot.query import Knowledge, Query
from bot.query.tree import And, Leaf, Node, Not, Or


class Looking:
    """Tries queries on papers, and remembers what it took folding to find out: queries of a kind have leaves in common.

    It is meant for a single command, during which no paper changes that counts.

    Attributes:
        folded: How many papers were folded, those several times that were for several queries.
    """

    def __init__(self, known: Knowledge) -> None:
        """Read queries with what is known."""
        self._known = known
        self.folded = 0
        self._decided: dict[tuple[Leaf, str], bool] = {}

    def through(self, query: Query, papers: Iterable[PaperWords], *, most: int) -> tuple[list[PaperWords], int]:
        """Those of the papers that match, and how many were looked at before more than ``most`` had to be folded."""
        found: list[PaperWords] = []
        looked, again = 0, 0
        for paper in papers:
            result = quick_check(query, paper.paper, paper.words, self._known)
            if result is None:
                before = len(self._decided)
                result = self._matches(query.scoped, paper)
                if len(self._decided) > before:
                    again += 1
                    self.folded += 1
            if result:
                found.append(paper)
            looked += 1
            if again == most:
                break
        return found, looked

    def _matches(self, node: Node, paper: PaperWords) -> bool:
        match node:
            case And(parts):
                return all(self._matches(part, paper) for part in parts)
            case Or(parts):
                return any(self._matches(part, paper) for part in parts)
            case Not(part):
                return not self._matches(part, paper)
            case _:
                return self._has(node, paper)

    def _has(self, leaf: Leaf, paper: PaperWords) -> bool:
        """Whether the paper has the leaf: by its words alone, as it was decided before, or by its folded text."""
        quick = check_node(leaf, paper.paper, paper.words, self._known)
        if quick is not None:
            return quick
        key = (leaf, paper.paper.id)
        if key not in self._decided:
            self._decided[key] = matches(leaf, folded(paper.paper), self._known)
        return self._decided[key]
