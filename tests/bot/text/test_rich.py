"""Texts of which parts are set apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.text.rich import Piece, bold, code, enumerated, joined, linked, moment_in, pieces_of, rich, rich_lines

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_a_text_is_its_words() -> None:
    text = rich("Try ", code("/papers help"), " or ", bold("robots"), ".")
    assert text == "Try /papers help or robots."
    assert [piece.text for piece in pieces_of(text) if piece.code] == ["/papers help"]


def test_plain_text_is_one_piece_and_nothing_is_none() -> None:
    assert pieces_of("robots") == (Piece("robots"),)
    assert pieces_of("") == pieces_of(bold("")) == ()


def test_what_is_cut_from_a_text_is_plain() -> None:
    assert pieces_of(bold("robots")[:5]) == (Piece("robot"),)


def test_lines_leave_out_what_is_empty_and_keep_their_pieces() -> None:
    text = rich_lines(bold("one"), "", "two")
    assert text == "one\ntwo"
    assert pieces_of(text)[0] == Piece("one", bold=True)


def test_a_moment_is_said_in_a_zone_where_the_readers_own_is_unknown() -> None:
    text = moment_in(NOON, "Asia/Kolkata")
    assert (text, pieces_of(text)[0].at) == ("10 March 2026, 17:30 Asia/Kolkata", NOON)


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_several_things_stand_in_a_sentence(parts: list[str], text: str) -> None:
    assert enumerated(parts, "or") == text


def test_what_is_joined_keeps_its_links() -> None:
    text = joined(" · ", [linked("one", "https://one.example"), "two"])
    assert text == "one · two"
    assert pieces_of(text)[0].url == "https://one.example"
