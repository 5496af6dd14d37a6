"""Slack's markup, read back as what the person typed."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.typed_text import after_mention, plain_text
from bot.text.characters import one_line
from tests.fakes.desk import Reception
from tests.servers.slack.people import People
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet
from tests.servers.slack.things import BOT, DIRECT


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("upvotes&gt;=20", "upvotes>=20"),
        ("a &amp;lt; b", "a &lt; b"),
        ("R&amp;D", "R&D"),
        ("“world model”", '"world model"'),
        ("agents’ tools", "agents’ tools"),
        ("org:<http://01.ai|01.ai>", "org:01.ai"),
        ("<https://arxiv.org/abs/9901.00001>", "https://arxiv.org/abs/9901.00001"),
        ("<https://arxiv.org/abs/9901.00001|arxiv.org/abs/9901.00001>", "arxiv.org/abs/9901.00001"),
        ("why <https://arxiv.org/abs/9901.00001|this paper>", "why https://arxiv.org/abs/9901.00001"),
        ("<https://example.com/rl|reinforcement learning>", "reinforcement learning"),
        ("<https://example.com/?a=1&amp;b=2>", "https://example.com/?a=1&b=2"),
        ("<mailto:ada@example.com|ada@example.com>", "ada@example.com"),
        ("<mailto:ada@example.com>", "ada@example.com"),
        ("<tel:+15550100|555-0100>", "555-0100"),
        ("<#C0123456789|robots>", "#robots"),
        ("<#C0123456789|>", "#C0123456789"),
        ("<#C0123456789>", "#C0123456789"),
        ("author:<@U012AB|ada>", "author:@ada"),
        ("author:<@U012AB>", "author:@U012AB"),
        ("<!here>", "@here"),
        ("<!channel|@channel>", "@channel"),
        ("<!subteam^S012|@reviewers>", "@reviewers"),
        ("<!subteam^S012>", "@S012"),
        ("today <!date^1764460800^{date}|30 November 2025>", "today 30 November 2025"),
        ("*robots*, _agents_ and ~drones~", "robots, agents and drones"),
        ("robot* OR `*`", "robot* OR *"),
        (":robot_face: robots", "robots"),
        ("a &lt;5 and b&gt; c", "a <5 and b> c"),
        ("  robots \n dance\u00a0now\u200b ", "robots dance now"),
        ("", ""),
    ],
)
def test_what_slack_makes_of_a_text_is_undone(sent: str, typed: str) -> None:
    assert plain_text(sent) == typed


PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="*_~|`:\\“”„‟"))
NAMES = st.from_regex(r"[a-z0-9]{1,8}\.(?:ai|com|org)", fullmatch=True)


@given(PLAIN)
def test_plain_words_come_through_slack_as_they_were_typed(text: str) -> None:
    assert plain_text(html.escape(text, quote=False)) == one_line(text)


@given(PLAIN, NAMES, PLAIN)
def test_names_that_look_like_addresses_come_through_as_they_were_typed(before: str, name: str, after: str) -> None:
    sent = f"{html.escape(before, quote=False)} <http://{name}|{name}> {html.escape(after, quote=False)}"
    assert plain_text(sent) == one_line(f"{before} {name} {after}")


@given(st.text(st.sampled_from("<>@#!^|:&;*_~`\\[]() ahtps/.0")))
def test_anything_at_all_is_read(sent: str) -> None:
    assert plain_text(sent) == one_line(plain_text(sent))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@U1> subscribe robots", "subscribe robots"),
        ("<@U1>: subscribe robots", "subscribe robots"),
        ("<@U1>, subscribe robots", "subscribe robots"),
        ("<@U1> - subscribe robots", "subscribe robots"),
        ("*<@U1>* subscribe robots", "subscribe robots"),
        ("*<@U1>:* subscribe robots", "subscribe robots"),
        ("<@U1> *subscribe* robots", "*subscribe* robots"),
        ("<@U1>: _subscribe robots_", "_subscribe robots_"),
        ("<@U1|paperwire> subscribe robots", "subscribe robots"),
        ("hey <@U1> subscribe <@U2>", "subscribe <@U2>"),
        ("subscribe robots <@U1>", "subscribe robots "),
        ("<@U9> help", " help"),
        ("subscribe robots", "subscribe robots"),
        ("<@U1>", ""),
    ],
)
def test_what_is_said_to_the_bot_stands_beside_its_mention(text: str, said: str) -> None:
    assert after_mention("U1", text) == said


def said(slack: SlackServer, text: str) -> tuple[str, str]:
    """What the desk hears when somebody writes that to the bot."""
    desk = Reception()
    meet(slack, desk, lambda: People(slack).say(text, channel=DIRECT), lambda: lambda: desk.heard)
    return desk.heard[0].command, desk.heard[0].text


def test_markup_is_undone_before_the_desk_hears_a_command(slack: SlackServer) -> None:
    assert said(slack, f"<@{BOT}>: subscribe org:<http://01.ai|01.ai>, *robots*") == (
        "subscribe",
        "org:01.ai, robots",
    )
