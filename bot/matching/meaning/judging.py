"""Tells how close papers are to subjects; where it counts, it is decided once and kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache

from bot.domain import Nearness, Paper
from bot.matching.meaning import ENOUGH
from bot.matching.meaning.closeness import Closeness, Parts, closeness_to, parts_of
from bot.matching.meaning.learning import Meaning
from bot.matching.meaning.space import Space
from bot.matching.meaning.words import whole
from bot.ports.stores.nearness import NearnessStore
from bot.query.knowledge import NearnessOf, Wording

MOST_PAPERS_PLACED = 1_024
"""Papers whose parts are remembered, at about 6 kB each: those of a month and a half."""

MOST_SUBJECTS_PLACED = 256
"""Subjects whose places are remembered."""


class Judge:
    """Tells how close papers are to subjects; may be used from any thread."""

    def __init__(self, meaning: Meaning, store: NearnessStore) -> None:
        self._meaning = meaning
        self._store = store
        self._fitted_at: datetime | None = None
        self._judged: NearnessOf | None = None

    def __call__(self, wording: Wording, paper: Paper) -> Nearness | None:
        """How close the paper is: as it was decided, if it was. None while too few papers are known to tell.

        Raises:
            StorageError: The database cannot be used.
        """
        return self._store.of(paper.id).get(wording.subject) or self._afresh(wording, paper)

    def can_tell(self) -> bool:
        """Whether enough papers are known to tell how close they are.

        Raises:
            StorageError: The database cannot be used.
        """
        return self._meaning.fitting() is not None or self._meaning.known() >= ENOUGH

    @contextlib.contextmanager
    def deciding(self) -> Iterator[NearnessOf]:
        """Let what is told in the block be kept at its end, so that it stays whatever is learned later.

        Raises:
            StorageError: The database cannot be used.
        """
        decided: dict[str, dict[str, Nearness]] = {}

        def decide(wording: Wording, paper: Paper) -> Nearness | None:
            near = self(wording, paper)
            if near:
                decided.setdefault(paper.id, {})[near.subject] = near
            return near

        yield decide
        if decided:
            self._store.keep({paper_id: tuple(each.values()) for paper_id, each in decided.items()})

    def _afresh(self, wording: Wording, paper: Paper) -> Nearness | None:
        found = self._meaning.space_or_learn()
        if found is None:
            return None
        fitted_at, space = found
        judged = self._judged
        if judged is None or self._fitted_at != fitted_at:
            # What another thread makes of the same space meanwhile is as good.
            self._judged = judged = _judging_in(space)
            self._fitted_at = fitted_at
        return judged(wording, paper)


def _judging_in(space: Space) -> Callable[[Wording, Paper], Nearness]:
    """Tells how close papers are in that space, and remembers where they lie."""

    @lru_cache(maxsize=MOST_PAPERS_PLACED)
    def placed(title_and_abstract: str, abstract: str, keywords: tuple[str, ...]) -> Parts:
        return parts_of(title_and_abstract, abstract, keywords, space)

    @lru_cache(maxsize=MOST_SUBJECTS_PLACED)
    def closeness(wording: Wording) -> Closeness:
        return closeness_to([wording], space)

    def judged(wording: Wording, paper: Paper) -> Nearness:
        parts = placed(whole(paper), paper.abstract, paper.keywords)
        return Nearness(wording.subject, *closeness(wording).of_parts(parts))

    return judged
