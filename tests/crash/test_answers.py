"""Whatever is answered in a platform's place, every paper comes once, and in order.

This is a short selection of what ``make crash`` does at length.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.crash.answers import GARBAGE, HTML, JSON, PAGE, OddAnswer, raw
from tests.crash.life import Life
from tests.crash.lives import CROWD
from tests.crash.odds import Dealt
from tests.crash.plans import FROZEN, Plan, an_odd_plan
from tests.crash.programs import Launcher

BOTH = pytest.mark.parametrize("platform", ["slack", "discord"])

OF_A_PROXY = (400, 401, 402, 403, 404, 405, 407, 408, 409, 412, 413, 421, 425, 426, 429, 431, 451)

NO_LISTS = (
    *("{}", "[]", "null", '{"ok": true}', '{"ok": "yes", "messages": []}', '{"ok": true, "messages": {}}'),
    *('[{"id": 7}]', "[7]", "{}", '{"ok": true}'),
)
"""JSON that is no list of messages on either platform, or on Discord one that the channel's last message belies."""

LOST_ANSWER = Dealt(OddAnswer("", "", GARBAGE["half a status line"]), done=True)


def page(status: int, *, done: bool = False) -> Dealt:
    """A page with that status."""
    return Dealt(OddAnswer("a page", f"{status}", raw(status, PAGE, HTML)), done)


def said(content: str, status: int = 200) -> Dealt:
    """JSON, in answer to a request that was not carried out."""
    return Dealt(OddAnswer("JSON", content, raw(status, content.encode(), JSON)), done=False)


def survive(
    platform: str, folder: Path, launcher: Launcher, prepare: Callable[[Life], object], papers: int = 4
) -> Life:
    """Publish papers once everything is prepared: each must come once, and in order."""
    with Life(platform, folder, launcher) as life:
        life.subscribe()
        prepare(life)
        life.publish(papers)
        life.settle()
        assert life.verdict.is_good, life.report()
        return life


@BOTH
@pytest.mark.parametrize("done", [False, True])
def test_pages_in_answer_to_posts(platform: str, done: bool, tmp_path: Path, launcher: Launcher) -> None:  # noqa: FBT001
    pages = [page(status, done=done) for status in OF_A_PROXY]
    survive(platform, tmp_path, launcher, lambda life: life.odds.planned["post"].extend(pages))


@BOTH
def test_json_that_is_no_list_in_answer_to_a_look(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    strange = [said(content) for content in NO_LISTS]

    def prepare(life: Life) -> None:
        life.odds.planned["post"].extend([LOST_ANSWER] * 4)
        life.odds.planned["find"].extend(strange)

    survive(platform, tmp_path, launcher, prepare)


@BOTH
@pytest.mark.parametrize("status", [200, 503])
def test_pages_for_hours_and_then_an_answer_that_nobody_foresaw(
    platform: str, status: int, tmp_path: Path, launcher: Launcher
) -> None:
    unforeseen = [said('{"code": {"10003": true}}', 404)] * 4
    survive(
        platform,
        tmp_path,
        launcher,
        lambda life: life.odds.planned["post"].extend([*[page(status)] * 48, *unforeseen]),
        papers=1,
    )


@BOTH
@pytest.mark.parametrize("papers", [2, 8], ids=["in cards and digests", "in floods"])
def test_a_paper_that_is_refused_for_good_with_an_unknown_code_costs_itself_alone(
    platform: str, papers: int, tmp_path: Path, launcher: Launcher
) -> None:
    life = survive(platform, tmp_path, launcher, lambda life: life.publish(1, life.odds.refused), papers=papers)
    assert life.verdict.refused


@BOTH
def test_thousands_of_messages_of_others_after_a_lost_answer(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    with Life(platform, tmp_path, launcher) as life:
        life.subscribe()
        life.chat(CROWD)
        life.odds.planned["post"].extend([LOST_ANSWER] * 9)
        life.live(Plan(papers=1, seconds=1.0))
        life.chat(CROWD)
        life.settle()
        assert life.verdict.is_good, life.report()


@BOTH
def test_a_lost_answer_while_the_clock_was_ahead(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    with Life(platform, tmp_path, launcher) as life:
        life.subscribe()
        life.time.jump(timedelta(hours=2))
        life.odds.planned["post"].extend([LOST_ANSWER] * 9)
        life.live(Plan(papers=1, seconds=1.0, odd={"find": 1.0}))
        life.time.go_on(timedelta(hours=4))
        life.settle()
        assert life.verdict.is_good, life.report()


@BOTH
def test_frozen_for_longer_than_every_time_limit(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    with Life(platform, tmp_path, launcher) as life:
        life.subscribe()
        life.live(Plan(papers=3, seconds=FROZEN + 1.0, event="freeze", moment=0.1))
        life.settle()
        assert life.verdict.is_good, life.report()


@BOTH
def test_a_random_hour_of_odd_answers(platform: str, tmp_path: Path, launcher: Launcher) -> None:
    with Life(platform, tmp_path, launcher, seed=1) as life:
        life.subscribe()
        life.live(an_odd_plan(life.random, jumps=True))
        life.settle()
        assert life.verdict.is_good, life.report()
