"""``python -m bench.asking DATABASE``: asks what people ask of a service, and prints what it takes, as JSON.

A process of its own for `bench.answers`, so that the memory is that of the answers alone.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.words import RESEARCH_TERMS
from bot.app.wiring import desk_for_one_command
from bot.commands.desk import Desk
from bot.config import Settings
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.ports.stores import Stores
from storage import open_database, stores_of

COMMANDS = ("subscribe", "try")
"""What is measured at the command line."""

QUERIES = (
    "language model",
    "reinforcement learning, RLHF",
    "diffusion AND video -survey",
    "difusion modl",
    "~red teaming",
    "model",
    "title:agent",
    '"world models"',
    "upvotes>=20",
    "*",
    "zebra crossing for violins",
    *RESEARCH_TERMS[5:60:20],
)
"""Common and rare subjects, and queries of every kind."""

ROUNDS = 1
"""How often each is asked; before that once, so that nothing is asked for the first time."""

HERE = Address("terminal", "bench")


def asked(papers: list[str]) -> Iterator[tuple[str, str, str]]:
    """Every question: its name in the table, the command and its text."""
    for query in QUERIES:
        yield "/subscribe", "subscribe", query
        yield "/papers try", "papers", f"try {query}"
        yield "/papers search", "papers", f"search {query}"
        yield "/subscriptions", "subscriptions", ""
    for paper in papers:
        for command in ("why", "less", "like", "abstract"):
            yield f"/papers {command}", "papers", f"{command} {paper}"
        for command in ("today", "trending", "help", "status"):
            yield f"/papers {command}", "papers", command


def open_desk(stores: Stores) -> Desk:
    """The desk that answers."""
    return desk_for_one_command(Settings(), stores)


async def ask(desk: Desk, papers: list[str]) -> dict[str, list[float]]:
    """Ask everything, and return the seconds of processor time that each answer took."""
    taken: dict[str, list[float]] = {}
    for number in range(1 + ROUNDS):
        for name, command, text in asked(papers):
            began = time.process_time()
            await desk.answer(Invocation(HERE, "bench", command, text, is_admin=True))
            if number:
                taken.setdefault(name, []).append(time.process_time() - began)
            if command == "subscribe":
                await desk.answer(Invocation(HERE, "bench", "unsubscribe", text, is_admin=True))
    return taken


def main() -> None:
    """Ask, and print the seconds and the megabytes."""
    database = open_database(Path(sys.argv[1]))
    stores = stores_of(database)
    today = datetime.now(UTC).date()
    papers = [paper.id for paper in stores.papers.listed(since=today, until=today)[:5]]
    for query in RESEARCH_TERMS[:3]:
        asyncio.run(open_desk(stores).answer(Invocation(HERE, "bench", "subscribe", query, is_admin=True)))
    taken = asyncio.run(ask(open_desk(stores), papers))
    database.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    click.echo(json.dumps({"answers": taken, "memory": memory}))


if __name__ == "__main__":
    main()
