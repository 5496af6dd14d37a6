"""What goes wrong during the life of one process: where it is killed, and what the network does meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
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
