"""Days on which the source, Slack or Discord is unreachable, by a clock that the test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest

from adapters.sources.huggingface.source import HuggingFace
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.delivery.courier import Courier
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.edits import Editor
from bot.domain import DIGEST_LIMIT
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.polling.poller import Poller
from bot.ports.platform import Platform
from bot.ports.stores import Stores
from bot.service.retention import Retention
from bot.service.service import Service
from bot.status import Status
from tests.builders import reasons_of, subscribe
from tests.crash.scenes import DiscordScene, Scene, SlackScene
from tests.servers.discord import stage as discord_stage
from tests.servers.huggingface import HuggingFaceServer, an_item
from tests.servers.slack import serving as slack_serving

STEP = timedelta(hours=3)
"""The time between two runs of the service; one paper is listed in each hour of it."""

DAY = 8
"""Steps in a day."""

FLOOD_LIMIT = 5

OFTEN = 100_000
"""More often than there are requests."""


@dataclass(slots=True)
class Time:
    """A clock that stands still until it is moved; it is always in the past, since lists of the future do not exist."""

    now: datetime = field(
        default_factory=lambda: datetime.now(UTC).replace(hour=15, minute=0, second=0) - timedelta(days=20)
    )

    def __call__(self) -> datetime:
        """The time."""
        return self.now


class World:
    """A source and two platforms, and a service with a subscription on both."""

    def __init__(self, stores: Stores) -> None:
        """Everything is well, and nothing is listed."""
        self.stores = stores
        self.time = Time()
        self.hub = HuggingFaceServer()
        self.slack, self.discord = SlackScene(), DiscordScene()
        self.slack.server.workspace.clock = lambda: self.time().timestamp()
        self.channels = {"slack": self.slack.channels["all"], "discord": self.discord.channels["all"]}
        for channel in self.channels.values():
            subscribe(stores, channel, "robots", at=self.time())
        self.listed: list[str] = []
        self.came: dict[str, list[list[list[str]]]] = {name: [] for name in self.channels}

    def fail(self, what: str) -> None:
        """Make one of them unreachable."""
        if what == "source":
            self.hub.faults.extend([503] * OFTEN)
        elif what == "slack":
            self.slack.server.outage = "503"
        else:
            self.discord.server.rest.faults.extend([("", "503")] * OFTEN)

    def mend(self) -> None:
        """Make all of them reachable again."""
        self.hub.faults.clear()
        self.slack.server.outage = ""
        self.discord.server.rest.faults.clear()

    async def go_on(self, steps: int, service: Service) -> None:
        """Let time pass, with three papers listed in each step, and record what arrives in each."""
        for _ in range(steps):
            self.time.now += STEP
            for _ in range(3):
                paper_id = f"9901.{len(self.listed):05}"
                self.listed.append(paper_id)
                self.hub.lists.setdefault(self.time().date(), []).append(an_item(paper_id, title="Robots"))
            before = {name: len(self._messages(name)) for name in self.channels}
            await service.once()
            for name in self.channels:
                self.came[name].append(self._messages(name)[before[name] :])

    def papers(self, name: str) -> list[str]:
        """Every paper that arrived on that platform, in order."""
        return [paper for message in self._messages(name) for paper in sorted(message)]

    def _messages(self, name: str) -> list[list[str]]:
        scenes: dict[str, Scene] = {"slack": self.slack, "discord": self.discord}
        return scenes[name].messages(self.channels[name])

    @asynccontextmanager
    async def service(self) -> AsyncIterator[Service]:
        """The service, put together as `bot.app.wiring` does it, with the clock of the test."""

        async def no_sleep(_seconds: float) -> None:
            await asyncio.sleep(0)

        source = HuggingFace(self.hub.base_url, sleep=no_sleep)
        platforms: dict[str, Platform] = {
            "slack": slack_serving.opened(self.slack.server),
            "discord": discord_stage.opened(self.discord.server),
        }
        async with AsyncExitStack() as stack:
            stack.push_async_callback(source.aclose)
            for platform in platforms.values():
                stack.push_async_callback(platform.aclose)
            glossary, status = Glossary(self.stores.papers), Status(self.time(), STEP)
            courier = Courier(
                self.stores,
                reasons_of(self.stores, glossary),
                platforms,
                max_attempts=10,
                flood_limit=FLOOD_LIMIT,
                now=self.time,
                chance=lambda: 0.0,
            )
            yield Service(
                poller=Poller([source], self.stores.papers, lookback_days=3),
                matcher=Matcher(self.stores, glossary, now=self.time),
                stores=self.stores,
                now=self.time,
                courier=courier,
                dispatcher=Dispatcher(courier, self.stores.outbox, tuple(platforms), now=self.time),
                editor=Editor(self.stores, platforms, now=self.time),
                retention=Retention(self.stores, None),
                platforms=tuple(platforms.values()),
                desk=Desk(
                    ACTIONS, self.stores, glossary, who="everyone", max_subscriptions=9, now=self.time, status=status
                ),
                status=status,
            )


@pytest.fixture
def world(stores: Stores) -> Iterator[World]:
    world = World(stores)
    with world.hub:
        yield world
    world.slack.close()
    world.discord.close()


def test_after_a_day_without_source_slack_or_discord_everything_arrives_once_and_without_a_flood(world: World) -> None:
    async def days() -> None:
        async with world.service() as service:
            for what in ("source", "slack", "discord"):
                await world.go_on(2, service)
                world.fail(what)
                await world.go_on(DAY, service)
                world.mend()
                await world.go_on(2, service)

    asyncio.run(days())
    source, slack, discord = (slice((DAY + 4) * number + 2, (DAY + 4) * number + 2 + DAY) for number in range(3))
    for name, own, other in (("slack", slack, discord), ("discord", discord, slack)):
        came = world.came[name]
        assert world.papers(name) == world.listed
        assert not any(came[source] + came[own])
        assert all(len(messages) == 3 for messages in came[other])
        # The digests of a day, and two papers that were tried alone while nobody could tell whether they had arrived.
        assert max(len(messages) for messages in came) <= ceil(3 * (DAY + 1) / DIGEST_LIMIT) + 2
        assert max(len(message) for messages in came for message in messages) > FLOOD_LIMIT
