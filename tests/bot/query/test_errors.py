"""What is wrong with a query, where, and what would do."""

from __future__ import annotations

import pytest

from bot.errors import QueryError
from bot.query import parse

NO_MAMBA = "There is no field “Mamba:”, but title:, keyword:, abstract:, author:, org: and has:"

MISTAKES = [
    ("OR rlhf", "^", "“OR” has nothing on its left.", "rlhf"),
    ("rlhf OR", "     ^", "“OR” has nothing on its right: the query ends.", "rlhf"),
    ("rlhf,", "    ^", "“,” has nothing on its right: the query ends.", "rlhf"),
    (", rlhf", "^", "“,” has nothing on its left.", "rlhf"),
    ("rlhf,, dpo", "     ^", "“,” has nothing on its left.", "rlhf, dpo"),
    ("rlhf AND", "     ^", "“AND” has nothing on its right: the query ends.", "rlhf"),
    ("rlhf OR OR dpo", "        ^", "“OR” has nothing on its left.", "rlhf OR dpo"),
    ("rlhf AND OR dpo", "         ^", "“OR” has nothing on its left.", "rlhf AND dpo"),
    ("rlhf || dpo", "      ^", "“|” has nothing on its left.", "rlhf | dpo"),
    ("x -(rlhf,)", "        ^", "“,” has nothing on its right.", "x -(rlhf)"),
    ("rlhf NOT", "     ^", "“NOT” has nothing on its right: the query ends.", "rlhf"),
    ("(rlhf OR ) dpo", "      ^", "“OR” has nothing on its right.", "(rlhf) dpo"),
    ("AND", "^", "“AND” has nothing on its left.", "rlhf, reward model"),
    ("()", "^", "There is nothing between these brackets.", "(robot OR drone) AND video"),
    ("(a OR b", "^", "This bracket is never closed.", "(a OR b)"),
    ("x (a OR (b)", "  ^", "This bracket is never closed.", "x (a OR (b))"),
    ("a OR b)", "      ^", "This bracket was never opened.", "a OR b"),
    (")", "^", "This bracket was never opened.", "rlhf, reward model"),
    ('state "of the art', "      ^", "This quote is never closed.", 'state "of the art"'),
    ("“state of the art", "^", "This quote is never closed.", '“state of the art"'),
    ('""', "^", "There is no word between these quotes.", '"world model"'),
    ('"?!"', "^", "There is no word between these quotes.", '"world model"'),
    ("-survey", "^", "This says only what to leave out, not what to look for.", "* -survey"),
    ("NOT (a OR b)", "^", "This says only what to leave out, not what to look for.", "* NOT (a OR b)"),
    ("rlhf, -survey", "      ^", "This says only what to leave out, not what to look for.", "rlhf, * -survey"),
    ("-(a -b)", "^", "This says only what to leave out, not what to look for.", "* -(a -b)"),
    ("video --survey", "       ^", "One minus is enough.", "video -survey"),
    ("a NOT NOT b", "      ^", "One minus is enough.", "a NOT b"),
    ("diffusion - survey", "          ^", "A minus stands right before what it leaves out.", "diffusion -survey"),
    ("diffusion -", "          ^", "A minus stands right before what it leaves out.", "video -survey"),
    (
        "autor:LeCun",
        "^",
        "There is no field “autor:”, but title:, keyword:, abstract:, author:, org: and has:",
        "author:LeCun",
    ),
    (
        "robots tag:video",
        "       ^",
        "There is no field “tag:”, but title:, keyword:, abstract:, author:, org: and has:",
        "robots keyword:video",
    ),
    (
        "Mamba: linear time",
        "^",
        f"{NO_MAMBA} – to look for these words, put them in quotes.",
        '"Mamba: linear time"',
    ),
    ("title :agent", "      ^", "A colon stands right after the name of a field.", "title:agent"),
    ("title:", "     ^", "“title:” needs a word.", "title:agent"),
    ("author: OR x", "      ^", "“author:” needs a word.", 'author:"Ada Example"'),
    ("title:*", "     ^", "“title:” needs a word.", "title:agent"),
    (
        "title:(a OR b)",
        "      ^",
        "A field goes with words, not with brackets.",
        "(title:robot OR title:drone)",
    ),
    ("x title:-agent", "        ^", "The minus stands before the field.", "x -title:agent"),
    ("upvotes>=many", "         ^", "“upvotes>=” needs a whole number.", "upvotes>=20"),
    ("upvotes>=", "       ^", "“upvotes>=” needs a whole number.", "upvotes>=20"),
    ("upvotes>=2.5", "         ^", "“upvotes>=” needs a whole number.", "upvotes>=20"),
    ("upvotes>=-5", "         ^", "“upvotes>=” needs a whole number.", "upvotes>=20"),
    ("upvotes&gt;=many", "         ^", "“upvotes>=” needs a whole number.", "upvotes>=20"),
    ("upvotes>=9999999999", "         ^", "No paper has so many upvotes.", "upvotes>=20"),
    ("rlhf upvotes<5", "            ^", "A count has only a lower limit, written >=.", "rlhf upvotes>=5"),
    ("upvotes = 20", "        ^", "A count has only a lower limit, written >=.", "upvotes >= 20"),
    ("upvotes:20", "^", "“upvotes” is a count to reach.", "upvotes>=20"),
    ("likes>=20", "^", "There is no count “likes”, but upvotes, comments and stars.", "upvotes>=20"),
    ("upvote>=20", "^", "There is no count “upvote”, but upvotes, comments and stars.", "upvotes>=20"),
    (
        "p < 0.05",
        "^",
        "There is no count “p”, but upvotes, comments and stars – to look for these words, put them in quotes.",
        '"p < 0.05"',
    ),
    (">= 20", "^", "“>=” has no count on its left.", "upvotes>=20"),
    ("has:demo", "    ^", "There are has:code and has:project.", "has:code"),
    ("has:projects", "    ^", "There are has:code and has:project.", "has:project"),
    ("has:", "^", "There are has:code and has:project.", "has:code"),
    (
        "robots *",
        "       ^",
        "A star by itself is every paper; right after a word, it is any ending.",
        "robots",
    ),
    ("ro*bot", "  ^", "A star stands once, at the end of a word.", "robot*"),
    ("*bot", "^", "A star stands once, at the end of a word.", "bot*"),
    ("rlhf &*", "     ^", "A star by itself is every paper; right after a word, it is any ending.", "rlhf"),
    ("robot**", "     ^", "A star stands once, at the end of a word.", "robot*"),
    ("self-*", "     ^", "A star stands once, at the end of a word.", "self*"),
    ("AI*", "  ^", "A star needs 3 letters before it at least.", '"AI*"'),
    ('"robot*"', "      ^", "In quotes the words stand in exactly these forms; a star goes without.", "robot*"),
    (
        "rob?t",
        "   ^",
        "“?” does not stand for a letter; a star at the end of a word stands for any ending.",
        "rob*",
    ),
    ("vision & language", "       ^", "“&” is no operator.", "vision AND language"),
    ("a && b", "  ^", "“&&” is no operator.", "a AND b"),
    ("vision / language", "       ^", "“/” has no letter or digit to look for.", "vision language"),
    ("?", "^", "“?” has no letter or digit to look for.", "*"),
    ("rlhf !survey", "     ^", "“!” before a word has no meaning here.", "rlhf -survey"),
    ("+rlhf", "^", "“+” before a word has no meaning here.", "rlhf"),
    ("rlhf; dpo", "    ^", "“;” has no meaning here; a comma stands between alternatives.", "rlhf, reward model"),
    (
        "P(y|x)",
        " ^",
        "A bracket right after a word has no meaning here; to look for a formula, put it in quotes.",
        '"P(y|x)"',
    ),
    ('"x"y', "   ^", "A space is missing here.", '"x" y'),
    ("(x)y", "   ^", "A space is missing here.", "(x) y"),
    ('x"y"', " ^", "A space is missing here.", 'x "y"'),
]


