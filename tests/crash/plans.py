"""What goes wrong during the life of one process: where it is killed, and what the network does meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.crash.programs import DieAt
from tests.crash.wire import FAULTS
from tests.crash.wire import POINTS as AROUND_A_REQUEST

Faults = tuple[tuple[str, str], ...]
"""Pairs of a kind of request, and the fault that the next request of that kind meets."""

AROUND_A_TRANSACTION = ("before it begins", "before its commit", "after its commit")
"""Where a process kills itself around a database transaction."""

FAILS = "it fails"
"""Instead of a point around a transaction: it is rolled back, and the process goes on."""

FIRST = ("file", "enqueue_first")
"""The functions that write after a new subscription."""

TRANSACTIONS: dict[str, Faults] = {
    "save": (),
    "enqueue": (),
    "claim": (),
    "deliver": (),
    "release": (),
    "expire": (),
    "reschedule": (("post", "500 after"),),
    "hold": (("post", "closed"),),
    "shown": (),
    "postpone": (("edit", "500 after"),),
    "any": (),
}
"""The functions that write, and the faults that make them do so."""

REQUESTS: dict[str, Faults] = {
    "list": (),
    "ask": (),
    "post": (),
    "edit": (),
    "find": (("post", "drop after"), ("post", "reset before")),
}
"""The same for requests."""

OF_EDITS = {"edit", "shown", "postpone"}
"""Steps that happen only when votes have grown."""

FAULTED = {"post": FAULTS, "find": FAULTS, "edit": FAULTS, "ask": FAULTS[:-1], "list": FAULTS[:-1]}
"""The faults that each kind of request may meet; only requests to a channel can find it closed."""

JUMPS = {f"{hours:+} h": timedelta(hours=hours) for hours in (-26, -8, -2, -0.1, 0.1, 2, 8, 26)} | {
    "right again": timedelta()
}
"""How far the clock of a process is put ahead or back."""

EVENTS = {"freeze": "frozen", "hours": "hours passed at once", "chat": "other people posted"} | {
    jump: f"the clock is put: {jump}" for jump in JUMPS
}
"""What else happens while a process runs, and what it is called."""

OUTAGES = ("everything", "post", "find", "ask", "unreachable")
"""Steps of which no request gets anything but a page; ``unreachable``: there is no connection at all."""

FROZEN = 1.2
"""Seconds for which a process is stopped: longer than any of its time limits."""

NEVER = 1_000_000
"""More ticks than there are in any life."""

LONGEST_LIFE = 1.2
"""The latest random moment at which a process is killed, in seconds."""

PATIENCE = 2.5
"""Seconds after which a process is killed if it has not reached the step that it should be killed at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for the life of one process.

    Attributes:
        papers: How many papers are listed before it begins.
        seconds: After how long the process is killed, if it still runs then.
        transaction: The transaction around which it kills itself; None if it does not.
        request: The kind, the point and the ordinal of the request at which it is killed; None for no request.
        faults: The faults that the next requests of each kind meet.
        once: Whether the process is ``run --once``.
        cold: Whether it is started as people start it, with its own pauses, and not by the launcher.
        digest: Whether the digest is due.
        votes: Whether every paper has gained votes, so that messages are edited.
        odd: How many of the requests of each step are answered oddly, 0 … 1.
        outage: One of `OUTAGES`, for as long as it runs; hours pass meanwhile.
        first: What happens to the first of the papers: it is ``refused`` for good, or ``obstructed`` during this life.
        event: One of `EVENTS`; "" for none.
        moment: When that happens, 0 … 1 of its time.
        rare: A paper is listed every so many ticks, if answers are odd.
    """

    papers: int = 2
    seconds: float = PATIENCE
    transaction: DieAt | None = None
    request: tuple[str, str, int] | None = None
    faults: Faults = ()
    once: bool = False
    cold: bool = False
    digest: bool = False
    votes: bool = False
    odd: Mapping[str, float] = field(default_factory=dict)
    outage: str = ""
    first: str = ""
    event: str = ""
    moment: float = 0.5
    rare: int = 3


def some_faults(random: Random) -> Faults:
    """The faults of an ordinary bad day."""
    kinds = random.choices(list(FAULTED), weights=[6, 3, 2, 2, 1], k=random.choice([0, 1, 2, 3, 5, 8]))
    return tuple((kind, random.choice(FAULTED[kind])) for kind in kinds)


def a_plan(random: Random) -> Plan:
    """A random plan."""
    papers = random.choice([0, 1, 1, 2, 2, 3, 9])
    faults = some_faults(random)
    where = random.choices(["transaction", "request", "moment"], weights=[4, 4, 2])[0]
    transaction = request = None
    step = ""
    if where == "transaction":
        step = random.choice(list(TRANSACTIONS))
        count = random.randint(1, 12) if step == "any" else random.choice([1, 1, 1, 2])
        transaction = step, random.choice([*AROUND_A_TRANSACTION, *AROUND_A_TRANSACTION, FAILS]), count
        faults = TRANSACTIONS[step] + faults
    elif where == "request":
        step = random.choice(list(REQUESTS))
        request = step, random.choice(AROUND_A_REQUEST), random.choice([1, 1, 1, 2])
        faults = REQUESTS[step] + faults
    cold = where == "moment" and random.random() < 0.15
    if cold:  # with the program's own pauses, a channel would be left alone for up to half an hour
        faults = tuple((kind, fault) for kind, fault in faults if kind == "list")
    seconds = random.uniform(0.8, 4.0) if cold else random.uniform(0.05, LONGEST_LIFE)
    return Plan(
        papers=papers if where == "moment" else max(papers, 1),
        seconds=seconds if where == "moment" else PATIENCE,
        transaction=transaction,
        request=request,
        faults=faults,
        once=random.random() < 0.2,
        cold=cold,
        digest=random.random() < 0.5,
        votes=step in OF_EDITS or random.random() < 0.3,
    )


def an_odd_plan(random: Random, *, jumps: bool) -> Plan:
    """A random plan for a process whose requests are answered oddly, and which is killed in the end."""
    post, find, edit, ask = (random.choice(shares) for shares in ((0.5, 0.8), (0.4, 0.7), (0.3, 0.6), (0.03, 0.15)))
    event = random.choice(["", "", "freeze", "hours", "chat", *(random.choices(list(JUMPS), k=2) if jumps else [])])
    seconds, moment = random.uniform(2.0, 4.0), random.random() * 0.7
    return Plan(
        papers=random.choice([1, 2, 3]),
        seconds=seconds,
        faults=some_faults(random),
        digest=random.random() < 0.3,
        votes=random.random() < 0.5,
        odd={"post": post, "find": find, "edit": edit, "ask": ask},
        outage=random.choice(["", "", "", random.choice(OUTAGES)]),
        first=random.choice(["", "refused", "obstructed"]),
        event=event,
        moment=moment,
    )


def quiet_plans() -> tuple[Plan, ...]:
    """Plans in which nothing is listed: what waits is delivered, and then edits are answered oddly."""
    return Plan(0, 3.0), Plan(0, 3.0, votes=True, odd={"edit": 0.6}, rare=NEVER)
