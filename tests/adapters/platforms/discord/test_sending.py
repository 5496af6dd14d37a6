"""Answers and announcements that Discord does not take at once."""

from __future__ import annotations

import pytest

from adapters.platforms.discord import Discord
from bot.domain.messages import Reply
from tests.adapters.platforms.discord.asking import ask, heard
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import papers, reaction, text_of, until

SUBSCRIBED = Reply("Subscribed.", announcement="ada subscribed us.")


@pytest.mark.parametrize("fault", ["drop", "429 0.1", "429 html", "502 html"])
def test_an_answer_that_discord_does_not_take_yet_comes_later(server: DiscordServer, fault: str) -> None:
    server.fail(fault, fault, at="PATCH /webhooks")
    asked = ask(server, Reception(), lambda: server.slash(papers(server), "papers", "status"))
    assert "I heard status" in text_of(asked)


def test_a_command_whose_acknowledgement_is_lost_is_still_carried_out_and_answered(server: DiscordServer) -> None:
    server.fail("after drop", at="POST /interactions")
    asked = ask(server, Reception(), lambda: server.slash(papers(server), "papers", "status"))
    assert "I heard status" in text_of(asked)


@pytest.mark.parametrize("fault", ["503", "drop", "after drop"])
def test_an_announcement_that_discord_does_not_take_yet_is_made_later_and_once(
    server: DiscordServer, fault: str
) -> None:
    reception = Reception(lambda _: SUBSCRIBED)
    channel = papers(server)
    server.fail(fault)

    async def talk(_: Discord) -> None:
        await reaction(server.slash(channel, "subscribe", "robots"))
        await until(lambda: len(server.asked_for(f"POST /channels/{channel['id']}")) == 2)
        await until(lambda: server.world.messages[channel["id"]])

    heard(server, reception, talk)
    assert len(server.world.messages[channel["id"]]) == 1
