"""The bot as people in a server use it, with the real desk behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from adapters.platforms.discord import Discord
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS, COMMANDS
from bot.domain import Evidence, Match, message_key
from bot.domain.messages import Button, Card, Entry, Message, Reply
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, card_of, digest_of, list_of
from tests.fakes.desk import Reception
from tests.servers.discord.interactions import DEFERRED, Asked
from tests.servers.discord.markdown import obeyed
from tests.servers.discord.rules import COMPONENTS_V2
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import ESCAPED, at, converse, papers, reaction, text_of, texts_of
from tests.servers.discord.world import SEND, Payload

NOBODY: dict[str, Any] = {"name": "ben", "permissions": 0}
"""Somebody who may not manage channels."""

HOSTILE = "@everyone <@1> <#2> [x](https://evil.example) **b** `c` ||s|| ```d``` <t:1> :smile: # >\n- \u202e\x00\ud800"

LONG = [HOSTILE, "word " * 3000, "*" * 7000, "👩‍🔬" * 2000, "\n" * 3000, "https://evil.example/ " * 500, ""]


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk over a real database with a paper in it."""
    paper = a_paper(id="2608.01234", title="Reinforcement Learning of a World Model", list_day=NOW.date())
    stores.papers.save("sample", list_of(paper), at=NOW)
    return Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)


def a_card(text: str = "Robots") -> Card:
    found = Evidence("title", text, text, text)
    paper = a_paper(id="2608.01234", title=text, abstract=text, authors=(text, text), code_url=text, thumbnail_url=text)
    return card_of(paper, [Match(text, (found,))] * 4)


async def slash(server: DiscordServer, channel: Payload, command: str, text: str = "", **who: Any) -> Asked:  # noqa: ANN401
    """Give a command, and wait for the answer."""
    return await reaction(server.slash(channel, command, text, **who))


async def press(server: DiscordServer, message: Payload, label: str, **who: Any) -> Asked:  # noqa: ANN401
    """Press a button, and wait for the answer."""
    return await reaction(server.press(papers(server), message, label, **who))


async def post(platform: Discord, server: DiscordServer, message: Message) -> Payload:
    """Post to #papers as the courier does."""
    channel = at(papers(server))
    await platform.post(channel, message, key=message_key(channel, ["9901.00001"]))
    return server.world.messages[channel.id][-1]


def shown(texts: str) -> str:
    """Markdown as people read it."""
    return ESCAPED.sub(r"\1", texts)


def queries(desk: Desk, channel: Payload) -> list[str]:
    """What a channel is subscribed to."""
    return [subscription.query for subscription in desk.stores.subscriptions.of(at(channel))]


def subscribing(desk: Desk, server: DiscordServer, then: Callable[[Discord, Asked], Awaitable[None]]) -> None:
    """Let ada subscribe #papers to world models, and go on."""

    async def talk(platform: Discord) -> None:
        await then(platform, await slash(server, papers(server), "subscribe", "world model"))

    converse(server, desk, talk)


def test_every_command_is_answered_only_to_the_person(server: DiscordServer, desk: Desk) -> None:
    async def talk(_: Discord) -> None:
        for command in COMMANDS:
            if command.by_button or command.name == "papers edit":  # which opens a form
                continue
            text = f"{command.word} {command.argument.example if command.argument else ''}".strip()
            asked = await slash(server, papers(server), command.slash, text)
            assert asked.callback == DEFERRED
            assert asked.is_private
            assert "went wrong" not in text_of(asked)

    converse(server, desk, talk)


def test_a_subscription_is_announced_kept_and_listed(server: DiscordServer, desk: Desk) -> None:
    async def then(_: Discord, __: Asked) -> None:
        [announcement] = server.world.messages[papers(server)["id"]]
        text = shown("".join(texts_of(announcement)))
        assert "ada subscribed this channel to papers that mention “world model”" in text
        assert queries(desk, papers(server)) == ["world model"]
        listed = await slash(server, papers(server), "subscriptions", **NOBODY)
        assert "world model" in text_of(listed)
        assert listed.is_private

    subscribing(desk, server, then)


@pytest.mark.parametrize(
    ("command", "text", "offered"),
    [("unsubscribe", "wor", "1"), ("papers", "why world", "2608.01234"), ("papers", "digest daily", "daily 09:00")],
)
def test_what_is_being_typed_is_completed_from_the_database(
    server: DiscordServer, desk: Desk, command: str, text: str, offered: str
) -> None:
    async def then(_: Discord, __: Asked) -> None:
        asked = await reaction(server.type(papers(server), command, text))
        assert asked.choices is not None
        assert asked.choices[0]["value"] == offered

    subscribing(desk, server, then)


def test_the_buttons_of_a_card_answer_anybody_who_presses_them(server: DiscordServer, desk: Desk) -> None:
    async def talk(platform: Discord) -> None:
        card = await post(platform, server, a_card())
        abstract = await press(server, card, "Abstract", **NOBODY)
        why = await press(server, card, "Why", **NOBODY)
        assert "We teach robots to dance." in shown(text_of(abstract))
        assert "It wasn't posted here" in shown(text_of(why))
        assert abstract.is_private
        assert why.is_private

    converse(server, desk, talk)


def test_undo_undoes_and_can_be_undone(server: DiscordServer, desk: Desk) -> None:
    async def then(_: Discord, subscribed: Asked) -> None:
        undone = await press(server, subscribed.answers[-1], "Undo")
        assert queries(desk, papers(server)) == []
        await press(server, undone.answers[-1], "Undo")
        assert queries(desk, papers(server)) == ["world model"]

    subscribing(desk, server, then)


