"""Text from outside, made plain and short."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import ELLIPSIS, plain, shorten

CASES = [
    ("One\n  two\tthree\u00a0four\u2003five", "One two three four five"),
    ("a\x00b\x07c\x1b[31md\u202ee\u200bf\ufeffg", "abc[31mdefg"),
    ("Schro\u0308dinger", "Schrödinger"),
    ("👩\u200d🔬 at work", "👩\u200d🔬 at work"),
    (r"$\pi_0$: a model", "π₀: a model"),
    (r"$\pi_{0.5}$", "π_0.5"),
    (r"$\text{Transformer}^2$", "Transformer²"),
    (r"$\nabla^2$DFT", "∇²DFT"),
    (r"$V_{0.5}$", "V_0.5"),
    (r"$O(n^2)$ time", "O(n²) time"),
    (r"$k$-means, $\alpha$-$\beta$", "k-means, α-β"),
    (r"3$\times$ faster", "3× faster"),
    (r"\textsc{Foo} and \textbf{bold \emph{and} more}", "Foo and bold and more"),
    (r"5\% of AT\&T, \#1, a\_b", "5% of AT&T, #1, a_b"),
    (r"Schr\"odinger, caf\'e, \~{n}", "Schrödinger, café, ñ"),
    (r"$\mathcal{L}$ and \implname stay", r"$\mathcal{L}$ and \implname stay"),
    ("$1 Million and $5", "$1 Million and $5"),
    ("costs 1$", "costs 1$"),
    (r"\$OneMillion-Bench", "$OneMillion-Bench"),
    ("a stray \\ backslash", "a stray \\ backslash"),
    ('see <a href="https://x.example">the page</a><br/>', "see the page"),
    ("<think> costs <1 GB, LMK > CLS", "<think> costs <1 GB, LMK > CLS"),
    ("P(y|x) * `code` _under_ N_0", "P(y|x) * `code` _under_ N_0"),
]


@pytest.mark.parametrize(("written", "read"), CASES)
def test_text_becomes_one_line_of_plain_characters(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text() | st.text(alphabet="$\\_^{}ab0 \n<>/%&πtextbf", max_size=80))
def test_plain_text_is_one_clean_line_and_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert once == " ".join(once.split())
    assert all(unicodedata.category(each)[0] != "C" or each == "\u200d" for each in once)
    assert plain(once) == once


@pytest.mark.parametrize("bomb", ["$", "{", "\\", "$\\a{", "\\text{", "$x", "<a ", "_{", "$\\pi_0$ ", "a\u0301", "\\$"])
def test_long_runs_of_signs_are_read_in_good_time(bomb: str) -> None:
    assert len(plain(bomb * 20_000)) <= len(bomb) * 20_000


def test_recorded_titles_lose_their_latex_and_nothing_else(recordings: Path) -> None:
    titles = {
        item["paper"]["id"]: item["paper"]["title"]
        for file in recordings.glob("2026-*.json")
        for item in json.loads(file.read_text())
    }
    changed = {key: plain(title) for key, title in titles.items() if plain(title) != " ".join(title.split())}
    assert all("$" in titles[key] or "\\" in titles[key] for key in changed)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 5, "short"),
        ("One sentence. Another one that is longer.", 20, "One sentence. …"),
        ("words without any full stop at all", 20, "words without any…"),
        ("no.Blanks.Here.At.All", 10, "no.Blanks…"),
        ("abcdefghij", 5, "abcd…"),
        ("ab cd e\u0301\u0301\u0301", 8, "ab cd…"),
        ("aaaa 👩\u200d🔬👩\u200d🔬", 8, "aaaa…"),
    ],
)
def test_text_is_cut_at_a_sentence_else_a_word_and_never_inside_a_character(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(text=st.text(), limit=st.integers(3, 60))
def test_shortened_text_keeps_its_limit_and_its_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short.removesuffix(ELLIPSIS).rstrip(" ")))
