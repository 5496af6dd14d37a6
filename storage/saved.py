"""Reading lists: a row for each paper that each person saved, with the whole paper as it was then."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.domain import Address, Paper, SavedPaper, Saver
from bot.errors import StorageError, TooManySaved
from storage.columns import moment, stamp
from storage.paper_rows import as_columns, as_paper
from storage.sqlite.engine import Database

SAVE = """
INSERT INTO saved (platform, channel, paper_id, person, name, at, paper) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (platform, channel, paper_id, person) DO NOTHING
"""

LIST = "SELECT * FROM saved WHERE platform = ? AND channel = ?"

OTHERS = "SELECT count(DISTINCT paper_id) FROM saved WHERE platform = ? AND channel = ? AND paper_id != ?"

IS_THERE = "SELECT 1 FROM saved WHERE platform = ? AND channel = ? AND paper_id = ?"

MOVE = """
UPDATE OR IGNORE saved SET platform = :platform, channel = :channel,
    person = CASE platform WHEN :platform THEN person ELSE name END
WHERE platform = :from_platform AND channel = :from_channel
"""
"""A person's id means nothing on another platform."""

LEAVE = "DELETE FROM saved WHERE platform = :from_platform AND channel = :from_channel"


UNKNOWN = as_columns(Paper(id="", title="", url="", list_day=date.min))
"""What a paper has that was saved before papers had an attribute."""


class SqlSaved:
    """See `SavedStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, channel: Address, paper: Paper, saver: Saver, *, limit: int) -> bool:
        """Put the paper on the channel's list; see `SavedStore.save`."""
        place = channel.platform, channel.id, paper.id
        with self._database.writing() as connection:
            is_new = connection.execute(IS_THERE, place).fetchone() is None
            if is_new and connection.execute(OTHERS, place).fetchone()[0] >= limit:
                raise TooManySaved(f"{channel} has {limit} saved papers")
            text = json.dumps(as_columns(paper), ensure_ascii=False)
            saved = connection.execute(SAVE, (*place, saver.person, saver.name, stamp(saver.at), text))
            return saved.rowcount == 1

    def unsave(self, channel: Address, paper_id: str, person: str | None = None) -> bool:
        """Take the paper off the channel's list; see `SavedStore.unsave`."""
        with self._database.writing() as connection:
            removed = connection.execute(
                "DELETE FROM saved"
                " WHERE platform = ? AND channel = ? AND paper_id = ? AND person = coalesce(?, person)",
                (channel.platform, channel.id, paper_id, person),
            )
            return removed.rowcount > 0

    def get(self, channel: Address, paper_id: str) -> SavedPaper | None:
        """The paper on the channel's list; see `SavedStore.get`."""
        with self._database.reading() as connection:
            place = channel.platform, channel.id, paper_id
            rows = connection.execute(f"{LIST} AND paper_id = ? ORDER BY at, rowid", place).fetchall()
        return _saved(rows) if rows else None

    def of(self, channel: Address) -> Sequence[SavedPaper]:
        """The channel's list; see `SavedStore.of`."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{LIST} ORDER BY paper_id, at, rowid", (channel.platform, channel.id)).fetchall()
        papers = [_saved(list(group)) for _, group in groupby(rows, key=lambda row: row["paper_id"])]
        latest_first = sorted(papers, key=lambda saved: saved.savers[-1].at, reverse=True)
        return sorted(latest_first, key=lambda saved: -len(saved.savers))

    def paper(self, paper_id: str) -> Paper | None:
        """The paper as it was saved last; see `SavedStore.paper`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT paper FROM saved WHERE paper_id = ? ORDER BY at DESC LIMIT 1", (paper_id,)
            ).fetchone()
        return _paper(row["paper"]) if row else None


def move_saved(connection: sqlite3.Connection, source: Address, target: Address) -> int:
    """Move a channel's list to another; of a paper that somebody saved in both, what the target has stays.

    Returns how many papers moved.
    """
    places = {
        "platform": target.platform,
        "channel": target.id,
        "from_platform": source.platform,
        "from_channel": source.id,
    }
    rows = connection.execute(LIST, (source.platform, source.id)).fetchall()
    connection.execute(MOVE, places)
    connection.execute(LEAVE, places)
    return len({row["paper_id"] for row in rows})


def _saved(rows: Sequence[sqlite3.Row]) -> SavedPaper:
    """The paper of these rows, which are in the order of their times."""
    savers = tuple(Saver(row["person"], row["name"], moment(row["at"])) for row in rows)
    return SavedPaper(_paper(rows[-1]["paper"]), savers)


def _paper(text: str) -> Paper:
    """The paper that `save` wrote.

    Raises:
        StorageError: Something else wrote it.
    """
    try:
        return as_paper({**UNKNOWN, **json.loads(text)})
    except (TypeError, ValueError) as error:
        raise StorageError("The database holds a saved paper that makes no sense. Restore a backup.") from error
