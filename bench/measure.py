"""Single measurements. Each runs in a process of its own and prints what it found in JSON; times in seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any, NamedTuple

import click

from bench.papers import papers
from bench.paperwire import Paperwire, canonical, opened, past_papers, subscribe_all
from bench.queries import Maker
from bench.reference import by_query, differences, reference, sample
from bench.resources import best, copied, memory, timed, watching
from bench.rivals import RIVALS, rival
from bench.rivals.folded import expression_of, line_of
from bench.workload import Workload, channel
from bot.domain import NewSubscription, Paper
from bot.matching.folded_paper import fold_paper
from bot.matching.verdicts import BATCH
from bot.query import parse

COUNTS = (1, 100, 1_000)
"""Papers that are matched together."""

RUNS = {1: 20, 100: 3, 1_000: 1}
"""How often each of these numbers is matched."""

MOST_ROWS = 500_000
"""Outbox rows after which no further batch of papers is fanned out."""

SUBSCRIBED = 2_000
"""Subscriptions that are timed one by one; half of them have a query that somebody else has."""

REGEX_SAMPLE = 200
"""Queries of which regular expressions are timed; all would take hours."""

CHUNK = 2_000


class Given(NamedTuple):
    """What is measured: a file, the workload in it, and how many papers are matched together."""

    database: Path
    workload: Workload
    counts: list[int]


@click.group()
@click.option("--database", type=click.Path(path_type=Path), required=True, help="The file that is measured.")
@click.option("--size", type=int, required=True, help="Subscriptions in it.")
@click.option("--seed", type=int, default=1)
@click.option("--distinct", is_flag=True, help="No two subscriptions have the same query.")
@click.option("--most", type=int, default=COUNTS[-1], help="Papers that are matched together at most.")
@click.pass_context
def measure(context: click.Context, database: Path, size: int, seed: int, most: int, *, distinct: bool) -> None:
    """Measure one thing."""
    context.obj = Given(database, Workload(size, seed, distinct), [count for count in COUNTS if count <= most])


@measure.command()
@click.pass_obj
def load(given: Given) -> None:
    """Create the database: make all subscriptions, and file the queries."""
    database, workload, _ = given
    generated, new = timed(lambda: list(_new(workload)))
    with opened(database) as paperwire:
        paperwire.store(past_papers(workload.seed))
        empty = database.stat().st_size
        loaded, count = timed(lambda: subscribe_all(paperwire.stores, new))
        filed, _ = timed(paperwire.file)
        queries = len(paperwire.queries())
    _say(
        subscriptions=count,
        queries=queries,
        generated=generated,
        loaded=loaded,
        filed=filed,
        file=database.stat().st_size,
        empty=empty,
    )


@measure.command()
@click.pass_obj
def check(given: Given) -> None:
    """Compare what the index finds with the reference, and keep it for the rivals."""
    database, workload, _ = given
    new = papers(workload.seed, 100)
    with opened(database) as paperwire:
        found = by_query(paperwire.find(new))
        queries = sample(paperwire.queries(), workload.seed)
        expected = reference(queries, new, paperwire.known)
    _agree("the index", differences(expected, found, dict(queries)))
    _answers(database).write_text(json.dumps({number: sorted(ids) for number, ids in found.items()}))
    _say(checked=len(queries), matches=sum(map(len, found.values())))


@measure.command()
@click.pass_obj
def match(given: Given) -> None:
    """Fold papers, and find the queries that match them."""
    database, workload, counts = given
    folding, finding, matches = {}, {}, {}
    with opened(database) as paperwire:
        for count in counts:
            runs = [papers(workload.seed, count, first=run * count) for run in range(RUNS[count])]
            folding[count] = best(lambda run: [fold_paper(paper) for paper in runs[run]], len(runs))  # noqa: B023
            finding[count] = best(lambda run: paperwire.find(runs[run]), len(runs))  # noqa: B023
            matches[count] = sum(map(len, paperwire.find(runs[0]).values()))
    _say(folding=folding, finding=finding, matches=matches)


@measure.command()
@click.pass_obj
def start(given: Given) -> None:
    """Open the database and match a first paper; then more, and see what memory that takes."""
    database, workload, counts = given
    first, more = papers(workload.seed, 1), papers(workload.seed, counts[-1], first=1)
    parse("warm")
    before = memory()
    seconds, paperwire = timed(lambda: _first_match(database, first))
    opened_at = memory()
    paperwire.find(more)
    _say(seconds=seconds, before=before, opened=opened_at, after=memory(), peak=memory("VmHWM"))
    paperwire.close()


@measure.command("fan-out")
@click.option("--papers", "count", type=int, required=True)
@click.pass_obj
def fan_out(given: Given, count: int) -> None:
    """Write what papers match into the outbox: twice alone, then with the write lock watched in two ways."""
    database, workload, _ = given
    runs = []
    with copied(database) as copy, opened(copy) as paperwire:
        for run, manner in enumerate(("", "", "wait", "hold")):
            new = papers(workload.seed, count, first=run * count)
            runs.append(_fanned_out(paperwire, new, partial(watching, copy, manner) if manner else nullcontext))
    fastest = max(runs[:2], key=lambda run: run.rows / run.seconds)
    _say(
        papers=fastest.papers,
        rows=fastest.rows,
        rate=fastest.rows / fastest.seconds,
        ended=fastest.rows >= MOST_ROWS,
        wait=runs[2].longest,
        hold=runs[3].longest,
    )


@measure.command()
@click.pass_obj
def subscribe(given: Given) -> None:
    """Subscribe one by one, with all the other subscriptions there."""
    database, workload, _ = given
    maker = Maker(Random(f"{workload.seed}/newcomers"))
    made = [maker.make(maker.kind()) for _ in range(SUBSCRIBED // 2)]
    known = Random(f"{workload.seed}/known").choices([wanted.query for wanted in workload.pool[:10_000]], k=len(made))
    queries = [query for pair in zip(made, known, strict=True) for query in pair]
    with copied(database) as copy, opened(copy) as paperwire:
        times = [
            timed(lambda: paperwire.subscribe(channel(workload.channels + number), query))[0]  # noqa: B023
            for number, query in enumerate(queries)
        ]
    percent = quantiles(times, n=100)
    _say(p50=percent[49], p99=percent[98])


@measure.command("rival")
@click.option("--name", type=click.Choice(list(RIVALS)), required=True)
@click.pass_obj
def measure_rival(given: Given, name: str) -> None:
    """Let a rival match the same papers, given folded words; what it finds must be what Paperwire found."""
    database, workload, counts = given
    with opened(database) as paperwire:
        queries = paperwire.queries()
        acronyms = paperwire.known.acronyms
    expressed = {number: expression_of(parse(text).tree, acronyms) for number, text in queries}
    conditions = {number: condition for number, condition in expressed.items() if condition}
    share = len(conditions) / len(queries)
    if name == "regex":
        chosen = Random(f"{workload.seed}/regex").sample(list(conditions), k=min(REGEX_SAMPLE, len(conditions)))
        conditions = {number: conditions[number] for number in chosen}
    before = memory()
    prepared, made = timed(lambda: rival(name)(list(conditions.values())))
    grown = memory() - before

    def answers(new: list[Paper], lines: list[str]) -> dict[int, frozenset[str]]:
        return {
            number: frozenset(new[place].id for place in places if not condition.counts or condition.holds(new[place]))
            for (number, condition), places in zip(conditions.items(), made.match(lines), strict=True)
        }

    new = papers(workload.seed, 100)
    expected = {int(number): frozenset(ids) for number, ids in json.loads(_answers(database).read_text()).items()}
    texts = dict(queries)
    given_answers = answers(new, [line_of(fold_paper(paper)) for paper in new])
    _agree(name, differences(expected, given_answers, {number: texts[number] for number in conditions}))
    finding = {}
    for count in counts if name != "regex" else counts[:2]:
        runs = [papers(workload.seed, count, first=run * count) for run in range(min(RUNS[count], 3))]
        lines = [[line_of(fold_paper(paper)) for paper in run] for run in runs]
        finding[count] = best(lambda run: answers(runs[run], lines[run]), len(runs))  # noqa: B023 - called at once
        if name == "regex":
            finding[count] *= workload.size / len(conditions)
    _say(share=share, queries=len(conditions), prepared=prepared, grown=grown, finding=finding)


def _new(workload: Workload) -> Iterator[NewSubscription]:
    chosen = list(workload.subscriptions())
    queries = list(dict.fromkeys(query for _, query in chosen))
    with ProcessPoolExecutor() as pool:
        known = dict(zip(queries, pool.map(canonical, queries, chunksize=CHUNK), strict=True))
    return (NewSubscription(place, query, known[query], "bench") for place, query in chosen)


def _first_match(database: Path, first: list[Paper]) -> Paperwire:
    paperwire = Paperwire(database)
    paperwire.find(first)
    return paperwire


class FannedOut(NamedTuple):
    """Papers, rows of the outbox, seconds to write them, and the longest that the write lock was seen taken."""

    papers: int
    rows: int
    seconds: float
    longest: float


def _fanned_out(
    paperwire: Paperwire, new: list[Paper], watch: Callable[[], AbstractContextManager[list[float] | None]]
) -> FannedOut:
    """Enqueue the papers, so many at a time as the service does, until there are `MOST_ROWS`."""
    done = FannedOut(0, 0, 0.0, 0.0)
    for first in range(0, len(new), BATCH):
        batch = new[first : first + BATCH]
        paperwire.store(batch)
        found = paperwire.find(batch)
        with watch() as seen:
            seconds, rows = timed(partial(paperwire.enqueue, found))
        done = FannedOut(
            done.papers + len(batch), done.rows + rows, done.seconds + seconds, max(done.longest, *(seen or [0.0]))
        )
        if done.rows >= MOST_ROWS:
            break
    return done


def _answers(database: Path) -> Path:
    return database.with_suffix(".answers.json")


def _agree(name: str, different: list[str]) -> None:
    if different:
        shown = "\n".join(different[:10])
        raise click.ClickException(f"{name} and the language disagree on {len(different)} queries:\n{shown}")


def _say(**found: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    click.echo(json.dumps(found))


if __name__ == "__main__":
    measure()
