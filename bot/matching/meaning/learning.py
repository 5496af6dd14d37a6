"""Learns the space from the stored papers, and gives each paper its place in it.

How much that takes is bounded, whatever the store holds: the space is learned from `MOST_FITTED` papers, and
`MOST_PLACED` have a place. Searching goes through these alone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain import Paper
from bot.matching.meaning import ENOUGH
from bot.matching.meaning.fitting import fit
from bot.matching.meaning.space import SPACE_VERSION, Space, Vectors, space_of, vector_written, vectors_of
from bot.matching.meaning.words import whole
from bot.ports.stores import Stores
from bot.ports.stores.meaning import FittedSpace, Fitting

LEARNED_FROM = timedelta(days=60)
"""How old the papers are, at most, that the space is learned from: older than the last list."""

NEW = 0.1
"""The share of new papers from which the space is learned anew."""

MOST_FITTED = 3_000
"""Papers that the space is learned from; of more, so many, evenly among all."""

MOST_PLACED = 50_000
"""Papers with a place, those listed last: they take 10 MB of the database."""

AT_ONCE = 200
"""Papers that are read at a time, and placed in one transaction."""

log = logging.getLogger(__name__)


class Meaning:
    """What the stored papers mean; may be used from any thread."""

    def __init__(self, stores: Stores, now: Callable[[], datetime]) -> None:
        self._stores = stores
        self._now = now
        self._read: tuple[datetime, Space] | None = None
        self._lock = threading.Lock()
        self._learning = threading.Lock()

    def fitting(self) -> Fitting | None:
        """When the space was learned, and from what; None if it is not ready yet.

        Raises:
            StorageError: The database cannot be used.
        """
        return self._stores.meaning.fitting(version=SPACE_VERSION)

    def known(self) -> int:
        """How many papers there are to learn from; `ENOUGH` are needed.

        Raises:
            StorageError: The database cannot be used.
        """
        return self._stores.meaning.count(since=self._since)

    def space(self) -> tuple[datetime, Space] | None:
        """The space, and when it was learned; None if it is not ready yet.

        Raises:
            StorageError: The database cannot be used.
        """
        fitting = self.fitting()
        if fitting is None:
            return None
        with self._lock:
            if self._read is None or self._read[0] != fitting.fitted_at:
                stored = self._stores.meaning.space(version=SPACE_VERSION)
                self._read = _readable(stored) if stored else None
            return self._read

    def space_or_learn(self) -> tuple[datetime, Space] | None:
        """The space; learned now, in seconds, if it is not there yet although papers are: `ENOUGH` of them.

        Raises:
            StorageError: The database cannot be used.
        """
        found = self.space()
        if found is None and self.known() >= ENOUGH:
            self.keep_up()
            found = self.space()
        return found

    def places(self, paper_ids: Collection[str]) -> Mapping[str, Vectors]:
        """Where these of the stored papers lie, by their ids; empty while the space is not ready.

        Raises:
            StorageError: The database cannot be used.
        """
        found = self.space()
        if found is None:
            return {}
        fitted_at, space = found
        stored = self._stores.meaning.places_of(paper_ids, fitted_at=fitted_at)
        places = dict(zip(stored, vectors_of(b"".join(stored.values()), space.dimensions), strict=True))
        # A paper that was just listed, or whose text just changed, has no place yet.
        missing = [self._stores.papers.get(paper_id) for paper_id in paper_ids if paper_id not in places]
        papers = [paper for paper in missing if paper]
        vectors = space.place([whole(paper) for paper in papers])
        return places | {paper.id: vector for paper, vector in zip(papers, vectors, strict=True)}

    def keep_up(self) -> None:
        """Learn the space where that is due, and place what is new; it takes a while, so it belongs in a worker thread.

        Raises:
            StorageError: The database cannot be used.
        """
        with self._learning:
            self._keep_up()

    def _keep_up(self) -> None:
        found, fitting = self.space(), self.fitting()
        is_due = found is None or fitting is None or fitting.new >= NEW * fitting.papers
        if is_due and self.known() >= ENOUGH:
            self._learn()
        elif found:
            fitted_at, space = found
            while papers := self._stores.meaning.unplaced(among=MOST_PLACED, limit=AT_ONCE):
                self._stores.meaning.place(placed(papers, space), fitted_at=fitted_at, as_read=papers)

    @property
    def _since(self) -> date:
        """The first day to learn from. Where lists have not come for long, the last ones still say what papers mean."""
        last = [paper for each in self._stores.meaning.latest(most=1) if (paper := self._stores.papers.get(each))]
        return min([self._now().date(), *(paper.list_day for paper in last)]) - LEARNED_FROM

    def _learn(self) -> None:
        """Learn the space anew, and place every paper; the one before is in use meanwhile."""
        store, since = self._stores.meaning, self._since
        papers = store.count(since=since)
        space = fit([whole(paper) for paper in store.sample(since=since, most=MOST_FITTED)])
        if space is None:
            return
        latest = store.latest(most=MOST_PLACED)
        places: dict[str, bytes] = {}
        for start in range(0, len(latest), AT_ONCE):
            read = [self._stores.papers.get(paper_id) for paper_id in latest[start : start + AT_ONCE]]
            places.update(placed([paper for paper in read if paper], space))
        terms, weights = space.written()
        store.replace(FittedSpace(SPACE_VERSION, self._now(), papers, terms, weights), places)


def _readable(stored: FittedSpace) -> tuple[datetime, Space] | None:
    """The space; None if it cannot be read, since it is sooner learned anew than a backup is restored."""
    try:
        return stored.fitted_at, space_of(stored.terms, stored.weights)
    except ValueError as error:
        log.warning("What papers mean is learned anew: %s", error)
        return None


def placed(papers: Sequence[Paper], space: Space) -> dict[str, bytes]:
    """Where papers lie, by their ids, as it is stored."""
    vectors = space.place([whole(paper) for paper in papers])
    return {paper.id: vector_written(vector) for paper, vector in zip(papers, vectors, strict=True)}
