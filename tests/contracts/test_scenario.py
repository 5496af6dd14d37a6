"""The main job, the same on every platform: subscribe, read, and read nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.wiring import open_stores
from bot.domain import Paper, PaperList
from storage.sqlite.files.backup import back_up, restore
from tests.builders import a_paper, impatient_settings, list_of
from tests.contracts.stages import Stage
from tests.fakes.source import Newsstand
from tests.running_service import run_service, until

pytestmark = pytest.mark.usefixtures("impatient")


def live(stage: Stage, folder: Path, stand: Newsstand, act: Callable[[], Awaitable[None]]) -> None:
    """Run the service, as a new process would, while people act."""
    run_service(folder / "paperwire.db", stand, stage.open(), lambda _: act())


def read(stage: Stage) -> str:
    """What the channel shows, without line breaks."""
    return " ".join(stage.seen().split())


def test_people_subscribe_and_read_each_paper_once_across_polls_and_restarts(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    listed = [a_paper(id="9901.00001", title="Teapots in Orbit", list_day=today)]
    stand = Newsstand(lists={today: listed})

    async def subscribe() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: "Teapots in Orbit" in stage.seen() and "Subscribed to" in stage.seen())
        listed.append(a_paper(id="9901.00002", title="Teapots under Water", list_day=today))
        listed.append(a_paper(id="9901.00003", title="Kettles", list_day=today))
        await until(lambda: "Teapots under Water" in stage.seen())

    async def read_on() -> None:
        listed.append(a_paper(id="9901.00004", title="Teapots on the Moon", list_day=today))
        await until(lambda: "Teapots on the Moon" in stage.seen())

    live(stage, tmp_path, stand, subscribe)
    live(stage, tmp_path, stand, read_on)
    cards = [stage.seen().count(title) for title in ("Teapots under Water", "Teapots on the Moon")]
    assert cards == [1, 1]
    assert "Kettles" not in stage.seen()


def test_a_card_follows_its_counts_in_place_across_a_restart_and_stays_one_card(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    paper = a_paper(title="Teapots in Orbit", list_day=today, upvotes=3)
    stand = Newsstand(lists={today: []})

    async def subscribe() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: "Subscribed to" in stage.seen())
        stand.lists[today] = [paper]
        await until(lambda: "▲ 3" in seen(stage))

    async def watch() -> None:
        shown = "▲ 1,234 · 5 comments · ★ 678" if stage.open().edits else "▲ 3"
        await until(lambda: shown in seen(stage) and stand.asked.count(today) > 1)

    live(stage, tmp_path, stand, subscribe)
    stand.lists[today] = [replace(paper, upvotes=1234, comments=5, stars=678)]
    stand.asked.clear()
    let_an_hour_pass(tmp_path, stage.channel.platform, list_of(*stand.lists[today]))
    live(stage, tmp_path, stand, watch)
    assert seen(stage).count("Teapots in Orbit") == 1
    assert ("▲ 3" in seen(stage)) != stage.open().edits


def test_a_paper_comes_when_it_has_the_votes_that_were_asked_for(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    paper = a_paper(title="Teapots in Orbit", list_day=today, upvotes=3)
    stand = Newsstand(lists={today: [paper]})

    async def wait() -> None:
        stage.say("subscribe", "upvotes>=20")
        await until(lambda: "Subscribed to" in stage.seen())
        stand.asked.clear()
        await until(lambda: stand.asked.count(today) > 1)
        assert "▲" not in seen(stage)
        stand.lists[today] = [replace(paper, upvotes=25)]
        await until(lambda: "▲ 25" in seen(stage))

    live(stage, tmp_path, stand, wait)
    assert seen(stage).count("▲ 25") == 1


def seen(stage: Stage) -> str:
    """What the channel shows, with plain blanks."""
    return stage.seen().replace("\u00a0", " ")


def let_an_hour_pass(folder: Path, platform: str, papers: PaperList) -> None:
    """List these papers, and make their messages due for an edit, as after an hour."""
    now = datetime.now(UTC)
    with open_stores(impatient_settings(folder / "paperwire.db")) as stores:
        stores.papers.save("newsstand", papers, at=now)
        for message in stores.followed.outdated(platform, now=now + timedelta(hours=2), limit=9):
            stores.followed.postpone(message, again_at=now)


def test_people_search_turn_pages_and_subscribe_to_what_they_searched(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    teapots = [
        a_paper(id=f"9901.{number:05}", title=f"Teapots {number}", abstract="", list_day=today, upvotes=99 - number)
        for number in range(12)
    ]
    stand = Newsstand(lists={today: teapots})

    async def search() -> None:
        await until(lambda: stand.asked.count(today) > 1)
        stage.say("papers", "search teapots")
        await until(lambda: "12 papers for teapots (1–10), best matches first:" in read(stage))
        assert "“Teapots”" in read(stage)
        assert "Teapots 10" not in read(stage)
        stage.press("Next", "papers search page:2 teapots")
        await until(lambda: "12 papers for teapots (11–12)" in read(stage) and "Teapots 11" in read(stage))
        stage.say("papers", "search (teapots")
        await until(lambda: "This bracket is never closed." in read(stage))
        stage.say("papers", "search kettles")
        await until(lambda: "No papers match “kettles”." in read(stage))
        stage.press("Subscribe to this", "subscribe kettles")
        await until(lambda: "Subscribed to papers that mention “kettles”" in read(stage))

    live(stage, tmp_path, stand, search)


def test_people_look_at_today_and_at_trending_papers_and_ask_why(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    papers = [
        a_paper(id="9901.00001", title="Teapots in Orbit", list_day=today, upvotes=7),
        a_paper(id="9901.00002", title="Kettles", list_day=today - timedelta(days=1), upvotes=5),
    ]
    stand = Newsstand(lists={paper.list_day: [paper] for paper in papers})

    async def look() -> None:
        await until(lambda: stand.asked.count(today) > 1)
        stage.say("papers", "today")
        await until(lambda: "1 paper on the list of" in read(stage) and "Teapots in Orbit" in read(stage))
        assert "Kettles" not in read(stage)
        stage.say("papers", "today yesterday")
        await until(lambda: "Kettles" in read(stage))
        stage.say("papers", "trending")
        await until(lambda: "that gained votes fastest" in read(stage) and "+7 votes in" in read(stage))
        stage.say("papers", "digest daily 09:00 Asia/Kolkata")
        await until(lambda: "Papers are posted as a digest" in read(stage))
        stage.say("subscribe", "teapots, upvotes>=99")
        await until(lambda: "Subscribed to" in read(stage))
        while "It's waiting for the digest on" not in read(stage):
            stage.say("papers", "why 9901.00001")
            await asyncio.sleep(0.1)
        assert "every day at 09:00 (Asia/Kolkata)" in read(stage)
        stage.say("subscribe", "teapots upvotes>=99")
        await until(lambda: "papers that mention “teapots”, with at least 99 votes." in read(stage))
        stage.say("papers", "why 9901.00001")
        await until(lambda: "It has 7 of 99 votes; I'm watching it until" in read(stage))

    live(stage, tmp_path, stand, look)


def test_people_ask_for_less_like_a_card_and_get_less(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    listed = [a_paper(id="9901.00001", title="Teapots", keywords=("orbit",), list_day=today, abstract="")]
    stand = Newsstand(lists={today: listed})

    async def complain() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: "Subscribed to" in read(stage) and "“Teapots”" in read(stage))
        stage.press("Less like this", "papers less 9901.00001")
        await until(lambda: 'teapots -"orbit": keeps 0 of 1 paper in 30 days' in read(stage))
        stage.press("Without “orbit”", 'papers change 1 + -"orbit"')
        await until(lambda: "Subscription 1 now follows papers that mention “teapots”" in read(stage))
        listed.append(a_paper(id="9901.00002", title="Teapots Astray", keywords=("orbit",), list_day=today))
        listed.append(a_paper(id="9901.00003", title="Teapots at Home", list_day=today))
        await until(lambda: "Teapots at Home" in read(stage))
        stage.press("Undo", "papers change 1 teapots")
        await until(lambda: "Teapots Astray" in read(stage))

    live(stage, tmp_path, stand, complain)


def test_people_look_up_a_paper_that_was_on_no_list_and_keep_it(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    long_ago = today - timedelta(days=900)
    old = a_paper(id="9901.00001", title="Teapots of Old", list_day=long_ago, abstract="Spouts, and how they pour.")
    stand = Newsstand(lists={long_ago: [old]})

    async def keep() -> None:
        await until(lambda: stand.asked.count(today) > 1)
        stage.say("papers", "show https://arxiv.org/abs/9901.00001v2")
        await until(lambda: "Not on a list that I keep:" in read(stage) and "Teapots of Old" in read(stage))
        stage.press("Abstract", "papers abstract 9901.00001")
        await until(lambda: read(stage).count("Spouts, and how they pour.") > 1)
        stage.press("Save", "papers save 9901.00001")
        await until(lambda: "to the reading list." in read(stage))
        stage.say("papers", "saved")
        await until(lambda: "1 paper on the reading list:" in read(stage))
        stage.say("papers", "show 9912.99999")
        await until(lambda: "I can't find the paper 9912.99999, and neither can my sources." in read(stage))

    live(stage, tmp_path, stand, keep)


def kitchen(day: date) -> list[Paper]:
    """Papers of which four are about teapots, seven about copper kettles, and most about something else."""
    titles = ["Teapots with Copper Kettles"] * 4 + ["Copper Kettles at Sea"] * 3 + ["Violins"] * 60
    return [
        a_paper(id=f"9902.{number:05}", title=title, abstract="", list_day=day, upvotes=number)
        for number, title in enumerate(titles)
    ]


def test_people_see_what_would_have_come_and_take_a_suggestion(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    yesterday = today - timedelta(days=1)
    stand = Newsstand(lists={yesterday: kitchen(yesterday)})

    async def learn() -> None:
        await until(lambda: stand.asked.count(today) > 1)
        stage.say("subscriptions", "")
        example = "Try /subscribe copper kettles: it would have brought 7 papers in the last 30 days."
        await until(lambda: f"This channel has no subscriptions yet. {example}" in read(stage))
        stage.say("subscribe", "teapots")
        await until(lambda: "Often in the same papers:" in read(stage))
        assert "copper kettles: 3 more papers" in read(stage).replace("*", "")
        stage.press("+ copper kettles (3)", "subscribe copper kettles")
        await until(lambda: "Subscribed to papers that mention “copper kettles”" in read(stage))
        stage.say("subscribe", "copper kettle shops")
        await until(lambda: "A broader query would have brought some:" in read(stage))
        assert "it doesn't mention “copper kettle shops”, only “copper” and “kettle”" in read(stage)
        stage.press("copper kettle (7)", "papers change 3 copper kettle")
        await until(lambda: "Subscription 3 now follows papers that mention “copper kettle”." in read(stage))

    live(stage, tmp_path, stand, learn)


def test_people_see_that_a_query_brings_too_much_and_narrow_it(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    yesterday = today - timedelta(days=1)
    violins = [
        a_paper(id=f"9902.{number:05}", title="Violins", list_day=yesterday, upvotes=9 * (number < 40))
        for number in range(160)
    ]
    stand = Newsstand(lists={yesterday: violins})

    async def narrow() -> None:
        await until(lambda: stand.asked.count(today) > 1)
        stage.say("subscribe", "violins")
        await until(
            lambda: "That is a lot. A digest puts them into one message. A narrower query brings fewer:" in read(stage)
        )
        assert "violins AND upvotes>=5: about 1–2 a day" in read(stage)
        stage.press("violins AND upvotes>=5 (about 1–2 a day)", "papers change 1 violins AND upvotes>=5")
        await until(
            lambda: "Subscription 1 now follows papers that mention “violins”, with at least 5 votes." in read(stage)
        )

    live(stage, tmp_path, stand, narrow)


def teapots(*numbers: int, day: date) -> list[Paper]:
    """Papers that the channel is subscribed to, with different titles."""
    return [a_paper(id=f"9901.{number:05}", title=f"Teapots-{number:03}", list_day=day) for number in numbers]


def test_a_restored_backup_posts_nothing_twice_and_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    database, copy = tmp_path / "paperwire.db", tmp_path / "copy.db"
    today = datetime.now(UTC).date()
    listed = teapots(1, day=today)
    stand = Newsstand(lists={today: listed})

    def shown(*numbers: int) -> bool:
        return all(f"Teapots-{number:03}" in stage.seen() for number in numbers)

    async def subscribe_and_back_up() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: shown(1) and "Subscribed to" in stage.seen())
        await asyncio.to_thread(back_up, database, copy, overwrite=False, at=datetime.now(UTC))
        listed.extend(teapots(2, day=today))
        await until(lambda: shown(2))
        listed.extend(teapots(*range(3, 28), day=today))
        await until(lambda: "Papers 21–25 of 25" in stage.seen())

    async def read_on() -> None:
        listed.extend(teapots(28, 29, day=today))
        await until(lambda: shown(28, 29))

    live(stage, tmp_path, stand, subscribe_and_back_up)
    restore(copy, database, at=datetime.now(UTC))
    live(stage, tmp_path, stand, read_on)
    live(stage, tmp_path, stand, lambda: asyncio.sleep(0.1))
    assert {number: stage.seen().count(f"Teapots-{number:03}") for number in range(2, 30)} == dict.fromkeys(
        range(2, 30), 1
    )
