"""``python -m bench.growth``: how large the database becomes in years of papers, with and without retention."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click

from bench.papers import FIRST_DAY, paper
from bench.paperwire import subscribe_all
from bench.workload import Workload
from bot.domain import NewSubscription, PaperList
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.paper_index import index_papers
from bot.query import parse
from bot.service.retention import Retention
from bot.text.shorten import shorten
from storage import Database, open_database, stores_of

LINK = "https://example.slack.com/archives/C0000000000/p1773144000000000"

DELIVER = """
UPDATE outbox SET state = 'delivered', settled_at = enqueued_at, receipt = '1773144000.000000', link = ?
WHERE state = 'due'
"""

EVERY = 73
"""Days between two looks at the size."""


@click.command()
@click.option("--years", default=2, show_default=True, help="How long.")
@click.option("--papers", default=25, show_default=True, help="How many a day.")
@click.option("--subscriptions", default=1_000, show_default=True, help="How many subscribe.")
@click.option("--keep", default="0,365,90", show_default=True, help="Settings of keep_days to compare.")
def growth(years: int, papers: int, subscriptions: int, keep: str) -> None:
    """Simulate years of polls and deliveries, and print the size of the file."""
    for days in (int(number) for number in keep.split(",")):
        with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
            database = open_database(Path(folder) / "paperwire.db")
            click.echo(f"keep_days = {days}, {papers} papers a day, {subscriptions:,} subscriptions")
            with asyncio.Runner() as runner:  # its threads, with their connections, live as long as a service's
                for day, kept, deliveries in live(database, runner, years * 365, papers, subscriptions, days):
                    size = database.path.stat().st_size / 1_000_000
                    click.echo(f"  day {day:4}: {size:6.1f} MB, {kept:6,} papers, {deliveries:9,} deliveries")
            database.close()


def live(
    database: Database, runner: asyncio.Runner, days: int, papers: int, subscriptions: int, keep_days: int
) -> Iterator[tuple[int, int, int]]:
    """Let days pass; now and then yield the day, and the numbers of papers and deliveries."""
    stores = stores_of(database)
    begin = datetime.combine(FIRST_DAY, time(), UTC)
    subscribe_all(
        stores,
        (
            NewSubscription(channel, query, parse(query).canonical, "bench")
            for channel, query in Workload(subscriptions).subscriptions()
        ),
        at=begin,
    )
    now = begin
    matcher = Matcher(stores, Glossary(stores.papers), now=lambda: now)
    matcher.match_subscriptions()
    retention = Retention(stores, timedelta(days=keep_days) if keep_days else None)
    with database.reading() as connection:
        connection.execute("PRAGMA synchronous = OFF")  # nothing here is worth waiting for the disk
    for day in range(days):
        now = begin + timedelta(days=day, hours=12)
        listed = [
            replace(made, list_day=now.date(), summary=shorten(made.abstract, 250))
            for made in (paper(1, day * papers + number) for number in range(papers))
        ]
        stores.papers.save("bench", PaperList(now.date(), tuple(listed)), at=now)
        matcher.match_papers()
        index_papers(stores.paper_index)
        with database.writing() as connection:
            connection.execute(DELIVER, (LINK,))
            connection.execute("UPDATE channels SET next_due = NULL")
        runner.run(retention.work(now=now))
        if (day + 1) % EVERY == 0:
            with database.reading() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                rows = connection.execute(
                    "SELECT (SELECT count(*) FROM papers), (SELECT count(*) FROM outbox)"
                ).fetchone()
            yield day + 1, rows[0], rows[1]


if __name__ == "__main__":
    growth(prog_name="python -m bench.growth")
