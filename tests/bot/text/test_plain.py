"""Text from outside, made plain and short."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.plain import plain
from bot.text.shorten import ELLIPSIS, around_caret, shorten

CASES = [
    ("One\n  two\tthree\u00a0four\u2003five\u2028six", "One two three four five six"),
    ("a\x00b\x07c\x1b[31md\u202ee\u200bf\ufeffg\u00adh", "abc[31mdefgh"),
    ("blank\u3164looking\u2800letters", "blank looking letters"),
    ("cut\ud83d in two", "cut in two"),
    ("Schro\u0308dinger, Schro\u200b\u0308dinger", "Schrödinger, Schrödinger"),
    ("👩\u200d🔬 at work, 🏳\ufe0f\u200d🌈", "👩\u200d🔬 at work, 🏳\ufe0f\u200d🌈"),
    ("in\u200dvisible \u200d👩", "invisible 👩"),
    ('see <a href="https://x.example">the page</a><br/>now', "see the page now"),
    ("<p>One.</p><p><b>Two</b>.</p>", "One. Two."),
    ("10<sup>3</sup> parts of H<sub>2</sub>O", "10³ parts of H₂O"),
    ("R&amp;D, &lt;1 GB, &quot;x&quot;", 'R&D, <1 GB, "x"'),
    ("<think> costs <1 GB, LMK > CLS, </think> and <|end|>", "<think> costs <1 GB, LMK > CLS, </think> and <|end|>"),
    ("if a <b and c> d", "if a <b and c> d"),
]

PIECES = (
    "$ \\ { } _ ^ a 1 \\text{ \\pi \\( \\) <b> </b> <sup> </sup> &amp; & amp; lt; ` ' \" π \u0301 \u200d 👩 🔬 \u200b e"
    " \\$ \\% \\hat \\frac{ }{ , `` '' < > - é \\\" i \\left \\| \ufe0f \u0958 br / \\sqrt{ \\mathcal{"
).split()


@pytest.mark.parametrize(("written", "shown"), CASES)
def test_text_becomes_one_line_of_plain_characters(written: str, shown: str) -> None:
    assert plain(written) == shown


@given(st.text() | st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=14).map("".join))
def test_plain_text_is_one_clean_line_and_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert once == " ".join(once.split())
    assert all(
        unicodedata.category(character)[0] != "C" or character == "\u200d" or character > "\U0001f000"
        for character in once
    )
    assert unicodedata.is_normalized("NFC", once)
    assert plain(once) == once


def test_text_with_more_layers_of_markup_than_anybody_writes_stays_as_it_is() -> None:
    nested = "\\text{" * 5_000 + "}" * 5_000
    assert plain(nested) == plain(plain(nested)) == nested


@pytest.mark.parametrize(
    "bomb", [*PIECES, "$a", "$a_", "\\(a", "<a ", "\\href{}{", "a\u0301\u0316", "\u0301\u0316", "\\$", "``a''", "^{"]
)
def test_long_runs_of_signs_cost_no_more_than_their_length(bomb: str) -> None:
    """A fraction of a second, that is; a pattern or a normalization that takes quadratic time needs minutes."""
    text = (bomb * 100_000)[:100_000]
    began = time.process_time()
    once = plain(text)
    assert time.process_time() - began < 4
    assert plain(once) == once


def test_accents_beyond_reason_are_left_out() -> None:
    assert len(plain("a" + "\u0301" * 1_000)) < 10


def test_recorded_titles_lose_their_latex_and_line_breaks_and_nothing_else(recordings: Path) -> None:
    titles = {
        item["paper"]["title"]
        for file in [*recordings.glob("2026-*.json"), recordings / "edge_cases.json"]
        for item in json.loads(file.read_text())
    }
    assert len(titles) > 300
    for title in titles:
        shown = plain(title)
        assert not set(shown) & set("\\\n")
        assert shown == " ".join(title.split()) or set(title) & set("\\$_^")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 5, "short"),
        ("One sentence. Another one that is longer.", 20, "One sentence. …"),
        ("Really so? Another one that is longer.", 20, "Really so? Another…"),
        ("He asked “why?” Then nobody answered him.", 24, "He asked “why?” …"),
        ("As shown by Ada et al. Their robot can dance.", 30, "As shown by Ada et al. Their…"),
        ("words without any full stop at all", 20, "words without any…"),
        ("words, and then (more of them)", 20, "words, and then…"),
        ("no.Blanks.Here.At.All", 10, "no.Blanks…"),
        ("abcdefghij", 5, "abcd…"),
        ("文字列は長い。次の文はここで続く。", 12, "文字列は長い。 …"),
        ("abcdefghij", 1, "…"),
        ("abcdefghij", 0, ""),
    ],
)
def test_text_is_cut_at_a_sentence_else_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize(
    "character",
    ["e\u0301\u0302", "👩\u200d🔬", "👍\U0001f3fd", "❤\ufe0f", "🇩🇪", "1\ufe0f\u20e3", "\u1112\u1161\u11ab"],
)
def test_text_is_never_cut_inside_of_a_character(character: str) -> None:
    text = character * 10
    for limit in range(1, len(text)):
        kept = shorten(text, limit).removesuffix(ELLIPSIS)
        assert len(kept) % len(character) == 0


@given(text=st.text(), limit=st.integers(0, 60))
def test_shortened_text_keeps_its_limit_and_its_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or text.startswith(short.removesuffix(ELLIPSIS).rstrip(" "))


@given(st.text("abc ", max_size=80), st.integers(0, 80), st.integers(5, 50))
def test_a_caret_stays_under_its_place_however_few_columns_there_are(query: str, place: int, columns: int) -> None:
    line, caret = around_caret(f"{query}\n{' ' * place}^", columns).split("\n")
    assert max(len(line), len(caret)) <= columns
    assert line[caret.index("^") :][:1] in {query.rstrip()[place : place + 1], ELLIPSIS}


def test_lines_without_a_caret_are_shown_from_their_beginning() -> None:
    assert around_caret("robots and dance\nshort", 8) == "robots …\nshort"