@pytest.mark.parametrize(("query", "caret", "message", "example"), MISTAKES)
def test_a_mistake_is_pointed_at_and_corrected(query: str, caret: str, message: str, example: str) -> None:
    """The caret stands under the mistake, and the example is understood."""
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    assert (error.message, error.code.split("\n")[1], error.repair) == (message, caret, f"For example: {example}")
    parse(example)


@pytest.mark.parametrize("query", ["", " ", "\n\t", "\u200b", "\x00"])
def test_a_query_of_nothing_is_said_to_be_empty(query: str) -> None:
    with pytest.raises(QueryError, match=r"There is nothing to look for\.") as caught:
        parse(query)
    assert caught.value.position == 0


def test_a_long_query_is_refused_where_it_becomes_too_long() -> None:
    """What is shown ends there, too."""
    parse("a" * 500)
    with pytest.raises(QueryError, match=r"500 characters at most") as caught:
        parse("a" * 501)
    assert caught.value.position == 500
    assert caught.value.query == "a" * 500 + "…"


def test_a_deep_query_is_refused_at_the_bracket_that_is_too_much() -> None:
    parse(f"{'(' * 10}a{')' * 10}")
    with pytest.raises(QueryError, match=r"more than 10 brackets deep") as caught:
        parse(f"{'(' * 11}a{')' * 11}")
    assert caught.value.position == 10


def test_a_query_of_many_terms_is_refused_at_the_term_that_is_too_much() -> None:
    parse(", ".join("a" * 50))
    with pytest.raises(QueryError, match=r"50 terms at most") as caught:
        parse(", ".join("a" * 51))
    assert caught.value.position == 150


def test_a_query_that_combines_too_many_alternatives_is_refused() -> None:
    """Written out it would have 256 conjunctions."""
    parse(" ".join(["(a, b, c, d)"] * 3))
    with pytest.raises(QueryError, match=r"more than 200 ways") as caught:
        parse(f"x {' '.join(['(a, b, c, d)'] * 4)}")
    assert caught.value.position == 2


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("upvotes&gt;=x", "upvotes>=x"),
        ("upvotes&amp;gt;=x", "upvotes>=x"),
        ("a \t\n AND", "a AND"),
        (r"$\pi_0$ AND", "π₀ AND"),
        ("(“a", "(“a"),
    ],
)
def test_the_query_is_shown_as_it_was_read(query: str, shown: str) -> None:
    """Escapes and LaTeX are undone, so that the caret stands where people see the mistake."""
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.code.split("\n")[0] == shown
