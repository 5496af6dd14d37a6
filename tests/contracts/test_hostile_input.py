"""Whatever comes from outside, nothing breaks, and the next person is still answered."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from adapters.platforms.slack.blocks import to_blocks
from adapters.sources.huggingface.answers import LONGEST_NUMBER, Passing, items_of, pause_before_next
from adapters.sources.huggingface.source import HuggingFace
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS, COMMANDS
from bot.config import load_settings
from bot.domain.commands import Invocation
from bot.errors import ConfigError, SourceError
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of
from tests.fakes.desk import Reception
from tests.servers.chaos import spoiled
from tests.servers.discord import stage as discord_stage
from tests.servers.discord.answers import refuse_wrong
from tests.servers.discord.server import DiscordServer
from tests.servers.slack import serving as slack_serving
from tests.servers.slack.people import event_payload
from tests.servers.slack.rules import complaints
from tests.servers.slack.server import SlackServer
from tests.servers.slack.things import ADA, OPEN

RARELY = settings(
    max_examples=2,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""For tests that start a server for each example, which then gets many payloads."""

MANY = 15

SLASH = {
    "command": "/subscribe",
    "text": "robots",
    "channel_id": OPEN,
    "channel_name": "robots",
    "user_id": ADA,
    "user_name": "ada",
    "response_url": "http://127.0.0.1:9/nobody",
    "trigger_id": "1",
}
PRESS = {
    "type": "block_actions",
    "user": {"id": ADA, "name": "ada"},
    "container": {"type": "message", "channel_id": OPEN},
    "channel": {"id": OPEN, "name": "robots"},
    "message": {"ts": "1.2"},
    "response_url": "http://127.0.0.1:9/nobody",
    "actions": [{"type": "button", "action_id": "command:0", "block_id": "b", "value": "/papers help"}],
}
MODAL = {
    "type": "view_submission",
    "user": {"id": ADA, "name": "ada"},
    "view": {"id": "V1", "callback_id": "subscribe", "state": {"values": {"query": {"query": {"value": "robots"}}}}},
}
MENTION = event_payload({"type": "app_mention", "user": ADA, "text": "<@U0BOT> help", "channel": OPEN, "ts": "1.2"})
JOINED = event_payload({"type": "member_joined_channel", "user": ADA, "channel": OPEN})

slack_envelopes = st.one_of(
    st.tuples(st.just("slash_commands"), spoiled(SLASH)),
    st.tuples(st.just("interactive"), spoiled(PRESS) | spoiled(MODAL)),
    st.tuples(st.just("events_api"), spoiled(MENTION) | spoiled(JOINED)),
).filter(lambda envelope: isinstance(envelope[1], dict))

names = st.sampled_from([word for command in COMMANDS for word in command.name.split()]) | st.text(max_size=8)
words = st.lists(
    st.sampled_from(
        ["today", "why", "digest", "daily 25:99 Mars/X", "pause", "99999999d", "*", "(((", "-a", "\x00", "\ud800"]
    )
    | st.text(max_size=30),
    max_size=4,
).map(" ".join)


@RARELY
@given(st.lists(slack_envelopes, min_size=MANY, max_size=MANY))
def test_slack_may_send_anything(caplog: pytest.LogCaptureFixture, envelopes: list[tuple[str, dict[str, Any]]]) -> None:
    caplog.clear()
    reception = Reception()

    async def run(slack: SlackServer) -> None:
        async with slack_serving.serving(slack, reception):
            for kind, payload in envelopes:
                slack.send(kind, json.loads(json.dumps(payload)))
            slack.people.command("/papers", "the end")
            await slack_serving.until(lambda: any(invocation.text == "the end" for invocation in reception.heard))

    with SlackServer() as slack:
        asyncio.run(run(slack))
        assert "broke off" not in caplog.text


