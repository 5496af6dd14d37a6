"""A channel that closes while the service runs, and opens again, on every platform that can notify people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from typing import Protocol

import pytest

from bot.config.settings import DeliverySettings
from bot.domain import DIGEST_LIMIT
from bot.ports.platform import Platform
from tests.builders import a_paper
from tests.fakes.source import Newsstand
from tests.running_service import run_service, until
from tests.servers.discord.stage import DiscordStage, texts_of
from tests.servers.discord.world import DM, SEND
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened
from tests.servers.slack.things import ADA, OPEN

pytestmark = pytest.mark.usefixtures("impatient")


class House(Protocol):
    """A platform with one channel that can be closed, and a person who subscribes there."""

    def open(self) -> Platform:
        """The platform."""
        ...

    def subscribe(self) -> None:
        """Let the person subscribe the channel to everything."""
        ...

    def shut(self) -> None:
        """Remove the bot from the channel."""
        ...

    def reopen(self) -> None:
        """Let it in again."""
        ...

    def shown(self) -> list[str]:
        """The messages in the channel."""
        ...

    def letters(self) -> list[str]:
        """The direct messages to the person."""
        ...

    def close(self) -> None:
        """Stop the servers."""
        ...


class SlackHouse:
    """A loopback Slack; the bot is kicked."""

    def __init__(self, _folder: Path) -> None:
        """Start the server."""
        self._slack = SlackServer()
        self._slack.start()

    def open(self) -> Platform:
        """See `House.open`."""
        return opened(self._slack)

    def subscribe(self) -> None:
        """See `House.subscribe`."""
        self._slack.people.command("/subscribe", "*")

    def shut(self) -> None:
        """See `House.shut`."""
        self._slack.people.kick(OPEN)

    def reopen(self) -> None:
        """See `House.reopen`."""
        self._slack.people.invite(OPEN)

    def shown(self) -> list[str]:
        """See `House.shown`."""
        return self._of(OPEN)

    def letters(self) -> list[str]:
        """See `House.letters`."""
        return self._of(f"D{ADA[1:]}")

    def close(self) -> None:
        """See `House.close`."""
        self._slack.stop()

    def _of(self, channel: str) -> list[str]:
        conversation = self._slack.workspace.conversations.get(channel)
        return [words(message["blocks"]) for message in list(conversation.messages)] if conversation else []


class DiscordHouse:
    """A loopback Discord; the bot loses a permission."""

    def __init__(self, folder: Path) -> None:
        """Start the server."""
        self._stage = DiscordStage(folder)
        self._server, self._papers = self._stage.server, self._stage.papers

    def open(self) -> Platform:
        """See `House.open`."""
        return self._stage.open()

    def subscribe(self) -> None:
        """See `House.subscribe`."""
        self._stage.say("subscribe", "*")

    def shut(self) -> None:
        """See `House.shut`."""
        self._server.overwrite(self._papers, deny=SEND)

    def reopen(self) -> None:
        """See `House.reopen`."""
        self._server.overwrite(self._papers)

    def shown(self) -> list[str]:
        """See `House.shown`."""
        return self._of(self._papers["id"])

    def letters(self) -> list[str]:
        """See `House.letters`."""
        direct = [channel["id"] for channel in list(self._server.world.channels.values()) if channel["type"] == DM]
        return [text for channel in direct for text in self._of(channel)]

    def close(self) -> None:
        """See `House.close`."""
        self._stage.close()

    def _of(self, channel: str) -> list[str]:
        return ["\n".join(texts_of(message)) for message in list(self._server.world.messages[channel])]


HOUSES: dict[str, Callable[[Path], House]] = {"slack": SlackHouse, "discord": DiscordHouse}


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """One platform after the other."""
    house = HOUSES[request.param](tmp_path)
    yield house
    house.close()


def papers(first: int, last: int, day: date) -> Newsstand:
    """A source that lists that many teapots."""
    listed = [
        a_paper(id=f"9901.{number:05}", title=f"Teapot {number:02}", list_day=day) for number in range(first, last)
    ]
    return Newsstand(lists={day: listed})


@pytest.mark.parametrize(
    ("house", "count"), [("slack", 3), ("slack", 25), ("discord", 25)], indirect=["house"], ids=str
)
def test_subscribers_are_notified_once_and_everything_due_comes_when_the_channel_opens(
    house: House, tmp_path: Path, count: int
) -> None:
    """A few papers come as cards in order, many as one digest."""
    today = datetime.now(UTC).date()
    stand = papers(0, 1, today)

    async def act() -> None:
        house.subscribe()
        await until(lambda: any("Teapot 00" in text for text in house.shown()))
        house.shut()
        await until(house.letters)
        stand.lists |= papers(0, 1 + count, today).lists
        asked = len(stand.asked)
        await until(lambda: len(stand.asked) > asked + 8)  # twice four lists: what was listed then is enqueued
        before = len(house.shown())
        house.reopen()
        await until(lambda: all(any(f"Teapot {n:02}" in text for text in house.shown()) for n in range(1, count + 1)))
        arrived = [text for text in house.shown()[before:] if "Teapot" in text]
        if count > DeliverySettings().flood_limit:
            assert len(arrived) == ceil(count / DIGEST_LIMIT)
        else:
            places = [
                next(i for i, text in enumerate(arrived) if f"Teapot {n:02}" in text) for n in range(1, 1 + count)
            ]
            assert places == sorted(set(places))

    run_service(tmp_path / "paperwire.db", stand, house.open(), lambda _: act())
    letters = house.letters()
    assert len(letters) == 1
    assert "no longer post" in letters[0]
    assert "New papers wait for 7 days" in letters[0]
