"""A loopback Discord as tests use it: for the contracts of platforms, and to talk with the bot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.platforms.discord import Discord
from bot.domain import Address
from bot.ports.platform import FrontDesk
from tests.servers.discord.component_rules import TEXT_TYPE, every
from tests.servers.discord.interactions import Asked, labels_of
from tests.servers.discord.markdown import shown
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.world import SEND, Payload

ESCAPED = re.compile(r"\\([^\w\s])")
"""A backslash before a mark: https://discord.com/developers/docs/reference#message-formatting."""

CODE = re.compile(r"```.*?```", re.DOTALL)

OBEYED = re.compile(
    r"<[@#][!&]?\d+>|<https?:|\]\(https://evil|(?<!\w)@(?:everyone|here)|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
    r"|(?<!\*)\*bold\*(?!\*)|_it_|~no~|`code`|\|\|spoiler|https://evil|:smile:"
)
"""Markup, mentions and hidden characters in the texts that the contract posts."""


class DiscordStage:
    """One channel that is open and one that is not; see `tests.contracts.stages.Stage`."""

    def __init__(self, folder: Path) -> None:  # noqa: ARG002 - the contract's
        """Start Discord, and invite the bot."""
        self.server = DiscordServer()
        self.server.__enter__()
        guild = self.server.invite(channels=("papers", "staff"))
        self.papers, staff = list(self.server.world.channels.values())
        self.server.overwrite(staff, deny=SEND)
        self.channel = Address("discord", self.papers["id"])
        self.closed = Address("discord", staff["id"])
        self.guild = guild

    def open(self) -> Discord:
        """The platform."""
        return Discord(TOKEN, api_url=self.server.api_url, gateway_url=self.server.gateway_url)

    def say(self, command: str, text: str) -> None:
        """Give a command, once the bot is there."""
        self.server.when_heard(lambda: self.server.slash(self.papers, command, text))

    def press(self, label: str, given: str) -> None:  # noqa: ARG002 - the contract's
        """Press the latest button with that label, in an answer or else in the channel."""
        message = [message for message in self._shown() if label in labels_of(message)][-1]
        self.server.when_heard(lambda: self.server.press(self.papers, message, label))

    def seen(self) -> str:
        """All texts, as Discord shows them."""
        return "\n".join(map(shown, self._texts()))

    def close(self) -> None:
        """Stop."""
        self.server.__exit__(None, None, None)

    def obeyed(self) -> list[str]:
        """Everything that is more than text."""
        found: list[str] = []
        for text in self._texts():
            plain = ESCAPED.sub(" ", CODE.sub(" ", text))
            found += OBEYED.findall(plain)
        return found

    def _texts(self) -> list[str]:
        """The texts of all messages, in Discord's markdown."""
        return [text for message in self._shown() for text in texts_of(message)]

    def _shown(self) -> list[Payload]:
        """All messages, and answers that one person sees."""
        shown = [message for channel in list(self.server.world.messages.values()) for message in list(channel)]
        asked = list(self.server.interactions.asked.values())
        return shown + [answer for interaction in asked for answer in list(interaction.answers)]


def opened(server: DiscordServer, token: str = TOKEN) -> Discord:
    """The platform, without the pauses that Discord asks for."""
    return Discord(token, api_url=server.api_url, gateway_url=server.gateway_url, pace=0.02)


@asynccontextmanager
async def serving(server: DiscordServer, desk: FrontDesk) -> AsyncIterator[Discord]:
    """The platform while it serves, once it is connected."""
    platform = opened(server)
    before = len(server.gateway.identified)
    task = asyncio.create_task(platform.serve(desk))
    try:
        await until(lambda: task.done() or (len(server.gateway.identified) > before and not platform.trouble))
        assert not task.done(), task
        yield platform
    finally:
        task.cancel()
        await asyncio.wait([task])
        await platform.aclose()


def converse(server: DiscordServer, desk: FrontDesk, talk: Callable[[Discord], Awaitable[None]]) -> None:
    """Serve while people talk."""

    async def conversed() -> None:
        async with serving(server, desk) as platform:
            await talk(platform)

    asyncio.run(conversed())


async def reaction(asked: Asked) -> Asked:
    """Wait until a person sees an answer, choices or a form."""
    await until(lambda: asked.is_answered or asked.choices is not None or asked.modal is not None)
    return asked


async def until(condition: Callable[[], object], *, within: float = 30.0) -> None:
    """Wait until the condition holds."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - the server lives in another thread
            await asyncio.sleep(0.005)


def papers(server: DiscordServer) -> Payload:
    """The first channel."""
    return next(iter(server.world.channels.values()))


def at(channel: Payload) -> Address:
    """The channel's address."""
    return Address("discord", channel["id"])


def text_of(asked: Asked) -> str:
    """What a person was answered, in Discord's markdown."""
    return "\n".join(text for answer in asked.answers for text in texts_of(answer))


def texts_of(message: Payload) -> list[str]:
    """Every text of a message that is read as markdown."""
    texts = [message["content"]]
    texts += [part["content"] for part in every(message["components"]) if part["type"] == TEXT_TYPE]
    for embed in message["embeds"]:
        texts += [embed.get("title") or "", embed.get("description") or ""]
        texts += [field["value"] for field in embed.get("fields", [])]
    return texts
