"""Where cards go, what happens when they cannot go there, and what is remembered of them."""

from __future__ import annotations

import asyncio
import fcntl
import io
import os
import pty
import re
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.platforms.terminal.platform import CHANNEL, Terminal
from adapters.platforms.terminal.shown import REMEMBERED
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, RetryLater
from tests.adapters.platforms.terminal.cards import a_card_with_everything
from tests.adapters.platforms.terminal.threads import PATIENCE, wait_for_threads
from tests.builders import NOW, ROOT, a_paper, card_of


class Teleprinter(io.StringIO):
    """Takes a letter at a time, and lets other threads in between."""

    def write(self, text: str) -> int:
        """Print it."""
        for letter in text:
            super().write(letter)
            time.sleep(0)
        return len(text)


def noted(log: Path, *keys: str) -> None:
    """Show a message under each of these keys, with one terminal."""
    terminal = Terminal(log, output=io.StringIO(), now=lambda: NOW)

    async def post() -> None:
        for key in keys:
            await terminal.post(CHANNEL, Reply("Hello"), key=key)

    asyncio.run(post())


def known(log: Path, *keys: str) -> list[bool]:
    """Which of these keys a new terminal finds."""
    terminal = Terminal(log, output=io.StringIO())
    return [asyncio.run(terminal.find(CHANNEL, key, since=NOW)) is not None for key in keys]


class TestOutput:
    """Where cards go, and what happens when they cannot."""

    def test_what_is_piped_has_no_colour(self, tmp_path: Path) -> None:
        with (tmp_path / "output").open("w+") as output:
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, a_card_with_everything(), key="k"))
            output.seek(0)
            text = output.read()
        assert "Robots Dance\n" in text
        assert "\x1b" not in text

    def test_a_terminal_has_colour_unless_that_is_not_wanted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert b"\x1b[1;32m" in on_a_terminal(tmp_path)
        monkeypatch.setenv("NO_COLOR", "1")
        assert b"32m" not in on_a_terminal(tmp_path)

    def test_signs_that_the_output_cannot_write_cost_only_themselves(self, tmp_path: Path) -> None:
        with (tmp_path / "output").open("w+", encoding="ascii") as output:
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, card_of(a_paper(upvotes=9)), key="k"))
            output.seek(0)
            assert "? 9\n" in output.read()

    def test_a_closed_output_closes_the_channel(self, tmp_path: Path) -> None:
        output = io.StringIO()
        terminal = Terminal(tmp_path / "log", output=output)
        output.close()
        with pytest.raises(ChannelClosed):
            asyncio.run(terminal.post(CHANNEL, card_of(a_paper()), key="k"))
        assert known(tmp_path / "log", "k") == [False]

    def test_a_reader_that_went_away_closes_the_channel(self, tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as output, pytest.raises(ChannelClosed) as caught:
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, card_of(a_paper()), key="k"))
        assert caught.value.repair

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def test_a_full_disk_may_pass(self, tmp_path: Path) -> None:
        with Path("/dev/full").open("w") as output, pytest.raises(RetryLater):
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, card_of(a_paper()), key="k"))

    def test_output_that_nobody_reads_holds_up_neither_the_loop_nor_its_end(
        self, tmp_path: Path, others: set[threading.Thread]
    ) -> None:
        reading, writing = os.pipe()
        room = fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
        os.write(writing, b"x" * room)

        async def give_up() -> None:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(terminal.post(CHANNEL, Reply("Hello"), key="k"), timeout=0.05)

        with os.fdopen(writing, "w") as output, os.fdopen(reading, "rb") as reader:
            terminal = Terminal(tmp_path / "log", output=output)
            asyncio.run(give_up())
            assert reader.read(room + len("Hello\n")).endswith(b"Hello\n")
            wait_for_threads(others)

    def test_messages_do_not_mix_however_slowly_they_are_taken(self, tmp_path: Path) -> None:
        replies = [Reply(letter * 500) for letter in "abc"]
        output = Teleprinter()
        terminal = Terminal(tmp_path / "log", output=output)

        async def at_once() -> None:
            await asyncio.gather(*(terminal.post(CHANNEL, reply, key=reply.text[0]) for reply in replies))

        asyncio.run(at_once())
        letters = "".join(output.getvalue().split())
        assert sorted(re.findall("a+|b+|c+", letters)) == [reply.text for reply in replies]

    def test_a_process_ends_although_nobody_reads_its_output(self, tmp_path: Path) -> None:
        """As when somebody looks at cards with a pager, and the service is told to stop."""
        program = (
            "import asyncio, pathlib, sys\n"
            "from adapters.platforms.terminal.platform import CHANNEL, Terminal\n"
            "from bot.domain.messages import Reply\n"
            "async def work():\n"
            "    terminal = Terminal(pathlib.Path(sys.argv[1]))\n"
            "    answering = asyncio.create_task(terminal.serve(None))\n"
            "    post = terminal.post(CHANNEL, Reply('x' * 1_000_000), key='k')\n"
            "    await asyncio.wait([asyncio.create_task(post)], timeout=0.1)\n"
            "asyncio.run(work())\n"
        )
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program, str(tmp_path / "log")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.wait(timeout=PATIENCE) == 0


