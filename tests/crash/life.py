"""A service that is killed again and again, and what is in its channels in the end."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from bot.domain import Address, PaperList
from bot.domain.times import days_until
from bot.polling.due_lists import HORIZON
from bot.ports.stores import Stores
from storage import open_database, stores_of
from storage.sqlite.files import backup
from tests.builders import subscribe
from tests.crash.answers import Deck
from tests.crash.clock import Time
from tests.crash.odds import Odds
from tests.crash.plans import EVENTS, FROZEN, JUMPS, Faults, Plan
from tests.crash.programs import Launcher, Program, start_cold
from tests.crash.scenes import QUERIES, SCENES, SCHEDULED, TOPICS, topics_of
from tests.crash.verdict import Verdict
from tests.crash.wire import NOWHERE, Trouble, Wire
from tests.servers.huggingface import HuggingFaceServer, an_item

FLOOD_LIMIT = MAX_ATTEMPTS = 4

TICK = 0.2
"""Seconds between two looks at a process that lives by a plan."""

A_LATER_DIGEST = timedelta(hours=2)
"""A digest that is due in this time or later is another one; one that waits for the first poll is due sooner."""

PATIENCE = 120.0
"""Seconds until everything must have arrived, once nothing fails any more."""


class Life:
    """A database, a platform and a source, which outlive every process; use it as a context manager."""

    def __init__(self, platform: str, folder: Path, launcher: Launcher, *, seed: int = 0, more: int = 0) -> None:
        """Open everything; the folder must be empty, and ``more`` is as in `Scene`."""
        self.scene = SCENES[platform](more)
        self.hub = HuggingFaceServer()
        self.random = Random(f"{platform} {seed}")  # noqa: S311 - no secrets
        self.verdict = Verdict()
        self.log = folder / "log"
        self._path = folder / "data" / "paperwire.db"
        self._copy = folder / "copy"
        self._launcher = launcher
        self._began = datetime.now(UTC)
        self.time = Time(folder / "clock")
        self.odds = Odds(Deck(platform, self.random), self.random, MAX_ATTEMPTS // 2)
        self.odds.channels.update(channel.id for channel in self.scene.channels.values())
        self.scene.be_at(self.time.seconds_passed)
        self._papers: dict[str, str] = {}
        self._wrong: dict[str, str] = {}
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
                ahead=self.time.seconds_passed,
                odds=self.odds,
            )
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the servers."""
        self._opened.close()

    def subscribe(self) -> None:
        """Subscribe every channel to its query, give some a schedule, and mark old lists as read."""
        with self.stores() as stores:
            for day in days_until(self._began.date() - timedelta(days=4), HORIZON):
                stores.papers.save("huggingface", PaperList(day, ()), at=self._began)
            for role, channel in self.scene.channels.items():
                subscribe(stores, channel, QUERIES.get(role, "*"), at=self._began)
        self.let_digest_be_due(timedelta(days=1))

    def let_digest_be_due(self, after: timedelta = timedelta()) -> None:
        """Make the next digest due after that time, as people can with another schedule."""
        now = self.time.now()
        with self.stores() as stores:
            schedule = f"daily {now + timedelta(hours=12):%H}:00 UTC"
            for role, top in SCHEDULED.items():
                ending = f" top {top}" if top else ""
                stores.channels.set_schedule(
                    self.scene.channels[role], f"{schedule}{ending}", now + after, at=now, top=top
                )

    def publish(self, count: int, fate: set[str] | None = None) -> None:
        """List ``count`` more papers; the first of them is added to ``fate``."""
        for number in range(count):
            paper_id, topic = f"9901.{len(self._papers):05}", self.random.choice(TOPICS)
            self._papers[paper_id] = topic
            item = an_item(paper_id, title=f"{topic.title()}, Volume {len(self._papers)}", summary="Nothing more.")
            if fate is not None and number == 0:
                fate.add(paper_id)
            self.hub.lists.setdefault(self.time.now().date(), []).append(item)

    def chat(self, count: int) -> None:
        """Let others post so many messages to one channel, and some to the others."""
        for role, channel in self.scene.channels.items():
            self.scene.chat(channel, count if role == "all" else count // 100)
        self.verdict.events[f"{count:,} messages of others"] += 1

    def let_votes_grow(self) -> None:
        """Give every paper more votes, the same number to each, so that their order stays."""
        for items in self.hub.lists.values():
            for item in items:
                item["paper"]["upvotes"] += 20

    def live(self, plan: Plan) -> None:
        """Run one process by that plan."""
        self.publish(plan.papers, {"refused": self.odds.refused, "obstructed": self.odds.obstructed}.get(plan.first))
        if plan.votes:
            self.let_votes_grow()
        if plan.digest:
            self.let_digest_be_due(timedelta(seconds=0.4))
        self.odds.share, self.odds.outage = plan.odd, plan.outage
        program, trouble = self._start(plan)
        self._spend(plan, program)
        alive = program.code is None
        program.kill()
        self._await_end(program, trouble)
        self.odds.share, self.odds.outage = {}, ""
        self.odds.obstructed.clear()
        if program.failed:
            self.verdict.faults[program.failed] += 1
        if program.died or trouble.hit:
            self.verdict.kills[program.died or trouble.hit] += 1
        elif alive:
            self.verdict.kills["at a moment, cold" if plan.cold else "at a moment"] += 1

    def _spend(self, plan: Plan, program: Program) -> None:
        """Wait until the process's time is over, with whatever happens meanwhile."""
        began, ticks = time.monotonic(), 0
        event = plan.event
        while (left := began + plan.seconds - time.monotonic()) > 0:
            if program.wait(min(left, TICK) if plan.odd or event or plan.outage else left):
                return
            ticks += 1
            if plan.odd and ticks % plan.rare == 0:
                self.publish(1)
            if plan.outage:
                self._pass_time(timedelta(minutes=20))
            if event and ticks > plan.seconds / TICK * plan.moment:
                self._happen(event, program)
                event = ""

    def _pass_time(self, span: timedelta) -> None:
        if self.time.go_on(span):
            self.hub.clock_off = self.time.passed
            self.verdict.events["hours that passed"] += round(span / timedelta(hours=1))

    def _happen(self, event: str, program: Program) -> None:
        self.verdict.events[EVENTS.get(event, event)] += 1
        if event in JUMPS:
            self.time.jump(JUMPS[event])
        elif event == "hours":
            self._pass_time(timedelta(hours=self.random.uniform(1, 6)))
        elif event == "chat":
            self.scene.chat(self.random.choice(list(self.scene.channels.values())), 150)
        elif event == "freeze":
            program.send(signal.SIGSTOP)
            time.sleep(FROZEN)
            program.send(signal.SIGCONT)

    def settle(self, *, once: bool = False, faults: Faults = ()) -> None:
        """Run processes until everything has arrived, the first one with these faults; then count.

        Papers that have not arrived after `PATIENCE` count as lost.
        """
        self.time.jump(timedelta())
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self._is_settled():
            self.let_digest_be_due()
            program, trouble = self._start(Plan(once=once, faults=faults), undisturbed=not faults)
            faults = ()
            while not program.wait(0.05) and not self._is_settled(but_for_digest=True) and time.monotonic() < end:
                pass
            if not once:
                program.send(signal.SIGTERM)
            program.wait(PATIENCE)
            program.kill()
            self._await_end(program, trouble)
            assert program.code in {0, 1, -signal.SIGTERM}, (
                f"the service did not end by itself (code {program.code}); see {self.log}"
            )
        self._count()

    @contextlib.contextmanager
    def stores(self) -> Iterator[Stores]:
        """The stores of the database, between two processes."""
        database = open_database(self._path)
        try:
            yield stores_of(database)
        finally:
            database.close()

    def back_up(self) -> None:
        """Keep a copy of the database as it is, by a clock that may be wrong."""
        backup.back_up(self._path, self._copy, overwrite=True, at=self.time.shown())

    def restore(self) -> None:
        """Go back to the copy, by a clock that may be wrong: what was posted since is in no outbox."""
        backup.restore(self._copy, self._path, at=self.time.shown())
        self.verdict.events["restored"] += 1

    def report(self) -> str:
        """What is wrong in each channel, with its papers and what its requests met, to find the cause of a failure."""
        parts = []
        for role, wrong in self._wrong.items():
            channel = self.scene.channels[role]
            parts += [f"{role} ({channel}): {wrong}", f"{self.scene.messages(channel)}", *self.odds.story[channel.id]]
        return "\n".join(parts)

    def _start(self, plan: Plan, *, undisturbed: bool = False) -> tuple[Program, Trouble]:
        trouble = Trouble(self.wire.trouble.number + 1, kill_at=plan.request)
        for kind, fault in plan.faults:
            trouble.faults[kind].append(fault)
        self.wire.trouble = self.lists.trouble = trouble
        arguments = ["run", "--once"] if plan.once else ["run"]
        environment = self._environment(NOWHERE if plan.outage == "unreachable" else self.wire.url())
        self.verdict.starts += 1
        if plan.cold:
            program = start_cold(arguments, environment, log=self.log)
        else:
            program = self._launcher.start(
                arguments,
                environment,
                log=self.log,
                die_at=plan.transaction,
                clock=self.time.file,
                undisturbed=undisturbed,
            )
        trouble.kill = program.kill
        return program, trouble

    def _environment(self, platform: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._path.parent),
            "PAPERWIRE_STORAGE__PATH": str(self._path),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.lists.url(),
            "PAPERWIRE_DELIVERY__FLOOD_LIMIT": str(FLOOD_LIMIT),
            "PAPERWIRE_POLL__INTERVAL": "1s",
            "PAPERWIRE_HTTP__PORT": "0",
            "PAPERWIRE_DELIVERY__MAX_ATTEMPTS": str(MAX_ATTEMPTS),
            **self.scene.settings(platform),
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
        if but_for_digest and next_due is not None and next_due > self.time.now() + A_LATER_DIGEST:
            return not counts["claimed"]
        return not counts["due"] + counts["claimed"]

    def _offered(self, channel: Address) -> list[str]:
        """The papers that digests in the channel offer, to whoever presses their buttons."""
        with self.stores() as stores:
            return [paper.id for key in self.scene.offers(channel) for paper in stores.outbox.rest(key)]

    def _count(self) -> None:
        refused, log = self.odds.refused, self.log.read_text(errors="replace")
        self.verdict.tried += self.odds.tried
        self.verdict.strange += self.wire.leaks
        self.verdict.tracebacks += log.count("Traceback (most recent call last)")
        for role, channel in self.scene.channels.items():
            wanted = {paper for paper, topic in self._papers.items() if topic in topics_of(role)}
            messages, offered = self.scene.messages(channel), self._offered(channel)
            wrong = self.verdict.count(messages, offered, wanted=wanted, refused=refused, log=log)
            if wrong:
                self._wrong[role] = wrong