def test_a_form_asks_for_the_query_that_a_button_leaves_open(server: DiscordServer, desk: Desk) -> None:
    async def talk(platform: Discord) -> None:
        greeting = await post(platform, server, Reply("Hello", buttons=(Button("Subscribe…", "subscribe"),)))
        form = await press(server, greeting, "Subscribe…")
        previewed = await reaction(server.submit(papers(server), form, "world model"))
        subscribed = await press(server, previewed.answers[-1], "Save")
        assert "Subscribed to papers that mention “world model”" in shown(text_of(subscribed))
        assert subscribed.is_private

    converse(server, desk, talk)


def test_buttons_work_after_a_restart(server: DiscordServer, desk: Desk) -> None:
    posted: list[Payload] = []

    async def before(platform: Discord) -> None:
        posted.append(await post(platform, server, a_card()))

    async def after(_: Discord) -> None:
        asked = await press(server, posted[0], "Abstract", **NOBODY)
        assert "We teach robots to dance." in shown(text_of(asked))

    converse(server, desk, before)
    converse(server, desk, after)


def test_where_only_admins_may_change_things_others_are_refused(server: DiscordServer, desk: Desk) -> None:
    async def talk(platform: Discord) -> None:
        greeting = await post(platform, server, Reply("Hello", buttons=(Button("Subscribe…", "subscribe"),)))
        pressed = await press(server, greeting, "Subscribe…", **NOBODY)
        typed = await slash(server, papers(server), "papers", "digest daily 09:00", **NOBODY)
        for declined in (pressed, typed):
            assert declined.modal is None
            assert declined.is_private
            assert "Only admins can change" in text_of(declined)
            assert "You need “Manage Channels” to do that here." in shown(text_of(declined))
        assert desk.stores.channels.all() == []

    converse(server, replace(desk, who="admins"), talk)


def test_where_everyone_may_change_things_any_member_subscribes(server: DiscordServer, desk: Desk) -> None:
    async def talk(_: Discord) -> None:
        await slash(server, papers(server), "subscribe", "world model", **NOBODY)
        await slash(server, papers(server), "papers", "digest daily 09:00", **NOBODY)
        [known] = desk.stores.channels.all()
        assert known.schedule == "daily 09:00 UTC"

    converse(server, desk, talk)


@pytest.mark.parametrize("text", ["digest daily 09:00", "pause", "change 1 robots"])
def test_where_everyone_may_change_things_any_member_does_all_of_it(
    server: DiscordServer, desk: Desk, text: str
) -> None:
    async def then(_: Discord, subscribed: Asked) -> None:
        done = await slash(server, papers(server), "papers", text, **NOBODY)
        await press(server, done.answers[-1], "Undo", **NOBODY)
        await press(server, subscribed.answers[-1], "Undo", **NOBODY)
        assert queries(desk, papers(server)) == []
        assert not any(command.get("default_member_permissions") for command in server.world.commands)

    subscribing(desk, server, then)


def test_someone_who_subscribes_a_channel_that_is_closed_to_us_is_told_the_repair(
    server: DiscordServer, desk: Desk
) -> None:
    server.overwrite(papers(server), deny=SEND)

    async def then(_: Discord, subscribed: Asked) -> None:
        assert "I can't post here yet" in text_of(subscribed)
        [known] = desk.stores.channels.all()
        assert known.pause is not None

    subscribing(desk, server, then)


def test_in_direct_messages_everybody_subscribes_themselves(server: DiscordServer, desk: Desk) -> None:
    direct = server.channel(None)

    async def talk(_: Discord) -> None:
        subscribed = await slash(server, direct, "subscribe", "world model", permissions=0)
        assert "Subscribed to papers that mention “world model”" in shown(text_of(subscribed))
        [known] = desk.stores.channels.all()
        assert known.address == at(direct)

    converse(server, replace(desk, who="admins"), talk)


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_whatever_papers_say_discord_takes_cards_and_digests(server: DiscordServer, text: str) -> None:
    async def talk(platform: Discord) -> None:
        for message in (a_card(text), digest_of([a_card(f"{number} {text}") for number in range(30)])):
            posted = await post(platform, server, message)
            assert posted["flags"] == COMPONENTS_V2
            assert obeyed(posted) == []

    converse(server, Reception(), talk)


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_whatever_there_is_to_say_discord_takes_replies_and_announcements(server: DiscordServer, text: str) -> None:
    entries = tuple(
        Entry(f"{number} {text}", (Button(f"{number} {text}", "papers", "why " + "9" * number),))
        for number in range(120)
    )
    buttons = tuple(button for entry in reversed(entries) for button in entry.buttons)
    listed = Reply(text, code=text, entries=entries, buttons=buttons, advice=text, announcement=text)
    replies = [listed, Reply(text, cards=(a_card(text),) * 20, announcement=text)]

    async def talk(_: Discord) -> None:
        for _reply in range(2):
            asked = await slash(server, papers(server), "subscriptions")
            assert asked.answers[0]["components"]
            assert obeyed(asked.answers[0]) == []
        announcements = server.world.messages[papers(server)["id"]]
        assert len(announcements) == 2 * bool(text)
        assert [obeyed(announcement) for announcement in announcements] == [[]] * len(announcements)

    converse(server, Reception(lambda _: replies.pop()), talk)


@pytest.mark.parametrize("query", [HOSTILE.replace("\n", " "), "word " * 1000, "“" * 3000])
def test_whatever_people_type_is_answered(server: DiscordServer, desk: Desk, query: str) -> None:
    async def talk(_: Discord) -> None:
        for command, text in (("subscribe", query), ("papers", f"try {query}")):
            asked = await slash(server, papers(server), command, text)
            assert text_of(asked).strip()
            assert "went wrong" not in text_of(asked)

    converse(server, desk, talk)
