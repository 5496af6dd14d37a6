"""The form to subscribe, and a desk that answers what is written in it."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from tests.servers.slack.server import SlackServer
from tests.servers.slack.things import OPEN

HERE = Address("slack", OPEN)


def answer(invocation: Invocation) -> Reply:
    """As the desk would: queries with “wrong” in them are."""
    match invocation.command, "wrong" in invocation.text:
        case _, True:
            return Reply("This is wrong.", code=f"{invocation.text}\n^", advice="Try robots.", ok=False)
        case "subscriptions", _:
            return Reply("One subscription:", entries=(Entry("1. robots", (Button("Remove", "unsubscribe", "1"),)),))
        case "papers", _:
            return Reply(f"Understood {invocation.text}")
        case _:
            return Reply(f"Done {invocation.text}", announcement=f"{invocation.person} did it")


def opened(slack: SlackServer) -> Callable[[], object]:
    """A step: open the form with the shortcut."""

    def step() -> Callable[[], object]:
        slack.people.shortcut("subscribe")
        return lambda: slack.workspace.views

    return step