@RARELY
@given(st.lists(st.tuples(st.sampled_from([2, 3, 5]), words, words), min_size=MANY, max_size=MANY))
def test_people_in_discord_may_type_press_and_fill_in_anything(given_words: list[tuple[int, str, str]]) -> None:
    """What Discord wraps around that, discord.py reads; where it fails, the supervisor restarts the platform."""
    reception = Reception()

    async def run(server: DiscordServer) -> None:
        async with discord_stage.serving(server, reception):
            channel = next(iter(server.world.channels.values()))
            await discord_stage.until(lambda: server.world.commands)
            for kind, name, text in given_words:
                filled = {"type": 18, "component": {"type": 4, "custom_id": "query", "value": text}}
                data: dict[str, Any] = {"custom_id": name[:100], "component_type": 2, "components": [filled]}
                if kind == 2:
                    data = server.interactions.typed("subscribe", text)
                interaction, _ = server.interactions.make(kind, data, channel["id"])
                server.tell("INTERACTION_CREATE", json.loads(json.dumps(interaction)))
            server.slash(channel, "subscribe", "the end")
            await discord_stage.until(lambda: any(invocation.text == "the end" for invocation in reception.heard))

    with DiscordServer() as server:
        server.invite()
        asyncio.run(run(server))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(command=names, text=words)
def test_people_may_say_anything(stores: Stores, command: str, text: str) -> None:
    """There is a reply, and both Slack and Discord take it."""
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=5, now=lambda: NOW)
    reply = desk.reply(Invocation(HERE, "ada", command, text))
    assert reply.text
    assert complaints({"text": "a reply", "blocks": to_blocks(reply)}) == []
    refuse_wrong(as_sent(to_payload(reply)) | {"allowed_mentions": {"parse": []}})
    asyncio.run(desk.suggest(Invocation(HERE, "ada", command, text)))


def toml(value: object) -> str:
    """The value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {toml(inner)}" for name, inner in value.items()) + "}"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


plain_texts = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=8)
values = st.recursive(
    st.booleans()
    | st.integers(-(2**62), 2**62)
    | plain_texts
    | st.sampled_from(["10m", "everyone", "-1s", "9" * 40 + "d"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_texts, inner, max_size=3),
    max_leaves=4,
)
SECTIONS = ["storage", "poll", "delivery", "http", "sources", "platforms", "commands", "other"]
KEYS = ["path", "interval", "lookback_days", "port", "slack", "huggingface", "who", "token", "base_url", "nonsense"]
sections = st.dictionaries(
    st.sampled_from(SECTIONS), values | st.dictionaries(st.sampled_from(KEYS), values, max_size=4), max_size=4
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=sections.map(lambda tables: "\n".join(f"{name} = {toml(inner)}" for name, inner in tables.items())) | st.text()
)
def test_any_configuration_is_read_or_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ConfigError):
        load_settings(path, {})


@settings(max_examples=50)
@given(st.binary() | st.text().map(str.encode) | st.recursive(st.none(), st.lists).map(json.dumps).map(str.encode))
def test_any_answer_of_the_source_is_a_page_or_refused(body: bytes) -> None:
    with contextlib.suppress(SourceError, Passing):
        assert isinstance(items_of(body), list)


header = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60) | st.sampled_from(
    ['<http://[>; rel="next"', '<//evil.example/>; rel="next"', "<\\>; rel=next", "r=0;t=" + "9" * LONGEST_NUMBER]
)


SOURCE = HuggingFace("https://papers.example")
"""Never connected; shared, since creating one for each example would take most of the time."""


@settings(max_examples=50)
@given(
    headers=st.dictionaries(st.sampled_from(["Link", "RateLimit", "Retry-After", "Date", "ETag"]), header),
    status=st.sampled_from([200, 429, 503]),
)
def test_any_headers_of_the_source_are_understood_or_refused(headers: dict[str, str], status: int) -> None:
    """The next page is on the same host, and the wait is a number."""
    answer = httpx.Response(status, headers=headers, request=httpx.Request("GET", "https://papers.example/api"))
    assert pause_before_next(answer) >= 0
    with contextlib.suppress(SourceError):
        following = SOURCE._next_url(answer)  # noqa: SLF001 - what an answer may name
        assert not following or httpx.URL(following).host == "papers.example"
