"""The measures: precision, recall and F1 of what is found; average precision and nDCG of what is ranked.

A paper that only mentions a subject is neither right nor wrong to bring: some want it, some do not. It counts for no
measure but nDCG, which knows grades.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log2

MENTION = 0.3
"""The gain of a paper that only mentions the subject, where one about it has 1."""

DEPTH = 20
"""Ranks that nDCG looks at: about what people page through."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of what is wanted, in papers; that of several subjects can be added up.

    https://nlp.stanford.edu/IR-book/html/htmledition/evaluation-of-unranked-retrieval-sets-1.html

    Attributes:
        right: Relevant papers that were found.
        wrong: Others that were found, without those that mention the subject.
        missed: Relevant papers that were not found.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Found) -> Found:
        """What was found for both."""
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is relevant; 1 if nothing was found, since nothing of it is wrong."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is relevant that was found; 1 if nothing is relevant."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall: 2·right / (2·right + wrong + missed); 0 if nothing is right."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def count(found: AbstractSet[str], relevant: AbstractSet[str], mention: AbstractSet[str]) -> Found:
    """What was found of the relevant papers; all by their ids."""
    return Found(len(found & relevant), len(found - relevant - mention), len(relevant - found))


def average_precision(ranked: Sequence[str], relevant: AbstractSet[str], mention: AbstractSet[str]) -> float:
    """The precision at the rank of each relevant paper, on average; 0 at those that are not ranked.

    https://nlp.stanford.edu/IR-book/html/htmledition/evaluation-of-ranked-retrieval-results-1.html

    Papers that mention the subject are taken out of the ranking first, as T. Sakai does with unjudged ones:
    "Alternatives to Bpref", SIGIR 2007, https://doi.org/10.1145/1277741.1277756.
    """
    precisions, right = 0.0, 0
    for rank, paper in enumerate((paper for paper in ranked if paper not in mention), start=1):
        if paper in relevant:
            right += 1
            precisions += right / rank
    return precisions / len(relevant) if relevant else 0.0


def ndcg(ranked: Sequence[str], relevant: AbstractSet[str], mention: AbstractSet[str], depth: int = DEPTH) -> float:
    """The normalised discounted cumulative gain of the first ``depth`` ranks: 1 if no order has more gain.

    K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002,
    https://doi.org/10.1145/582415.582418; with the discount log2(1 + rank) that is common since, as in
    https://nlp.stanford.edu/IR-book/html/htmledition/evaluation-of-ranked-retrieval-results-1.html.
    """
    gains = [1.0 if paper in relevant else MENTION if paper in mention else 0.0 for paper in ranked[:depth]]
    best = ([1.0] * len(relevant) + [MENTION] * len(mention))[:depth]
    return _discounted(gains) / _discounted(best) if best else 0.0


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean; 0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(1 + rank) for rank, gain in enumerate(gains, start=1))
