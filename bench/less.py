"""``python -m bench.less``: how long *Less like this* takes, beside trying the same queries once."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import click

from bench.papers import FIRST_DAY, papers
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain import Address, Paper, PaperList
from bot.domain.commands import Invocation
from bot.matching.glossary import Glossary
from bot.query import parse
from storage import open_database, stores_of

HERE = Address("terminal", "local")

QUERIES = ("model", "learning", "data", "agent", "robot*")
"""What the channel is subscribed to: words that many papers have."""

DAYS, A_DAY = 30, 25

ASKED = 20
"""Papers of which less is wanted."""


@click.command()
@click.option("--seed", default=1, show_default=True, help="Another seed, other papers.")
def less(seed: int) -> None:
    """Ask for less like some papers of a month, and print how long it takes."""
    with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
        database = open_database(Path(folder) / "paperwire.db")
        now = datetime.combine(FIRST_DAY + timedelta(days=DAYS - 1), time_of_day(12), UTC)
        stores = stores_of(database)
        listed: list[Paper] = []
        for number, paper in enumerate(papers(seed, DAYS * A_DAY)):
            listed.append(replace(paper, list_day=FIRST_DAY + timedelta(days=number // A_DAY)))
            stores.papers.save("bench", PaperList(listed[-1].list_day, (listed[-1],)), at=now)
        for query in QUERIES:
            stores.subscriptions.add(
                HERE, query, canonical=parse(query).canonical, by="bench", by_id="", at=now, limit=len(QUERIES)
            )
        desk = Desk(
            ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=len(QUERIES), now=lambda: now
        )
        first = seconds(desk, [f"less {listed[0].id}"])
        trying = seconds(desk, [f"try {query}" for query in QUERIES])
        asking = seconds(desk, [f"less {paper.id}" for paper in listed[:: len(listed) // ASKED]])
        click.echo(f"{len(listed)} papers, {len(QUERIES)} subscriptions: the first answer took {first:.2f} s,")
        click.echo(f"others {asking:.3f} s each, {asking / trying:.1f} times as long as trying one of the queries.")
        database.close()


def seconds(desk: Desk, texts: Sequence[str]) -> float:
    """How long an answer takes, on average."""
    before = time.perf_counter()
    for text in texts:
        desk.do(Invocation(HERE, "bench", "papers", text))
    return (time.perf_counter() - before) / len(texts)


if __name__ == "__main__":
    less(prog_name="python -m bench.less")
