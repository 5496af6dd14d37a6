"""A service that is killed again and again, and what is in its channels in the end."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from bot.domain import PaperList
from bot.domain.times import days_until
from bot.polling.due_lists import HORIZON
from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import subscribe
from tests.crash.plans import AROUND_A_TRANSACTION, FIRST, Faults, Plan, a_plan
from tests.crash.programs import Launcher, Program, start_cold
from tests.crash.scenes import QUERIES, SCENES
from tests.crash.wire import Trouble, Wire
from tests.servers.huggingface import HuggingFaceServer, an_item

FLOOD_LIMIT = 4

PATIENCE = 45.0
"""Seconds until everything must have arrived, once nothing fails any more."""


@dataclass(slots=True)
class Verdict:
    """The counts of one or more lives.

    Attributes:
        kills: How often processes were killed, by step.
        faults: How often requests met each fault.
        starts: How many processes were started.
        posted: How many papers arrived, in how many ``messages``.
        messages: See ``posted``.
        lost: Papers that never arrived.
        twice: Papers that arrived more than once.
        disordered: Messages with a paper that should have come before the previous message.
        strange: Papers that arrived in a channel that did not want them.
        seconds: How long it took.
    """

    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    posted: int = 0
    messages: int = 0
    lost: int = 0
    twice: int = 0
    disordered: int = 0
    strange: int = 0
    seconds: float = 0.0

    def add(self, other: Verdict) -> None:
        """Add another verdict's counts to this one's."""
        self.kills += other.kills
        self.faults += other.faults
        for name in ("starts", "posted", "messages", "lost", "twice", "disordered", "strange", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_good(self) -> bool:
        """Whether every paper came once, and in order."""
        return not (self.lost or self.twice or self.disordered or self.strange)


class Life:
    """A database, a platform and a source, which outlive every process; use it as a context manager."""

    def __init__(self, platform: str, folder: Path, launcher: Launcher, *, seed: int = 0) -> None:
        """Open everything; the folder must be empty."""
        self.scene = SCENES[platform]()
        self.hub = HuggingFaceServer()
        self.random = Random(f"{platform} {seed}")  # noqa: S311 - no secrets
        self.verdict = Verdict()
        self.log = folder / "log"
        self._path = folder / "data" / "paperwire.db"
        self._launcher = launcher
        self._began = datetime.now(UTC)
        self._papers: dict[str, str] = {}
        self._opened = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Start the servers."""
        self._opened.callback(self.scene.close)
        self._opened.enter_context(self.hub)
        self.lists = self._opened.enter_context(Wire(upstream=self.hub.base_url))
        self.wire = self._opened.enter_context(
            Wire(
                upstream=self.scene.upstream,
                kind_of=self.scene.kind_of,
                refusal=self.scene.refusal,
                numbered=True,
                after=self.scene.forget,
            )
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the servers."""
        self._opened.close()

    def subscribe(self) -> None:
        """Subscribe every channel to its query, give ``digest`` a schedule, and mark old lists as read."""
        with self.stores() as stores:
            for day in days_until(self._began.date() - timedelta(days=4), HORIZON):
                stores.papers.save("huggingface", PaperList(day, ()), at=self._began)
            for role, channel in self.scene.channels.items():
                subscribe(stores, channel, QUERIES.get(role, "*"), at=self._began)
        self.let_digest_be_due(timedelta(days=1))

    def let_digest_be_due(self, after: timedelta = timedelta()) -> None:
        """Make the next digest due after that time, as people can with another schedule."""
        now = datetime.now(UTC)
        with self.stores() as stores:
            stores.channels.set_schedule(self.scene.channels["digest"], "daily 09:00 UTC", now + after, at=now)

    def publish(self, count: int) -> None:
        """List ``count`` more papers."""
        for _ in range(count):
            paper_id, topic = f"9901.{len(self._papers):05}", self.random.choice(["robots", "teapots", "kettles"])
            self._papers[paper_id] = topic
            item = an_item(paper_id, title=f"{topic.title()}, Volume {len(self._papers)}", summary="Nothing more.")
            self.hub.lists.setdefault(self._began.date(), []).append(item)

    def let_votes_grow(self) -> None:
        """Give every paper more votes, the same number to each, so that their order stays."""
        for items in self.hub.lists.values():
            for item in items:
                item["paper"]["upvotes"] += 20

    def live(self, plan: Plan) -> None:
        """Run one process by that plan."""
        self.publish(plan.papers)
        if plan.votes:
            self.let_votes_grow()
        if plan.digest:
            self.let_digest_be_due(timedelta(seconds=0.4))
        program, trouble = self._start(plan)
        program.wait(plan.seconds)
        alive = program.code is None
        program.kill()
        self._await_end(program, trouble)
        if program.failed:
            self.verdict.faults[program.failed] += 1
        if program.died or trouble.hit:
            self.verdict.kills[program.died or trouble.hit] += 1
        elif alive:
            self.verdict.kills["at a moment, cold" if plan.cold else "at a moment"] += 1

    def settle(self, *, once: bool = False, faults: Faults = ()) -> None:
        """Run processes until everything has arrived, the first one with these faults; then count.

        Papers that have not arrived after `PATIENCE` count as lost.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self._is_settled():
            self.let_digest_be_due()
            program, trouble = self._start(Plan(once=once, faults=faults))
            faults = ()
            while not program.wait(0.05) and not self._is_settled(but_for_digest=True) and time.monotonic() < end:
                pass
            if not once:
                program.send(signal.SIGTERM)
            program.wait(PATIENCE)
            program.kill()
            self._await_end(program, trouble)
            assert program.code in {0, 1}, f"the service did not end by itself (code {program.code}); see {self.log}"
        self._count()

    @contextlib.contextmanager
    def stores(self) -> Iterator[Stores]:
        """The stores of the database, between two processes."""
        database = open_database(self._path)
        try:
            yield stores_of(database)
        finally:
            database.close()

    def report(self) -> str:
        """The papers in each channel, to find the cause of a failure."""
        return "\n".join(f"{role}: {self.scene.messages(channel)}" for role, channel in self.scene.channels.items())

    def _start(self, plan: Plan) -> tuple[Program, Trouble]:
        trouble = Trouble(self.wire.trouble.number + 1, kill_at=plan.request)
        for kind, fault in plan.faults:
            trouble.faults[kind].append(fault)
        self.wire.trouble = self.lists.trouble = trouble
        arguments = ["run", "--once"] if plan.once else ["run"]
        self.verdict.starts += 1
        if plan.cold:
            program = start_cold(arguments, self._environment(), log=self.log)
        else:
            program = self._launcher.start(arguments, self._environment(), log=self.log, die_at=plan.transaction)
        trouble.kill = program.kill
        return program, trouble

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._path.parent),
            "PAPERWIRE_STORAGE__PATH": str(self._path),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.lists.url(),
            "PAPERWIRE_DELIVERY__FLOOD_LIMIT": str(FLOOD_LIMIT),
            "PAPERWIRE_POLL__INTERVAL": "1s",
            "PAPERWIRE_HTTP__PORT": "0",
            **self.scene.settings(self.wire.url()),
        }

    def _await_end(self, program: Program, trouble: Trouble) -> None:
        """Wait until the process has ended, and none of its requests is being processed any more."""
        ended = program.wait(PATIENCE)
        trouble.is_over = True
        assert ended, "the process cannot be killed"
        while self.wire.under_way or self.lists.under_way:
            time.sleep(0.001)
        self.verdict.faults += trouble.met

    def _is_settled(self, *, but_for_digest: bool = False) -> bool:
        """Whether everything has arrived, except perhaps for what waits for a later digest."""
        with self.stores() as stores:
            if stores.papers.pending(limit=1) or stores.subscriptions.pending(limit=1):
                return False
            if self._papers and stores.papers.get(list(self._papers)[-1]) is None:
                return False
            counts = stores.outbox.counts()
            next_due = stores.outbox.next_due(platforms=list(SCENES))
        if but_for_digest and next_due is not None and next_due > datetime.now(UTC) + timedelta(minutes=1):
            return not counts["claimed"]
        return not counts["due"] + counts["claimed"]

    def _count(self) -> None:
        for role, channel in self.scene.channels.items():
            topics = {topic for topic in ("robots", "teapots", "kettles") if topic in QUERIES.get(role, "*")}
            topics = topics or {"robots", "teapots", "kettles"}
            wanted = {paper for paper, topic in self._papers.items() if topic in topics}
            messages = self.scene.messages(channel)
            shown = Counter(paper for message in messages for paper in message)
            self.verdict.posted += len(shown)
            self.verdict.messages += len(messages)
            self.verdict.lost += len(wanted - set(shown))
            self.verdict.strange += len(set(shown) - wanted)
            self.verdict.twice += sum(count - 1 for count in shown.values())
            pairs = itertools.pairwise(messages)
            self.verdict.disordered += sum(min(later) < max(earlier) for earlier, later in pairs)


