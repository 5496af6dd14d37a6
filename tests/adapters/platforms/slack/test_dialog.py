"""The form to subscribe."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Draft, Entry, Reply
from tests.adapters.platforms.slack.subscribe_form import HERE, answer, opened
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet, posts, until, whispers
from tests.servers.slack.socket import IN_TIME
from tests.servers.slack.things import ADA, BEN, BOT, CLOSED, DIRECT, OPEN, walk


def shown(slack: SlackServer) -> str:
    """What stands in the form that was opened last."""
    return words(slack.people.modal["blocks"]) if slack.workspace.views else ""


def errors(slack: SlackServer, envelope_id: str) -> str:
    """What the form says is wrong."""
    return wrong(slack, envelope_id).get("query", "")


def wrong(slack: SlackServer, envelope_id: str) -> dict[str, str]:
    """What the form says is wrong, by its inputs."""
    payload = slack.socket.acks[envelope_id].payload
    assert not payload or payload["response_action"] == "errors"
    errors: dict[str, str] = payload.get("errors", {})
    return errors


def about(slack: SlackServer) -> object:
    """Where the form that was opened last says it was opened."""
    return json.loads(slack.people.modal["private_metadata"])["in"]


def submitting(slack: SlackServer, desk: Reception, query: str, **given: Any) -> str:  # noqa: ANN401 - any argument of `submit`
    """Submit the form, and give the envelope's id."""
    sent: list[str] = []

    def step() -> str:
        sent.append(slack.people.submit(query, **given))
        return sent[0]

    meet(slack, desk, opened(slack), step)
    return sent[0]


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
    assert about(slack) == OPEN


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


def test_a_schedule_is_set_before_subscribing_so_that_it_holds_for_what_comes_at_once(slack: SlackServer) -> None:
    desk = Reception(answer)
    submitting(slack, desk, "robots", schedule="daily", at="18:30")
    assert [f"{invocation.command} {invocation.text}" for invocation in desk.heard] == [
        "papers try robots",
        "papers digest daily 18:30 UTC",
        "subscribe robots",
    ]
    assert whispers(slack) == ["Done robots", "Understood digest daily 18:30 UTC"]


def test_a_wrong_query_changes_no_schedule(slack: SlackServer) -> None:
    desk = Reception(answer)
    submitting(slack, desk, "wrong", schedule="daily")
    assert [invocation.text for invocation in desk.heard] == ["try wrong"]


def test_a_schedule_that_is_refused_stands_at_the_schedule(slack: SlackServer) -> None:
    def refusing(invocation: Invocation) -> Reply:
        is_digest = invocation.text.startswith("digest")
        return Reply("Not now.", ok=False) if is_digest else answer(invocation)

    desk = Reception(refusing)
    sent = submitting(slack, desk, "robots", schedule="daily")
    assert wrong(slack, sent) == {"schedule": "Not now."}
    assert "subscribe" not in {invocation.command for invocation in desk.heard}


def test_a_time_that_is_missing_stands_at_the_time(slack: SlackServer) -> None:
    desk = Reception(answer)
    assert wrong(slack, submitting(slack, desk, "robots", schedule="daily", at=None)) == {"time": "Choose a time."}
    assert desk.heard == []


def test_a_form_with_a_wrong_query_stays_open_and_says_why(slack: SlackServer) -> None:
    desk = Reception(answer)
    told = errors(slack, submitting(slack, desk, "wrong", schedule="instant"))
    assert told == "This is wrong.\nwrong\n^\nTry robots."
    assert whispers(slack) == posts(slack) == []


@pytest.mark.parametrize(
    ("query", "channel"), [("", OPEN), ("robots", ""), ("robots", "<!channel>"), ("x" * 600, OPEN)]
)
def test_a_form_that_is_not_filled_in_stays_open(slack: SlackServer, query: str, channel: str) -> None:
    desk = Reception(answer)
    assert wrong(slack, submitting(slack, desk, query, channel=channel))
    assert desk.heard == []


def test_a_channel_without_the_bot_can_be_chosen_and_its_person_is_told_what_to_do(slack: SlackServer) -> None:
    desk = Reception(answer)
    submitting(slack, desk, "robots", channel=CLOSED)
    told = slack.people.seen("D0ADA")
    assert "In #elsewhere: Done robots" in told
    assert "I can't post in #elsewhere yet" in told
    assert "type /invite @Paperwire in #elsewhere" in told


def with_undo(invocation: Invocation) -> Reply:
    """As the desk would, with a button and a list."""
    undo = Button("Undo", "unsubscribe", "1")
    return Reply(
        "Done", entries=(Entry("1. robots", (undo,)),), buttons=(undo,), announcement=f"{invocation.person} did it"
    )


def test_an_answer_that_comes_elsewhere_has_no_buttons_for_the_wrong_place(slack: SlackServer) -> None:
    submitting(slack, Reception(with_undo), "robots", channel=CLOSED)
    assert "1. robots" in slack.people.seen("D0ADA")
    assert '"button"' not in json.dumps(slack.people.shown("D0ADA"))


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


def test_a_private_channel_that_the_bot_does_not_know_is_refused_with_the_repair(slack: SlackServer) -> None:
    slack.workspace.add("G0SECRET", kind="private")
    slack.workspace.conversations["G0SECRET"].members.remove(BOT)
    desk = Reception(answer)
    told = wrong(slack, submitting(slack, desk, "robots", channel="G0SECRET"))
    assert "type /invite @Paperwire there" in told["channel"]
    assert desk.heard == []


def zones(slack: SlackServer) -> list[str]:
    """The time zones that the form offers."""
    [element] = [part for part in walk(slack.people.modal) if part.get("action_id") == "zone"]
    return [option["value"] for option in element["options"]]


