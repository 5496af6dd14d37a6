"""The bot as people in a server use it, against SimCord: a Discord that knows commands, permissions and limits.

What happens to connections is tested over sockets, see `tests.servers.discord.server`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import discord
import pytest
import simcord

from adapters.platforms.discord.embeds import to_payload
from adapters.platforms.discord.gateway import Gateway
from adapters.platforms.discord.posting import send
from adapters.platforms.discord.rest import Rest, channel_id_of
from bot.cards import make_card, make_digest
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS, COMMANDS
from bot.domain import Address, Evidence, Match, Receipt, message_key
from bot.domain.messages import Button, Card, Entry, Message, Reply
from bot.matching.glossary import Glossary
from bot.ports.platform import FrontDesk
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of
from tests.fakes.desk import Reception
from tests.servers.discord.stage import ESCAPED

PATIENCE = 30.0
"""Seconds that an answer may take, on a machine that is busy with other things."""

DEFERRED_FOR_ONE = {"type": 5, "data": {"flags": 64}}
"""https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object"""

HOSTILE = "@everyone <@1> <#2> [x](https://evil.example) **b** `c` ||s|| ```d``` <t:1> :smile: # >\n- \u202e\x00\ud800"

LONG = [HOSTILE, "word " * 3000, "*" * 7000, "👩‍🔬" * 2000, "\n" * 3000, "https://evil.example/ " * 500, ""]


@dataclass(slots=True)
class Server:
    """A server with the bot and two people in it.

    Attributes:
        env: SimCord.
        guild: The server, as SimCord has it.
        channel: #papers.
        admin: Somebody who may manage channels.
        member: Somebody who may not.
        gateway: The client under test.
    """

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    admin: simcord.MemberActor
    member: simcord.MemberActor
    gateway: Gateway

    @property
    def address(self) -> Address:
        return Address("discord", str(self.channel.id))

    async def restart(self, desk: FrontDesk) -> None:
        """Go on with a client that remembers nothing."""
        self.gateway = connected_to(desk)
        await self.env.restart_bot(self.gateway)

    async def post(self, message: Message) -> discord.Message:
        """Post to #papers as the courier does."""
        await Posting(self.gateway)(self.address, message, key=message_key(self.address, ["9901.00001"]))
        posted = self.channel.last_message
        assert posted is not None
        return posted


@dataclass(slots=True)
class Posting:
    """Posts by the client that hears: SimCord stands behind one client, and the service has one for each."""

    client: discord.Client
    rest: Rest = field(default_factory=lambda: Rest("never used"))

    async def __call__(self, channel: Address, message: Message, *, key: str) -> Receipt:
        async with self.rest.requesting(channel, posting=True):
            place = await self.client.fetch_channel(channel_id_of(channel))
            return await send(place, to_payload(message, key=key), message, key=key)


def connected_to(desk: FrontDesk) -> Gateway:
    async def post(channel: Address, message: Message, *, key: str) -> Receipt:
        return await Posting(gateway)(channel, message, key=key)

    gateway = Gateway(desk, post, lambda _: None)
    return gateway


@asynccontextmanager
async def a_server(desk: FrontDesk) -> AsyncIterator[Server]:
    gateway = connected_to(desk)
    async with simcord.run(gateway, shard_count=1, settle_timeout=PATIENCE) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("papers")
        managing = guild.create_role("staff", permissions=discord.Permissions(manage_channels=True))
        admin = guild.add_member(env.create_user("ada"), roles=[managing])
        yield Server(env, guild, channel, admin, guild.add_member(env.create_user("ben")), gateway)


