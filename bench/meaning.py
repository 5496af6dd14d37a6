"""``python -m bench.meaning 700 5000 30000``: how long it takes to learn what papers mean, and what it takes.

So many papers of a month are invented, each number in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from itertools import groupby
from pathlib import Path

import click

from bench.papers import FIRST_DAY, papers
from bench.resources import memory, timed
from bot.domain import PaperList
from bot.matching.meaning.fitting import fit
from bot.matching.meaning.learning import LEARNED_FROM, MOST_FITTED, Meaning
from bot.matching.meaning.words import whole, words_in
from bot.query import COMMON, Knowledge, parse
from bot.search.near import near_paper, near_query
from storage import open_database, stores_of

DAYS = 30

QUERY = "reinforcement learning, diffusion model"

HEAD = "| papers | fit s | learn s | peak MB | kept MB | near s | like s | file MB |\n|" + " ---: |" * 8

MEGABYTE = 1_000_000


@click.command()
@click.argument("counts", nargs=-1, type=int)
@click.option("--seed", default=1, show_default=True, help="Another seed, other papers.")
def meaning(counts: tuple[int, ...], seed: int) -> None:
    """Learn from so many papers, and print how long it takes, how much memory it adds, and how long answers take."""
    if len(counts) == 1:
        click.echo(_measured(counts[0], seed))
        return
    click.echo(HEAD)
    for count in counts:
        subprocess.run([sys.executable, "-m", "bench.meaning", str(count), "--seed", str(seed)], check=True)


def _measured(count: int, seed: int) -> str:
    """A row of the table."""
    now = datetime.combine(FIRST_DAY + timedelta(days=DAYS - 1), time_of_day(12), UTC)
    with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
        database = open_database(Path(folder) / "paperwire.db")
        stores = stores_of(database)
        made = (
            replace(paper, id=f"9901.{number:05}", list_day=FIRST_DAY + timedelta(days=number * DAYS // count))
            for number, paper in enumerate(papers(seed, count))
        )
        for day, listed in groupby(made, key=lambda paper: paper.list_day):
            stores.papers.save("bench", PaperList(day, tuple(listed)), at=now)
        since = now.date() - LEARNED_FROM
        texts = [whole(paper) for paper in stores.meaning.sample(since=since, most=MOST_FITTED)]
        for text in texts:
            words_in(text)  # as matching has done before, which leaves its caches full
        before = memory()
        fitting, _ = timed(lambda: fit(texts))
        space = Meaning(stores, lambda: now)
        learning, _ = timed(space.keep_up)
        most = memory("VmHWM")
        near, found = min(
            (timed(lambda: near_query(parse(QUERY), space, stores, Knowledge(COMMON), limit=5)) for _ in range(3)),
            key=lambda taken: taken[0],
        )
        if not found:
            raise click.ClickException("Nothing is near; no figure counts.")
        like, _ = timed(lambda: near_paper(found[0].paper, space, stores, limit=5))
        kept = memory() - before
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        database.close()
    megabytes = [round(number / MEGABYTE) for number in (most - before, kept, size)]
    return (
        f"| {count:,} | {fitting:.1f} | {learning:.1f} | {megabytes[0]} | {megabytes[1]} | {near:.2f} | {like:.3f}"
        f" | {megabytes[2]} |"
    )


if __name__ == "__main__":
    meaning(prog_name="python -m bench.meaning")
