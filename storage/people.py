"""What people told of themselves."""

from __future__ import annotations

from storage.sqlite.engine import Database


class SqlPeople:
    """See `PeopleStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def zone(self, platform: str, person: str) -> str:
        """The person's time zone; see `PeopleStore.zone`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT zone FROM people WHERE platform = ? AND id = ?", (platform, person)
            ).fetchone()
            return str(row["zone"]) if row else ""

    def set_zone(self, platform: str, person: str, zone: str) -> None:
        """Remember the person's time zone; see `PeopleStore.set_zone`."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO people (platform, id, zone) VALUES (?, ?, ?)"
                " ON CONFLICT (platform, id) DO UPDATE SET zone = excluded.zone",
                (platform, person, zone),
            )
