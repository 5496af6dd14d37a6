"""What stands on the terminal, and what may be typed into it."""

from __future__ import annotations

import asyncio
import fcntl
import io
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from adapters.platforms.terminal.layout import show
from adapters.platforms.terminal.platform import CHANNEL, Terminal, as_invocation
from adapters.platforms.terminal.shown import REMEMBERED
from bot.cards import make_card, make_digest
from bot.domain import Evidence, Match, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, RetryLater
from bot.text.characters import visible
from tests.builders import NOW, ROOT, TODAY, a_paper
from tests.fakes.desk import Reception

LONG_URL = f"https://papers.example/papers/{'x' * 60}"

PATIENCE = 10.0
"""Seconds that anything here may take at most."""


def shown(message: Message, *, width: int = 80, colour: bool = False) -> str:
    """What a message looks like."""
    output = io.StringIO()
    console = Console(
        file=output, width=width, highlight=False, emoji=False, markup=False, force_terminal=colour, no_color=not colour
    )
    show(console, message)
    return output.getvalue()


class Teleprinter(io.StringIO):
    """Takes a letter at a time, and lets other threads in between."""

    def write(self, text: str) -> int:
        """Print it."""
        for letter in text:
            super().write(letter)
            time.sleep(0)
        return len(text)


def a_card_with_everything() -> Message:
    """A card on which every line that there can be stands."""
    paper = a_paper(
        title="Robots Dance",
        organization="Acme",
        upvotes=58,
        comments=3,
        stars=7,
        code_url="https://c.example",
        project_url="https://p.example",
    )
    evidence = (
        Evidence("title", "Dance", "Robots ", ""),
        Evidence("abstract", "robots", "We teach ", " to dance."),
        Evidence("upvotes", "upvotes>=20"),
    )
    return make_card(paper, [Match("dance", evidence)])


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


class TestCards:
    """What a message looks like."""

    def test_a_card_tells_what_it_is_who_it_is_from_why_it_is_here_and_where_it_leads(self) -> None:
        assert shown(a_card_with_everything()).splitlines() == [
            "Robots Dance",
            "https://papers.example/papers/9901.00001",
            "  Acme · Ada Example, Ben Sample",
            "  10 March 2026 · ▲ 58 · 3 comments · ★ 7",
            "",
            "  We teach robots to dance.",
            "",
            "  Why      title: “Dance”",
            "           abstract: We teach “robots” to dance.",
            "           upvotes>=20",
            "  arXiv    https://arxiv.org/abs/9901.00001",
            "  PDF      https://arxiv.org/pdf/9901.00001",
            "  Code     https://c.example",
            "  Project  https://p.example",
            "",
        ]

    def test_a_card_of_which_little_is_known_has_no_empty_places(self) -> None:
        card = make_card(Paper("talk-7", "Robots Dance", "https://papers.example/talk-7", TODAY))
        assert shown(card).splitlines() == [
            "Robots Dance",
            "https://papers.example/talk-7",
            "  10 March 2026 · ▲ 0",
            "",
            "",
        ]

    @pytest.mark.parametrize("width", [20, 40, 80, 200])
    def test_the_address_stands_in_full_on_a_line_of_its_own_at_any_width(self, width: int) -> None:
        card = make_card(a_paper(url=LONG_URL, title="Robots " * 20))
        for message in (card, make_digest([card]), Reply("one", cards=(card,))):
            for colour in (False, True):
                assert LONG_URL in shown(message, width=width, colour=colour).splitlines()

    @pytest.mark.parametrize("width", [20, 40, 80])
    def test_every_other_line_fits_and_ends_without_blanks(self, width: int) -> None:
        for message in (a_card_with_everything(), make_digest([make_card(a_paper(title="Robots " * 20))])):
            lines = [line for line in shown(message, width=width).splitlines() if "://" not in line]
            assert [line for line in lines if len(line) > width or line != line.rstrip()] == []

    def test_a_narrow_terminal_spends_no_column_on_labels(self) -> None:
        lines = shown(a_card_with_everything(), width=40).splitlines()
        assert lines[lines.index("  Why title: “Dance”") :][:6] == [
            "  Why title: “Dance”",
            "      abstract: We teach “robots” to",
            "      dance.",
            "      upvotes>=20",
            "  arXiv https://arxiv.org/abs/9901.00001",
            "  PDF https://arxiv.org/pdf/9901.00001",
        ]

    def test_a_digest_has_a_line_and_an_address_for_each_paper(self) -> None:
        papers = [a_paper(id=f"9901.0000{n}", title=f"Robots {n}", upvotes=n) for n in (1, 2)]
        assert shown(make_digest([make_card(paper) for paper in papers])).splitlines() == [
            "2 papers · 10 March 2026",
            "",
            "Robots 2  ▲ 2",
            "https://papers.example/papers/9901.00002",
            "Robots 1  ▲ 1",
            "https://papers.example/papers/9901.00001",
            "",
        ]

    def test_lists_in_a_reply_hang_from_their_bullets(self) -> None:
        text = "The latest:\n• Robots that Dance all Night\n10. robots, dance (by ada)"
        assert shown(Reply(text, advice="More words find fewer papers."), width=20).splitlines() == [
            "The latest:",
            "• Robots that Dance",
            "  all Night",
            "10. robots, dance",
            "    (by ada)",
            "More words find",
            "fewer papers.",
            "",
        ]

    def test_a_caret_stays_under_its_place_in_a_narrow_terminal(self) -> None:
        query = "robots " * 10 + "("
        text = shown(Reply("Wrong.", code=f"{query}\n{' ' * 70}^", ok=False), width=30)
        lines = text.splitlines()
        assert lines[2].index("^") == lines[1].index("(")

    def test_what_matched_stands_out_in_colour(self) -> None:
        assert "\x1b[1;32m“Dance”\x1b[0m" in shown(a_card_with_everything(), colour=True)

    def test_an_announcement_is_left_out_since_the_reply_stands_there_already(self) -> None:
        assert shown(Reply("Subscribed.", announcement="ada subscribed this channel.")) == "Subscribed.\n\n"


