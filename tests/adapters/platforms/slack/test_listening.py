"""What people type and press in Slack, and who gets to see the answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable

import pytest

from bot.commands.table import COMMANDS
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import acknowledged, serving, taken, until
from tests.servers.slack.socket import IN_TIME
from tests.servers.slack.things import ADA, BEN, CLOSED, DIRECT, OPEN


def meet(slack: SlackServer, desk: Reception, *steps: Callable[[], object]) -> None:
    """Serve; take each step in turn, and wait until it was answered: until what it returns holds, if it is callable."""

    async def run() -> None:
        async with serving(slack, desk):
            await taken(slack, *steps)

    asyncio.run(run())


def whispers(slack: SlackServer, person: str = ADA, channel: str = OPEN) -> list[str]:
    """What that person alone sees in the channel."""
    return [
        words(whisper.message["blocks"])
        for whisper in slack.workspace.whispers
        if (whisper.person, whisper.channel) == (person, channel)
    ]


def posts(slack: SlackServer, channel: str = OPEN) -> list[str]:
    """What everybody sees there."""
    return [words(message["blocks"]) for message in slack.workspace.conversations[channel].messages]


def announcing(invocation: Invocation) -> Reply:
    """Answer, and announce."""
    return Reply(f"Subscribed to {invocation.text}", announcement=f"{invocation.person} did it")


@pytest.mark.parametrize("slash", sorted({command.slash for command in COMMANDS}))
def test_every_command_is_answered_only_to_the_person(slack: SlackServer, slash: str) -> None:
    desk = Reception()
    meet(slack, desk, lambda: slack.people.command(f"/{slash}", "robots"), lambda: lambda: whispers(slack))
    assert whispers(slack) == ["I heard robots"]
    assert whispers(slack, BEN) == posts(slack) == []
    assert desk.heard == [Invocation(Address("slack", OPEN), "ada", slash, "robots", person_id=ADA)]


def test_what_slack_and_devices_do_to_a_query_is_undone(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack, desk, lambda: slack.people.command("/subscribe", "“world model” upvotes>=20"), lambda: lambda: desk.heard
    )
    assert desk.heard[0].text == '"world model" upvotes>=20'


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


@pytest.mark.parametrize("fault", ["404", "500", "drop"])
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


def test_a_mention_is_answered_like_the_command(slack: SlackServer) -> None:
    desk = Reception(announcing)
    meet(slack, desk, lambda: slack.people.mention("subscribe robots"), lambda: lambda: whispers(slack))
    assert desk.heard == [Invocation(Address("slack", OPEN), "Ada Example", "subscribe", "robots", person_id=ADA)]
    assert posts(slack) == ["Ada Example did it"]


def test_a_mention_alone_asks_for_help(slack: SlackServer) -> None:
    desk = Reception()
    meet(slack, desk, lambda: slack.people.mention(""), lambda: lambda: whispers(slack))
    assert (desk.heard[0].command, desk.heard[0].text) == ("papers", "help")


def test_a_mention_in_a_thread_is_answered_there(slack: SlackServer) -> None:
    meet(slack, Reception(), lambda: slack.people.mention("papers help", thread="1.0"), lambda: lambda: whispers(slack))
    assert [whisper.thread for whisper in slack.workspace.whispers] == ["1.0"]


def test_somebody_without_a_name_is_called_by_their_handle_and_asked_for_once(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack,
        desk,
        *[
            lambda: slack.people.mention("papers help", person=BEN),
            lambda: lambda: whispers(slack, BEN),
            lambda: slack.people.mention("papers help", person=BEN),
            lambda: lambda: len(whispers(slack, BEN)) == 2,
        ],
    )
    assert {invocation.person for invocation in desk.heard} == {"ben"}
    assert len(slack.calls("users.info")) == 1


def test_people_are_answered_even_when_slack_does_not_say_who_they_are(slack: SlackServer) -> None:
    desk = Reception()
    slack.faults["users.info"] += ["500"] * 2
    meet(slack, desk, lambda: slack.people.mention("papers help"), lambda: lambda: whispers(slack))
    assert desk.heard[0].person == ADA


def test_in_a_direct_message_everything_is_said_to_the_bot(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack, desk, lambda: slack.people.say("subscribe robots", channel=DIRECT), lambda: lambda: posts(slack, DIRECT)
    )
    assert [(invocation.command, invocation.text) for invocation in desk.heard] == [("subscribe", "robots")]
    assert posts(slack, DIRECT) == ["I heard robots"]


@pytest.mark.parametrize("more", [{"bot_id": "B1"}, {"subtype": "message_changed"}, {"channel_type": "channel"}])
def test_other_messages_are_none_of_ours(slack: SlackServer, more: dict[str, str]) -> None:
    desk = Reception()
    event = {"type": "message", "channel_type": "im", "user": ADA, "text": "papers help", "channel": DIRECT} | more
    meet(slack, desk, lambda: slack.people.event(**event), lambda: slack.people.command("/papers"), lambda: desk.heard)
    assert all(not invocation.text for invocation in desk.heard)


def test_a_pressed_button_gives_its_command_after_a_restart_too(slack: SlackServer) -> None:
    def with_button(invocation: Invocation) -> Reply:
        return Reply(f"I heard {invocation.text}", buttons=(Button("Undo", "unsubscribe", "7"),))

    meet(
        slack, Reception(with_button), lambda: slack.people.command("/subscribe", "x"), lambda: lambda: whispers(slack)
    )
    desk = Reception()
    meet(slack, desk, lambda: slack.people.press("Undo"), lambda: lambda: len(whispers(slack)) == 2)
    assert desk.heard == [Invocation(Address("slack", OPEN), "ada", "unsubscribe", "7", person_id=ADA)]


def test_what_a_button_on_a_card_shows_is_only_for_that_person(slack: SlackServer) -> None:
    greeting = Reply("hello", entries=(Entry("try", Button("Try it", "papers", "try robots")),))
    desk = Reception(greeting=greeting)
    meet(
        slack,
        desk,
        lambda: slack.people.invite(OPEN),
        lambda: lambda: posts(slack),
        lambda: slack.people.press("Try it", person=BEN),
        lambda: lambda: whispers(slack, BEN),
    )
    assert whispers(slack, BEN) == ["I heard try robots"]
    assert len(posts(slack)) == 1
    assert "Try it" in json.dumps(slack.workspace.conversations[OPEN].messages[0])


@pytest.mark.parametrize("value", ["", "x", "[]", "{}", '{"command": 1}', "[" * 1000, '{"command": "papers"}' * 2])
def test_a_forged_button_does_nothing_and_is_acknowledged(slack: SlackServer, value: str) -> None:
    desk = Reception()
    meet(slack, desk, lambda: slack.people.send_action(value))
    assert desk.heard == []


@pytest.mark.parametrize("action_id", ["link:1", "something else"])
def test_a_link_is_acknowledged(slack: SlackServer, action_id: str) -> None:
    meet(slack, Reception(), lambda: slack.people.send_action("", action_id=action_id))


@pytest.mark.parametrize(
    ("person", "channel", "admins"),
    [(ADA, OPEN, 1), (BEN, OPEN, 0), (BEN, "C0BENS", 1), (BEN, "D0BEN", 1)],
)
def test_admins_are_those_of_the_workspace_and_who_made_the_channel(
    slack: SlackServer, person: str, channel: str, admins: int
) -> None:
    slack.workspace.add("C0BENS", creator=BEN)
    desk = Reception(admins_only=True)
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscribe", "robots", channel=channel, person=person),
        lambda: lambda: desk.heard,
    )
    assert sum(invocation.is_admin for invocation in desk.heard) == admins


def test_nobody_is_asked_about_where_everyone_may_or_nothing_changes(slack: SlackServer) -> None:
    for desk, command in [(Reception(), "/subscribe"), (Reception(admins_only=True), "/papers")]:
        meet(slack, desk, lambda c=command: slack.people.command(c, "today"), lambda d=desk: lambda: d.heard)  # type: ignore[misc]
    assert slack.calls("users.info") == []


def test_a_person_who_cannot_be_looked_up_is_not_an_admin(slack: SlackServer) -> None:
    slack.faults["users.info"] += ["500"] * 2
    desk = Reception(admins_only=True)
    meet(slack, desk, lambda: slack.people.command("/subscribe", "robots"), lambda: lambda: desk.heard)
    assert not desk.heard[0].is_admin


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


def test_nothing_that_people_say_is_logged(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    slack.faults["response_url"] += ["500", "404", "drop"]
    slack.faults["chat.postEphemeral"] += ["500"] * 3
    slack.faults["chat.postMessage"] += ["500", "html", "drop"]
    meet(
        slack,
        Reception(),
        *[lambda: slack.people.command("/papers", "confidential"), lambda: slack.people.mention("confidential")] * 2,
        lambda: slack.people.send_action('{"command": "papers", "text": "confidential"}'),
        lambda: lambda: "confidential" in slack.people.seen(),
    )
    assert "Could not a" in caplog.text
    assert "confidential" not in caplog.text
    assert slack.workspace.bot_token not in caplog.text
    assert slack.workspace.app_token not in caplog.text


def test_a_loopback_slack_needs_no_proxy(slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    meet(slack, Reception(), lambda: slack.people.command("/papers", "help"), lambda: lambda: whispers(slack))


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
