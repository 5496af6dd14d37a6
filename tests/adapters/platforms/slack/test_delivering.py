"""Nothing lost, nothing twice: the courier, a real store, and a Slack that has a bad day."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta

import pytest

from bot.delivery.courier import Courier
from bot.delivery.retry_and_expiry import LONGEST_PAUSE
from bot.domain import PROBE_EVERY, Address
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of, reasons_of, subscribe
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened, serving, until
from tests.servers.slack.things import OPEN

HERE = Address("slack", OPEN)

FAULTS = [
    f"{what}{when}"
    for what in ("drop", "500", "503", "html", "cut", "text", "fatal_error", "internal_error")
    for when in ("", " after")
]
REFUSALS = ["429", "ratelimited", "invalid_auth", "token_revoked", "missing_scope", "not_in_channel", "is_archived"]


class Office:
    """A courier that posts to a loopback Slack, by a clock that is moved by hand."""

    def __init__(self, stores: Stores, slack: SlackServer) -> None:
        """Everything is well, and the channel is subscribed to everything."""
        self.time = NOW
        self.slack = slack
        slack.workspace.clock = lambda: self.now().timestamp()
        slack.retry_after = "0"
        self.stores = stores
        subscribe(stores, HERE, "*")
        self.restart()

    def now(self) -> datetime:
        """The time."""
        return self.time

    def restart(self) -> None:
        """A new process."""
        self.stores.outbox.release()
        self.courier = Courier(
            self.stores,
            reasons_of(self.stores, Glossary(self.stores.papers)),
            {"slack": opened(self.slack, timeout=1)},
            max_attempts=3,
            flood_limit=1000,
            now=self.now,
            chance=lambda: 0.0,
        )

    def list_papers(self, count: int) -> None:
        """So many papers come in."""
        papers = [a_paper(id=f"9901.{number:05}", title=f"Paper {number}") for number in range(1, count + 1)]
        self.stores.papers.save("sample", list_of(*papers), at=self.time)
        Matcher(self.stores, Glossary(self.stores.papers), now=self.now).match_papers()

    def deliver(self, *, hours: int = 12) -> None:
        """Deliver for so long, by the office's clock."""

        async def run() -> None:
            until_then = self.time + timedelta(hours=hours)
            while self.time < until_then:
                if not await self.courier.deliver_next(HERE):
                    next_due = self.stores.outbox.next_due(platforms=["slack"])
                    self.time = max(next_due or until_then, self.time)

        asyncio.run(run())

    @property
    def shown(self) -> list[str]:
        """The papers that stand in the channel, in their order."""
        messages = self.slack.workspace.conversations[OPEN].messages
        return [
            message["text"].partition(",")[0].partition(":")[0].split("\u2060")[0][:8].strip() for message in messages
        ]

    def texts(self) -> str:
        """All that stands there."""
        return "\n".join(words(message["blocks"]) for message in self.slack.workspace.conversations[OPEN].messages)


@pytest.fixture
def office(stores: Stores, slack: SlackServer) -> Office:
    """A courier at work."""
    return Office(stores, slack)


def expected(count: int) -> list[str]:
    """Every paper once, in order."""
    return [f"Paper {number}" for number in range(1, count + 1)]


@pytest.mark.parametrize("fault", [*FAULTS, *REFUSALS])
def test_after_any_fault_every_paper_is_there_once_and_in_order(office: Office, fault: str) -> None:
    office.list_papers(3)
    office.slack.faults["chat.postMessage"] += [fault] * 2
    office.deliver()
    assert office.shown == expected(3)


@pytest.mark.parametrize("seed", range(6))
def test_after_a_day_of_faults_everywhere_every_paper_is_there_once(office: Office, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - it picks faults, no secrets
    office.list_papers(8)
    for method in ("chat.postMessage", "conversations.history", "auth.test"):
        office.slack.faults[method] += [chance.choice(["", *FAULTS, "429"]) for _ in range(20)]
    office.deliver(hours=72)
    assert sorted(office.shown) == expected(8)  # one that gets no answer five times is passed by the next


def test_a_process_that_dies_while_posting_posts_nothing_twice(office: Office) -> None:
    office.list_papers(3)
    for _ in range(3):
        office.slack.faults["chat.postMessage"].append("drop after")
        asyncio.run(office.courier.deliver_next(HERE))
        office.time += LONGEST_PAUSE
        office.restart()
    office.deliver()
    assert office.shown == expected(3)


def test_an_hour_of_errors_costs_nothing(office: Office) -> None:
    office.list_papers(3)
    office.slack.outage = "503"
    office.deliver(hours=1)
    assert office.shown == []
    office.slack.outage = ""
    office.deliver()
    assert office.shown == expected(3)


def test_a_storm_of_rate_limits_costs_nothing(office: Office) -> None:
    office.list_papers(5)
    office.slack.faults["chat.postMessage"] += ["429"] * 30
    office.deliver(hours=24)
    assert office.shown == expected(5)


def test_a_server_that_is_away_costs_nothing(office: Office) -> None:
    office.list_papers(3)
    office.slack.stop()
    office.deliver(hours=1)
    office.slack.start()
    office.deliver()
    assert office.shown == expected(3)


def test_an_answer_that_never_comes_costs_nothing(office: Office) -> None:
    office.list_papers(2)
    office.slack.faults["chat.postMessage"].append("hang after")
    office.deliver()
    assert office.shown == expected(2)


def test_while_history_cannot_be_read_an_uncertain_message_waits_alone(office: Office) -> None:
    office.list_papers(2)
    office.slack.workspace.scopes.remove("channels:history")
    office.slack.faults["chat.postMessage"].append("drop after")
    office.deliver()
    assert office.shown == expected(2)
    assert office.stores.outbox.counts()["claimed"] == 1
    office.slack.workspace.scopes.add("channels:history")
    office.deliver()
    assert office.shown == expected(2)
    assert office.stores.outbox.counts()["delivered"] == 2


def test_a_channel_that_closes_waits_and_goes_on_by_itself(office: Office) -> None:
    office.slack.people.kick(OPEN)
    office.list_papers(2)
    office.deliver(hours=3)
    channel = office.stores.channels.get(HERE)
    assert channel
    assert channel.pause
    assert "/invite" in channel.pause.repair
    office.slack.people.invite(OPEN)
    office.time += PROBE_EVERY
    office.deliver()
    assert office.shown == expected(2)


def test_a_message_that_slack_refuses_for_good_only_costs_itself(office: Office) -> None:
    office.list_papers(3)
    office.slack.faults["chat.postMessage"] += ["no_text"]
    office.deliver()
    assert office.shown == expected(3)[1:]


def test_a_picture_that_slack_cannot_load_only_costs_the_picture(office: Office) -> None:
    office.slack.workspace.broken_pictures = True
    paper = a_paper(thumbnail_url="https://papers.example/thumbnail.png")
    office.stores.papers.save("sample", list_of(paper), at=office.time)
    Matcher(office.stores, Glossary(office.stores.papers), now=office.now).match_papers()
    office.deliver()
    assert paper.title in office.texts()


def test_commands_are_answered_while_posting_is_held_up(office: Office) -> None:
    office.list_papers(3)
    office.slack.faults["chat.postMessage"] += ["hang"]
    desk = Reception()

    async def run() -> None:
        async with serving(office.slack, desk):
            posting = asyncio.create_task(office.courier.deliver_next(HERE))
            await until(lambda: office.slack.calls("chat.postMessage"))
            office.slack.people.command("/papers", "help")
            await until(lambda: office.slack.workspace.whispers)
            assert not posting.done()
            await posting

    asyncio.run(run())
