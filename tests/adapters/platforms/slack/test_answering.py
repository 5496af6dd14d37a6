"""Who gets to see an answer, how soon, and which ways it takes when one fails."""

from __future__ import annotations

import asyncio
import json
import random
import time

import pytest

from bot.domain import Address
from bot.domain.commands import Command, Invocation
from bot.domain.messages import Reply
from tests.fakes.desk import Reception, announcing
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import acknowledged, meet, posts, serving, until, whispers
from tests.servers.slack.socket import IN_TIME
from tests.servers.slack.things import ADA, CLOSED, DIRECT, OPEN


def test_a_change_is_announced_in_the_channel(slack: SlackServer) -> None:
    meet(
        slack,
        Reception(announcing),
        lambda: slack.people.command("/subscribe", "robots"),
        lambda: lambda: whispers(slack) and posts(slack),
    )
    assert posts(slack) == ["ada did it"]
    assert whispers(slack) == ["Subscribed to robots"]


def test_in_a_direct_message_the_reply_is_enough(slack: SlackServer) -> None:
    meet(
        slack,
        Reception(announcing),
        lambda: slack.people.command("/subscribe", "robots", channel=DIRECT),
        lambda: lambda: whispers(slack, channel=DIRECT),
    )
    assert posts(slack, DIRECT) == []
    assert "cannot post" not in whispers(slack, channel=DIRECT)[0]


def test_a_channel_without_the_bot_is_told_what_to_do(slack: SlackServer) -> None:
    desk = Reception(announcing)
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscribe", "robots", channel=CLOSED),
        lambda: lambda: whispers(slack, channel=CLOSED),
    )
    assert "Subscribed to robots" in whispers(slack, channel=CLOSED)[0]
    assert "/invite @Paperwire" in whispers(slack, channel=CLOSED)[0]
    assert [channel for channel, _ in desk.closed] == [Address("slack", CLOSED)]


def test_direct_messages_between_people_are_told_that_they_get_nothing(slack: SlackServer) -> None:
    desk = Reception(announcing)
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscribe", "robots", channel="D0BETWEEN"),
        lambda: lambda: whispers(slack, channel="D0BETWEEN"),
    )
    assert "I can't post here yet" in whispers(slack, channel="D0BETWEEN")[0]
    assert desk.closed


def test_an_announcement_that_slack_will_not_take_yet_comes_later(slack: SlackServer) -> None:
    slack.faults["chat.postMessage"].append("429")
    slack.retry_after = "0"
    meet(
        slack,
        Reception(announcing),
        lambda: slack.people.command("/subscribe", "robots"),
        lambda: lambda: whispers(slack),
        lambda: lambda: posts(slack),
    )
    assert posts(slack) == ["ada did it"]


@pytest.mark.parametrize("fault", ["404", "500", "drop", "html"])
def test_an_answer_finds_another_way_when_its_address_fails(slack: SlackServer, fault: str) -> None:
    slack.faults["response_url"] += [fault, fault]
    meet(slack, Reception(), lambda: slack.people.command("/papers", "help"), lambda: lambda: whispers(slack))
    assert whispers(slack) == ["I heard help"]
    assert slack.calls("chat.postEphemeral")


def test_an_answer_whose_address_has_expired_in_a_channel_without_the_bot_comes_as_a_direct_message(
    slack: SlackServer,
) -> None:
    slack.expired = True
    meet(
        slack,
        Reception(),
        lambda: slack.people.command("/papers", "help", channel=CLOSED),
        lambda: lambda: posts(slack, DIRECT),
    )
    assert posts(slack, DIRECT) == ["I heard help"]


def test_an_answer_goes_without_a_broken_picture(slack: SlackServer) -> None:
    slack.faults["response_url"].append("invalid_blocks")
    meet(slack, Reception(), lambda: slack.people.command("/papers", "today"), lambda: lambda: whispers(slack))
    assert whispers(slack) == ["I heard today"]