def a_life(platform: str, folder: Path, launcher: Launcher, *, seed: int, kills: int) -> tuple[Verdict, str]:
    """A whole life with so many kills and faults: its verdict, and a report if that is bad."""
    began = time.monotonic()
    with Life(platform, folder, launcher, seed=seed) as life:
        life.live(Plan(transaction=("_upgrade", life.random.choice(AROUND_A_TRANSACTION), 1)))
        life.subscribe()
        life.live(Plan(transaction=(life.random.choice(FIRST), life.random.choice(AROUND_A_TRANSACTION), 1)))
        while min(life.verdict.kills.total(), life.verdict.faults.total()) < kills:
            life.live(a_plan(life.random))
        life.settle(once=life.random.random() < 0.3)
        life.verdict.seconds = time.monotonic() - began
        return life.verdict, "" if life.verdict.is_good else f"{life.report()}\n{life.log.read_text()[-20_000:]}"


def alone(platform: str, seed: int, kills: int) -> tuple[str, int, Verdict, str]:
    """A life with a folder and a launcher of its own: its platform, its seed and what `a_life` returns."""
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # lost connections are nothing unusual here
    with tempfile.TemporaryDirectory(prefix="paperwire-crash-") as folder, Launcher() as launcher:
        return platform, seed, *a_life(platform, Path(folder), launcher, seed=seed, kills=kills)
