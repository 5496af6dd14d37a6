from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord.markdown import (
    CODE_COLUMNS,
    bold,
    code_block,
    escape,
    fit,
    fit_lines,
    inert,
    link,
    web,
)
from bot.errors import QueryError
from bot.text.characters import units
from tests.servers.discord.markdown import Node, active, parse, shown

ACTIVE = [
    "**bold** *it* _it_ __under__ ~~no~~ ||spoiler|| `code` ```block```",
    "[click](https://evil.example) [click](<https://evil.example>) [a [b] c](https://evil.example)",
    "https://evil.example <https://evil.example> http://evil.example/a_b_c steam://run/1 discord.gg/abc",
    "https://discord.com/invite/abc <someone@evil.example> <+123456>",
    "<@123> <@!123> <@&123> <#123> </papers:123> <id:customize> @everyone @here",
    "<t:1618953630> <t:1618953630:R> <:x:1> <a:x:1> :smile: :+1::skin-tone-3:",
    "# heading\n## heading\n### heading\n-# small\n> quote\n>>> quote\n- item\n* item\n  - item\n1. item\n23. item",
    "\\*\\*bold** \\\\[x](https://evil.example) \\`code` \\\n# heading",
    "¯\\_(ツ)_/¯ a*b*c a_b_c 2**3**4 __init__ ***all***",
]
"""Texts that Discord would take as more than text."""

TEXT = st.text(
    st.characters(codec=None) | st.sampled_from("\\*_~|`[]()<>@#:/-.1 \n\u200b\u202e\ud800👩\u200d🔬🇩🇪e\u0301")
)
"""Text with much in it that means something to Discord."""


@pytest.mark.parametrize("text", ACTIVE)
def test_an_escaped_text_is_shown_as_it_stands_and_nothing_else(text: str) -> None:
    assert active(text)
    assert active(escape(text)) == []
    assert shown(escape(text)) == text


@given(TEXT)
def test_any_escaped_text_is_shown_as_it_stands_and_nothing_else(text: str) -> None:
    assert active(escape(text)) == []
    assert shown(escape(text)) == inert(text)


@given(TEXT, TEXT)
def test_escaped_texts_stay_text_side_by_side(one: str, other: str) -> None:
    assert active(escape(one) + escape(other)) == []


@pytest.mark.parametrize("text", ["Pass rate: 3-shot (n=5), 50% > 20%", "a - b # c / d.e. 1. x", "state-of-the-art"])
def test_marks_that_mean_nothing_where_they_stand_are_left_alone(text: str) -> None:
    assert escape(text) == text


def test_characters_that_are_not_shown_are_left_out() -> None:
    assert escape("a\x00b\x1b[31mc\u202ed\u2066e\ud800f\u200bg") == "ab\\[31mcdefg"


def test_emoji_stay_whole() -> None:
    assert escape("👩‍🔬🇩🇪") == "👩‍🔬🇩🇪"


@given(TEXT)
def test_bold_text_is_bold_and_nothing_else(text: str) -> None:
    assert active(bold(text)) in ([], ["bold"])


@given(TEXT, st.sampled_from(["https://papers.example/1", "https://papers.example/(a)_b_*c*[d]`e`"]))
def test_a_link_leads_where_it_should_whatever_its_text(label: str, url: str) -> None:
    [node] = parse(link(label, url, 256))
    assert (node.kind, node.url) == ("link", web(url))
    assert {piece.kind for piece in node.inside} == {"text"}


def test_a_link_with_brackets_in_its_text_shows_them() -> None:
    assert parse(link("A [very] good (paper)", "https://papers.example/1", 99)) == (
        Node("link", inside=(Node("text", "A [very] good (paper)"),), url="https://papers.example/1"),
    )


@pytest.mark.parametrize(
    "url",
    [
        *("", "javascript:alert(1)", "ftp://files.example/x", "//papers.example", "https://", "https:///x"),
        *("https://someone@evil.example/", "https://a b.example/", "https://evil.example/\nx", "https://[::1", "x"),
        *("https://evil.example:port/", "https://evil.example/\ud800", "http://localhost/", "https://" + "a." * 2000),
    ],
)
def test_only_addresses_are_linked(url: str) -> None:
    assert web(url) == ""
    assert active(link("A title", url, 99)) == []


@pytest.mark.parametrize("url", ["https://papers.example/papers/9901.00001?a=1&b=%20#c", "http://127.0.0.1:8080/x"])
def test_an_address_stays_as_it_is(url: str) -> None:
    assert web(url) == url


@given(TEXT.filter(lambda text: "`" in text) | TEXT, st.integers(20, 200))
def test_nothing_in_code_can_end_it(text: str, room: int) -> None:
    block = code_block(text, room)
    assert units(block) <= room
    assert active(block) in ([], ["code block"])
    assert len(parse(block)) <= 1


def test_a_caret_stays_under_its_place_in_a_long_query() -> None:
    query = f"{'robots, ' * 20}AND AND teacups{', robots' * 20}"
    error = QueryError("Wrong.", query=query, position=query.index("AND teacups"))
    [block] = parse(code_block(error.code, 500))
    text, caret = block.text.split("\n")
    assert text[caret.index("^") :].startswith("AND teacups")
    assert len(text) <= CODE_COLUMNS
    assert (text[0], text[-1]) == ("…", "…")


@pytest.mark.parametrize("position", [0, 3, 39, 40, 41])
def test_a_caret_of_a_short_query_stays_under_its_place(position: int) -> None:
    query = "0123456789" * 5
    [block] = parse(code_block(f"{query}\n{' ' * position}^", 500))
    text, caret = block.text.split("\n")
    assert text[caret.index("^")] in {query[position], "…"}


@given(TEXT, st.integers(0, 60))
def test_a_text_fits_its_room(text: str, room: int) -> None:
    shown_text = fit(text, room)
    assert units(shown_text) <= room
    assert active(shown_text) == []


def test_a_text_that_is_cut_says_so_and_ends_with_a_whole_character() -> None:
    assert fit("👩‍🔬" * 100, 22) == "👩‍🔬👩‍🔬👩‍🔬👩‍🔬…"
    assert fit("*" * 100, 9) == "\\*\\*\\*\\*…"


def test_lines_are_shortened_alike_until_they_fit() -> None:
    texts = ["short", *["long " * 20] * 9]
    lines = fit_lines(10, lambda index, size: fit(texts[index], size), 500, longest=256)
    assert len(lines) == 10
    assert lines[0] == "short"
    assert 40 < len(lines[1]) < 60


def test_lines_that_fit_in_no_way_are_counted() -> None:
    lines = fit_lines(100, lambda _, size: fit("word " * 20, size), 500, longest=256)
    assert sum(len(line) + 1 for line in lines) <= 500
    assert lines[-1] == f"… and {100 - len(lines) + 1} more"


@pytest.mark.parametrize("piece", ["\n", " ", "\n ", "1", "\n1", "#", "\n- ", "[", "](", "`", "*", "\\", "://", "\n>"])
def test_long_runs_of_marks_take_no_more_time_than_their_length(piece: str) -> None:
    """Far less than a second, that is; an expression that takes quadratic time needs several."""
    text = piece * (10_000 // len(piece))
    began = time.process_time()
    for render in (
        escape,
        bold,
        lambda text: link(text, "https://papers.example", 256),
        lambda text: code_block(text, 500),
    ):
        render(text)
    assert time.process_time() - began < 1
