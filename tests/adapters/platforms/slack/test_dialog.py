"""The form to subscribe, and the app's home."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from bot.domain import Address, Channel
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import serving, taken, until
from tests.servers.slack.socket import IN_TIME
from tests.servers.slack.things import ADA, BEN, CLOSED, OPEN

HERE = Address("slack", OPEN)


def answer(invocation: Invocation) -> Reply:
    """As the desk would: queries with “wrong” in them are."""
    match invocation.command, "wrong" in invocation.text:
        case _, True:
            return Reply("This is wrong.", code=f"{invocation.text}\n^", advice="Try robots.", ok=False)
        case "subscriptions", _:
            return Reply("One subscription:", entries=(Entry("1. robots", Button("Remove", "unsubscribe", "1")),))
        case "papers", _:
            return Reply(f"Understood {invocation.text}")
        case _:
            return Reply(f"Done {invocation.text}", announcement=f"{invocation.person} did it")


def meet(slack: SlackServer, desk: Reception, *steps: Callable[[], object]) -> None:
    """Serve; take each step in turn, and wait until it was acknowledged, or until what it returns holds."""

    async def run() -> None:
        async with serving(slack, desk):
            await taken(slack, *steps)

    asyncio.run(run())


def shown(slack: SlackServer) -> str:
    """What stands in the form that was opened last."""
    return words(slack.people.modal["blocks"]) if slack.workspace.views else ""


def opened(slack: SlackServer) -> Callable[[], object]:
    """A step: open the form with the shortcut."""

    def step() -> Callable[[], object]:
        slack.people.shortcut("subscribe")
        return lambda: slack.workspace.views

    return step


def errors(slack: SlackServer, envelope_id: str) -> str:
    """What the form says is wrong."""
    payload = slack.socket.acks[envelope_id].payload
    assert not payload or payload["response_action"] == "errors"
    return str(payload.get("errors", {}).get("query", ""))


def submitting(slack: SlackServer, desk: Reception, query: str, **given: str) -> str:
    """Submit the form, and give the envelope's id."""
    sent: list[str] = []

    def step() -> str:
        sent.append(slack.people.submit(query, **given))
        return sent[0]

    meet(slack, desk, opened(slack), step)
    return sent[0]


def whispers(slack: SlackServer, channel: str = OPEN) -> list[str]:
    """What people alone see in the channel."""
    return [words(whisper.message["blocks"]) for whisper in slack.workspace.whispers if whisper.channel == channel]


def posts(slack: SlackServer) -> list[str]:
    """What everybody sees."""
    return [words(message["blocks"]) for message in slack.workspace.conversations[OPEN].messages]


def test_the_shortcut_opens_the_form(slack: SlackServer) -> None:
    meet(slack, Reception(answer), opened(slack))
    assert slack.people.modal["callback_id"] == "subscribe"


def test_a_button_opens_the_form(slack: SlackServer) -> None:
    meet(
        slack,
        Reception(answer),
        lambda: slack.people.send_action("", action_id="open_subscribe"),
        lambda: lambda: slack.workspace.views,
    )
    assert slack.people.modal["private_metadata"] == OPEN


def test_a_query_is_explained_while_it_is_typed(slack: SlackServer) -> None:
    desk = Reception(answer)
    meet(
        slack,
        desk,
        opened(slack),
        lambda: slack.people.type("robots"),
        lambda: lambda: "Understood try robots" in shown(slack),
    )
    assert {(invocation.command, invocation.text) for invocation in desk.heard} == {("papers", "try robots")}


def test_a_wrong_query_shows_its_place_while_it_is_typed(slack: SlackServer) -> None:
    meet(
        slack,
        Reception(answer),
        opened(slack),
        lambda: slack.people.type("wrong"),
        lambda: lambda: "This is wrong." in shown(slack),
    )
    assert "^" in shown(slack)


def test_an_emptied_query_is_not_scolded(slack: SlackServer) -> None:
    desk = Reception(answer)
    meet(
        slack,
        desk,
        opened(slack),
        lambda: slack.people.type("wrong"),
        lambda: lambda: "This is wrong." in shown(slack),
        lambda: slack.people.type(""),
        lambda: lambda: "This is wrong." not in shown(slack),
    )
    assert len(desk.heard) == 1


class Hesitant(Reception):
    """A desk that takes its time for short queries."""

    async def answer(self, invocation: Invocation) -> Reply:
        """Answer; "r" only when "robots" was answered."""
        if invocation.text == "try r":
            await until(lambda: self.heard)
            await asyncio.sleep(0.05)
        return await Reception.answer(self, invocation)


def test_an_explanation_that_comes_late_does_not_replace_a_newer_one(slack: SlackServer) -> None:
    desk = Hesitant(answer)
    meet(
        slack,
        desk,
        opened(slack),
        lambda: slack.people.type("r"),
        lambda: slack.people.type("robots"),
        lambda: lambda: len(desk.heard) == 2,
    )
    assert [call["view"]["blocks"] for call in slack.calls("views.update")] == [slack.people.modal["blocks"]]
    assert "Understood try robots" in shown(slack)


