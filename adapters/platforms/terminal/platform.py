"""The terminal as a chat: cards on stdout, commands typed on stdin, one channel named ``terminal:local``."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import getpass
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

from rich.console import Console

from adapters.platforms.terminal.layout import show
from adapters.platforms.terminal.shown import Entry, Shown
from adapters.platforms.terminal.typed import command_in, not_understood, wants_to_leave
from bot.domain import Address, Finding, Receipt
from bot.domain.commands import Invocation
from bot.domain.messages import Message, Reply, papers_in
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater
from bot.ports.platform import FrontDesk

CHANNEL = Address("terminal", "local")

PROMPT = "> "

OVER_PROMPT = "\r\x1b[K"
"""Goes back to the start of the line, and clears it: https://www.xfree86.org/current/ctlseqs.html."""

STAYS = Reply("This is the service itself: Control-C stops it.")

GONE = frozenset({errno.EPIPE, errno.EBADF, errno.EIO})
"""Errors of writing when nobody reads any more; others, such as a full disk, may pass."""

log = logging.getLogger(__name__)


class Terminal:
    """See `Platform`.

    A message is shown first and logged after that: a process that is killed in between shows it again, where the other
    order would lose it. Announcements are left out, since the reply stands on the same screen.
    """

    name = "terminal"
    trouble = ""
    edits = False

    def __init__(
        self,
        log_path: Path,
        *,
        output: IO[str] | None = None,
        typed: Iterable[str] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        is_demo: bool = False,
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            log_path: A file for the keys of shown messages, with a JSON object per line.
            output: Where to write; by default stdout.
            typed: The lines that people type; by default those of stdin.
            now: The clock.
            is_demo: Whether people may leave by typing so, and are shown a prompt where they look and type.
        """
        self._shown = Shown(log_path)
        self._output: IO[str] | None = output or sys.stdout  # stdout is None in a process that was started without
        self._typed = _stdin() if typed is None else typed
        self._now = now
        self._writing = threading.Lock()
        self._is_demo = is_demo
        self._prompt = ""

    async def serve(self, desk: FrontDesk) -> None:
        """Answer what is typed, until the input ends; see `Platform.serve`."""
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[str] = asyncio.Queue()

        def read() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed, so nobody answers any more
                with contextlib.suppress(OSError):  # stdin is gone, so nobody types any more
                    for line in self._typed:
                        loop.call_soon_threadsafe(lines.put_nowait, line)
                loop.call_soon_threadsafe(lines.put_nowait, "")

        threading.Thread(target=read, name="terminal input", daemon=True).start()
        self._prompt = PROMPT if self._is_demo and _is_terminal(sys.stdin) and _is_terminal(self._output) else ""
        try:
            await self._ask()
            while line := await lines.get():
                if wants_to_leave(line) and self._is_demo:
                    self._prompt = ""  # Return has ended its line already
                    return
                if line.strip():
                    await _in_daemon(partial(self._show, await answer_to(line, desk)))
                else:
                    await self._ask()
        finally:
            if self._prompt:
                self._prompt = ""
                with contextlib.suppress(DeliveryError):
                    await _in_daemon(partial(self._write, "\n"))

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Show the message; see `Platform.post`."""
        _only_channel(channel)
        await _in_daemon(partial(self._show, message, key))
        return Receipt(key)

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Change nothing: shown lines have scrolled on, and showing them again would look like a new message."""

    async def tell(self, person: str, reply: Reply) -> None:  # noqa: ARG002 - the contract's
        """Refuse: only the person at this terminal can see it; see `Platform.tell`."""
        raise Rejected("a terminal has no direct messages")

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """Look the message up in the log; see `Platform.find`."""
        _only_channel(channel)
        try:
            at = await asyncio.to_thread(self._shown.when, key)
        except OSError as error:
            raise RetryLater(f"the terminal's log cannot be read: {error.strerror}") from error
        return Receipt(key) if at and at >= since else None

    def posted_at(self, receipt: Receipt) -> datetime | None:  # noqa: ARG002 - the contract's
        """Unknown: a receipt is the message's key; see `Platform.posted_at`."""
        return None

    async def delivered(self, channel: Address, *, since: datetime, until: datetime) -> Mapping[str, Receipt]:
        """Look the papers up in the log; see `Platform.delivered`."""
        _only_channel(channel)
        try:
            shown = await asyncio.to_thread(self._shown.papers, since, until)
        except OSError as error:
            raise RetryLater(f"the terminal's log cannot be read: {error.strerror}") from error
        return {paper_id: Receipt(key) for paper_id, key in shown.items()}

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:
        """Check that each channel is the terminal's only one; see `Platform.check`."""
        return [
            Finding(str(channel), "ok", "is shown here")
            if channel == CHANNEL
            else Finding(str(channel), "failed", "the terminal has no such channel", f"subscribe {CHANNEL} instead")
            for channel in channels
        ]

    async def aclose(self) -> None:
        """Nothing to close: stdin and stdout belong to the process."""

    async def _ask(self) -> None:
        if self._prompt:
            await _in_daemon(partial(self._write, self._prompt))

    def _show(self, message: Message, key: str = "") -> None:
        text = _as_text(message, self._output)
        self._write(f"{OVER_PROMPT}{text}{self._prompt}" if self._prompt else text)
        if key:
            self._shown.note(key, Entry(self._now(), papers_in(message)))

    def _write(self, text: str) -> None:
        with self._writing:
            try:
                _put(text, self._output)
            except OSError as error:
                raise _refusal(error) from error


async def answer_to(line: str, desk: FrontDesk) -> Reply:
    """What the desk answers to a typed line."""
    found = command_in(line, desk.commands)
    if not found and wants_to_leave(line):
        return STAYS
    said, _, rest = line.strip().partition(" ")
    reply = await desk.answer(Invocation(CHANNEL, _person(), *(found or (said, rest)), is_admin=True))
    return reply if found or reply.ok else not_understood(line)


def _as_text(message: Message, output: IO[str] | None) -> str:
    """The message, laid out for what it is shown on; "" where nothing can be shown."""
    if output is None or output.closed:
        return ""
    console = Console(file=output, highlight=False, emoji=False, markup=False)
    with console.capture() as captured:
        show(console, message)
    return captured.get()


def _put(text: str, output: IO[str] | None) -> None:
    """Write the text.

    Raises:
        OSError: It cannot be written.
    """
    if output is None or output.closed:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    output.flush()
    try:
        descriptor = output.fileno()
    except OSError:  # a stream in memory
        output.write(text)
        return
    # Not through the stream's buffer: if nobody reads, flushing it at exit would keep the process from ending.
    data = text.encode(getattr(output, "encoding", None) or "utf-8", errors="replace")
    while data:
        data = data[os.write(descriptor, data) :]


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


async def _in_daemon(work: Callable[[], None]) -> None:
    """As `asyncio.to_thread`, but the process does not wait for it at exit: output that nobody reads blocks."""
    future: Future[None] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised where it is awaited
            future.set_exception(error)
        else:
            future.set_result(None)

    threading.Thread(target=run, name="terminal output", daemon=True).start()
    await asyncio.wrap_future(future)


def _stdin() -> Iterator[str]:
    if sys.stdin is not None:
        with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False) as stdin:
            yield from stdin


def _only_channel(channel: Address) -> None:
    if channel != CHANNEL:
        raise ChannelClosed(f"the terminal has no channel {channel.id}", repair=f"subscribe {CHANNEL} instead")


def _refusal(error: OSError) -> DeliveryError:
    if error.errno in GONE:
        return ChannelClosed("the terminal is closed", repair="run Paperwire where its output is read")
    return RetryLater(f"the terminal cannot be written to: {error.strerror}")


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user in a container may have no name
        return "somebody"
