"""``python -m bench.terms 750 30000``: how long it takes to find related terms, and what counting them takes.

So many papers of a month are invented, each number in a process of its own. They are about invented subjects, each with
several names, of which a paper has some: the other names are the terms to find for a query that is one of them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from itertools import groupby
from pathlib import Path
from random import Random
from time import process_time
from typing import TypeVar

import click

from bench.papers import FIRST_DAY, paper, zipf
from bench.words import made_word
from bot.advice.related_terms import associated_terms, splitting_terms, words_of
from bot.advice.subjects import subjects_of
from bot.advice.vocabulary import Vocabulary
from bot.domain import Paper, PaperList
from bot.matching.paper_index import index_papers, index_query
from bot.matching.terms import count_terms
from bot.matching.verdicts import PaperWords
from bot.ports.stores import Stores
from bot.query import COMMON, Knowledge, Query, parse
from storage import open_database, stores_of

T = TypeVar("T")

DAYS = 30

A_SUBJECT = 8
"""Papers about a subject, on average."""

NAMES = 4
"""Names of a subject, each of two words."""

ASKED = 30
"""Queries that are asked, evenly among the subjects."""

COMMON_QUERIES = ("learning", "language model", "image", "agent")
"""Queries for so many papers that narrower ones are looked for."""

LONGEST = 50_000
"""Papers of a query at most."""

HEAD = (
    "| papers | count ms | bytes | query ms | longest ms | found | narrower ms | subjects s | peak MB |\n|"
    + " ---: |" * 9
)

KNOWN = Knowledge(COMMON)
"""What is known to a query: no acronym but the common ones."""

MILLISECONDS, MEGABYTE = 1_000, 1_000_000


@click.command()
@click.argument("counts", nargs=-1, type=int)
@click.option("--seed", default=1, show_default=True, help="Another seed, other papers.")
def terms(counts: tuple[int, ...], seed: int) -> None:
    """Count the terms of so many papers, ask for related ones, and print how much of the processor's time it takes."""
    if len(counts) == 1:
        click.echo(_measured(counts[0], seed))
        return
    click.echo(HEAD)
    for count in counts:
        subprocess.run([sys.executable, "-m", "bench.terms", str(count), "--seed", str(seed)], check=True)


def _measured(count: int, seed: int) -> str:
    """A row of the table."""
    now = datetime.combine(FIRST_DAY + timedelta(days=DAYS - 1), time_of_day(12), UTC)
    with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
        database = open_database(Path(folder) / "paperwire.db")
        stores = stores_of(database)
        for day, listed in groupby(_papers(count, seed), key=lambda paper: paper.list_day):
            stores.papers.save("bench", PaperList(day, tuple(listed)), at=now)
        while not index_papers(stores.paper_index):
            pass
        counting, _ = _worked(lambda: _all_counted(stores))
        with database.reading() as connection:
            size = connection.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN ('terms', 'terms_by_paper')"
            ).fetchone()[0]
        vocabulary = Vocabulary(stores.vocabulary, FIRST_DAY)
        row = _asked(stores, vocabulary, max(1, count // A_SUBJECT))
        database.close()
    return f"| {count:,} | {counting * MILLISECONDS / count:.2f} | {size / count:,.0f} | {row} |"


def _all_counted(stores: Stores) -> None:
    while not count_terms(stores.vocabulary):
        pass


def _asked(stores: Stores, vocabulary: Vocabulary, subjects: int) -> str:
    """How long answers take, and how much memory; how often a term that is found is another name of the subject."""
    query, matched = _tried(COMMON_QUERIES[0], stores)
    peak = max(
        _peak(partial(splitting_terms, words_of(query, KNOWN), matched, vocabulary)),
        _peak(partial(subjects_of, vocabulary)),
    )
    taken: list[float] = []
    found, right = 0, 0
    for number in range(0, subjects, max(1, subjects // ASKED)):
        names = _names(number)
        query, matched = _tried(names[0], stores)
        seconds, related = _worked(partial(associated_terms, words_of(query, KNOWN), matched, vocabulary))
        taken.append(seconds)
        found += len(related)
        right += sum(spelling in names for _, spelling in related)
    narrower: list[float] = []
    for text in COMMON_QUERIES:
        query, matched = _tried(text, stores)
        narrower.append(_worked(partial(splitting_terms, words_of(query, KNOWN), matched, vocabulary))[0])
    listing, _ = _worked(lambda: subjects_of(vocabulary))
    return (
        f"{statistics.median(taken) * MILLISECONDS:.0f} | {max(taken) * MILLISECONDS:.0f} | {right}/{found}"
        f" | {max(narrower) * MILLISECONDS:.0f} | {listing:.1f} | {peak / MEGABYTE:.0f}"
    )


def _worked(do: Callable[[], T]) -> tuple[float, T]:
    """How many seconds of the processor it takes, and what it returns."""
    began = process_time()
    result = do()
    return process_time() - began, result


def _peak(do: Callable[[], object]) -> int:
    """How many bytes it takes at most, and what stays in caches; being watched, it would take longer."""
    tracemalloc.start()
    do()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _tried(text: str, stores: Stores) -> tuple[Query, Sequence[PaperWords]]:
    """A query and its papers, as the word index finds them."""
    query = parse(text)
    found = stores.paper_index.search(index_query(query, KNOWN), limit=LONGEST)
    matched = map(PaperWords, found.papers, found.words)
    return query, sorted(matched, key=lambda one: one.paper.list_day, reverse=True)


def _papers(count: int, seed: int) -> Iterator[Paper]:
    """Papers with the names of one or two invented subjects among what they say otherwise."""
    subjects = max(1, count // A_SUBJECT)
    weights = zipf(subjects, exponent=0.6)
    for number in range(count):
        random = Random(f"{seed}/about/{number}")
        made = paper(seed, number)
        [subject] = random.choices(range(subjects), cum_weights=weights)
        first, *others = random.sample(_names(subject), k=random.randint(2, NAMES - 1))
        yield replace(
            made,
            id=f"9901.{number:05}",
            title=f"{made.title}: {first.title()}",
            abstract=f"{made.abstract} We study {', '.join(others)}.",
            list_day=FIRST_DAY + timedelta(days=number * DAYS // count),
        )


def _names(subject: int) -> list[str]:
    """The names of the subject of that number."""
    words = [made_word(100_000 + 2 * (NAMES * subject + at)) for at in range(NAMES)]
    return [f"{word} {made_word(100_001 + 2 * (NAMES * subject + at))}" for at, word in enumerate(words)]


if __name__ == "__main__":
    terms(prog_name="python -m bench.terms")
