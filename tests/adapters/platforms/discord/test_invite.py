from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import discord

from adapters.platforms.discord.invite import INTENTS, PERMISSIONS, invite_url


def test_the_link_asks_for_the_bot_its_commands_and_its_permissions() -> None:
    url = urlsplit(invite_url(123456789012345678))
    asked = parse_qs(url.query)
    assert (url.scheme, url.netloc) == ("https", "discord.com")
    assert asked["client_id"] == ["123456789012345678"]
    assert set(asked["scope"][0].split()) == {"bot", "applications.commands"}
    assert asked["permissions"] == [str(PERMISSIONS.value)]


def test_no_permission_is_asked_for_that_could_change_a_server_or_ping_everyone() -> None:
    assert {name for name, has in PERMISSIONS if has} == {
        *("read_messages", "send_messages", "send_messages_in_threads", "embed_links", "read_message_history"),
    }


def test_no_intent_is_privileged() -> None:
    assert {name for name, has in INTENTS if has} == {"guilds"}
    assert not INTENTS.value & (discord.Intents(members=True, presences=True, message_content=True)).value