class TestHostileText:
    """Nothing that a paper says can format, move or pretend."""

    @pytest.mark.parametrize(
        "text", ["[bold red]x[/]", ":smile:", "\x1b[31mred\x1b[0m", "[link=https://x.example]x[/link]", "[/]"]
    )
    def test_nothing_in_a_paper_formats_or_moves(self, text: str) -> None:
        evidence = Evidence("abstract", text, text, text)
        paper = a_paper(title=text, abstract=text, authors=(text,), organization=text, url=f"https://x.example/{text}")
        card = make_card(paper, [Match("robots", (evidence,))])
        for message in (card, make_digest([card]), Reply(text, code=text, advice=text, cards=(card,))):
            shown_text = shown(message, colour=True)
            assert "\x1b[31mred" not in shown_text
            assert text.replace("\x1b", "") in shown_text

    @given(text=st.text(min_size=1), width=st.integers(1, 120))
    def test_any_text_is_shown_without_control_characters(self, text: str, width: int) -> None:
        paper = Paper("x", text, "https://papers.example/x", TODAY, abstract=text, authors=(text,), organization=text)
        for message in (make_card(paper), Reply(text, code=text, advice=text)):
            shown_text = shown(message, width=width)
            assert not any(character < " " and character != "\n" for character in shown_text)
            assert not any(
                "\x7f" <= character <= "\x9f" or character in "\u202e\u2066\u2028\ud800" for character in shown_text
            )

    @pytest.mark.parametrize("broken", ["Robots\nhttps://evil.example", "Robots\u2028https://evil.example"])
    def test_a_title_cannot_put_an_address_on_a_line_of_its_own(self, broken: str) -> None:
        text = shown(make_card(a_paper(title=broken)), width=25)
        assert "https://evil.example" not in text.splitlines()

    def test_emoji_and_other_scripts_stay_whole(self) -> None:
        for text in ("👩‍🔬 at work", "強化学習", "Schrödinger", "π₀"):
            assert visible(text) == text


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
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, make_card(a_paper()), key="k"))
            output.seek(0)
            assert "10 March 2026 ? ? 0\n" in output.read()

    def test_a_closed_output_closes_the_channel(self, tmp_path: Path) -> None:
        output = io.StringIO()
        terminal = Terminal(tmp_path / "log", output=output)
        output.close()
        with pytest.raises(ChannelClosed):
            asyncio.run(terminal.post(CHANNEL, make_card(a_paper()), key="k"))
        assert known(tmp_path / "log", "k") == [False]

    def test_a_reader_that_went_away_closes_the_channel(self, tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as output, pytest.raises(ChannelClosed) as caught:
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, make_card(a_paper()), key="k"))
        assert caught.value.repair

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def test_a_full_disk_may_pass(self, tmp_path: Path) -> None:
        with Path("/dev/full").open("w") as output, pytest.raises(RetryLater):
            asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, make_card(a_paper()), key="k"))

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
        asyncio.run(terminal.post(CHANNEL, make_card(a_paper()), key="k"))
        assert asyncio.run(terminal.find(CHANNEL, "k", since=NOW)) is not None
        assert asyncio.run(terminal.find(CHANNEL, "k", since=NOW + timedelta(seconds=1))) is None


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


def on_a_terminal(folder: Path) -> bytes:
    """What a real terminal is sent."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as output:
        asyncio.run(Terminal(folder / "log", output=output).post(CHANNEL, a_card_with_everything(), key="k"))
        text = os.read(ours, 65536)
    os.close(ours)
    return text


@pytest.fixture
def others() -> set[threading.Thread]:
    """The threads of other tests, such as those that wait for input which never comes."""
    return set(threading.enumerate())


def wait_for_threads(others: set[threading.Thread]) -> None:
    """Wait until the terminal's threads are done."""
    for thread in set(threading.enumerate()) - others:
        if thread.name.startswith("terminal "):
            thread.join(PATIENCE)
            assert not thread.is_alive()
