"""``python -m scripts.release_schema 0.1.0``: keeps a release's schema, with a few rows, for tests of upgrades.

Run it at a release: whatever comes later has to upgrade what is written here.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.domain import Address, Paper, PaperList, Pause, Quiet, Receipt
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from bot.query import parse
from storage import open_database, stores_of

FOLDER = Path(__file__).parents[1] / "tests" / "storage" / "sqlite" / "schemas"

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

SHADOWS = ("papers_text_", "sqlite_")
"""Tables that SQLite makes by itself begin so."""


def main(version: str) -> None:
    """Write the schema of the code as it is now as that of a version."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "paperwire.db")
        fill(stores_of(database))
        with database.reading() as connection:
            text = "".join(f"{line}\n" for line in as_sql(connection))
        database.close()
    (FOLDER / f"{version}.sql").write_text(text, encoding="utf-8")


def fill(stores: Stores) -> None:
    """A few rows in every table, and deliveries in every state; everything is invented."""
    channels = [Address("slack", "C0000000001"), Address("discord", "100000000000000001"), Address("terminal", "local")]
    for channel in channels:
        for query in ("robots", '"teapots in orbit", upvotes>=20'):
            parsed = parse(query)
            stores.subscriptions.add(
                channel, parsed.text, canonical=parsed.canonical, by="ada", at=NOW - timedelta(days=2), limit=9
            )
    slack, discord, terminal = channels
    stores.channels.greet(slack)
    stores.people.set_zone("discord", "100000000000000002", "Europe/Berlin")
    stores.channels.set_schedule(
        discord, "daily 09:00 Europe/Berlin", NOW + timedelta(hours=20), at=NOW, even_if_empty=True
    )
    stores.channels.quieten(discord, Quiet(NOW, NOW + timedelta(days=3), "ben"))
    matcher = Matcher(stores, Glossary(stores.papers), now=lambda: NOW)
    matcher.match_subscriptions()
    papers = [_paper(number) for number in range(1, 7)]
    stores.papers.save("huggingface", PaperList(NOW.date(), tuple(papers)), at=NOW)
    matcher.match_papers()
    stores.opinions.note(terminal, [1], papers[0].id, is_liked=True, at=NOW, most=9)
    for number, outcome in enumerate(["deliver", "fail", "withdraw", "claimed"]):
        claim = stores.outbox.claim(terminal, now=NOW, flood_limit=20, digest_limit=10)
        if claim is None:
            raise SystemExit("There is nothing to claim; mend this script.")
        if outcome == "deliver":
            stores.outbox.deliver(claim, Receipt(f"receipt-{number}", "https://chat.example/1"), at=NOW)
        elif outcome == "fail":
            stores.outbox.fail(claim, reason="the card is too large", at=NOW)
        elif outcome == "withdraw":
            stores.outbox.withdraw(claim, [delivery.paper.id for delivery in claim.deliveries])
    held = stores.outbox.claim(slack, now=NOW, flood_limit=20, digest_limit=10)
    if held is None:
        raise SystemExit("There is nothing to hold; mend this script.")
    stores.outbox.hold(
        held, Pause("the channel is archived", "unarchive it", since=NOW, probe_at=NOW + timedelta(minutes=30))
    )
    stores.outbox.expire(
        enqueued_before=NOW + timedelta(seconds=1),
        in_digests_before=NOW + timedelta(seconds=1) - timedelta(days=7),
        at=NOW + timedelta(days=8),
    )
    stores.papers.save("huggingface", PaperList(date(2026, 3, 11), (_paper(7),)), at=NOW + timedelta(days=1))
    parsed = parse("kettles -survey")
    stores.subscriptions.add(
        slack, parsed.text, canonical=parsed.canonical, by="cyd", at=NOW + timedelta(days=1), limit=9
    )


def _paper(number: int) -> Paper:
    return Paper(
        id=f"9901.{number:05}",
        title=f"Robots Pour Tea, Part {number}",
        url=f"https://papers.example/papers/9901.{number:05}",
        list_day=NOW.date() + timedelta(days=number // 7),
        abstract=f"Reinforcement learning (RL) lets {number} robots pour tea.",
        authors=("Ada Example", "Ben Sample"),
        published_at=NOW - timedelta(days=number),
        summary="Tea is poured.",
        keywords=("robots", "tea"),
        organization="Acme Labs",
        organization_handle="acme",
        submitter="Dee Test",
        submitter_handle="dee",
        upvotes=10 * number,
        comments=number,
        stars=number if number % 2 else None,
        code_url="https://code.example/tea",
    )


def as_sql(connection: sqlite3.Connection) -> Iterator[str]:
    """Statements that make the same database again; triggers come first, and fill what follows their tables."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    yield f"PRAGMA application_id = {application};"
    schema = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    ours = [entry for entry in schema if not entry["name"].startswith(SHADOWS)]
    for entry in ours:
        yield f"{entry['sql'].strip()};"
    virtual = {entry["name"] for entry in ours if entry["sql"].upper().startswith("CREATE VIRTUAL")}
    for table in [entry["name"] for entry in ours if entry["type"] == "table" and entry["name"] not in virtual]:
        rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the name of a table of ours
        columns = [column[0] for column in rows.description]
        for row in rows:
            values = ", ".join(connection.execute("SELECT quote(?)", (value,)).fetchone()[0] for value in row)
            yield f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({values});'  # noqa: S608 - quoted by SQLite


if __name__ == "__main__":
    main(sys.argv[1])
