"""What may be typed into the terminal."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from adapters.platforms.terminal.platform import Terminal
from adapters.platforms.terminal.typed import command_in
from bot.commands.table import COMMANDS
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.errors import ChannelClosed
from tests.adapters.platforms.terminal.threads import PATIENCE, wait_for_threads
from tests.builders import ROOT
from tests.fakes.desk import Reception


class TestTyping:
    """What people type."""

    @pytest.mark.parametrize(
        ("line", "command", "text"),
        [
            ("  /Subscribe world model \n", "subscribe", "world model"),
            ("/subscribe\tworld model", "subscribe", "world model"),
            ("subscribe world model", "subscribe", "world model"),
            ("Subscriptions", "subscriptions", ""),
            ("papers today", "papers", "today"),
            ("today yesterday", "papers", "today yesterday"),
            ("help", "papers", "help"),
            ("/help", "papers", "help"),
            ("?", "papers", "help"),
            ("/dance", "dance", ""),
            ("please subscribe world model", "subscribe", "world model"),
        ],
    )
    def test_a_command_is_understood_without_its_slash_too(self, line: str, command: str, text: str) -> None:
        assert command_in(line, COMMANDS) == (command, text)

    @pytest.mark.parametrize("line", ["hello", "reinforcement learning", "robots /subscribe", "subscribers"])
    def test_anything_else_is_not_a_command(self, line: str) -> None:
        assert command_in(line, COMMANDS) is None

    @pytest.mark.parametrize("line", ["quit", " EXIT\n", "/quit", "q", ":q", "bye"])
    def test_people_leave_the_demo_in_their_own_words(self, line: str, tmp_path: Path) -> None:
        output = io.StringIO()
        typed = io.StringIO(f"{line}\n/papers help\n")
        asyncio.run(Terminal(tmp_path / "log", output=output, typed=typed, is_demo=True).serve(Reception(repeat)))
        assert output.getvalue() == ""

    def test_nobody_stops_the_service_by_such_a_word(self, tmp_path: Path) -> None:
        output = io.StringIO()
        typed = io.StringIO("quit\n/papers help\n")
        asyncio.run(Terminal(tmp_path / "log", output=output, typed=typed).serve(Reception(repeat)))
        assert "Control-C stops it" in output.getvalue()
        assert "papers: help" in output.getvalue()

    def test_typed_lines_are_answered_in_turn_until_the_input_ends(self, tmp_path: Path) -> None:
        output = io.StringIO()
        typed = io.StringIO("/subscribe robots\n\n  \nhello\n/dance\n/papers help\n")
        asyncio.run(Terminal(tmp_path / "log", output=output, typed=typed).serve(Reception(repeat)))
        assert [line for line in output.getvalue().splitlines() if line] == [
            "subscribe: robots",
            "hello:",
            "dance:",
            "papers: help",
        ]

    def test_what_the_desk_does_not_know_may_be_something_to_follow(self, tmp_path: Path) -> None:
        output = io.StringIO()
        refusing = Reception(lambda _: Reply("I don't know that.", ok=False))
        asyncio.run(Terminal(tmp_path / "log", output=output, typed=io.StringIO("world models\n")).serve(refusing))
        assert [line for line in output.getvalue().splitlines() if line] == [
            "I don't know the command “world models”.",
            "To follow it: subscribe world models. For all commands: help",
        ]

    def test_answers_that_nobody_can_read_close_the_terminal(self, tmp_path: Path) -> None:
        output = io.StringIO()
        terminal = Terminal(tmp_path / "log", output=output, typed=io.StringIO("/papers help\n"))
        output.close()
        with pytest.raises(ChannelClosed):
            asyncio.run(terminal.serve(Reception(repeat)))

    def test_waiting_for_a_line_does_not_keep_the_process_from_ending(
        self, tmp_path: Path, others: set[threading.Thread]
    ) -> None:
        """A line that comes after that is nobody's, and breaks nothing."""
        may_type = threading.Event()

        def slowly() -> Iterator[str]:
            may_type.wait(PATIENCE)
            yield "/papers help\n"

        async def give_up() -> None:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(terminal.serve(Reception(repeat)), timeout=0.05)

        terminal = Terminal(tmp_path / "log", output=io.StringIO(), typed=slowly())
        asyncio.run(give_up())
        may_type.set()
        wait_for_threads(others)

    def test_a_process_on_a_terminal_ends_at_once_while_it_waits_for_a_line(self, tmp_path: Path) -> None:
        with on_a_terminal(tmp_path) as (process, screen):
            read_until(screen, b"ends the demo")
            os.write(screen, b"/subscriptions\n")
            read_until(screen, b"2 subscriptions")
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=PATIENCE) == 0

    @pytest.mark.parametrize("typed", [b"quit\n", b"\x04", b"\x03"], ids=["quit", "Control-D", "Control-C"])
    def test_the_demo_has_a_prompt_and_ends_on_a_line_of_its_own(self, tmp_path: Path, typed: bytes) -> None:
        with on_a_terminal(tmp_path) as (process, screen):
            read_until(screen, b"> ", after=b"ends the demo")
            os.write(screen, b"\n")
            read_until(screen, b"\n> ")
            os.write(screen, b"subscribe agents -robot\n")
            read_until(screen, b"> ", after=b"Agents that Ask First")
            os.write(screen, typed)
            assert process.wait(timeout=PATIENCE) == 0
            assert rest_of(screen).endswith(b"\n")


@contextmanager
def on_a_terminal(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The demo as the foreground process of a terminal, and the other end of it."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "PAPERWIRE_STORAGE__PATH": str(folder / "p.db"), "TERM": "xterm"}
    own = (  # Control-C reaches only those whose terminal it is
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    )
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", own, sys.executable, "-m", "bot", "demo"],
        cwd=ROOT,
        env=environ,
        stdin=theirs,
        stdout=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        yield process, ours
    os.close(ours)


def read_until(screen: int, text: bytes, *, after: bytes = b"") -> None:
    """Read what is shown until the text comes, after another."""
    shown = b""
    while text not in shown.partition(after)[2] if after else text not in shown:
        shown += os.read(screen, 65536)


def rest_of(screen: int) -> bytes:
    """Everything that is still shown."""
    shown = b""
    with suppress(OSError):  # nobody holds the other end any more
        while more := os.read(screen, 65536):
            shown += more
    return shown


def repeat(invocation: Invocation) -> Reply:
    """An answer that says what was asked."""
    return Reply(f"{invocation.command}: {invocation.text}")