def test_the_person_s_own_zone_stands_first(slack: SlackServer) -> None:
    slack.workspace.people[ADA] |= {"tz": "Asia/Kolkata", "locale": "en-IN"}
    desk = Reception(answer, first=Draft(zone="Europe/Berlin", zones=("Europe/London",)))
    submitting(slack, desk, "robots", schedule="weekly mon", zone="Asia/Kolkata")
    assert zones(slack) == ["Asia/Kolkata", "Europe/Berlin", "Europe/London"]
    assert [invocation.text for invocation in desk.heard][1] == "digest weekly mon 09:00 Asia/Kolkata"
    assert [(asked.time_zone, asked.locale) for asked in desk.drafted] == [("Asia/Kolkata", "en-IN")]


@pytest.mark.parametrize("zone", [None, "", "Atlantis/Capital", "../etc/passwd", 7])
def test_a_zone_that_nobody_knows_is_not_offered(slack: SlackServer, zone: object) -> None:
    slack.workspace.people[ADA]["tz"] = zone
    meet(slack, Reception(answer), opened(slack))
    assert zones(slack) == ["UTC"]


def test_the_form_opens_although_slack_does_not_say_who_asks(slack: SlackServer) -> None:
    slack.faults["users.info"] += ["500"] * 3
    meet(slack, Reception(answer), opened(slack))
    assert zones(slack) == ["UTC"]


EDITED = Draft(2, "robots", "daily", "09:00", "UTC")


def with_edit(invocation: Invocation) -> Reply:
    """As the desk would: a list whose entries can be edited."""
    if invocation.command == "subscriptions":
        return Reply("One:", entries=(Entry("2. robots", (Button("Edit", "papers", "edit 2"),)),))
    return answer(invocation)


def editing(slack: SlackServer, desk: Reception, *steps: Callable[[], object]) -> None:
    """Press *Edit* in the channel's list, and go on."""
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscriptions"),
        lambda: lambda: whispers(slack),
        lambda: slack.people.press("Edit"),
        *steps,
    )


def test_edit_opens_the_form_filled_in(slack: SlackServer) -> None:
    desk = Reception(with_edit, first=EDITED)
    editing(slack, desk, lambda: lambda: slack.workspace.views)
    assert slack.people.modal["submit"]["text"] == "Save"
    assert "Post them in" not in shown(slack)
    assert [(asked.channel, asked.text) for asked in desk.drafted] == [(HERE, "2")]


def test_an_edited_query_is_changed_and_a_kept_schedule_is_left_alone(slack: SlackServer) -> None:
    desk = Reception(with_edit, first=EDITED)
    editing(
        slack,
        desk,
        lambda: lambda: slack.workspace.views,
        lambda: slack.people.submit("rlhf", channel=None, schedule="daily"),
        lambda: lambda: len(desk.heard) == 2,
    )
    assert (desk.heard[1].command, desk.heard[1].text) == ("papers", "change 2 rlhf")


def test_an_edited_schedule_is_changed_and_a_kept_query_is_left_alone(slack: SlackServer) -> None:
    desk = Reception(with_edit, first=EDITED)
    editing(
        slack,
        desk,
        lambda: lambda: slack.workspace.views,
        lambda: slack.people.submit("robots", channel=None, schedule="weekdays"),
        lambda: lambda: len(desk.heard) == 2,
    )
    assert (desk.heard[1].command, desk.heard[1].text) == ("papers", "digest weekdays 09:00 UTC")


def test_an_edit_of_a_subscription_that_is_gone_is_answered_in_words(slack: SlackServer) -> None:
    desk = Reception(with_edit, first=Draft())
    editing(slack, desk, lambda: lambda: len(desk.heard) == 2)
    assert desk.heard[1].text == "edit 2"
    assert slack.workspace.views == {}


def test_an_empty_command_opens_the_form(slack: SlackServer) -> None:
    desk = Reception(answer)
    meet(slack, desk, lambda: slack.people.command("/subscribe", "  "), lambda: lambda: slack.workspace.views)
    assert about(slack) == OPEN
    assert desk.heard == []


def test_an_empty_command_in_a_direct_message_opens_the_form_for_it(slack: SlackServer) -> None:
    desk = Reception(answer)
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscribe", channel=DIRECT),
        lambda: lambda: slack.workspace.views,
        lambda: slack.people.submit("robots", channel=None),
        lambda: lambda: desk.heard,
    )
    assert "Post them in" not in shown(slack)
    assert desk.heard[0].channel == Address("slack", DIRECT)


def test_an_empty_command_is_answered_in_words_if_the_form_cannot_be_opened(slack: SlackServer) -> None:
    slack.faults["views.open"].append("expired_trigger_id")
    meet(slack, Reception(answer), lambda: slack.people.command("/subscribe"), lambda: lambda: whispers(slack))
    assert slack.workspace.views == {}


def test_an_empty_command_opens_no_form_for_those_who_may_not_subscribe(slack: SlackServer) -> None:
    desk = Reception(answer, admins_only=True)
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscribe", person=BEN),
        lambda: lambda: whispers(slack, person=BEN),
    )
    assert slack.workspace.views == {}


def test_someone_whose_form_cannot_be_opened_is_told(slack: SlackServer) -> None:
    slack.faults["views.open"].append("expired_trigger_id")
    meet(
        slack,
        Reception(answer),
        lambda: slack.people.shortcut("subscribe"),
        lambda: lambda: "type /subscribe" in slack.people.seen(DIRECT),
    )
    assert slack.workspace.views == {}
