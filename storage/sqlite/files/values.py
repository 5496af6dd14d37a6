"""Whether the values of a database are what Paperwire writes: a file that was edited by hand may hold anything.

SQLite checks types and structure; a moment that is no moment would be compared as text, and never or always be due.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import StorageError

MOMENTS: Mapping[str, tuple[str, ...]] = {
    "channels": (
        "paused_since",
        "probe_at",
        "digest_due",
        "quiet_since",
        "quiet_until",
        "next_due",
        "claimed_at",
        "pause_told_at",
    ),
    "subscriptions": ("created_at", "counts_from", "paused_at"),
    "papers": ("published_at", "changed_at", "matched_at"),
    "lists": ("read_at",),
    "votes": ("at",),
    "outbox": ("enqueued_at", "settled_at"),
    "followed": ("again_at", "until"),
    "set_aside": ("claimed_at", "next_try"),
    "gaps": ("since", "until"),
    "posting_outages": ("since", "next_try"),
    "saved": ("at",),
    "opinions": ("at",),
    "space": ("fitted_at",),
}
"""Columns that `storage.columns.stamp` writes."""

DAYS: Mapping[str, tuple[str, ...]] = {"papers": ("list_day",), "lists": ("day",)}

WORDS: Mapping[str, tuple[str, ...]] = {"papers": ("authors", "keywords")}
"""Columns that `storage.columns.words` writes."""

PAPERS: Mapping[str, tuple[str, ...]] = {"saved": ("paper",)}
"""Columns with a whole paper."""

NEEDS = (
    ("digest_due", "rhythm"),
    ("claim_key", "claimed_at"),
    ("paused_since", "probe_at"),
    ("paused_since", "pause_reason"),
    ("paused_since", "pause_repair"),
    ("quiet_since", "quiet_until"),
    ("quiet_since", "quiet_by"),
)
"""Columns of ``channels`` that mean nothing without another one."""

DIGIT = "[0-9]"
DAY = f"{DIGIT * 4}-{DIGIT * 2}-{DIGIT * 2}"
MOMENT = f"{DAY}T[0-2]{DIGIT}:[0-5]{DIGIT}:[0-5]{DIGIT}.{DIGIT * 6}+00:00"

# SQLite reads 31 February as 3 March, so the day that it makes of the Julian day differs. That is slow, and hardly any
# day needs it.
A_DAY = (
    "substr({column}, 6, 2) BETWEEN '01' AND '12' AND substr({column}, 9, 2) >= '01'"
    " AND (substr({column}, 9, 2) <= '28' OR date(julianday(substr({column}, 1, 10))) IS substr({column}, 1, 10))"
)

CONDITIONS = {
    "moment": (
        f"({{column}} GLOB '{MOMENT}' OR {{column}} GLOB '{DAY}') AND {A_DAY} AND substr({{column}}, 12, 2) < '24'"
    ),
    "day": f"{{column}} GLOB '{DAY}' AND {A_DAY}",
    "list of texts": "json_valid({column}) AND json_type({column}) = 'array'",
    "paper": "json_valid({column}) AND json_type({column}) = 'object'",
}

LONGEST = 40
"""Characters of a value that are shown."""


def refuse_unreadable(connection: sqlite3.Connection, path: Path) -> None:
    """Look at every value that could be read wrongly.

    Pages that are damaged are passed over: whoever needs them finds out, and the rest goes on.

    Raises:
        StorageError: A value makes no sense.
    """
    for statement, told in _looks():
        with contextlib.suppress(sqlite3.Error):
            if wrong := connection.execute(statement).fetchone():
                mistake = told.format(*(str(value)[:LONGEST] for value in wrong))
                raise StorageError(
                    f"{path} was changed by something other than Paperwire: {mistake}. Restore a backup, or correct it."
                )


def _looks() -> Iterator[tuple[str, str]]:
    """Statements that find a mistake, and what to say of it."""
    for kind, tables in (("moment", MOMENTS), ("day", DAYS), ("list of texts", WORDS), ("paper", PAPERS)):
        for table, column in ((table, column) for table, columns in tables.items() for column in columns):
            condition = CONDITIONS[kind].format(column=column)
            yield (
                f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND NOT ({condition}) LIMIT 1",  # noqa: S608 - names of our own
                f"{table}.{column} holds “{{}}”, which is not a {kind}",
            )
    for one, other in NEEDS:
        yield (
            f"SELECT platform, id FROM channels WHERE {one} IS NOT NULL AND {other} IS NULL LIMIT 1",  # noqa: S608 - the same
            f"the channel {{}}:{{}} has {one}, but no {other}",
        )
