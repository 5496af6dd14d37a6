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

        A paper that is new, or differs from the stored one (text, votes, comments, stars, addresses), becomes pending:
        its matches are still to be enqueued. It does not when it changed more than `WATCHED_FOR` after its list day. A
        known paper keeps its list day when it is on a later list, and keeps a summary, keywords or an organization that
        the source no longer gives. The reading time is stored even for an empty list. A paper that was forgotten stays
        forgotten.
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

    def listed(self, *, since: date, until: date | None = None) -> Sequence[Paper]:
        """Every paper whose list day is in ``since`` … ``until`` (inclusive; None: no end), latest day first."""
        ...

    def days(self, *, since: date, until: date | None = None) -> Mapping[date, int]:
        """How many papers each list day in ``since`` … ``until`` has, latest first; days without papers are missing."""
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

    def forget(self, *, listed_before: date) -> int:
        """Remove some papers that were first listed and last changed before that day; return how many, 0 at the end.

        A paper that is pending, or on its way to a channel, stays. The ids are kept: a forgotten paper is not new when
        it is listed again.
        """
        ...