class TestLog:
    """What was shown is remembered."""

    def test_what_was_not_shown_whole_is_unknown(self, tmp_path: Path) -> None:
        noted(tmp_path / "log", "whole")
        with (tmp_path / "log").open("a") as file:
            file.write('{"key": "torn", "a')
        noted(tmp_path / "log", "next")
        assert known(tmp_path / "log", "whole", "torn", "next") == [True, False, True]

    def test_an_entry_without_its_end_of_line_spoils_no_other(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        noted(log, "first")
        log.write_text(log.read_text().rstrip("\n"))
        noted(log, "second")
        assert known(log, "first", "second") == [True, True]

    @pytest.mark.parametrize("line", ["[]", "7", "null", '{"key": "k", "at": "2026-03-10"}', '{"key": "k"}', "\xff"])
    def test_a_line_that_makes_no_sense_only_costs_itself(self, tmp_path: Path, line: str) -> None:
        log = tmp_path / "log"
        noted(log, "whole")
        log.write_bytes(line.encode("latin-1") + b"\n" + log.read_bytes())
        assert known(log, "whole", "k") == [True, False]

    def test_only_the_newest_are_kept_when_it_is_opened(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        line = '{{"key": "{}", "at": "2026-03-10T12:00:00+00:00"}}\n'
        log.write_text("".join(line.format(number) for number in range(REMEMBERED + 5)))
        assert known(log, "4", "5", str(REMEMBERED + 4)) == [False, True, True]
        assert len(log.read_text().splitlines()) == REMEMBERED

    def test_a_log_that_cannot_be_written_loses_no_card_and_is_reported(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        output = io.StringIO()
        terminal = Terminal(tmp_path / "missing" / "log", output=output, now=lambda: NOW)
        asyncio.run(terminal.post(CHANNEL, Reply("Hello"), key="k"))
        assert output.getvalue() == "Hello\n\n"
        assert "a restart may repeat a card" in caplog.text
        assert asyncio.run(terminal.find(CHANNEL, "k", since=NOW)) is not None

    def test_a_log_that_cannot_be_read_leaves_the_answer_open(self, tmp_path: Path) -> None:
        (tmp_path / "log").mkdir()
        with pytest.raises(RetryLater):
            asyncio.run(Terminal(tmp_path / "log", output=io.StringIO()).find(CHANNEL, "k", since=NOW))

    def test_a_message_from_before_is_not_taken_for_the_one_in_doubt(self, tmp_path: Path) -> None:
        terminal = Terminal(tmp_path / "log", output=io.StringIO(), now=lambda: NOW)
        asyncio.run(terminal.post(CHANNEL, card_of(a_paper()), key="k"))
        assert asyncio.run(terminal.find(CHANNEL, "k", since=NOW)) is not None
        assert asyncio.run(terminal.find(CHANNEL, "k", since=NOW + timedelta(seconds=1))) is None


def on_a_terminal(folder: Path) -> bytes:
    """What a real terminal is sent."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as output:
        asyncio.run(Terminal(folder / "log", output=output).post(CHANNEL, a_card_with_everything(), key="k"))
        text = os.read(ours, 65536)
    os.close(ours)
    return text
