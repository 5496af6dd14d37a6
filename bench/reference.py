"""The slow, plain way to match: every query is evaluated on every paper, as the language itself says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from bench.queries import adversarial
from bot.domain import Paper
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import Knowledge, parse

SAMPLE = 2_000
"""Queries that are compared where there are more."""

Answers = Mapping[int, frozenset[str]]
"""The ids of the papers that each query matches, by the query's id."""


def reference(queries: Iterable[tuple[int, str]], papers: Sequence[Paper], known: Knowledge) -> Answers:
    """What the language says."""
    folded = [fold_paper(paper) for paper in papers]
    return {
        number: frozenset(text.paper.id for text in folded if find(parsed, text, known) is not None)
        for number, parsed in ((number, parse(text)) for number, text in queries)
    }


def sample(queries: Sequence[tuple[int, str]], seed: int) -> list[tuple[int, str]]:
    """`SAMPLE` of the queries, and all of the adversarial ones among them."""
    hard = set(adversarial())
    chosen = Random(f"{seed}/sample").sample(queries, k=min(SAMPLE, len(queries)))
    return list(dict.fromkeys([*chosen, *(query for query in queries if query[1] in hard)]))


def by_query(found: Mapping[str, Sequence[int]]) -> Answers:
    """Answers by query, of answers by paper."""
    answers: dict[int, set[str]] = {}
    for paper, numbers in found.items():
        for number in numbers:
            answers.setdefault(number, set()).add(paper)
    return {number: frozenset(papers) for number, papers in answers.items()}


def differences(expected: Answers, given: Answers, queries: Mapping[int, str]) -> list[str]:
    """What was answered otherwise than expected: the query, and the papers too many and too few."""
    nothing: frozenset[str] = frozenset()
    return [
        f"{text}: too many {sorted(got - due)}, too few {sorted(due - got)}"
        for number, text in queries.items()
        if (due := expected.get(number, nothing)) != (got := given.get(number, nothing))
    ]
