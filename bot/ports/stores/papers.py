"""What the core asks of the stored papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain import Paper, PaperList


class PaperStore(Protocol):
    """The papers of every list that was read."""

    def save(self, source: str, papers: PaperList, *, at: datetime) -> int:
        """Keep a list as it was read at ``at``; return how many of its papers were not in the store before.

        A paper that is new, or differs from what the store has (text, votes, comments, stars, addresses), is pending
        from then on: its matches are still to be enqueued; but not when it changed later than `WATCHED_FOR` after its
        list day. A known paper keeps its list day when it stands on a later
        list, and a summary, keywords or organization that the source no longer gives. The list's reading time is kept
        even if it has no papers. A paper that was forgotten stays so.
        """
        ...

    def last_read(self, source: str, *, since: date) -> Mapping[date, datetime]:
        """When each list from ``since`` on was last saved; days that never were are missing."""
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

    def commonness(self, words: Iterable[str]) -> Mapping[str, int]:
        """About how many papers have each of these words, in lower case; with a star: words that begin so."""
        ...

    def define(self, definitions: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Keep the acronyms and full forms that papers define, by paper id, in place of what each defined before."""
        ...

    def definitions(self) -> Sequence[tuple[str, str, int]]:
        """Every acronym and full form that papers define, and how many papers do."""
        ...

    def forget(self, *, listed_before: date) -> int:
        """Remove some papers that were first listed and last changed before that day; return how many, 0 at the end.

        One that is pending, or on its way to a channel, is not old enough. The ids are kept: a paper that was forgotten
        is no new one when it is listed again.
        """
        ...
