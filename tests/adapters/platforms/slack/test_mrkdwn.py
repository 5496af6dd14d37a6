"""mrkdwn, in which only what is ours means anything."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.elements import inert
from adapters.platforms.slack.mrkdwn import LOOKALIKES, escape, is_exact, mrkdwn
from adapters.platforms.slack.pieces import on_one_line
from bot.text.rich import Piece, Rich
from tests.adapters.platforms.slack.looks import HOSTILE, parsed

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
CHARACTERS = st.characters(exclude_categories=())
TEXTS = st.lists(st.sampled_from(HOSTILE) | CHARACTERS, max_size=8).map("".join)
URLS = st.sampled_from(
    ["https://papers.example/1?a=1&b=2", "https://papers.example/*", "javascript:alert(1)", "https://x.example/|>*"]
)
PIECES = st.one_of(
    st.builds(Piece, TEXTS),
    st.builds(Piece, TEXTS, bold=st.sampled_from([True])),
    st.builds(Piece, TEXTS, code=st.sampled_from([True])),
    st.builds(Piece, TEXTS, st.booleans(), url=URLS),
    st.builds(Piece, TEXTS, at=st.just(NOON)),
)


def look(piece: Piece) -> str:
    """What is special about a piece, as `parsed` says it."""
    if piece.at:
        return f"at {int(piece.at.timestamp())}"
    if piece.url.startswith("https://papers"):
        return piece.url.replace("*", "%2A")
    return "code" if piece.code else "bold" if piece.bold else ""


def together(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts, with neighbours that look alike as one, and blanks at their ends as nobody's."""
    runs = groupby(parts, key=lambda part: part[1])
    joined = [("".join(text for text, _ in run), kind) for kind, run in runs]
    return [(text.strip(), kind) for text, kind in joined if text.strip()]


@given(st.lists(PIECES, max_size=6))
def test_mrkdwn_says_what_the_pieces_say_and_nothing_else_in_it_means_anything(pieces: list[Piece]) -> None:
    row = on_one_line(Rich(pieces), 2_000)
    meant = [(piece.text.translate(LOOKALIKES), look(piece)) for piece in row]
    said = [(text.translate(LOOKALIKES).replace("∣", "|"), kind) for text, kind in parsed(mrkdwn(row))]
    assert together(said) == together(meant)


def test_a_mark_beside_a_letter_still_counts() -> None:
    assert parsed(mrkdwn([Piece("robot", bold=True), Piece("s")])) == [("robot", "bold"), ("s", "")]


def test_a_link_in_bold_ends_where_its_text_does() -> None:
    assert (
        mrkdwn([Piece("A*", bold=True, url="https://a.example/*"), Piece("\nB")]) == "*<https://a.example/%2A|A∗>*\nB"
    )


def test_a_name_of_an_emoji_is_none_across_two_pieces() -> None:
    assert ":smile:" not in mrkdwn([Piece(":"), Piece("smile:")])


@pytest.mark.parametrize("text", ["robots & kettles", "<3", "é 量子", "a: b"])
def test_mrkdwn_is_exact_where_it_shows_each_character(text: str) -> None:
    assert is_exact([Piece(text)])


@pytest.mark.parametrize("text", ["robot*", "~red teaming", "a_b", "`x`"])
def test_mrkdwn_is_not_exact_where_a_character_only_looks_like_another(text: str) -> None:
    assert not is_exact([Piece(text)])


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("&lt;", "&amp;lt;"),
        ("*bold* _it_ ~no~ `code`", "∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ"),
        (":smile:", ":\u2060smile:"),
        ("Title: a tale: of two", "Title: a tale: of two"),
        ("@here", "@\u2060here"),
        ("https://evil.example", "https:\u2060//evil.example"),
        ("> quoted\n> twice", "\u2060&gt; quoted\n\u2060&gt; twice"),
        ("\u202e\u0007hidden", "hidden"),
    ],
)
def test_escaped_text_means_itself(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(TEXTS)
def test_nothing_escaped_is_left_to_format(text: str) -> None:
    escaped = escape(text)
    assert not set("<>*_~`") & set(escaped)
    assert not any("\ud800" <= character <= "\udfff" for character in escaped)
    assert "://" not in escaped
    assert len(html.unescape(escaped).replace("\u2060", "")) == len(inert(text))
