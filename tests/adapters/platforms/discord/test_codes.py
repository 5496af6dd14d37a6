"""Every error code of Discord that may answer the program's requests about a channel is known.

From https://discord.com/developers/docs/topics/opcodes-and-status-codes#json, November 2026. Left out are the codes of
what the program never does: webhooks, invites, roles, emoji, stickers, polls, stages, events, bans, pins and files.
"""

from __future__ import annotations

import pytest

from adapters.platforms.discord import Discord
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater
from tests.adapters.platforms.discord.posts import KEY, a_card, guild_of, post, run
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, papers
from tests.servers.discord.world import FORUM

DOCUMENTED: dict[type[DeliveryError], tuple[int, ...]] = {
    ChannelClosed: (
        *(10003, 10004, 10007, 10013, 30033, 40007, 40058, 40066, 40067, 50001, 50003, 50007, 50008, 50009, 50013),
        *(50017, 50024, 50033, 50055, 50083, 50095, 50278, 60003, 160005, 160006, 160007),
    ),
    Rejected: (20009, 20031, 40005, 50006, 50035, 50068, 50109, 200000, 200001, 240000),
    RetryLater: (
        *(10087, 20016, 20022, 20028, 20029, 30046, 40001, 40002, 40003, 40004, 40006, 40062, 40333, 50014, 50041),
        *(50067, 50178, 110001, 130000),
    ),
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in DOCUMENTED.items() for code in codes])
@pytest.mark.parametrize("status", [400, 403, 404])
def test_every_documented_code_is_known_whatever_its_status(
    server: DiscordServer, kind: type[DeliveryError], code: int, status: int
) -> None:
    server.fail(f"{status} {code}")
    with pytest.raises(kind):
        post(server, papers(server), a_card())


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (20022, "too many announcements were edited"),
        (20028, "too much was posted in #papers"),
        (20029, "too much was posted in the server of #papers"),
        (40004, "Discord has switched off messages for now"),
        (40006, "Discord has switched that off for now"),
        (40062, "Discord is rate-limiting us"),
    ],
)
def test_what_passes_is_said_in_words(server: DiscordServer, code: int, reason: str) -> None:
    server.fail(f"403 {code}")
    with pytest.raises(RetryLater, match=f"^{reason}$"):
        post(server, papers(server), a_card())


def test_after_a_tag_was_removed_the_forum_s_tags_are_read_again(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    server.fail("400 10087", at=f"POST /channels/{forum['id']}/threads")

    async def post_twice(platform: Discord) -> None:
        with pytest.raises(RetryLater, match="a tag of #library was removed"):
            await platform.post(at(forum), a_card(), key=KEY)
        asked.append(len(server.asked_for(f"GET /channels/{forum['id']}")))
        await platform.post(at(forum), a_card(), key=KEY)
        asked.append(len(server.asked_for(f"GET /channels/{forum['id']}")))

    asked: list[int] = []
    run(server, post_twice)
    assert asked[1] == asked[0] + 1
