"""The stored papers that are nearest in meaning: to a query, or to another paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from bot.domain import Paper
from bot.matching.evaluate import matches
from bot.matching.meaning.closeness import beyond_words, closeness_to, wordings_of
from bot.matching.meaning.learning import Meaning
from bot.matching.meaning.space import Vectors, vectors_of
from bot.matching.meaning.words import whole
from bot.matching.paper_index import source_of, wanted_terms
from bot.matching.places import locate
from bot.matching.verdicts import folded
from bot.ports.stores import Stores
from bot.query import Knowledge, Query, Term

CANDIDATES = 100
"""Papers, nearest by title and abstract, of which the other parts are looked at: in a millisecond each."""

LEAST = 0.3
"""The closeness below which a paper has only words in common with what was asked for."""

NAMED = 0.15
"""How much closer a paper counts that says a name which goes with the subject, and once more if its title does.

Of 0 to 0.15 this ranks best; see docs/measurements.md.
"""

BLOCK = 4_096
"""Papers whose places are compared at once."""


@dataclass(frozen=True, slots=True)
class Near:
    """A paper, and how close it is: 1 at most."""

    paper: Paper
    closeness: float

    @property
    def is_close(self) -> bool:
        """Whether the paper has more than words in common with what was asked for."""
        return self.closeness >= LEAST


def near_query(
    query: Query, meaning: Meaning, stores: Stores, known: Knowledge, *, limit: int, without: Collection[str] = ()
) -> Sequence[Near] | None:
    """The stored papers that are nearest to what a query asks for, nearest first; None while meaning is not ready.

    They meet what the query demands besides words.

    Args:
        query: The query.
        meaning: The space.
        stores: The papers.
        known: What is known besides.
        limit: How many, at most.
        without: Ids of papers that are left out, such as those that match.

    Raises:
        StorageError: The database cannot be used.
    """
    found = meaning.space()
    if found is None:
        return None
    fitted_at, space = found
    closeness = closeness_to(wordings_of(query, known), space)
    demanded = beyond_words(query.scoped)
    every = stores.meaning.places(fitted_at=fitted_at, source=source_of(query))
    candidates = _nearest(closeness.subjects, every, limit=CANDIDATES + len(without))
    # Read only as far as they are looked at: there are as many candidates more as are left out.
    papers = (paper for each in candidates if each not in without and (paper := stores.papers.get(each)))
    close = [near for paper in islice(papers, CANDIDATES) if (near := Near(paper, closeness.of(paper))).is_close]
    names = [name for term in wanted_terms(query) for name in known.names(term)]
    close.sort(key=lambda near: -near.closeness - NAMED * _named(names, near.paper, known))
    fitting = (near for near in close if demanded is None or matches(demanded, folded(near.paper), known))
    return list(islice(fitting, limit))


def _named(names: Sequence[Term], paper: Paper, known: Knowledge) -> int:
    """2 if the title has one of the names, 1 if the text has, else 0."""
    places = [span[0] for name in names if (span := locate(name, folded(paper), known))]
    return bool(places) + any(place in folded(paper).fields["title"] for place in places)


def near_paper(paper: Paper, meaning: Meaning, stores: Stores, *, limit: int) -> Sequence[Near] | None:
    """The stored papers that are nearest to a paper, which need not be stored; None while meaning is not ready.

    Raises:
        StorageError: The database cannot be used.
    """
    found = meaning.space()
    if found is None:
        return None
    fitted_at, space = found
    nearest = _nearest(space.place([whole(paper)]), stores.meaning.places(fitted_at=fitted_at), limit=limit + 1)
    papers = ((stores.papers.get(each), cosine) for each, cosine in nearest.items() if each != paper.id)
    near = (Near(other, cosine) for other, cosine in papers if other)
    return [each for each in near if each.is_close][:limit]


def _nearest(subjects: Vectors, places: Sequence[tuple[str, bytes]], *, limit: int) -> dict[str, float]:
    """The ids of the papers nearest to any of the subjects, nearest first, with their cosines."""
    if not len(subjects):
        return {}
    cosines = np.empty(len(places), dtype=np.float32)
    for start in range(0, len(places), BLOCK):
        block = b"".join(place for _, place in places[start : start + BLOCK])
        vectors = vectors_of(block, subjects.shape[1])
        cosines[start : start + len(vectors)] = (vectors @ subjects.T).max(axis=1)
    best = np.argsort(-cosines, kind="stable")[:limit]
    return {places[place][0]: float(cosines[place]) for place in best}
