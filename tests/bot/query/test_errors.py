"""What is wrong with a query, where, and which query works."""

from __future__ import annotations

import pytest

from bot.errors import QueryError
from bot.query import parse
from bot.query.fields import FIELD, LABELS
from bot.query.foreign_fields import NO_ADDRESSES, NO_DATES
from bot.text.figures import listed

KNOWN = f"The fields are {listed([f'{name}:' for name in (*FIELD, *LABELS)])}."

UPPER = "A count takes only a lower limit, written >=; with a minus before it, that becomes an upper one."

MISTAKES = [
    ("OR rlhf", "^", "“OR” needs something before it.", "rlhf"),
    ("rlhf OR", "     ^", "“OR” needs something after it.", "rlhf"),
    ("rlhf,", "    ^", "“,” needs something after it.", "rlhf"),
    (", rlhf", "^", "“,” needs something before it.", "rlhf"),
    ("rlhf,, dpo", "     ^", "“,” needs something before it.", "rlhf, dpo"),
    ("rlhf AND", "     ^", "“AND” needs something after it.", "rlhf"),
    ("rlhf OR OR dpo", "        ^", "“OR” needs something before it.", "rlhf OR dpo"),
    ("rlhf AND OR dpo", "         ^", "“OR” needs something before it.", "rlhf AND dpo"),
    ("x -(rlhf,)", "        ^", "“,” needs something after it.", "x -(rlhf)"),
    ("rlhf NOT", "     ^", "“NOT” needs something after it.", "rlhf"),
    ("(rlhf OR ) dpo", "      ^", "“OR” needs something after it.", "(rlhf) dpo"),
    ("AND", "^", "“AND” needs something before it.", "rlhf, reward model"),
    ("()", "^", "There is nothing between these brackets.", "(robot OR drone) AND video"),
    ("(a OR b", "^", "This bracket is never closed.", "(a OR b)"),
    ("x (a OR (b)", "  ^", "This bracket is never closed.", "x (a OR (b))"),
    ("a OR b)", "      ^", "This bracket was never opened.", "a OR b"),
    (")", "^", "This bracket was never opened.", "rlhf, reward model"),
    ('state "of the art', "      ^", "This quote is never closed.", 'state "of the art"'),
    ("“state of the art", "^", "This quote is never closed.", '"state of the art"'),
    ('""', "^", "There are no words between these quotes.", '"world model"'),
    ('"?!"', "^", "There are no words between these quotes.", '"world model"'),
    ("-survey", "^", "This says only what to leave out, not what to look for.", "* -survey"),
    ("NOT (a OR b)", "^", "This says only what to leave out, not what to look for.", "* NOT (a OR b)"),
    ("rlhf, -survey", "      ^", "This says only what to leave out, not what to look for.", "rlhf -survey"),
    ("-(a -b)", "^", "This says only what to leave out, not what to look for.", "* -(a -b)"),
    ("video --survey", "       ^", "One minus is enough.", "video -survey"),
    ("a NOT NOT b", "      ^", "One minus is enough.", "a NOT b"),
    ("diffusion - survey", "          ^", "Put the minus right before what it leaves out.", "diffusion -survey"),
    ("diffusion -", "          ^", "Put the minus right before what it leaves out.", "diffusion"),
    (
        "autor:LeCun",
        "^",
        f"“autor:” is not a field. {KNOWN}",
        "author:LeCun",
    ),
    (
        "robots tag:video",
        "       ^",
        f"“tag:” is not a field. {KNOWN}",
        "robots keyword:video",
    ),
    (
        "Mamba: linear time",
        "^",
        f"“Mamba:” is not a field. {KNOWN} To look for these words, put them in quotes.",
        '"Mamba: linear time"',
    ),
    ("title :agent", "      ^", "Put the colon right after the name of a field.", "title:agent"),
    ("title:", "     ^", "“title:” needs a word after it.", "title:agent"),
    ("author: OR x", "      ^", "“author:” needs a word after it.", "x"),
    ("title:*", "     ^", "“title:” needs a word after it.", "title:agent"),
    (
        "title:(a OR b)",
        "      ^",
        "A field takes words, not brackets; repeat it for each alternative.",
        "(title:a OR title:b)",
    ),
    ("x title:-agent", "        ^", "Put the minus before the field.", "x -title:agent"),
    ("upvotes>=many", "         ^", "“upvotes>=” needs a whole number after it.", "upvotes>=20"),
    ("upvotes>=", "       ^", "“upvotes>=” needs a whole number after it.", "upvotes>=20"),
    ("upvotes>=2.5", "         ^", "“upvotes>=” needs a whole number after it.", "upvotes>=3"),
    ("upvotes>=-5", "         ^", "“upvotes>=” needs a whole number after it.", "upvotes>= 5"),
    ("upvotes&gt;=many", "         ^", "“upvotes>=” needs a whole number after it.", "upvotes>=20"),
    ("upvotes>=9999999999", "         ^", "No paper has that many upvotes.", "upvotes>=1,000"),
    (
        "rlhf upvotes<5",
        "            ^",
        UPPER,
        "rlhf -upvotes>=5",
    ),
    ("upvotes = 20", "        ^", "A count takes only a lower limit, written >=.", "upvotes >= 20"),
    ("upvotes:20", "^", "“upvotes” is a number: give its lower limit, with >=.", "upvotes>=20"),
    ("likes>=20", "^", "“likes” is not a count. The counts are upvotes, comments and stars.", "upvotes>=20"),
    ("upvote>=20", "^", "“upvote” is not a count. The counts are upvotes, comments and stars.", "upvotes>=20"),
    (
        "p < 0.05",
        "^",
        "“p” is not a count. The counts are upvotes, comments and stars. To look for these words, put them in quotes.",
        '"p < 0.05"',
    ),
    (">= 20", "^", "“>=” needs a count before it.", "upvotes>= 20"),
    ("has:demo", "    ^", "“has:” takes “code” or “project”.", "has:project"),
    ("has:projects", "    ^", "“has:” takes “code” or “project”.", "has:project"),
    ("has:", "^", "“has:” takes “code” or “project”.", "has:code"),
    (
        "robots *",
        "       ^",
        "A star on its own means every paper; right after a word it means any ending.",
        "robots",
    ),
    ("ro*bot", "  ^", "Put a single star at the end of a word.", "robot"),
    ("*bot", "^", "Put a single star at the end of a word.", "bot"),
    ("rlhf &*", "     ^", "A star on its own means every paper; right after a word it means any ending.", "rlhf"),
    ("robot**", "     ^", "Put a single star at the end of a word.", "robot*"),
    ("self-*", "     ^", "Put a single star at the end of a word.", "self*"),
    ("AI*", "  ^", "A star needs at least 3 letters before it.", "AI"),
    ('"robot*"', "      ^", "Quotes find exactly these words, so a star has no meaning between them.", "robot*"),
    (
        "rob?t",
        "   ^",
        "“?” does not stand for a letter; a star at the end of a word stands for any ending.",
        "rob*",
    ),
    ("vision & language", "       ^", "“&” is not an operator.", "vision AND language"),
    (
        "A*(robot*",
        "  ^",
        "A bracket right after a word has no meaning here; to look for a formula, put it in quotes.",
        '"A*" AND robot',
    ),
    ("a && b", "  ^", "“&&” is not an operator.", "a AND b"),
    ("vision / language", "       ^", "“/” has no letter or digit to look for.", "vision language"),
    ("?", "^", "“?” has no letter or digit to look for.", "rlhf, reward model"),
    ("rlhf !survey", "     ^", "“!” before a word has no meaning here.", "rlhf -survey"),
    ("+rlhf", "^", "“+” before a word has no meaning here.", "rlhf"),
    ("rlhf; dpo", "    ^", "“;” has no meaning here; put a comma between alternatives.", "rlhf, dpo"),
    (
        "P(y|x)",
        " ^",
        "A bracket right after a word has no meaning here; to look for a formula, put it in quotes.",
        '"P(y|x)"',
    ),
    ('"x"y', "   ^", "A space is missing here.", '"x" y'),
    ('"x"[ti]', "   ^", "“[ti]” after a quote has no meaning here.", 'title:"x"'),
    ('"a b"~3', "     ^", "“~3” after a quote has no meaning here.", '"a b"'),
    ("category:cs.LG robots", "^", f"“category:” is not a field. {KNOWN}", "cat:cs.LG robots"),
    (
        "cat:cs.LGG",
        "    ^",
        "“cs.LGG” is not a category of arXiv; arxiv.org/category_taxonomy has them all.",
        "cat:cs.LG",
    ),
    (
        "cat:robotics AND grasping",
        "    ^",
        "“robotics” is not a category of arXiv; arxiv.org/category_taxonomy has them all.",
        "cat:cs.RO AND grasping",
    ),
    (
        "cat:zebras AND grasping",
        "    ^",
        "“zebras” is not a category of arXiv; arxiv.org/category_taxonomy has them all.",
        "grasping",
    ),
    ("cat:", "^", "“cat:” needs a category of arXiv after it, such as cs.LG or stat.*.", "cat:cs.LG"),
    ("x AND cat:-cs.CV", "          ^", "Put the minus before “cat:”.", "x AND -cat:cs.CV"),
    (
        "cat:(cs.LG, cs.CL)",
        "    ^",
        "“cat:” takes one name, not brackets; repeat it for each alternative.",
        "(cat:cs.LG, cat:cs.CL)",
    ),
    ("source:arxvi robots", "       ^", "“source:” takes “huggingface” or “arxiv”.", "robots"),
    ("source:HF robots", "       ^", "“source:” takes “huggingface” or “arxiv”.", "source:huggingface robots"),
    ("-cat:cs.CV", "^", "This says only what to leave out, not what to look for.", "* -cat:cs.CV"),
    ("year:2024 robots", "^", NO_DATES, "robots"),
    ("site:arxiv.org robots", "^", NO_ADDRESSES, "robots"),
    ("all:robots", "^", "Without a field, words are looked for anywhere, so “all:” is not needed.", "robots"),
    ("au:LeCun", "^", f"“au:” is not a field. {KNOWN}", "author:LeCun"),
    ("author=LeCun", "^", "“author” is a field: put a colon after it.", "author:LeCun"),
    ("upvotes:>50", "^", "“upvotes” is a number: give its lower limit, with >=.", "upvotes>50"),
    ("20<upvotes", "^", "“20” is not a count. The counts are upvotes, comments and stars.", "upvotes>20"),
    ("stars>=1.2k", "       ^", "“stars>=” needs a whole number after it.", "stars>=1200"),
    ('agent"', "     ^", "This quote is never closed.", "agent"),
    ('foo:"bar"', "^", f"“foo:” is not a field. {KNOWN} To look for these words, put them in quotes.", '"foo:bar"'),
    ("a) OR (b", " ^", "This bracket was never opened.", "(a) OR (b)"),
    ("- robots", "^", "Put the minus right before what it leaves out.", "* -robots"),
    ("!robots", "^", "“!” before a word has no meaning here.", "* -robots"),
    ("*rl", "^", "Put a single star at the end of a word.", "rl"),
    ("*-shot", "^", "Put a single star at the end of a word.", "shot"),
    ("multi*agent", "     ^", "Put a single star at the end of a word.", "multi* agent"),
    ("a, b, -c", "      ^", "This says only what to leave out, not what to look for.", "(a, b) -c"),
    ("-a, -b", "^", "This says only what to leave out, not what to look for.", "* -a -b"),
    ("(a, -b)", "^", "This says only what to leave out, not what to look for.", "a -b"),
    ("robots -upvotes<5", "               ^", UPPER, "robots upvotes>=5"),
    ("(x)y", "   ^", "A space is missing here.", "(x) y"),
    ('x"y"', " ^", "A space is missing here.", 'x "y"'),
]