class SlowDesk(Reception):
    """A desk whose database has a bad day, and is well again once ``repaired`` is set."""

    repaired: asyncio.Event

    async def answer(self, invocation: Invocation) -> Reply:
        """At long last."""
        await self.repaired.wait()
        return await Reception.answer(self, invocation)


def test_everything_is_acknowledged_at_once_whatever_the_desk_is_doing(slack: SlackServer) -> None:
    slack.workspace.homes[ADA] = {"type": "home", "blocks": []}
    value = json.dumps({"command": "papers", "text": "help"})
    desk = SlowDesk()

    async def run() -> list[float]:
        desk.repaired = asyncio.Event()
        async with serving(slack, desk):
            sent = [
                slack.people.command("/subscribe", "robots"),
                slack.people.mention("papers help"),
                slack.people.send_action(value),
                slack.people.shortcut("subscribe"),
                slack.people.look_at_home(),
                slack.people.invite(OPEN),
            ]
            waits = [await acknowledged(slack, envelope_id) for envelope_id in sent]
            assert not desk.heard
            desk.repaired.set()
            return waits

    assert max(asyncio.run(run())) < IN_TIME


def test_everything_is_acknowledged_at_once_while_slacks_own_calls_hang(slack: SlackServer) -> None:
    async def run() -> float:
        async with serving(slack, Reception(), timeout=1):
            slack.outage = "hang"
            return await acknowledged(slack, slack.people.command("/subscribe", "robots"))

    assert asyncio.run(run()) < 1


def test_an_answer_under_way_still_arrives_when_serving_ends(slack: SlackServer) -> None:
    def slowly(invocation: Invocation) -> Reply:
        time.sleep(0.2)  # the loop itself stands still, so that serving ends before the answer is sent
        return Reply(f"I heard {invocation.text}")

    async def run() -> None:
        desk = Reception(slowly)
        async with serving(slack, desk):
            slack.people.command("/papers", "help")
            await until(lambda: desk.heard)

    asyncio.run(run())
    assert whispers(slack) == ["I heard help"]


