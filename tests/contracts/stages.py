"""The platforms that keep the contract, each with people on its other side."""

from __future__ import annotations

import io
import queue
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from adapters.platforms.slack import Slack
from adapters.platforms.terminal.platform import CHANNEL, Terminal
from bot.domain import Address
from bot.ports.platform import Platform
from tests.servers.discord.stage import DiscordStage
from tests.servers.slack.people import formatted
from tests.servers.slack.server import SlackServer
from tests.servers.slack.things import CLOSED, OPEN

PATIENCE = 30.0
"""The most seconds that anything here may take."""


class Stage(Protocol):
    """A platform, and the people on the other side of it."""

    channel: Address
    """A channel that can be posted to."""

    closed: Address
    """A channel that cannot."""

    def open(self) -> Platform:
        """The platform, as a new process opens it."""
        ...

    def say(self, command: str, text: str) -> None:
        """Let a person give a command in the channel, as soon as the platform listens."""
        ...

    def press(self, label: str, given: str) -> None:
        """Let a person press the latest button with that label; on platforms without buttons, type its command."""
        ...

    def seen(self) -> str:
        """What the channel shows now, including replies to one person."""
        ...

    def close(self) -> None:
        """Stop the servers."""
        ...

    def obeyed(self) -> list[str]:
        """What the platform did not take as plain text, though it should: mentions, colours, links."""
        ...


class TerminalStage:
    """A terminal in memory."""

    channel = CHANNEL
    closed = Address("terminal", "elsewhere")

    def __init__(self, folder: Path) -> None:
        """Begin with an empty screen and no input."""
        self._log = folder / "log"
        self._screen = io.StringIO()
        self._typed: queue.SimpleQueue[str] = queue.SimpleQueue()

    def open(self) -> Platform:
        """See `Stage.open`."""
        return Terminal(self._log, output=self._screen, typed=iter(self._typed.get, ""))

    def say(self, command: str, text: str) -> None:
        """See `Stage.say`."""
        self._typed.put(f"/{command} {text}\n")

    def press(self, label: str, given: str) -> None:  # noqa: ARG002 - the contract's
        """See `Stage.press`."""
        self._typed.put(f"/{given}\n")

    def seen(self) -> str:
        """See `Stage.seen`."""
        return self._screen.getvalue()

    def close(self) -> None:
        """See `Stage.close`."""
        self._typed.put("")

    def obeyed(self) -> list[str]:
        """Control characters other than line breaks."""
        return re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", self.seen())


class SlackStage:
    """A loopback Slack."""

    channel = Address("slack", OPEN)
    closed = Address("slack", CLOSED)

    def __init__(self, _folder: Path) -> None:
        """Begin with an empty channel."""
        self._slack = SlackServer()
        self._slack.start()

    def open(self) -> Platform:
        """See `Stage.open`."""
        tokens = self._slack.workspace.bot_token, self._slack.workspace.app_token
        return Slack(*tokens, api_url=self._slack.api_url, post_every=timedelta(milliseconds=10))

    def say(self, command: str, text: str) -> None:
        """See `Stage.say`."""
        self._slack.people.command(f"/{command}", text)

    def press(self, label: str, given: str) -> None:  # noqa: ARG002 - the contract's
        """See `Stage.press`."""
        self._slack.people.press(label)

    def seen(self) -> str:
        """See `Stage.seen`."""
        return self._slack.people.seen()

    def close(self) -> None:
        """See `Stage.close`."""
        self._slack.stop()

    def obeyed(self) -> list[str]:
        """See `Stage.obeyed`."""
        return [found for message in self._slack.people.shown() for found in formatted(message)]


PLATFORMS: dict[str, Callable[[Path], Stage]] = {
    "terminal": TerminalStage,
    "slack": SlackStage,
    "discord": DiscordStage,
}
