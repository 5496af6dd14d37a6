"""Starts ``paperwire`` again and again, as fast as possible: each process is forked from one that has imported it.

A child is the whole program in a process of its own, from its command line on. Only the imports are done already, and
the program's pauses are shortened (see `hurry`). With ``die_at`` it kills itself around a transaction.

On stdin come lines of JSON, ``{"arguments", "environment", "log", "die_at", "clock", "undisturbed"}``. On stdout go
``{"pid"}`` when a child has started, ``{"died"}`` when it is about to kill itself, ``{"failed"}`` when a write failed,
and ``{"exit"}`` when it has ended. There is one child at a time.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import select
import signal
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import adapters.monitoring.http_server
import adapters.platforms.discord.rest
import bot.app.wiring
import bot.delivery.dispatcher
import bot.delivery.edit_policy
import bot.delivery.edits
import bot.delivery.retry_and_expiry
import bot.domain.channels
import bot.service.service
import bot.service.supervisor
from adapters.platforms.discord import Discord
from adapters.platforms.slack import Slack
from adapters.sources.huggingface.source import HuggingFace
from bot.cli import cli
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.edits import Editor
from bot.service.rounds import Round, scheduled
from bot.service.set_clock import SetClock
from storage.sqlite.engine import Database
from tests.crash.clock import follow
from tests.crash.plans import AROUND_A_TRANSACTION, FAILS
from tests.crash.programs import DieAt

A_MINUTE = timedelta(minutes=1)

POLL_EVERY = timedelta(milliseconds=200)
"""How often the program polls; as a setting, one second is the minimum."""

REQUEST_SECONDS = 0.5
"""How long a request may take while things go wrong."""

UNDISTURBED_SECONDS = 10.0
"""How long it may take otherwise, on a busy machine."""


def hurry() -> None:
    """Shorten the program's pauses, and change nothing else."""
    bot.delivery.retry_and_expiry.SHORTEST_PAUSE = timedelta(milliseconds=20)
    bot.delivery.retry_and_expiry.LONGEST_PAUSE = timedelta(milliseconds=100)
    bot.domain.channels.PROBE_EVERY = timedelta(milliseconds=100)
    bot.delivery.dispatcher.SHORTEST_REST = timedelta(milliseconds=20)
    bot.delivery.edit_policy.EDIT_EVERY = timedelta(milliseconds=50)
    bot.delivery.edits.EDIT_EVERY = timedelta(milliseconds=50)  # type: ignore[attr-defined]
    bot.delivery.edits.REST = bot.delivery.edits.LOOK_AGAIN = timedelta(milliseconds=20)
    bot.service.service.LOOK_EVERY = timedelta(milliseconds=300)
    bot.service.supervisor.FIRST_PAUSE = timedelta(milliseconds=50)
    bot.service.supervisor.LONGEST_PAUSE = timedelta(milliseconds=300)

    @contextlib.contextmanager
    def often(
        rounds: Sequence[Round], clock: SetClock, was_set: Callable[[timedelta], Awaitable[bool]]
    ) -> Iterator[list[asyncio.Task[None]]]:
        sooner = [replace(a_round, every=POLL_EVERY) if a_round.every < A_MINUTE else a_round for a_round in rounds]
        with scheduled(sooner, clock, was_set) as tasks:
            yield tasks

    bot.service.service.scheduled = often  # type: ignore[attr-defined]

    async def nap(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.05))

    _preset(Editor, pace=timedelta(milliseconds=1))
    _preset(Dispatcher, pause=timedelta(milliseconds=200))
    _preset(Slack, post_every=timedelta(milliseconds=5))
    _preset(Discord, pace=0.02)
    _preset(HuggingFace, sleep=nap)
    limit_requests(REQUEST_SECONDS)


def limit_requests(seconds: float) -> None:
    """Let a request take so long; the program itself allows half a minute."""
    adapters.platforms.discord.rest.LONGEST_REQUEST = seconds
    _preset(Slack, timeout=seconds)
    _preset(HuggingFace, timeout=seconds)


def _preset(kind: type, **values: object) -> None:
    """Change the defaults of a constructor's keyword arguments."""
    assert set(values) <= set(kind.__init__.__kwdefaults__)  # type: ignore[misc]
    kind.__init__.__kwdefaults__.update(values)  # type: ignore[misc]


def be_mortal(at: DieAt, tell: int) -> None:
    """Make this process kill itself, or the database fail, at that step; "any" stands for every function."""
    step, point, count = at
    writing, seen, counting = Database.writing, Counter[str](), threading.Lock()

    def reach(function: str, where: str) -> None:
        if where != point or step not in {function, "any"}:
            return
        with counting:
            seen[where] += 1
            is_here = seen[where] == count
        if not is_here:
            return
        if where == FAILS:
            os.write(tell, json.dumps({"failed": f"{function}, {where}"}).encode() + b"\n")
            raise sqlite3.OperationalError("disk I/O error")
        os.write(tell, json.dumps({"died": f"{function}, {where}"}).encode() + b"\n")
        os.kill(os.getpid(), signal.SIGKILL)

    @contextlib.contextmanager
    def mortal(self: Database) -> Iterator[Any]:
        caller = sys._getframe(2).f_code.co_name  # noqa: SLF001 - whoever began the transaction, behind contextlib
        reach(caller, AROUND_A_TRANSACTION[0])
        with writing(self) as connection:
            yield connection
            reach(caller, AROUND_A_TRANSACTION[1])
            reach(caller, FAILS)
        reach(caller, AROUND_A_TRANSACTION[2])

    Database.writing = mortal  # type: ignore[method-assign]


def live(order: dict[str, Any], tell: int) -> None:
    """Run the program in this process; never returns."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(order["environment"])
        with Path(order["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        if order["undisturbed"]:
            limit_requests(UNDISTURBED_SECONDS)
        if order["clock"]:
            follow(Path(order["clock"]))
        if order["die_at"]:
            be_mortal(order["die_at"], tell)
        cli(order["arguments"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stderr.flush()
        os._exit(code)


def await_end(pid: int, rung: int) -> int:
    """Wait until the child ends and return its exit code; kill it if the test ends first."""
    while True:
        readable, _, _ = select.select([0, rung], [], [])
        if 0 in readable:  # the next order comes only after this child's end, so stdin was closed
            os.kill(pid, signal.SIGKILL)
        else:
            os.read(rung, 4096)
        over, status = os.waitpid(pid, 0 if 0 in readable else os.WNOHANG)
        if over:
            return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Start children as ordered, until stdin is closed."""
    hurry()
    gc.freeze()  # so that children share what was imported
    tell = os.dup(1)
    rung, ring = os.pipe()
    os.set_blocking(ring, False)
    signal.set_wakeup_fd(ring)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live(json.loads(line), tell)
        os.write(tell, json.dumps({"pid": pid}).encode() + b"\n")
        code = await_end(pid, rung)
        os.write(tell, json.dumps({"exit": code}).encode() + b"\n")


if __name__ == "__main__":
    main()
