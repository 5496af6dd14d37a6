"""Whole lives, by a seed: with kills and faults, or with answers that are not the platform's own."""

from __future__ import annotations

import logging
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.crash.life import Life
from tests.crash.plans import AROUND_A_TRANSACTION, FIRST, Plan, a_plan, an_odd_plan, quiet_plans
from tests.crash.programs import Launcher
from tests.crash.verdict import Verdict

MORE = 6
"""Further channels of a life with odd answers: many are answered at the same time."""

BUSY = 5
"""Processes that have papers to post, between those that only edit."""

CROWD = 5_500
"""Messages of other people in the hour before a lost answer, and again before the look for the message."""


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
        return life.verdict, "" if life.verdict.is_good else f"{life.report()}\n{life.log.read_text()[-200_000:]}"


def an_odd_life(
    platform: str, folder: Path, launcher: Launcher, *, seed: int, answers: int, jumps: bool
) -> tuple[Verdict, str]:
    """A whole life with so many odd answers: its verdict, and a report if that is bad."""
    began = time.monotonic()
    with Life(platform, folder, launcher, seed=seed, more=MORE) as life:
        life.live(Plan(papers=0, seconds=0.5))
        life.subscribe()
        while life.odds.tried.total() < answers:
            for _ in range(BUSY):
                life.live(an_odd_plan(life.random, jumps=jumps))
            for plan in quiet_plans():
                life.live(plan)
            life.back_up()
            life.live(an_odd_plan(life.random, jumps=jumps))
            life.restore()
        life.chat(CROWD)
        life.live(Plan(papers=1, seconds=1.0, odd={"post": 1.0}))
        life.chat(CROWD)
        life.time.jump(timedelta())
        life.live(Plan(papers=0, seconds=3.0, event="hours"))  # what was scheduled by the wrong time may wait for one
        life.settle()
        life.verdict.seconds = time.monotonic() - began
        return life.verdict, "" if life.verdict.is_good else f"{life.report()}\n{life.log.read_text()[-200_000:]}"


def alone(platform: str, seed: int, kills: int, answers: int, *, jumps: bool) -> tuple[Verdict, str]:
    """A life with a folder and a launcher of its own: with so many kills, or else with so many odd answers."""
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # lost connections are nothing unusual here
    with tempfile.TemporaryDirectory(prefix="paperwire-crash-") as folder, Launcher() as launcher:
        if kills:
            return a_life(platform, Path(folder), launcher, seed=seed, kills=kills)
        return an_odd_life(platform, Path(folder), launcher, seed=seed, answers=answers, jumps=jumps)
