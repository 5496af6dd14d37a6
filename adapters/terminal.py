"""The terminal as a chat: cards on stdout, commands typed on stdin, one channel named ``terminal:local``."""

from __future__ import annotations

import asyncio
import getpass
import json
import sys
import threading
import unicodedata
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.cards import counts, reasons
from bot.domain import Address, Card, Digest, Invocation, Receipt, Reply
from bot.errors import ChannelClosed
from bot.ports import Answer, Message
from bot.wording import day

CHANNEL = Address("terminal", "local")

REMEMBERED = 10_000
"""Messages whose keys are kept when the terminal is opened: far more than can be in doubt at once."""

WIDEST = 100
"""Columns: longer lines are hard to read."""


class Terminal:
    """See `bot.ports.Platform`.

    A message is shown first and noted in the log after that: a process that is killed in between shows it once more,
    where the other order would lose it.
    """

    name = "terminal"

    def __init__(self, log_path: Path, *, output: IO[str] | None = None, typed: IO[str] | None = None) -> None:
        """Prepare.

        Args:
            log_path: Where the keys of messages are noted, a JSON object a line.
            output: Where cards go; stdout unless given.
            typed: Where commands come from; stdin unless given.
        """
        self._log_path = log_path
        self._typed = typed or sys.stdin
        self._console = Console(file=output or sys.stdout, highlight=False, emoji=False, markup=False)
        self._console.width = min(self._console.width, WIDEST)
        self._showing = threading.Lock()
        self._noted: dict[str, datetime] | None = None

    async def serve(self, answer: Answer) -> None:
        """Answer what is typed, until the input ends; see `bot.ports.Platform.serve`."""
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[str] = asyncio.Queue()

        def read() -> None:
            for line in self._typed:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

        # A daemon, since a thread that waits for input can be ended in no other way.
        threading.Thread(target=read, name="terminal input", daemon=True).start()
        while line := await lines.get():
            if line.strip():
                reply = await answer(invocation) if (invocation := as_invocation(line)) else HINT
                await asyncio.to_thread(self._show, reply)

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Show the message; see `bot.ports.Platform.post`."""
        _only_channel(channel)
        try:
            await asyncio.to_thread(self._show, message, key)
        except (OSError, ValueError) as error:  # a closed file is a ValueError
            raise ChannelClosed("the terminal is closed", repair="run Paperwire where its output is read") from error
        return Receipt(key)

    async def update(self, channel: Address, receipt: Receipt, message: Message) -> None:
        """Change nothing: what a terminal has shown has scrolled on."""

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """Look the message up in the log; see `bot.ports.Platform.find`."""
        _only_channel(channel)
        at = (await asyncio.to_thread(self._read_log)).get(key)
        return Receipt(key) if at and at >= since else None

    async def aclose(self) -> None:
        """Nothing to let go of: stdin and stdout are the process's."""

    def _show(self, message: Message, key: str = "") -> None:
        with self._showing:
            show(self._console, message)
            self._console.file.flush()
            if key:
                self._note(key)

    def _note(self, key: str) -> None:
        now = datetime.now(UTC)
        self._read_log()[key] = now
        with self._log_path.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"key": key, "at": now.isoformat()}) + "\n")

    def _read_log(self) -> dict[str, datetime]:
        """When each message was shown, by its key; the log is read once, and cut to its latest entries."""
        if self._noted is None:
            lines = self._log_path.read_text(encoding="utf-8").splitlines() if self._log_path.exists() else []
            kept = deque((entry for line in lines if (entry := _entry(line))), maxlen=REMEMBERED)
            if len(kept) < len(lines):
                whole = "".join(json.dumps({"key": key, "at": at.isoformat()}) + "\n" for key, at in kept)
                self._log_path.write_text(whole, encoding="utf-8")
            self._noted = dict(kept)
        return self._noted


def as_invocation(line: str) -> Invocation | None:
    """What was typed, if it begins with a slash."""
    command, _, text = line.strip().partition(" ")
    if not command.startswith("/"):
        return None
    return Invocation(CHANNEL, _person(), command[1:].lower(), text, is_admin=True)


HINT = Reply("Commands begin with a slash.", advice="Try /subscribe reinforcement learning, or /papers help.", ok=False)


def show(console: Console, message: Message) -> None:
    """Print a message; nothing in it can format, move or colour."""
    match message:
        case Card():
            _show_card(console, message)
        case Digest(headline, cards):
            console.print(_text(headline, "bold"))
            for card in cards:
                console.print(Padding(_text(f"{card.title}  {counts(card)}"), (0, 0, 0, 2)))
                _show_address(console, card.url, indent=2)
            console.print()
        case Reply():
            console.print(_text(message.text, "" if message.ok else "red"))
            for line in message.code.splitlines():
                console.print(_text(f"  {line}"), soft_wrap=True)
            if message.advice:
                console.print(_text(message.advice, "dim"))
            console.print()
            for card in message.cards:
                _show_card(console, card)


def _show_card(console: Console, card: Card) -> None:
    console.print(_text(card.title, "bold"))
    console.print(_text(" · ".join(part for part in (card.byline, day(card.listed)) if part), "dim"))
    if card.summary:
        console.print(Padding(_text(card.summary), (0, 0, 0, 2)))
    for line in _reason_lines(card):
        console.print(Padding(line, (0, 0, 0, 2)))
    console.print(_text(counts(card), "green"))
    for link in card.links:
        if link.url != card.url:
            _show_address(console, link.url, label=link.label)
    _show_address(console, card.url)
    console.print()


def _reason_lines(card: Card) -> Iterator[Text]:
    for field, before, words, after in reasons(card):
        yield Text.assemble(
            ("↳ ", "cyan"), (f"{field}: ", "dim"), _text(before, "dim"), _text(words, "bold cyan"), _text(after, "dim")
        )


def _show_address(console: Console, url: str, *, label: str = "", indent: int = 0) -> None:
    """An address in full, however narrow the terminal is, so that it can be clicked and copied."""
    console.print(_text(f"{' ' * indent}{f'{label} ' if label else ''}{url}", "blue"), soft_wrap=True)


def _text(text: str, style: str = "") -> Text:
    """Text without control characters: an escape sequence would reach the terminal."""
    inert = "".join(each for each in text if each in "\n\u200d" or unicodedata.category(each)[0] != "C")
    return Text(inert, style=style)


def _only_channel(channel: Address) -> None:
    if channel != CHANNEL:
        raise ChannelClosed(f"the terminal has no channel {channel.id}", repair=f"subscribe {CHANNEL} instead")


def _entry(line: str) -> tuple[str, datetime] | None:
    """A line of the log; None for one that was torn when its process was killed."""
    try:
        entry = json.loads(line)
        return str(entry["key"]), datetime.fromisoformat(entry["at"])
    except (ValueError, KeyError, TypeError):
        return None


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "somebody"
