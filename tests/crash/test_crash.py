"""The service is killed at every named step: nothing is lost, nothing comes twice, and the order is kept.

This is a short selection of what ``make crash`` does at length.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.life import Life
from tests.crash.lives import a_life
from tests.crash.plans import AROUND_A_TRANSACTION, FAILS, Faults, Plan
from tests.crash.programs import Launcher
from tests.crash.wire import FAULTS
from tests.crash.wire import POINTS as AROUND_A_REQUEST

BOTH = pytest.mark.parametrize("platform", ["slack", "discord"])

PATIENCE = 20.0
"""Seconds that a process may take to reach its step on a busy machine."""

LOST_ANSWER: Faults = (("post", "drop after"),)


def around_writing(step: str, *, papers: int = 1, faults: Faults = (), once: bool = False) -> list[Plan]:
    """Plans to kill it before, during and after the transaction of that function."""
    return [
        Plan(papers, transaction=(step, point, 1), faults=faults, seconds=PATIENCE, once=once)
        for point in AROUND_A_TRANSACTION
    ]


def around_asking(kind: str, *, papers: int = 1, faults: Faults = (), once: bool = False) -> list[Plan]:
    """Plans to kill it before a request of that kind is processed, before it is answered, and after that."""
    return [
        Plan(papers, request=(kind, point, 1), faults=faults, seconds=PATIENCE, once=once) for point in AROUND_A_REQUEST
    ]


def survive(platform: str, folder: Path, launcher: Launcher, *plans: Plan) -> None:
    """Run these plans, then undisturbed: every kill must be as planned, and every paper must come once, in order."""
    with Life(platform, folder, launcher) as life:
        life.subscribe()
        for plan in plans:
            life.live(plan)
        life.settle(once=True)
        assert life.verdict.is_good, life.report()
        steps = [plan.transaction or plan.request for plan in plans]
        assert life.verdict.kills == Counter(f"{step[0]}, {step[1]}" for step in steps if step)


def test_killed_while_the_database_is_made(tmp_path: Path, launcher: Launcher) -> None:
    with Life("slack", tmp_path, launcher) as life:
        for plan in around_writing("_upgrade", papers=0, once=True):
            life.live(plan)
        life.subscribe()
        life.publish(2)
        life.settle(once=True)
        assert life.verdict.is_good, life.report()
        assert life.verdict.kills.total() == 3


def test_killed_around_a_new_subscription(tmp_path: Path, launcher: Launcher) -> None:
    file, enqueue_first = around_writing("file", once=True), around_writing("enqueue_first", once=True)
    survive("discord", tmp_path, launcher, *file[:2], *enqueue_first)


def test_killed_while_lists_are_read(tmp_path: Path, launcher: Launcher) -> None:
    survive("slack", tmp_path, launcher, *around_asking("list"), *around_writing("save", once=True))


def test_killed_around_enqueuing(tmp_path: Path, launcher: Launcher) -> None:
    survive("discord", tmp_path, launcher, Plan(0, seconds=PATIENCE, once=True), *around_writing("enqueue", papers=2))


@BOTH
def test_killed_around_claiming_and_settling(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    survive(platform, tmp_path, launcher, *around_writing("claim"), *around_writing("deliver"))


@BOTH
def test_killed_around_posting_and_asking(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    survive(platform, tmp_path, launcher, *around_asking("post"), *around_asking("find", faults=LOST_ANSWER))


def test_killed_around_rescheduling_and_pausing(tmp_path: Path, launcher: Launcher) -> None:
    rescheduling = around_writing("reschedule", faults=(("post", "500 after"),))
    survive("slack", tmp_path, launcher, *rescheduling, *around_writing("hold", faults=(("post", "closed"),)))


def test_killed_around_editing(tmp_path: Path, launcher: Launcher) -> None:
    first = Plan(2, seconds=PATIENCE, once=True)
    edits = (*around_asking("edit", papers=0), *around_writing("shown", papers=0))
    survive("discord", tmp_path, launcher, first, *(replace(plan, votes=True) for plan in edits))


def test_killed_around_releasing_what_was_claimed(tmp_path: Path, launcher: Launcher) -> None:
    survive("discord", tmp_path, launcher, around_writing("claim")[-1], *around_writing("release"))


def test_what_cannot_be_written_is_done_again(tmp_path: Path, launcher: Launcher) -> None:
    steps = ["save", "enqueue", "claim", "deliver"]
    with Life("slack", tmp_path, launcher) as life:
        life.subscribe()
        for step in steps:
            life.live(Plan(transaction=(step, FAILS, 1), seconds=PATIENCE, once=True))
        life.settle(once=True)
        assert life.verdict.is_good, life.report()
        assert life.verdict.faults == Counter(f"{step}, {FAILS}" for step in steps)
        assert not life.verdict.kills


@BOTH
def test_killed_in_digests(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    flood = Plan(9, request=("post", AROUND_A_REQUEST[1], 2), seconds=PATIENCE)
    schedule = Plan(3, request=("post", AROUND_A_REQUEST[0], 3), digest=True, seconds=PATIENCE)
    survive(platform, tmp_path, launcher, flood, schedule)


@BOTH
def test_whatever_the_network_does_each_paper_comes_once(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    posts = tuple(("post", fault) for fault in FAULTS if fault != "hang before")
    finds = tuple(("find", fault) for fault in FAULTS if "hang" not in fault)
    with Life(platform, tmp_path, launcher) as life:
        life.subscribe()
        life.publish(3)
        life.settle(faults=posts + finds)
        assert life.verdict.is_good, life.report()
        assert {", ".join(post) for post in posts} <= set(life.verdict.faults)


@BOTH
def test_a_seeded_life_of_kills_and_faults(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    verdict, report = a_life(platform, tmp_path, launcher, seed=1, kills=2)
    assert verdict.is_good, f"seed 1\n{report}"