def test_an_unexpected_error_only_costs_that_answer(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    def sometimes(invocation: Invocation) -> Reply:
        if invocation.text == "secret":
            raise KeyError(invocation.text)
        return Reply(f"I heard {invocation.text}")

    meet(
        slack,
        Reception(sometimes),
        lambda: slack.people.command("/papers", "secret"),
        lambda: slack.people.command("/papers", "help"),
        lambda: lambda: whispers(slack),
    )
    assert whispers(slack) == ["I heard help"]
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


def test_answers_that_slack_takes_only_slowly_all_arrive_in_their_order(slack: SlackServer) -> None:
    slack.faults["chat.postMessage"] += ["", "429", "429", "503", "drop"]
    said = ["help", "status", "today"]
    meet(
        slack,
        Reception(),
        *[lambda words=words: slack.people.say(f"papers {words}", channel=DIRECT) for words in said],
        lambda: lambda: len(posts(slack, DIRECT)) == len(said),
    )
    assert posts(slack, DIRECT) == ["I heard help", "I heard status", "I heard today"]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_slack_does_each_answer_comes_once_and_in_its_order(slack: SlackServer, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    said = [str(number) for number in range(4)]
    faults = ["", "429", "ratelimited", "503", "502 after", "drop", "drop after", "html", "nothing after", "limited"]
    slack.faults["chat.postMessage"] += chance.choices(faults, k=12)
    slack.faults["conversations.history"] += chance.choices(["", "429", "503", "drop"], k=6)
    slack.retry_after = "0"
    meet(
        slack,
        Reception(),
        *[lambda words=words: slack.people.say(f"papers {words}", channel=DIRECT) for words in said],
        lambda: lambda: len(posts(slack, DIRECT)) >= len(said),
    )
    assert posts(slack, DIRECT) == [f"I heard {words}" for words in said]


def test_an_answer_that_arrived_although_slack_never_said_so_is_not_repeated(slack: SlackServer) -> None:
    slack.faults["chat.postMessage"] += ["drop after", "500 after"]
    meet(
        slack,
        Reception(),
        lambda: slack.people.say("papers help", channel=DIRECT),
        lambda: slack.people.say("papers today", channel=DIRECT),
        lambda: lambda: len(slack.calls("conversations.history")) == 2,
    )
    assert posts(slack, DIRECT) == ["I heard help", "I heard today"]


def test_an_announcement_that_may_have_arrived_is_made_once(slack: SlackServer) -> None:
    slack.faults["chat.postMessage"] += ["drop after"]
    meet(
        slack,
        Reception(announcing),
        lambda: slack.people.command("/subscribe", "robots"),
        lambda: lambda: slack.calls("conversations.history"),
    )
    assert posts(slack) == ["ada did it"]


@pytest.mark.parametrize("fault", ["429", "503", "drop"])
def test_an_answer_to_a_command_waits_until_slack_takes_it_again(slack: SlackServer, fault: str) -> None:
    for method in ("response_url", "chat.postEphemeral", "chat.postMessage"):
        slack.faults[method].append(fault)
    meet(slack, Reception(), lambda: slack.people.command("/papers", "help"), lambda: lambda: whispers(slack))
    assert whispers(slack) == ["I heard help"]


def test_what_a_person_asks_is_done_in_the_order_in_which_they_ask(slack: SlackServer) -> None:
    heard: list[str] = []

    def slowest_first(invocation: Invocation) -> Reply:
        heard.append(invocation.text)
        return Reply(f"I heard {invocation.text}")

    class Uneven(Reception):
        """A desk that takes longer for the first command than for the second."""

        async def answer(self, invocation: Invocation) -> Reply:
            if invocation.text == "help":
                await asyncio.sleep(0.2)
            return await Reception.answer(self, invocation)

    meet(
        slack,
        Uneven(slowest_first),
        lambda: slack.people.command("/papers", "help"),
        lambda: slack.people.command("/papers", "today"),
        lambda: lambda: len(whispers(slack)) == 2,
    )
    assert heard == ["help", "today"]
    assert whispers(slack) == ["I heard help", "I heard today"]


def test_a_person_s_time_zone_comes_with_their_command(slack: SlackServer) -> None:
    slack.workspace.people[ADA]["tz"] = "Europe/Berlin"
    desk = Reception()
    meet(slack, desk, lambda: slack.people.command("/papers", "digest daily 9:00"), lambda: lambda: whispers(slack))
    assert desk.heard[0].time_zone == "Europe/Berlin"


def for_oneself(desk: Reception) -> Reception:
    """The desk with a command that is about a person's own direct messages."""
    desk.commands = [*desk.commands, Command("papers follow", None, "the same for oneself", is_direct=True)]
    return desk


def test_a_command_about_direct_messages_comes_with_their_address(slack: SlackServer) -> None:
    desk = for_oneself(Reception())
    meet(slack, desk, lambda: slack.people.command("/papers", "follow 1"), lambda: lambda: whispers(slack))
    assert (desk.heard[0].channel, desk.heard[0].direct) == (Address("slack", OPEN), Address("slack", DIRECT))


def test_direct_messages_of_two_people_are_nobodys_own(slack: SlackServer) -> None:
    desk = for_oneself(Reception())

    def follow() -> str:
        return slack.people.command("/papers", "follow 1", channel="D0BENADA")

    meet(slack, desk, follow, lambda: lambda: desk.heard)
    assert (desk.heard[0].channel, desk.heard[0].direct) == (Address("slack", "D0BENADA"), Address("slack", DIRECT))


def test_without_leave_to_write_direct_messages_there_is_no_such_address(slack: SlackServer) -> None:
    slack.workspace.scopes.remove("im:write")
    desk = for_oneself(Reception())
    meet(slack, desk, lambda: slack.people.command("/papers", "follow 1"), lambda: lambda: whispers(slack))
    assert desk.heard[0].direct is None


def test_other_commands_open_no_direct_messages(slack: SlackServer) -> None:
    meet(slack, Reception(), lambda: slack.people.command("/papers", "today"), lambda: lambda: whispers(slack))
    assert slack.calls("conversations.open") == []
