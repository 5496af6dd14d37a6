"""Discord's markup, read back as what the person typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord import Discord
from adapters.platforms.discord.typed_text import plain_text
from bot.text.characters import one_line
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import converse, papers, reaction

NAMES = {("@", 1): "ada", ("@&", 2): "reviewers", ("#", 3): "papers"}


def named(mark: str, identifier: int) -> str:
    return NAMES.get((mark, identifier), "")


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("author:<@1>", "author:@ada"),
        ("author:<@!1>", "author:@ada"),
        ("<@&2>", "@reviewers"),
        ("<#3>", "#papers"),
        ("<@9>", "@9"),
        ("<:robot:1> robots <a:dance:2>", "robots"),
        ("today <t:1764460800:R>", "today 2025-11-30"),
        ("<t:999999999999>", ""),
        ("</subscribe:1> robots", "/subscribe robots"),
        ("</papers today:1>", "/papers today"),
        ("<https://arxiv.org/abs/9901.00001>", "https://arxiv.org/abs/9901.00001"),
        ("[reinforcement learning](https://example.com)", "reinforcement learning"),
        ("[this](<https://arxiv.org/abs/9901.00001>)", "https://arxiv.org/abs/9901.00001"),
        (r"robot\* OR snake\_case", "robot* OR snake_case"),
        (r"\*rl\*", "*rl*"),
        (r"$\pi_0$", r"$\pi_0$"),
        ("`robot* AND rl`", "robot* AND rl"),
        ("```\nrl\n```", "rl"),
        (r"`a\*b`", r"a\*b"),
        ("**robots**, ||agents||", "robots, agents"),
        ("“world model”", '"world model"'),
        ("a <5 and b> c", "a <5 and b> c"),
        ("upvotes<=20", "upvotes<=20"),
    ],
)
def test_what_discord_makes_of_a_text_is_undone(sent: str, typed: str) -> None:
    assert plain_text(sent, named) == typed


@given(st.text(st.characters(codec="utf-8", exclude_characters="*_~|`:\\“”„‟<>[]")))
def test_plain_words_come_through_discord_as_they_were_typed(text: str) -> None:
    assert plain_text(text) == one_line(text)


@given(st.text(st.sampled_from("<>@#!&t:/\\[]()*_~|`a1 ")))
def test_anything_at_all_is_read(sent: str) -> None:
    assert plain_text(sent) == one_line(plain_text(sent))


def test_markup_is_undone_before_the_desk_hears_a_command(server: DiscordServer) -> None:
    desk = Reception()
    channel = papers(server)

    async def talk(_: Discord) -> None:
        await reaction(server.slash(channel, "subscribe", f"`rl` AND <#{channel['id']}>"))

    converse(server, desk, talk)
    assert desk.heard[0].text == f"rl AND #{channel['name']}"
