"""Why a paper matches, in its own words."""

from __future__ import annotations

import pytest

from bot.domain import Evidence
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import parse
from tests.builders import a_paper


def evidence(query: str, **paper: object) -> tuple[Evidence, ...] | None:
    """The evidence in a paper that has nothing but these values."""
    values: dict[str, object] = {"title": "Zzz", "abstract": "", "authors": ()}
    return find(parse(query), fold_paper(a_paper(**(values | paper))))


def test_a_match_is_quoted_with_the_text_around_it() -> None:
    assert evidence("fine-tuning", abstract="We study Fine Tuning of robots.") == (
        Evidence("abstract", "Fine Tuning", "We study ", " of robots."),
    )


@pytest.mark.parametrize(
    ("query", "text", "quoted"),
    [
        ('"SO(3"', "an SO(3)-equivariant net", "SO(3)"),
        ("SE 3", "on SE(3) groups", "SE(3)"),
        ('"f(x"', "the f(x) value", "f(x)"),
        ('"O(n"', "in O(n log n) time", "O(n log n)"),
        ("3 group", "the SO(3) group acts", "SO(3) group"),
        ("called world", "so called “world models” are", "called “world models”"),
        ("models and agents", "(world models) and agents", "(world models) and agents"),
        ("norm L2", "a norm [L2] of", "norm [L2]"),
        ("cost x", "the cost $x^2$ of", "cost $x^2$"),
        ("world model", "“world models” and (agents)", "world models"),
        ("agents", "a list (agents, robots", "agents"),
        ("T5+", "with T5+ here", "T5+"),
        ('"A*"', "the A* search", "A*"),
        (".NET", "the .NET runtime", ".NET"),
        ("cost 100", "they cost $100 each", "cost $100"),
    ],
)
def test_brackets_quotes_formulas_and_signs_are_quoted_whole(query: str, text: str, quoted: str) -> None:
    pieces = evidence(query, abstract=text)
    assert pieces
    assert pieces[0].words == quoted
    assert pieces[0].before + pieces[0].words + pieces[0].after == text


def test_the_text_around_a_match_is_cut_at_words() -> None:
    """About forty characters remain on each side."""
    long = "Many words stand before the place where the dance is found, and as many others stand behind that place."
    assert evidence("dance", abstract=long) == (
        Evidence(
            "abstract", "dance", "…words stand before the place where the ", " is found, and as many others stand…"
        ),
    )


def test_a_cut_between_two_words_keeps_both() -> None:
    before = "x " + "a" * 19 + " " + "b" * 19 + " "
    assert evidence("dance", abstract=f"{before}dance") == (Evidence("abstract", "dance", f"…{before[2:]}"),)


def test_text_without_spaces_is_cut_at_characters() -> None:
    assert evidence("学习", abstract="强" * 50 + "学习" + "强" * 50) == (
        Evidence("abstract", "学习", "…" + "强" * 40, "强" * 40 + "…"),
    )


def test_evidence_comes_from_the_title_rather_than_a_keyword_or_the_abstract() -> None:
    everywhere = {"title": "Dance", "abstract": "We dance.", "keywords": ("dancing", "dance")}
    for without, field in ((None, "title"), ("title", "keyword"), ("keywords", "abstract")):
        if without:
            everywhere.pop(without)
        pieces = evidence("dance", **everywhere)
        assert pieces
        assert [piece.field for piece in pieces] == [field]


def test_every_wanted_term_that_the_paper_has_is_evidence() -> None:
    """The best field comes first, counts and facts last; alternatives that the paper lacks have no evidence."""
    pieces = evidence(
        "(upvotes>=3, has:code, video, robot, dance, stars>=5) author:ada -survey",
        title="Robots",
        abstract="They dance.",
        authors=("Ada Example",),
        upvotes=3,
        code_url="https://code.example",
    )
    assert pieces == (
        Evidence("title", "Robots"),
        Evidence("abstract", "dance", "They ", "."),
        Evidence("author", "Ada", "", " Example"),
        Evidence("upvotes", "upvotes>=3"),
        Evidence("has", "has:code"),
    )


def test_the_same_words_are_evidence_once() -> None:
    assert evidence("dance, dances, danc*", title="Dance") == (Evidence("title", "Dance"),)


@pytest.mark.parametrize("query", ["*", "* -survey"])
def test_a_star_needs_no_evidence(query: str) -> None:
    assert evidence(query) == ()


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("state of the art", "the state\nof the art", "state\nof the art"),
        ("schrodinger", "Schro\u0308dinger’s bridge", "Schro\u0308dinger’s"),
        ("efficient", "an eﬃcient way", "eﬃcient"),
        ("æon flux", "AEon flux", "AEon flux"),
        ("aeon flux", "½ Æon flux", "Æon flux"),
        ("rlhf", "ＲＬＨＦ works", "ＲＬＨＦ"),
        ("GPT", "the GPT4o model", "GPT"),
        ("4o", "the GPT4o model", "4o"),
        ("finetuning", "fine\u00adtuning", "fine\u00adtuning"),
        ("polic*", "two policies", "policies"),
        ("🤗", "👩🏽‍🔬 and 🤗!", "🤗"),
        ("ロボット", "新しいﾛﾎﾞｯﾄです", "ﾛﾎﾞｯﾄ"),
        ("C++", "C, C# and C++.", "C++"),
    ],
)
def test_words_are_quoted_from_the_original(query: str, text: str, words: str) -> None:
    """Although folding changes the length of a text."""
    pieces = evidence(query, abstract=text)
    assert pieces
    assert pieces[0].words == words
    assert pieces[0].before + pieces[0].words + pieces[0].after == text
