"""How much papers are to the liking of those who read what a subscription brings.

What people liked, and what they wanted less of, says something about papers near to it: D. Billsus, M. J. Pazzani,
"User Modeling for Adaptive News Access", User Modeling and User-Adapted Interaction 10, 2000,
https://doi.org/10.1023/A:1026501525781, which compares stories with the nearest ones that were rated. A reader may like
several subjects of one subscription, which have nothing in common but that: their mean would be near to none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bot.domain import Opinion
from bot.matching.meaning.learning import Meaning
from bot.matching.meaning.space import Vectors

NEAREST = 3
"""Papers, of those that were liked and of the others, that a paper is compared with: one alone tells subjects apart
worse, and five hardly better (docs/measurements.md)."""


def likings(
    wanted: Mapping[str, Collection[str]], opinions: Sequence[Opinion], meaning: Meaning
) -> Mapping[str, float]:
    """How much each of these papers is to the liking of the readers of some subscriptions.

    It is how close the paper is to the nearest ones that they liked, less how close it is to the nearest that they did
    not: 1 at most, -1 at least. Both are mean cosines, and 0 without such papers. A paper that is unknown, or of which
    nobody has said anything near, has 0; so has every paper while meaning is not ready.

    Args:
        wanted: By the papers' ids, the queries of the subscriptions whose readers are meant.
        opinions: What people think, oldest first: of papers that several of these subscriptions have, the last counts.
        meaning: The space.

    Raises:
        StorageError: The database cannot be used.
    """
    asked = {query for queries in wanted.values() for query in queries}
    known = [opinion for opinion in opinions if opinion.query in asked]
    places = meaning.places({*wanted, *(opinion.paper_id for opinion in known)}) if known else {}
    return {
        paper_id: _liking(places[paper_id], [opinion for opinion in known if opinion.query in queries], places)
        if paper_id in places
        else 0.0
        for paper_id, queries in wanted.items()
    }


def _liking(place: Vectors, opinions: Sequence[Opinion], places: Mapping[str, Vectors]) -> float:
    thought = {opinion.paper_id: opinion.is_liked for opinion in opinions if opinion.paper_id in places}
    liked = [places[paper_id] for paper_id, is_liked in thought.items() if is_liked]
    disliked = [places[paper_id] for paper_id, is_liked in thought.items() if not is_liked]
    return _closeness(place, liked) - _closeness(place, disliked)


def _closeness(place: Vectors, places: Sequence[Vectors]) -> float:
    """The mean cosine to the nearest of the places: 0 … 1."""
    if not places:
        return 0.0
    nearest = np.sort(np.stack(places) @ place)[-NEAREST:]
    return float(nearest.mean().clip(0, 1))
