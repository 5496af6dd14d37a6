"""Papers, and when each list was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain import Paper, PaperList


class PaperStore(Protocol):
    """The papers of every list that was read."""

    def save(self, source: str, papers: PaperList, *, at: datetime) -> int:
        """Store a list as it was read at ``at``; return how many of its papers are new.

        A paper that is new, or on a list of this source for the first time, or that differs from the stored one,
        becomes pending: its matches are still to be enqueued. It does not when it changed more than `WATCHED_FOR` after
        its last list. What several sources say of a paper is one paper, by `bot.domain.merging`. A known paper keeps
        its list day when it is on a later list of the same source, or where its day is not that of the list that it
        came with; see `PaperSource.fetch`. The reading time is stored even for an empty list. A paper that was
        forgotten stays forgotten.
        """
        ...

    def last_read(self, source: str, *, since: date) -> Mapping[date, datetime]:
        """When each list from ``since`` on was last saved; days that were never saved are missing."""
        ...

    def pending(self, *, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` pending papers, earliest list day first, each day in its list's order."""
        ...

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id, if the store has it."""
        ...

    def listed(self, *, since: date, until: date | None = None, source: str | None = None) -> Sequence[Paper]:
        """Every paper that came on a list in ``since`` … ``until`` (inclusive; None: no end), latest day first.

        With ``source``, on a list of that source, or of one that need not be named (`bot.domain.sources.UNNAMED`).
        """
        ...

    def days(self, *, since: date, until: date | None = None, source: str | None = None) -> Mapping[date, int]:
        """How many papers came on each day in ``since`` … ``until``, latest first; days without papers are missing.

        With ``source`` as in `listed`; without, a paper counts on the latest day on which it came on a list.
        """
        ...

    def titles_with(self, text: str, *, since: date, limit: int) -> Sequence[tuple[str, str]]:
        """The ids and titles of papers whose id or title has that text, in capitals or not, latest day first."""
        ...

    def commonness(self, words: Iterable[str]) -> Mapping[str, int]:
        """About how many papers have each of these words, in lower case; ``robot*`` counts words that begin so."""
        ...

    def define(self, definitions: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Store the acronyms and full forms that papers define, by paper id, instead of what each defined before."""
        ...

    def definitions(self) -> Sequence[tuple[str, str, int]]:
        """Every acronym with its full form that papers define, and how many papers define it."""
        ...

    def forget(self, *, listed_before: date, source: str = "") -> int:
        """Remove some papers that were last listed and last changed before that day; return how many, 0 at the end.

        With ``source``, which has to be named, only those that no other source has, and that no query has matched. A
        paper that is pending, or on its way to a channel, stays. The ids are kept: a forgotten paper is not new when
        it is listed again, except that one of a ``source`` is new on another source's list.
        """
        ...
