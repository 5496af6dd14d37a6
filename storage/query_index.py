"""The index from words of papers to the queries that want them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from storage.sqlite.engine import Database


class SqlQueryIndex:
    """See `QueryIndex`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unfiled(self, version: int, *, limit: int) -> Sequence[tuple[int, str]]:
        """Queries that are not filed yet; see `QueryIndex.unfiled`."""
        with self._database.reading() as connection:
            # Each side of the version is looked up in the index; together they would be a look at every query.
            rows = connection.execute(
                "SELECT pk, text FROM queries WHERE filed < ? OR filed > ? LIMIT ?", (version, version, limit)
            )
            return [(row["pk"], row["text"]) for row in rows]

    def file(
        self,
        places: Mapping[int, Collection[tuple[str, str]]],
        *,
        version: int,
        sources: Mapping[int, Collection[str]] | None = None,
    ) -> None:
        """File queries anew; see `QueryIndex.file`."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM anchors WHERE query = ?", ((query,) for query in places))
            connection.executemany(
                "INSERT INTO anchors (anchor, query, part, conjunction) SELECT ?, pk, ?, ? FROM queries WHERE pk = ?",
                (
                    (anchor, part, conjunction, query)
                    for query, filings in places.items()
                    for part, (anchor, conjunction) in enumerate(filings)
                ),
            )
            connection.executemany(
                "UPDATE queries SET filed = ?, sources = ? WHERE pk = ?",
                ((version, " ".join(sorted((sources or {}).get(query, ()))), query) for query in places),
            )

    def under(self, anchors: Iterable[str]) -> Iterator[tuple[int, str]]:
        """What is filed under these anchors; see `QueryIndex.under`."""
        with self._database.reading() as connection:
            cursor = connection.cursor()
            cursor.row_factory = None  # plain tuples: a batch of papers reads very many of them
            # In their order, neighbours are on the same page: half the time where there are many.
            yield from cursor.execute(
                "SELECT query, conjunction FROM json_each(?) AS wanted CROSS JOIN anchors ON anchor = wanted.value",
                (json.dumps(sorted(anchors)),),
            )

    def few(self, *, at_most: int) -> Sequence[tuple[int, str]] | None:
        """Everything, if it is not much; see `QueryIndex.few`."""
        with self._database.reading() as connection:
            cursor = connection.cursor()
            cursor.row_factory = None
            found = cursor.execute("SELECT query, conjunction FROM anchors LIMIT ?", (at_most + 1,)).fetchall()
            return found if len(found) <= at_most else None
