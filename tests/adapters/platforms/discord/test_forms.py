"""What is kept of a form that was filled in wrongly."""

from __future__ import annotations

from adapters.platforms.discord import Discord
from bot.domain.messages import Button, Reply
from tests.adapters.platforms.discord.asking import a_message, heard
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import papers, reaction, text_of

LONG = "world model, " * 30 + "“"
"""More than a button could carry."""


def test_what_was_typed_into_a_form_is_kept_when_it_is_wrong(server: DiscordServer) -> None:
    message = a_message(server, Button("Subscribe…", "subscribe"))
    reception = Reception(lambda invocation: Reply("That is wrong.", ok="wrong" not in invocation.text))
    typed = f"wrong {LONG}"

    async def talk(_: Discord) -> None:
        opened = await reaction(server.press(papers(server), message, "Subscribe…"))
        refused = await reaction(server.submit(papers(server), opened, typed))
        assert "That is wrong." in text_of(refused)
        again = await reaction(server.press(papers(server), refused.answers[-1], "Edit"))
        assert again.modal is not None
        assert again.modal["components"][0]["component"]["value"] == typed
        corrected = await reaction(server.submit(papers(server), again, "robots"))
        assert "Edit" not in str(corrected.answers[-1]["components"])

    assert [invocation.text for invocation in heard(server, reception, talk)][1] == "robots"
