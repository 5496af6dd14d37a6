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
from pathlib import Path

import pytest

from adapters.platforms.terminal.platform import CHANNEL, Terminal, as_invocation
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.errors import ChannelClosed
from tests.adapters.platforms.terminal.threads import PATIENCE, wait_for_threads
from tests.builders import ROOT
from tests.fakes.desk import Reception


class TestTyping:
    """What people type."""

    @pytest.mark.parametrize("line", ["  /Subscribe world model \n", "/subscribe\tworld model"])
    def test_a_line_with_a_slash_is_a_command(self, line: str) -> None:
        typed = as_invocation(line)
        assert typed is not None
        assert (typed.channel, typed.command, typed.text) == (CHANNEL, "subscribe", "world model")
        assert typed.person
        assert typed.is_admin

    @pytest.mark.parametrize("line", ["hello", "", "\n", " \n", "subscribe /x"])
    def test_a_line_without_a_slash_is_not_a_command(self, line: str) -> None:
        assert as_invocation(line) is None

    def test_typed_lines_are_answered_in_turn_until_the_input_ends(self, tmp_path: Path) -> None:
        output = io.StringIO()
        typed = io.StringIO("/subscribe robots\n\nhello\n/dance\n/papers help\n")
        asyncio.run(Terminal(tmp_path / "log", output=output, typed=typed).serve(Reception(repeat)))
        hint = "Commands begin with a slash; /papers help lists them."
        assert [line for line in output.getvalue().splitlines() if line] == [
            "subscribe: robots",
            hint,
            hint,
            "dance:",
            "papers: help",
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
        ours, theirs = pty.openpty()
        environ = {**os.environ, "PAPERWIRE_STORAGE__PATH": str(tmp_path / "p.db"), "TERM": "xterm"}
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "demo"],
            cwd=ROOT,
            env=environ,
            stdin=theirs,
            stdout=theirs,
            start_new_session=True,
        ) as process:
            os.close(theirs)
            text = b""
            while b"ends the demo" not in text:
                text += os.read(ours, 65536)
            os.write(ours, b"/subscriptions\n")
            while b"2 subscriptions" not in text:
                text += os.read(ours, 65536)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=PATIENCE) == 0
        os.close(ours)


def repeat(invocation: Invocation) -> Reply:
    """An answer that says what was asked."""
    return Reply(f"{invocation.command}: {invocation.text}")
