"""A text is folded piece by piece, as if it were folded in one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.text import pieces
from bot.text.folding import Token, bases_of_pair, fold
from bot.text.pieces import LONGEST_KEPT, Pieces, folded_piece
from tests.bot.text.test_folding_and_plurals import ODD, TEXTS

PARTS = """
    fine tuning few-shot Llama 3 GPT4o DINOv2 SD 4 bit 8-bit .NET C++ A* RRT* a/b I/O R D Q&A pass@k $5 ß Schölkopf
    “quoted” (LLMs) policies, robotic. The β Δt 用GPT做 👩🏽 강하 x² node.js 5-10 don't
""".split()
GAPS = [
    "",
    " ",
    "  ",
    "\n",
    " \n",
    "- ",
    " -",
    "-",
    "–",
    ". ",
    ".",
    ", ",
    " & ",
    " . ",
    "/",
    "\u00a0",
    "\u200b",
    " \u0301",
]
SENTENCES = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(GAPS)), max_size=8).map(
    lambda parts: "".join(part + gap for part, gap in parts)
)


def folded_in_one(text: str) -> list[Token]:
    """The words of a text that is folded in one piece."""
    piece = folded_piece(text)
    words = [(piece.word, ""), *piece.more] if piece.word else []
    return [
        Token(
            word.exact,
            word.word,
            word.shape,
            pair,
            place.hyphened,
            place.start,
            place.end,
            word.sign,
            word.other,
            word.bases,
            bases_of_pair(pair, word),
        )
        for (word, pair), place in zip(words, piece.places, strict=True)
    ]


@settings(max_examples=1000)
@given(st.one_of(TEXTS, st.text(ODD + " -.", max_size=20), SENTENCES))
@example("fine- tuning")
@example("fine-  tuning of .NET")
@example("fine -tuning")
@example(".NET, and .NET")
@example("R & D of Q & A")
@example("C+ +, RRT* -")
@example("a \u0301b \u200b c")
def test_blanks_make_no_difference_to_how_a_text_is_folded(text: str) -> None:
    assert fold(text) == folded_in_one(text)


def test_a_piece_is_folded_once() -> None:
    kept = Pieces()
    assert kept["(fine-tuning,"] is kept["(fine-tuning,"]


def test_a_long_piece_is_not_kept() -> None:
    """A whole abstract in a script without blanks would be one."""
    kept = Pieces()
    assert kept["用" * LONGEST_KEPT] is kept["用" * LONGEST_KEPT]
    assert kept["用" * (LONGEST_KEPT + 1)] is not kept["用" * (LONGEST_KEPT + 1)]


def test_only_so_many_pieces_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST_KEPT", 2)
    kept = Pieces()
    for written in ("one", "two", "three"):
        assert kept[written].word is kept[written].last
    assert list(kept) == ["three"]
