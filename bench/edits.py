"""``python -m bench.edits``: what keeping posted cards up to date takes, apart from the platform's own time."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bench.papers import papers as made_papers
from bench.resources import memory, timed
from bot.cards import make_card, with_counts
from bot.delivery.edit_policy import EDIT_EVERY, follow, noticeable
from bot.delivery.edits import A_ROUND, BATCH
from bot.domain import Evidence, Match, PaperList, Receipt
from bot.ports.stores import Stores
from storage import Database, open_database, stores_of
from storage.columns import stamp
from storage.outbox.followed import begin_following

A_DAY = 22
"""Papers on a list, in the median."""

DAYS = 7
NOW = datetime(2026, 3, 17, 12, tzinfo=UTC)
POSTED = NOW - timedelta(days=1)
MEGABYTE = 1_000_000

ENOUGH_CHANNELS = "INSERT INTO channels (platform, id) VALUES ('slack', ?)"
OLD_DELIVERIES = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :deliveries)
INSERT INTO outbox (channel, paper, number, state, enqueued_at, settled_at, receipt)
SELECT 1000000 + n, 1000000 + n % 10000, 1, 'delivered', :at, :at, '1700000000.000001' FROM numbers
"""


@click.command()
@click.option("--messages", default=10_000, show_default=True, help="Cards that were posted in the last week.")
@click.option("--deliveries", default=0, show_default=True, help="Other deliveries in the outbox, long settled.")
def edits(messages: int, deliveries: int) -> None:
    """Measure rounds of edits over so many cards."""
    with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
        path = Path(folder) / "paperwire.db"
        database = open_database(path)
        fill(database, messages, deliveries)
        database.close()
        database = open_database(path)
        stores = stores_of(database)
        before = memory()
        calm, _ = timed(lambda: a_round(stores))
        grow(database)
        busy, edited = timed(lambda: a_round(stores))
        left, _ = timed(lambda: stores.followed.outdated("slack", now=NOW, limit=1))
        [size] = database.connect().conn.execute("SELECT sum(length(message)) FROM followed").fetchone()
        click.echo(
            f"{messages:,} cards of the week, {deliveries:,} older deliveries: a round with nothing to edit"
            f" {calm * 1000:,.0f} ms; with {edited} edits {busy * 1000:,.0f} ms; one look {left * 1000:,.1f} ms;"
            f" memory +{(memory('VmHWM') - before) / MEGABYTE:,.1f} MB; {size / messages:,.0f} bytes a card kept."
        )
        database.close()


def fill(database: Database, messages: int, deliveries: int) -> None:
    """Papers of a week, each posted to as many channels."""
    papers = made_papers(1, A_DAY * DAYS)
    stores = stores_of(database)
    for day in sorted({paper.list_day for paper in papers}):
        listed = tuple(paper for paper in papers if paper.list_day == day)
        stores.papers.save("bench", PaperList(day, listed), at=POSTED)
    with database.writing() as connection:
        connection.execute(OLD_DELIVERIES, {"deliveries": deliveries, "at": stamp(POSTED)})
        connection.executemany(ENOUGH_CHANNELS, [(f"C{n}",) for n in range(messages // len(papers) + 1)])
        for number in range(messages):
            paper = papers[number % len(papers)]
            said = paper.abstract
            why = Match("robots", (Evidence("abstract", said[40:60], said[:40], said[60:99]),))
            message = follow(make_card(paper, [why], today=POSTED.date()), at=POSTED)
            if message:
                begin_following(
                    connection, number // len(papers) + 1, f"{number:024x}", Receipt(f"17.{number:06}"), message
                )


def grow(database: Database) -> None:
    """Every paper has so many more votes that all cards are worth an edit."""
    with database.writing() as connection:
        connection.execute("UPDATE papers SET upvotes = 2 * upvotes + 3")


def a_round(stores: Stores) -> int:
    """What `bot.delivery.edits` does in a round, with a platform that takes no time."""
    edited = 0
    stores.followed.sweep(now=NOW)
    while edited < A_ROUND and (found := stores.followed.outdated("slack", now=NOW, limit=BATCH)):
        for message in found:
            with_counts(message.message, message.counts)
            noticed = {paper_id: noticeable(counts) for paper_id, counts in message.counts.items()}
            stores.followed.shown(message, noticed=noticed, again_at=NOW + EDIT_EVERY)
            edited += 1
    return edited


if __name__ == "__main__":
    edits(prog_name="python -m bench.edits")
