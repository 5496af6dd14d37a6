"""``python -m bench.answers 750 30000``: how long each answer takes, and the memory for it, with so many stored papers.

Up to 30,000 of them are from the last 30 days, the rest is older. People ask a process that has answered before, as the
service has, and at the command line. What is measured is processor time: nothing here waits for anybody else. Older
papers share some texts, since making up others for all of them would take longer than everything else.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

from bench.asking import COMMANDS, QUERIES, open_desk
from bench.papers import paper
from bot.domain import Paper, PaperList
from bot.domain.index_query import FoldedText
from bot.matching.folded_paper import fold_paper
from bot.matching.paper_index import folded_text
from bot.matching.terms import count_terms
from bot.text.folding import FOLDING_VERSION
from storage import open_database, stores_of

DAYS, MOST_RECENT = 30, 30_000

TEXTS = 5_000
"""Texts of older papers."""

AT_ONCE = 1_000

TYPED = QUERIES[:4]
"""What is asked at the command line."""

Texts = Mapping[str, FoldedText]


@click.command()
@click.argument("sizes", type=int, nargs=-1, required=True)
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for the databases, to use them again.")
def answers(sizes: tuple[int, ...], keep: Path | None) -> None:
    """Measure every answer with so many stored papers, one number of them after another."""
    with TemporaryDirectory(prefix="paperwire-bench-") as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        measured = [measure(folder, size) for size in sizes]
    click.echo(
        f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}; median / slowest, in milliseconds of processor time.\n"
    )
    click.echo(f"| answer | {' | '.join(f'{size:,} papers' for size in sizes)} |")
    click.echo(f"| --- |{' ---: |' * len(sizes)}")
    for answer in measured[0]:
        click.echo(f"| {answer} | {' | '.join(each[answer] for each in measured)} |")


def measure(folder: Path, size: int) -> dict[str, str]:
    """Each answer with so many papers, and how long it takes, in words; then the memory."""
    path = folder / f"{size}.db"
    if not path.exists():
        # A process begins with the peak of the one that started it, which is to be small here.
        with ProcessPoolExecutor(1) as other:
            other.submit(fill, path, size).result()
    asked = subprocess.run(
        [sys.executable, "-m", "bench.asking", str(path)], capture_output=True, text=True, check=True
    )
    measured = json.loads(asked.stdout)
    shown = {name: in_words(taken) for name, taken in measured["answers"].items()}
    peak = 0.0
    for command in COMMANDS:
        taken = []
        for query in TYPED:
            seconds, memory = run(path, command, query)
            taken.append(seconds)
            peak = max(peak, memory)
        shown[f"`paperwire {command}`"] = in_words(taken)
    shown["memory of the process that answers, MB"] = f"{measured['memory']:.0f}"
    shown["memory of a command, MB"] = f"{peak:.0f}"
    return shown


def in_words(taken: Sequence[float]) -> str:
    """Seconds as two figures: "12 / 80"."""
    return f"{median(taken) * 1000:,.0f} / {max(taken) * 1000:,.0f}"


def run(path: Path, command: str, query: str) -> tuple[float, float]:
    """How many seconds of processor time a command takes, and at most how many megabytes."""
    channel = [f"terminal:bench{time.time_ns()}"] if command == "subscribe" else []
    environment = {**os.environ, "PAPERWIRE_STORAGE__PATH": str(path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", command, *channel, query],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def fill(path: Path, size: int) -> None:
    """A new database with so many papers, which it has matched, filed and learned from."""
    recent = min(size, MOST_RECENT)
    database = open_database(path)
    stores = stores_of(database)
    for papers, texts in lists(recent, size - recent):
        stores.papers.save("bench", PaperList(papers[0].list_day, tuple(papers), ()), at=datetime.now(UTC))
        stores.paper_index.file(texts, version=FOLDING_VERSION)
    with database.writing() as connection:
        connection.execute("UPDATE papers SET pending = 0, matched_at = changed_at")
    while not count_terms(stores.vocabulary):
        pass
    open_desk(stores).meaning.keep_up()
    database.close()


def lists(recent: int, older: int) -> Iterator[tuple[list[Paper], Texts]]:
    """Papers, some at a time, with their folded texts: first the older ones."""
    today, a_day = datetime.now(UTC).date(), max(1, recent // DAYS)
    known = [(one, folded_text(fold_paper(one))) for one in (paper(2, number) for number in range(min(older, TEXTS)))]
    for first in range(0, older, AT_ONCE):
        some = range(first, min(first + AT_ONCE, older))
        days = {number: today - timedelta(days=DAYS + (older - 1 - number) // a_day) for number in some}
        papers = [replace(known[n % TEXTS][0], id=f"9801.{n:06}", list_day=day) for n, day in days.items()]
        yield papers, {one.id: known[number % TEXTS][1] for one, number in zip(papers, some, strict=True)}
    for ago in reversed(range(DAYS)):
        numbers = range(ago * a_day, (ago + 1) * a_day)
        papers = [replace(paper(1, number), list_day=today - timedelta(days=ago)) for number in numbers]
        yield papers, {one.id: folded_text(fold_paper(one)) for one in papers}


if __name__ == "__main__":
    answers()
