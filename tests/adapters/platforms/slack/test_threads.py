"""A thread as a place of its own: who subscribes in it means it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.delivery.courier import Courier
from bot.domain import Address, Channel, message_key
from bot.domain.messages import Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of, reasons_of, subscribe
from tests.fakes.desk import Reception, announcing
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet, opened
from tests.servers.slack.things import DIRECT, OPEN

THREAD = "1712345678.123456"
HERE = Address("slack", f"{OPEN}/{THREAD}")


def in_thread(slack: SlackServer) -> list[str]:
    """What everybody sees in the thread."""
    messages = slack.workspace.conversations[OPEN].messages
    return [words(message["blocks"]) for message in messages if message.get("thread_ts") == THREAD]


def test_a_command_in_a_thread_is_about_the_thread_and_answered_there(slack: SlackServer) -> None:
    desk = Reception(announcing)
    meet(
        slack,
        desk,
        lambda: slack.people.mention("subscribe robots", thread=THREAD),
        lambda: lambda: slack.workspace.whispers,
    )
    assert desk.heard[0].channel == HERE
    assert in_thread(slack) == ["Ada Example did it"]
    assert slack.workspace.whispers[0].thread == THREAD


def test_in_a_direct_message_the_whole_conversation_is_meant(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack,
        desk,
        lambda: slack.people.say("papers help", channel=DIRECT, thread_ts=THREAD),
        lambda: lambda: slack.workspace.conversations[DIRECT].messages,
    )
    assert desk.heard[0].channel == Address("slack", DIRECT)
    assert slack.workspace.conversations[DIRECT].messages[0]["thread_ts"] == THREAD


def test_a_button_in_a_thread_is_about_the_thread_but_one_above_it_is_not(slack: SlackServer) -> None:
    desk = Reception()

    def pressing(message: dict[str, str]) -> str:
        value = '{"command": "papers", "text": "help"}'
        return slack.send(
            "interactive",
            {
                "type": "block_actions",
                "user": {"id": "U0ADA"},
                "channel": {"id": OPEN},
                "container": {"type": "message", "message_ts": message["ts"], "channel_id": OPEN},
                "message": message,
                "actions": [
                    {"type": "button", "action_id": "command:0", "block_id": "b", "action_ts": "1.0", "value": value}
                ],
            },
        )

    meet(
        slack,
        desk,
        lambda: pressing({"ts": "1712345679.000001", "thread_ts": THREAD}),
        lambda: pressing({"ts": THREAD, "thread_ts": THREAD}),
        lambda: lambda: len(desk.heard) == 2,
    )
    assert [invocation.channel for invocation in desk.heard] == [HERE, Address("slack", OPEN)]


def test_what_is_posted_to_a_thread_is_found_in_it_again(slack: SlackServer) -> None:
    key = message_key(HERE, ["2608.01234"])
    since = datetime.now(UTC) - timedelta(minutes=5)

    async def run() -> None:
        platform = opened(slack)
        posted = await platform.post(HERE, Reply("Hello"), key=key)
        assert posted.link.endswith(f"?thread_ts={THREAD}&cid={OPEN}")
        assert await platform.find(HERE, key, since=since) == posted
        assert await platform.find(Address("slack", OPEN), key, since=since) is None
        await platform.update(HERE, posted, Reply("Good-bye"), key=key)
        assert await platform.find(HERE, key, since=since) == posted
        finding = (await platform.check([HERE]))[-1]
        assert (finding.subject, finding.state) == (str(HERE), "ok")
        await platform.aclose()

    asyncio.run(run())
    assert in_thread(slack) == ["Good-bye"]


def test_an_address_of_a_thread_is_read_as_it_is_written() -> None:
    assert Address.parse(str(HERE)) == HERE


def test_the_home_tab_shows_threads_beside_their_channels(slack: SlackServer) -> None:
    desk = Reception(known=[Channel(HERE)])

    meet(slack, desk, slack.people.look_at_home, lambda: lambda: slack.workspace.homes)
    assert "#robots, a thread" in words(slack.workspace.homes["U0ADA"]["blocks"])
    assert desk.heard[0].channel == HERE


def test_papers_come_to_the_thread_once_though_an_answer_is_lost(slack: SlackServer, stores: Stores) -> None:
    clock = [NOW]

    def now() -> datetime:
        return clock[0]

    slack.workspace.clock = lambda: now().timestamp()
    subscribe(stores, HERE, "robots")
    stores.papers.save("sample", list_of(a_paper(title="Robots Dance")), at=NOW)
    glossary = Glossary(stores.papers)
    Matcher(stores, glossary, now=lambda: NOW).match_papers()
    slack.faults["chat.postMessage"].append("drop after")

    async def deliver() -> None:
        courier = Courier(
            stores,
            reasons_of(stores, glossary),
            {"slack": opened(slack)},
            max_attempts=3,
            flood_limit=20,
            now=now,
            chance=lambda: 0.0,
        )
        for _ in range(2):
            await courier.deliver_next(HERE)
            clock[0] += timedelta(minutes=1)

    asyncio.run(deliver())
    [shown] = in_thread(slack)
    assert "Robots Dance" in shown
    assert stores.outbox.counts()["delivered"] == 1
