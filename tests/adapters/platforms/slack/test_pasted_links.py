"""Addresses of papers that people paste, shown as cards where the host wants that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from tests.adapters.platforms.slack.looks import a_card
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import answered, serving, taken, whispers
from tests.servers.slack.things import ADA, CLOSED, OPEN

PAPER = "https://arxiv.org/abs/2608.01234"


def showing(invocation: Invocation) -> Reply:
    """As the desk would: a card for a paper's address, and an error for any other."""
    if invocation.text == f"show {PAPER}":
        return Reply("", cards=(a_card(note="Posted here 3 days ago."),))
    if invocation.text.startswith("show"):
        return Reply("That is no paper.", ok=False)
    return Reply(f"I heard {invocation.text}")


def unfurling(slack: SlackServer, desk: Reception, *steps: Callable[[], object], unfurl: bool = True) -> None:
    """Serve with pasted addresses shown; take each step, and then let what is on its way arrive."""

    async def run() -> None:
        async with serving(slack, desk, unfurl=unfurl):
            await taken(slack, *steps)
            await answered(slack, desk)

    asyncio.run(run())


def below(slack: SlackServer, channel: str = OPEN) -> str:
    """What stands below the message with the address."""
    attachments = [one for one in slack.workspace.conversations[channel].messages if "attachments" in one]
    return words([one["attachments"][0]["blocks"] for one in attachments])


def test_a_pasted_paper_is_shown_as_its_card(slack: SlackServer) -> None:
    desk = Reception(showing)
    unfurling(slack, desk, lambda: slack.people.paste(PAPER), lambda: lambda: below(slack))
    assert "Walking Robots Learn to Dance" in below(slack)
    assert "Posted here 3 days ago." in below(slack)
    assert (desk.heard[0].channel, desk.heard[0].person_id) == (Address("slack", OPEN), ADA)


def test_buttons_below_a_pasted_paper_work(slack: SlackServer) -> None:
    desk = Reception(showing)
    unfurling(
        slack,
        desk,
        lambda: slack.people.paste(PAPER),
        lambda: lambda: below(slack),
        lambda: slack.people.press_below("Save"),
        lambda: lambda: whispers(slack),
    )
    assert whispers(slack)[0] == "I heard save 9901.00001"
    assert desk.heard[1].channel == Address("slack", OPEN)


def test_an_address_that_is_no_papers_is_passed_over(slack: SlackServer) -> None:
    desk = Reception(showing)
    unfurling(slack, desk, lambda: slack.people.paste("https://arxiv.org/help"), lambda: lambda: desk.heard)
    assert slack.calls("chat.unfurl") == []


@pytest.mark.parametrize(
    "event", [{"channel": "COMPOSER"}, {"is_bot_user_member": False}, {"links": "x"}, {"links": [1]}]
)
def test_what_is_elsewhere_or_makes_no_sense_is_passed_over(slack: SlackServer, event: dict[str, object]) -> None:
    desk = Reception(showing)
    unfurling(slack, desk, lambda: slack.people.paste(PAPER, told=event))
    assert [asked.text for asked in desk.heard if asked.text.startswith("show")] == []


def test_a_channel_without_us_is_none_of_our_business(slack: SlackServer) -> None:
    desk = Reception(showing)
    unfurling(slack, desk, lambda: slack.people.paste(PAPER, channel=CLOSED))
    assert slack.calls("chat.unfurl") == []


def test_nothing_is_shown_unless_the_host_wants_it(slack: SlackServer) -> None:
    desk = Reception(showing)
    unfurling(slack, desk, lambda: slack.people.paste(PAPER), unfurl=False)
    assert [asked.text for asked in desk.heard if asked.text.startswith("show")] == []


def test_a_card_whose_picture_slack_cannot_load_is_shown_without(slack: SlackServer) -> None:
    slack.workspace.broken_pictures = True
    long = "Robots learn to dance. " * 20
    desk = Reception(lambda _: Reply("", cards=(a_card(summary=long),)))
    unfurling(slack, desk, lambda: slack.people.paste(PAPER), lambda: lambda: below(slack))
    assert len(slack.calls("chat.unfurl")) == 2


def test_what_slack_does_not_let_us_show_costs_only_itself(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    slack.workspace.scopes.discard("links:write")
    unfurling(
        slack,
        Reception(showing),
        lambda: slack.people.paste(PAPER),
        lambda: lambda: "Could not show a pasted paper" in caplog.text,
    )