def test_a_submitted_form_subscribes_the_chosen_channel(slack: SlackServer) -> None:
    desk = Reception(answer)
    assert errors(slack, submitting(slack, desk, "robots")) == ""
    assert [(invocation.channel, invocation.command, invocation.text) for invocation in desk.heard] == [
        (HERE, "subscribe", "robots")
    ]
    assert posts(slack) == ["ada did it"]
    assert whispers(slack) == ["Done robots"]


def test_a_schedule_is_set_after_subscribing(slack: SlackServer) -> None:
    desk = Reception(answer)
    submitting(slack, desk, "robots", schedule="daily 09:00")
    assert [f"{invocation.command} {invocation.text}" for invocation in desk.heard] == [
        "subscribe robots",
        "papers digest daily 09:00",
    ]


def test_a_form_with_a_wrong_query_stays_open_and_says_why(slack: SlackServer) -> None:
    desk = Reception(answer)
    told = errors(slack, submitting(slack, desk, "wrong", schedule="daily 09:00"))
    assert told == "This is wrong.\nwrong\n^\nTry robots."
    assert whispers(slack) == posts(slack) == []


@pytest.mark.parametrize(
    ("query", "channel"), [("", OPEN), ("robots", ""), ("robots", "<!channel>"), ("x" * 600, OPEN)]
)
def test_a_form_that_is_not_filled_in_stays_open(slack: SlackServer, query: str, channel: str) -> None:
    desk = Reception(answer)
    assert errors(slack, submitting(slack, desk, query, channel=channel))
    assert desk.heard == []


def test_a_channel_without_the_bot_can_be_chosen_and_its_person_is_told_what_to_do(slack: SlackServer) -> None:
    desk = Reception(answer)
    submitting(slack, desk, "robots", channel=CLOSED)
    told = slack.people.seen("D0ADA")
    assert "Done robots" in told
    assert "/invite @Paperwire" in told


class Slow(Reception):
    """A desk that answers after the form has to be closed."""

    async def answer(self, invocation: Invocation) -> Reply:
        """Answer after a while."""
        await asyncio.sleep(2.1)
        return await Reception.answer(self, invocation)


def test_a_slow_desk_closes_the_form_in_time_and_answers_in_the_channel(slack: SlackServer) -> None:
    desk = Slow(answer)
    sent = submitting(slack, desk, "wrong")
    assert errors(slack, sent) == ""
    assert slack.socket.acks[sent].seconds < IN_TIME
    assert "This is wrong." in whispers(slack)[0]


def known(*channels: str) -> list[Channel]:
    """Channels that somebody subscribed in."""
    return [Channel(Address("slack", channel)) for channel in channels]


def home(slack: SlackServer, person: str = ADA) -> str:
    """What the person reads in the app's home."""
    return words(slack.workspace.homes.get(person, {}).get("blocks"))


def test_the_home_lists_the_persons_channels_with_their_subscriptions(slack: SlackServer) -> None:
    slack.workspace.add("G0SECRET", kind="private", name="secret")
    slack.workspace.conversations["G0SECRET"].members.remove(BEN)
    desk = Reception(answer, known=known(OPEN, "G0SECRET"))
    for person in (ADA, BEN):
        meet(
            slack,
            desk,
            lambda person=person: slack.people.look_at_home(person=person),  # type: ignore[misc]
            lambda person=person: lambda: home(slack, person),  # type: ignore[misc]
        )
    assert "robots" in home(slack)
    assert "1. robots" in home(slack)
    assert "secret" in home(slack)
    assert "secret" not in home(slack, BEN)


def at_home(slack: SlackServer, desk: Reception, *steps: Callable[[], object]) -> None:
    """Look at the Home tab until it is drawn, then take the steps."""
    meet(slack, desk, slack.people.look_at_home, lambda: lambda: home(slack), *steps)


def test_a_home_without_channels_says_how_to_begin(slack: SlackServer) -> None:
    meet(slack, Reception(answer), slack.people.look_at_home, lambda: lambda: home(slack))
    assert "/subscribe" in home(slack)


def test_a_subscription_is_removed_from_the_home(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))
    at_home(
        slack,
        desk,
        lambda: slack.people.press_at_home("Remove"),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )
    removals = [
        (invocation.channel, invocation.text) for invocation in desk.heard if invocation.command == "unsubscribe"
    ]
    assert removals == [(HERE, "1")]
    assert posts(slack) == ["ada did it"]


def test_nothing_is_removed_from_a_channel_that_the_person_has_left(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))

    def leave() -> None:
        slack.workspace.conversations[OPEN].members.remove(ADA)

    at_home(
        slack,
        desk,
        leave,
        lambda: slack.people.press_at_home("Remove"),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )
    assert "unsubscribe" not in {invocation.command for invocation in desk.heard}
    assert "Remove" not in json.dumps(slack.workspace.homes[ADA])


def test_a_new_subscription_shows_in_the_home_of_who_made_it(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))
    at_home(
        slack,
        desk,
        opened(slack),
        lambda: slack.people.submit("robots"),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )


@pytest.mark.parametrize("method", ["users.conversations", "views.publish"])
def test_a_home_that_cannot_be_shown_is_logged(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    slack.faults[method] += ["500", "500"]
    desk = Reception(answer, known=known(OPEN))
    meet(slack, desk, slack.people.look_at_home, lambda: lambda: "Could not show the Home tab" in caplog.text)
