"""What stands on the terminal, and what may be typed into it."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from adapters.terminal import CHANNEL, Terminal, as_invocation, show
from bot.cards import make_card, make_digest
from bot.domain import Evidence, Invocation, Match, Paper, Reply
from bot.errors import ChannelClosed
from bot.ports import Message
from tests.builders import NOW, a_paper

LONG_URL = f"https://papers.example/papers/{'x' * 60}"


def shown(message: Message, *, width: int = 80, colour: bool = False) -> str:
    """What a message looks like."""
    output = io.StringIO()
    console = Console(
        file=output, width=width, highlight=False, emoji=False, markup=False, force_terminal=colour, no_color=not colour
    )
    show(console, message)
    return output.getvalue()


def test_a_card_tells_what_it_is_who_it_is_from_why_it_is_here_and_where_it_is() -> None:
    paper = a_paper(
        title="Robots Dance", organization="Acme", upvotes=58, comments=3, stars=7, code_url="https://c.example"
    )
    match = Match("dance", (Evidence("title", "Dance", "Robots ", ""),))
    assert shown(make_card(paper, [match])).splitlines() == [
        "Robots Dance",
        "Acme · Ada Example, Ben Sample · 10 March 2026",
        "  We teach robots to dance." + " " * 53,
        "  ↳ title: Robots Dance" + " " * 57,
        "▲ 58 · 3 comments · ★ 7",
        "arXiv https://arxiv.org/abs/9901.00001",
        "PDF https://arxiv.org/pdf/9901.00001",
        "Code https://c.example",
        "https://papers.example/papers/9901.00001",
        "",
    ]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_the_address_stands_in_full_on_a_line_of_its_own_at_any_width(width: int) -> None:
    paper = a_paper(url=LONG_URL)
    for message in (make_card(paper), Reply("one", cards=(make_card(paper),))):
        assert LONG_URL in shown(message, width=width).splitlines()


def test_a_digest_has_a_line_and_an_address_for_each_paper() -> None:
    papers = [a_paper(id=f"9901.0000{n}", title=f"Robots {n}", upvotes=n) for n in (1, 2)]
    assert [line.rstrip() for line in shown(make_digest([make_card(paper) for paper in papers])).splitlines()] == [
        "2 papers",
        "  Robots 2  ▲ 2",
        "  https://papers.example/papers/9901.00002",
        "  Robots 1  ▲ 1",
        "  https://papers.example/papers/9901.00001",
        "",
    ]


def test_a_caret_stays_under_its_place_in_a_narrow_terminal() -> None:
    query = "robots " * 10 + "("
    text = shown(Reply("Wrong.", code=f"{query}\n{' ' * 70}^", ok=False), width=30)
    lines = text.splitlines()
    assert lines[2].index("^") == lines[1].index("(")


@pytest.mark.parametrize(
    "text", ["[bold red]x[/]", ":smile:", "\x1b[31mred\x1b[0m", "[link=https://x.example]x[/link]", "[/]"]
)
def test_nothing_in_a_paper_formats_or_moves(text: str) -> None:
    said = shown(make_card(a_paper(title=text, abstract=text)), colour=True)
    assert "\x1b[31m" not in said
    assert text.replace("\x1b", "") in said


@given(title=st.text(min_size=1), width=st.integers(10, 120))
def test_any_text_is_shown_without_control_characters(title: str, width: int) -> None:
    said = shown(make_card(Paper("x", title, "https://papers.example/x", NOW.date())), width=width)
    assert not any(ord(each) < 32 and each != "\n" for each in said)


def test_what_is_piped_has_no_colour(tmp_path: Path) -> None:
    output = io.StringIO()
    asyncio.run(Terminal(tmp_path / "log", output=output).post(CHANNEL, make_card(a_paper()), key="k"))
    assert "\x1b" not in output.getvalue()


def test_a_closed_output_closes_the_channel(tmp_path: Path) -> None:
    output = io.StringIO()
    terminal = Terminal(tmp_path / "log", output=output)
    output.close()
    with pytest.raises(ChannelClosed):
        asyncio.run(terminal.post(CHANNEL, make_card(a_paper()), key="k"))


def test_a_torn_line_of_the_log_costs_itself_only(tmp_path: Path) -> None:
    log = tmp_path / "log"
    asyncio.run(Terminal(log, output=io.StringIO()).post(CHANNEL, make_card(a_paper()), key="whole"))
    with log.open("a") as file:
        file.write('{"key": "torn", "a')
    again = Terminal(log, output=io.StringIO())
    asyncio.run(again.post(CHANNEL, make_card(a_paper()), key="next"))
    last = Terminal(log, output=io.StringIO())
    found = [asyncio.run(last.find(CHANNEL, key, since=NOW)) is not None for key in ("whole", "torn", "next")]
    assert found == [True, False, True]


def test_a_message_from_before_is_not_taken_for_the_one_in_doubt(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "log", output=io.StringIO())
    asyncio.run(terminal.post(CHANNEL, make_card(a_paper()), key="k"))
    assert asyncio.run(terminal.find(CHANNEL, "k", since=NOW + timedelta(days=365_000))) is None


def test_a_line_with_a_slash_is_a_command() -> None:
    typed = as_invocation("  /Subscribe world model \n")
    assert typed is not None
    assert (typed.channel, typed.command, typed.text, typed.is_admin) == (CHANNEL, "subscribe", "world model", True)
    assert as_invocation("hello") is None


def test_typed_lines_are_answered_in_turn_until_the_input_ends(tmp_path: Path) -> None:
    output = io.StringIO()

    async def answer(invocation: Invocation) -> Reply:
        return Reply(f"{invocation.command}: {invocation.text}")

    typed = io.StringIO("/subscribe robots\n\nhello\n/papers help\n")
    asyncio.run(Terminal(tmp_path / "log", output=output, typed=typed).serve(answer))
    assert [line for line in output.getvalue().splitlines() if line] == [
        "subscribe: robots",
        "Commands begin with a slash.",
        "Try /subscribe reinforcement learning, or /papers help.",
        "papers: help",
    ]
