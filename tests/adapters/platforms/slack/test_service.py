"""The main job in Slack: subscribe, read, click."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from adapters.sources.sample import Sample
from bot.app.wiring import open_service
from bot.config import load_settings
from tests.servers.slack.people import labels, words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened, until
from tests.servers.slack.socket import IN_TIME
from tests.servers.slack.things import ADA, BEN, OPEN


def lab(slack: SlackServer, folder: Path, visit: Callable[[], Awaitable[None]]) -> None:
    """Run the service at the loopback Slack with the sample feed, while somebody visits."""

    async def run() -> None:
        settings = load_settings(None, {"PAPERWIRE_STORAGE__PATH": str(folder / "paperwire.db")})
        source, stop = Sample(datetime.now(UTC).date()), asyncio.Event()
        async with open_service(settings, (source,), (opened(slack),)) as service:
            running = asyncio.create_task(service.run(stop))
            await visit()
            stop.set()
            await running

    asyncio.run(run())


def whispers(slack: SlackServer, person: str = ADA) -> list[str]:
    """What that person alone sees."""
    return [words(whisper.message["blocks"]) for whisper in slack.workspace.whispers if whisper.person == person]


def posts(slack: SlackServer) -> list[str]:
    """What everybody sees."""
    return [words(message["blocks"]) for message in slack.workspace.conversations[OPEN].messages]


def cards(slack: SlackServer) -> list[str]:
    """The papers that were posted."""
    return [
        words(message["blocks"])
        for message in slack.workspace.conversations[OPEN].messages
        if "Abstract" in labels(message)
    ]


def test_a_lab_subscribes_reads_and_clicks(slack: SlackServer, tmp_path: Path) -> None:
    async def visit() -> None:
        slack.people.command("/subscribe", "reinforcement learning")
        await until(lambda: whispers(slack) and posts(slack))
        assert "Subscribed to" in whispers(slack)[0]
        assert "ada subscribed this channel" in posts(slack)[0]
        await until(lambda: cards(slack))

        slack.people.press("Abstract", person=BEN)
        await until(lambda: whispers(slack, BEN))
        assert len(whispers(slack, BEN)[0]) > 200

        slack.people.command("/subscriptions")
        await until(lambda: len(whispers(slack)) == 2)
        assert "1. reinforcement learning" in whispers(slack)[1]

        slack.people.press("Undo")
        await until(lambda: any("ada removed the subscription" in post for post in posts(slack)))

    lab(slack, tmp_path, visit)
    assert slack.workspace.refusals == []
    assert max(ack.seconds for ack in slack.socket.acks.values()) < IN_TIME


def test_buttons_on_old_cards_work_after_a_restart(slack: SlackServer, tmp_path: Path) -> None:
    async def subscribe() -> None:
        slack.people.command("/subscribe", "*")
        await until(lambda: cards(slack))

    async def press() -> None:
        slack.people.press("Abstract", person=BEN)
        await until(lambda: whispers(slack, BEN))

    lab(slack, tmp_path, subscribe)
    slack.stop()
    slack.start()
    lab(slack, tmp_path, press)
    assert len(cards(slack)) == len(set(cards(slack)))


def test_a_wrong_query_is_answered_with_its_place_only_to_the_person(slack: SlackServer, tmp_path: Path) -> None:
    async def visit() -> None:
        slack.people.command("/subscribe", "(robots")
        await until(lambda: whispers(slack))

    lab(slack, tmp_path, visit)
    assert "^" in whispers(slack)[0]
    assert posts(slack) == []
