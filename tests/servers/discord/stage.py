"""A loopback Discord with one channel that is open and one that is not, for the contracts of platforms."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.platforms.discord import Discord
from bot.domain import Address
from bot.ports.platform import FrontDesk
from tests.servers.discord.interactions import buttons_of
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.world import SEND, Payload

ESCAPED = re.compile(r"\\([^\w\s])")
"""A backslash before a mark: https://discord.com/developers/docs/reference#message-formatting."""

CODE = re.compile(r"```.*?```", re.DOTALL)

OBEYED = re.compile(
    r"<[@#][!&]?\d+>|<https?:|\]\(https://evil|(?<!\w)@(?:everyone|here)|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
    r"|(?<!\*)\*bold\*(?!\*)|_it_|~no~|`code`|\|\|spoiler|https://evil|:smile:"
)
"""What Discord takes as more than text, in the texts that the contract posts."""


class DiscordStage:
    """See `tests.contracts.test_platforms.Stage`."""

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
        """Press the latest button called so, in an answer or else in the channel."""
        asked = list(self.server.interactions.asked.values())
        shown = [*self.server.world.messages[self.channel.id], *(answer for each in asked for answer in each.answers)]
        message = [each for each in shown if label in {button.get("label") for button in buttons_of(each)}][-1]
        self.server.when_heard(lambda: self.server.press(self.papers, message, label))

    def seen(self) -> str:
        """All texts, as Discord shows them."""
        written = [ESCAPED.sub(r"\1", text) for text in self._texts()]
        embeds = [embed for message in self._shown() for embed in message["embeds"]]
        return "\n".join([*written, *(embed["footer"]["text"] for embed in embeds if embed.get("footer"))])

    def close(self) -> None:
        """Stop."""
        self.server.__exit__(None, None, None)

    def obeyed(self) -> list[str]:
        """What is more than text."""
        found: list[str] = []
        for text in self._texts():
            plain = ESCAPED.sub(" ", CODE.sub(" ", text))
            found += OBEYED.findall(plain)
        return found

    def _texts(self) -> list[str]:
        """What is written in them, in Discord's markdown."""
        return [text for message in self._shown() for text in texts_of(message)]

    def _shown(self) -> list[Payload]:
        """Messages, and answers to a single person."""
        shown = [message for channel in list(self.server.world.messages.values()) for message in list(channel)]
        asked = list(self.server.interactions.asked.values())
        return shown + [answer for each in asked for answer in list(each.answers)]


def opened(server: DiscordServer, token: str = TOKEN) -> Discord:
    """The platform, without the pauses that Discord asks for."""
    return Discord(token, api_url=server.api_url, gateway_url=server.gateway_url, pace=0.02)


@asynccontextmanager
async def serving(server: DiscordServer, desk: FrontDesk) -> AsyncIterator[Discord]:
    """The platform while it serves, from when it hears people."""
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


async def until(condition: Callable[[], object], *, within: float = 30.0) -> None:
    """Wait for something to become so."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - the server lives in another thread
            await asyncio.sleep(0.005)


def texts_of(message: Payload) -> list[str]:
    """Every text of a message that is read as markdown."""
    texts = [message["content"]]
    for embed in message["embeds"]:
        texts += [embed.get("title") or "", embed.get("description") or ""]
        texts += [field["value"] for field in embed.get("fields", [])]
    return texts
