"""Rich texts as Discord's markdown: their pieces act, and nothing in them does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord.markdown import inert
from adapters.platforms.discord.pieces import line, lines, quiet_lines
from bot.text.characters import units
from bot.text.rich import Piece, Rich, at, bold, code, linked, rich, rich_lines
from tests.adapters.platforms.discord.messages import PIECE, TEXTS
from tests.servers.discord.markdown import active, every, parse, shown

OURS = {"bold", "code", "link", "timestamp"}

WHEN = datetime(2026, 8, 3, 14, 5, tzinfo=UTC)


@given(TEXTS, st.integers(0, 500))
def test_whatever_a_text_says_only_its_pieces_act_and_it_fits(text: str, room: int) -> None:
    for written in (line(text, room), lines(text, room)):
        assert set(active(written)) <= OURS
        assert units(written) <= room


@given(TEXTS, st.integers(0, 500))
def test_small_print_fits_and_every_line_is_small(text: str, room: int) -> None:
    written = quiet_lines(text, room)
    assert units(written) <= room
    assert all(not part or part.startswith("-# ") for part in written.split("\n"))


@given(st.lists(PIECE, max_size=5).map(Rich))
def test_links_lead_where_their_pieces_say(text: Rich) -> None:
    nodes = every(parse(line(text, 4000)))
    assert {node.url.split("/")[2] for node in nodes if node.kind == "link"} <= {"papers.example"}


@given(st.lists(st.builds(Piece, st.text(st.sampled_from("ab1.:*_`-#\\ ~|[]()<>/@\n"), max_size=8), st.booleans())))
def test_pieces_that_meet_become_no_markup(pieces: list[Piece]) -> None:
    text = Rich(pieces)
    assert shown(lines(text, 4000)).strip() == inert(text).strip()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (rich("a ", bold("b"), " c"), "a **b** c"),
        (rich(bold("a"), bold("b")), "**ab**"),
        (code("/papers try `x`"), "`` /papers try `x` ``"),
        (code("a``b"), "``a`\u200b`b``"),
        (linked("A [B] paper", "https://p.example/(1)"), "[A \\[B\\] paper](https://p.example/%281%29)"),
        (linked("A paper", "javascript:x"), "A paper"),
        (at(WHEN, "3 August 2026, 14:05 UTC"), f"<t:{int(WHEN.timestamp())}:f>"),
        (rich("1", ". x"), "1\\. x"),
        (rich("x:", "smile:"), "x\\:smile:"),
    ],
)
def test_each_kind_of_piece_is_written_as_discord_reads_it(text: Rich, written: str) -> None:
    assert line(text, 400) == written


def test_lines_stay_lines() -> None:
    text = rich_lines(rich(bold("a"), ":"), bold("b"), "c", linked("d", "https://p.example/1"))
    assert lines(text, 400) == "**a**:\n**b**\nc\n[d](https://p.example/1)"


def test_a_link_without_room_for_its_address_is_its_words() -> None:
    assert line(linked("A paper", f"https://p.example/{'x' * 200}"), 100) == "A paper"
