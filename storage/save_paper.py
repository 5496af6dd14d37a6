"""Saves a paper as a list has it: as a new row, or merged with what other lists and earlier readings say of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from bot.domain import WATCHED_FOR, Listing, Paper
from bot.domain.merging import CONTENT, merge
from storage.columns import stamp
from storage.paper_rows import as_columns, as_paper
from storage.votes import note_votes

COLUMNS = ("list_day", "last_listed", "unnamed_on", "listings", *CONTENT)

INSERT = f"""
INSERT INTO papers (id, position, changed_at, pending, is_wanted, {", ".join(COLUMNS)})
VALUES (:id, :position, :changed_at, 1, 0, {", ".join(f":{column}" for column in COLUMNS)})
"""  # noqa: S608 - column names of our own

UPDATE = f"""
UPDATE papers SET changed_at = :changed_at, pending = max(pending, :is_pending), position = :position,
    matched_at = CASE WHEN :is_listed_anew THEN NULL ELSE matched_at END,
    {", ".join(f"{column} = :{column}" for column in COLUMNS)}
WHERE id = :id
"""  # noqa: S608 - column names of our own
"""On a list that it was not on before, a paper is matched as if it were new."""


def save_paper(
    connection: sqlite3.Connection, source: str, read: Paper, position: int, at: datetime, *, is_of_this_day: bool
) -> bool:
    """Insert the paper, or update it where it differs; return whether it is new.

    Args:
        connection: In a transaction.
        source: Whose list it is.
        read: The paper as the list has it.
        position: Its place on the list.
        at: The present time.
        is_of_this_day: Whether it is on the list of that day, rather than only changed then.
    """
    row = connection.execute("SELECT * FROM papers WHERE id = ?", (read.id,)).fetchone()
    if row is None:
        if _is_forgotten(connection, read.id, source):
            return False
        paper = replace(read, listings=(Listing(source, read.list_day),))
        connection.execute(INSERT, {**as_columns(paper), "position": position, "changed_at": stamp(at)})
        note_votes(connection, paper.id, paper.upvotes, at=at, before=None)
        return True
    known = as_paper(row)
    listed = known.listed_on((source,))
    paper = merge(known, replace(read, list_day=listed) if listed and not is_of_this_day else read, source)
    if paper.upvotes != known.upvotes:
        note_votes(connection, paper.id, paper.upvotes, at=at, before=row)
    if paper != known:
        is_listed_anew = len(paper.listings) > len(known.listings)
        is_watched = at.date() - paper.last_listed <= WATCHED_FOR and _has_news(known, paper)
        values = {
            "changed_at": stamp(at),
            "position": position if paper.list_day < known.list_day else row["position"],
            "is_listed_anew": is_listed_anew,
            "is_pending": is_listed_anew or is_watched,
        }
        connection.execute(UPDATE, {**as_columns(paper), **values})
    return False


def _has_news(known: Paper, paper: Paper) -> bool:
    """Whether more has changed than the day of a list, which matches nothing new."""
    return replace(known, listings=(), list_day=paper.list_day) != replace(paper, listings=())


def _is_forgotten(connection: sqlite3.Connection, paper_id: str, source: str) -> bool:
    """Whether the paper was removed when it was old.

    Of a large source's papers, those that no channel ever got are removed early, and are new on another list.
    """
    row = connection.execute("SELECT source FROM forgotten WHERE id = ?", (paper_id,)).fetchone()
    return row is not None and row["source"] in {"", source}