def use(desk: FrontDesk, talk: Callable[[Server], Awaitable[None]]) -> None:
    """Let people talk to the bot; what it did not expect fails the test."""

    async def used() -> None:
        async with a_server(desk) as server:
            await talk(server)

    asyncio.run(used())


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk over a real database with a paper in it."""
    paper = a_paper(id="2608.01234", title="Reinforcement Learning of a World Model", list_day=NOW.date())
    stores.papers.save("sample", list_of(paper), at=NOW)
    return Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)


def a_card(text: str = "Robots") -> Card:
    found = Evidence("title", text, text, text)
    paper = a_paper(id="2608.01234", title=text, abstract=text, authors=(text, text), code_url=text, thumbnail_url=text)
    return make_card(paper, [Match(text, (found,))] * 4)


def shown(message: simcord.ResponseMessage | discord.Message | None) -> str:
    """All text of a message, as people read it."""
    assert message is not None
    texts = [message.content]
    for embed in message.embeds:
        texts += [embed.title or "", embed.description or "", *(field.value or "" for field in embed.fields)]
    return ESCAPED.sub(r"\1", "\n".join(texts))


def first_answers(server: Server) -> list[object]:
    """What every command, press and form was acknowledged with."""
    return [each.json for each in server.env.http_requests if each.path.endswith("/callback")]


def test_every_command_of_the_table_is_registered_and_answered_to_the_person_alone(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        assert set(server.admin.available_commands(server.channel)) == {command.name for command in COMMANDS}
        for command in COMMANDS:
            given = {command.argument.name: command.argument.example} if command.argument else {}
            result = await server.admin.slash(server.channel, command.name, **given)
            assert result.ephemeral
            assert shown(result.response).strip()
            assert "went wrong" not in shown(result.response)
        assert first_answers(server) == [DEFERRED_FOR_ONE] * len(COMMANDS)

    use(desk, talk)


def test_what_a_channel_is_subscribed_to_is_announced_kept_and_listed(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        await server.admin.slash(server.channel, "subscribe", query="world model")
        assert "ada subscribed this channel to papers that mention “world model”" in shown(server.channel.last_message)
        assert [each.query for each in desk.stores.subscriptions.of(server.address, now=NOW)] == ["world model"]
        listed = await server.member.slash(server.channel, "subscriptions")
        assert "world model" in shown(listed.response)
        assert len(server.channel.history(viewer=server.admin)) == 2  # the announcement, and the reply to ada
        assert listed.ephemeral

    use(desk, talk)


def test_options_are_completed_from_the_database(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        await server.admin.slash(server.channel, "subscribe", query="world model")
        numbered = await server.admin.autocomplete(server.channel, "unsubscribe", "subscription", "wor")
        papers = await server.member.autocomplete(server.channel, "papers why", "paper", "world")
        schedules = await server.admin.autocomplete(server.channel, "papers digest", "schedule", "daily")
        assert [choice["value"] for choice in numbered] == ["1"]
        assert [choice["value"] for choice in papers] == ["2608.01234"]
        assert schedules

    use(desk, talk)


def test_the_buttons_of_a_card_answer_whoever_presses_them(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        card = await server.post(a_card())
        abstract = await server.member.click(card, label="Abstract")
        why = await server.member.click(card, label="Why")
        assert "We teach robots to dance." in shown(abstract.response)
        assert "It was not sent here" in shown(why.response)
        assert abstract.ephemeral
        assert why.ephemeral
        assert shown(card).count("Robots")

    use(desk, talk)


def test_undo_undoes_and_can_be_undone(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        subscribed = await server.admin.slash(server.channel, "subscribe", query="world model")
        assert subscribed.response is not None
        undone = await server.admin.click(subscribed.response, label="Undo")
        assert desk.stores.subscriptions.of(server.address, now=NOW) == []
        assert undone.response is not None
        await server.admin.click(undone.response, label="Undo")
        assert [each.query for each in desk.stores.subscriptions.of(server.address, now=NOW)] == ["world model"]

    use(desk, talk)


def test_a_form_asks_for_the_query_that_a_button_leaves_open(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        greeting = await server.post(Reply("Hello", buttons=(Button("Subscribe…", "subscribe"),)))
        form = await server.admin.click(greeting, label="Subscribe…")
        assert form.modal is not None
        subscribed = await server.admin.submit_modal(form, {"query": "world model"})
        assert "Subscribed to papers that mention “world model”" in shown(subscribed.response)
        assert subscribed.ephemeral

    use(desk, talk)


def test_buttons_work_after_a_restart(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        card = await server.post(a_card())
        await server.restart(desk)
        answered = await server.member.click(card, label="Abstract")
        assert "We teach robots to dance." in shown(answered.response)
        registered = [each for each in server.env.http_requests if each.method == "PUT"]
        assert len(registered) == 1  # the commands that Discord has are not registered again

    use(desk, talk)


def test_where_only_admins_may_change_things_others_are_offered_no_such_command_and_refused(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        offered = server.member.available_commands(server.channel)
        assert {"subscribe", "unsubscribe"}.isdisjoint(offered)
        post = await server.post(Reply("Hello", buttons=(Button("Subscribe…", "subscribe"),)))
        pressed = await server.member.click(post, label="Subscribe…")
        typed = await server.member.slash(server.channel, "papers digest", schedule="daily 09:00")
        for declined in (pressed, typed):
            assert declined.modal is None
            assert declined.ephemeral
            assert "Only admins may change" in shown(declined.response)
        assert desk.stores.channels.all() == []

    use(replace(desk, who="admins"), talk)


def test_where_everyone_may_change_things_any_member_subscribes(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        await server.member.slash(server.channel, "subscribe", query="world model")
        await server.member.slash(server.channel, "papers digest", schedule="daily 09:00")
        [known] = desk.stores.channels.all()
        assert known.schedule == "daily 09:00 UTC"

    use(desk, talk)


def test_who_subscribes_a_channel_that_is_closed_to_us_is_told_the_repair(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        assert server.guild.me is not None
        silent = discord.PermissionOverwrite(send_messages=False)
        closed = server.guild.create_text_channel("staff", overwrites={server.guild.me: silent})
        result = await server.admin.slash(closed, "subscribe", query="world model")
        assert "I cannot post here yet" in shown(result.response)
        [known] = desk.stores.channels.all()
        assert known.pause is not None

    use(desk, talk)


def test_in_direct_messages_everybody_subscribes_themselves(desk: Desk) -> None:
    async def talk(server: Server) -> None:
        result = await server.member.user.slash("subscribe", query="world model")
        assert "Subscribed to papers that mention “world model”" in shown(result.response)
        [known] = desk.stores.channels.all()
        assert known.address == Address("discord", str(server.member.user.dm_channel.id))

    use(desk, talk)


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_whatever_papers_say_discord_takes_cards_and_digests(text: str) -> None:
    async def talk(server: Server) -> None:
        for message in (a_card(text), make_digest([a_card(f"{number} {text}") for number in range(30)])):
            posted = await server.post(message)
            assert posted.embeds
            assert not posted.mentions
            assert not posted.mention_everyone

    use(Reception(), talk)


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_whatever_there_is_to_say_discord_takes_replies_and_announcements(text: str) -> None:
    entries = tuple(
        Entry(f"{number} {text}", Button(f"{number} {text}", "papers", "why " + "9" * number)) for number in range(120)
    )
    buttons = tuple(entry.button for entry in reversed(entries) if entry.button)
    listed = Reply(text, code=text, entries=entries, buttons=buttons, advice=text, announcement=text)
    papers = Reply(text, cards=(a_card(text),) * 20, announcement=text)

    async def talk(server: Server) -> None:
        result = await server.admin.slash(server.channel, "subscriptions")
        assert result.response is not None
        assert result.response.embeds
        assert len(server.channel.history()) == bool(text)  # the announcement
        assert not any(message.mentions or message.mention_everyone for message in server.channel.history())

    use(Reception(lambda _: listed), talk)
    use(Reception(lambda _: papers), talk)


@pytest.mark.parametrize("query", [HOSTILE.replace("\n", " "), "word " * 1000, "“" * 3000])
def test_whatever_people_type_is_answered(desk: Desk, query: str) -> None:
    async def talk(server: Server) -> None:
        for command in ("subscribe", "papers try"):
            result = await server.admin.slash(server.channel, command, query=query)
            assert shown(result.response).strip()

    use(desk, talk)


@pytest.mark.parametrize(
    ("content", "embeds"),
    [
        ("x" * 2001, []),
        ("", [discord.Embed(title="x" * 257)]),
        ("", [discord.Embed(description="x" * 4000)] * 2),
    ],
    ids=["content", "title", "all embeds"],
)
def test_simcord_takes_no_message_beyond_discords_limits(content: str, embeds: list[discord.Embed]) -> None:
    async def talk(server: Server) -> None:
        place = await server.gateway.fetch_channel(server.channel.id)
        assert isinstance(place, discord.TextChannel)
        with pytest.raises(discord.HTTPException) as refused:
            await place.send(content, embeds=embeds)
        assert refused.value.status == 400

    use(Reception(), talk)