@pytest.mark.parametrize(("query", "caret", "message", "example"), MISTAKES)
def test_a_mistake_is_pointed_at_and_corrected(query: str, caret: str, message: str, example: str) -> None:
    """The caret is under the mistake, and the example is a query."""
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    assert (error.message, error.code.split("\n")[1], error.repair) == (message, caret, f"For example: {example}")
    parse(example)


@pytest.mark.parametrize("query", ["", " ", "\n\t", "\u200b", "\x00"])
def test_an_empty_query_is_answered_with_a_question_and_an_example(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    assert (error.message, error.repair) == ("What should I look for?", "For example: rlhf, reward model")
    assert (error.position, error.code) == (0, "")


def test_a_long_query_is_refused_where_it_becomes_too_long() -> None:
    """The query is shown up to that place."""
    parse("a" * 500)
    with pytest.raises(QueryError, match=r"^A query can have at most 500 characters\.") as caught:
        parse("a" * 501)
    assert caught.value.position == 500
    assert caught.value.query == "a" * 500 + "…"
    assert caught.value.repair.startswith("Split it into several subscriptions, for example: ")


def test_a_deep_query_is_refused_at_the_bracket_that_is_too_much() -> None:
    parse(f"{'(' * 10}a{')' * 10}")
    with pytest.raises(QueryError, match=r"^This is nested more than 10 levels deep\.") as caught:
        parse(f"{'(' * 11}a{')' * 11}")
    assert caught.value.position == 10


def test_a_query_of_many_terms_is_refused_at_the_first_term_too_many() -> None:
    parse(", ".join("a" * 50))
    with pytest.raises(QueryError, match=r"^A query can have at most 50 terms\.") as caught:
        parse(", ".join("a" * 51))
    assert caught.value.position == 150


def test_a_query_that_combines_too_many_alternatives_is_refused() -> None:
    """Written out, it would have 256 conjunctions."""
    parse(" ".join(["(a, b, c, d)"] * 3))
    with pytest.raises(QueryError, match=r"^This combines its alternatives in more than 200 ways\.") as caught:
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
    """Without escapes and LaTeX, so that the caret is where people see the mistake."""
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.code.split("\n")[0] == shown
