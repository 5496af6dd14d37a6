"""How close papers are to subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain import Nearness
from storage.sqlite.engine import Database

KEEP = """
INSERT OR IGNORE INTO nearness (paper, subject, closeness, sentence) SELECT pk, ?, ?, ? FROM papers WHERE id = ?
"""

OF = "SELECT nearness.* FROM nearness JOIN papers ON papers.pk = nearness.paper WHERE papers.id = ?"


class SqlNearness:
    """See `NearnessStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, paper_id: str) -> Mapping[str, Nearness]:
        """What was decided of the paper; see `NearnessStore.of`."""
        with self._database.reading() as connection:
            rows = connection.execute(OF, (paper_id,)).fetchall()
        return {row["subject"]: Nearness(row["subject"], row["closeness"], row["sentence"]) for row in rows}

    def keep(self, decided: Mapping[str, Sequence[Nearness]]) -> None:
        """Store what was decided; see `NearnessStore.keep`."""
        with self._database.writing() as connection:
            connection.executemany(
                KEEP,
                (
                    (near.subject, near.closeness, near.sentence, paper_id)
                    for paper_id, each in decided.items()
                    for near in each
                ),
            )
