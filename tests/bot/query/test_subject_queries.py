"""The tilde: a subject, however it is worded."""

from __future__ import annotations

import pytest

from bot.errors import QueryError
from bot.query import Knowledge, Term, describe, other_reading, parse
from bot.query.tree import About, And, Not, Or


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("~red teaming", About(Term("red teaming"))),
        ('~"red teaming"', About(Term("red teaming"), is_quoted=True)),
        ("～red teaming", About(Term("red teaming"))),
        ("~red teaming, tea", Or((About(Term("red teaming")), Term("tea")))),
        ("~red ~teaming", And((About(Term("red")), About(Term("teaming"))))),
        ("robots -~survey", And((Term("robots"), Not(About(Term("survey")))))),
        ("robots -~survey tea", And((Term("robots"), Not(About(Term("survey"))), Term("tea")))),
        ("(~red teaming) upvotes>=5", And((About(Term("red teaming")), parse("upvotes>=5").tree))),
    ],
)
def test_a_tilde_takes_the_words_behind_it(query: str, tree: object) -> None:
    assert parse(query).tree == tree


@pytest.mark.parametrize("query", ["a~b", "agent~2", '"tea"~2'])
def test_a_tilde_within_or_after_words_is_something_else(query: str) -> None:
    try:
        tree = parse(query).tree
    except QueryError as error:
        tree = parse(error.examples[0]).tree
    assert isinstance(tree, Term)


@pytest.mark.parametrize(
    ("query", "message", "example"),
    [
        ("~(tea, kettles)", "“~” takes words, not brackets; repeat it for each alternative.", "(~tea, ~kettles)"),
        ("robots ~-tea", "Put the minus before the “~”.", "robots -~tea"),
        ("~~tea", "One “~” is enough.", "~tea"),
        ("~ tea", "Put “~” right before the subject.", "~tea"),
        ("~tea*", "After “~” a star has no meaning: a subject has all forms.", "tea*"),
        ('~"A*"', "After “~” a star has no meaning: a subject has all forms.", '"A*"'),
        ("~title:tea", "“~” needs the words of a subject right after it.", "title:tea"),
        ("~upvotes>=5", "“~” needs the words of a subject right after it.", "upvotes>=5"),
        ("title:~tea", "A subject is in the whole paper, not in one field.", "~tea"),
        ('~""', "There are no words between these quotes.", "rlhf, reward model"),
    ],
)
def test_a_tilde_in_the_wrong_place_is_corrected(query: str, message: str, example: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert raised.value.message == message
    assert example in raised.value.examples


def test_an_operator_in_lower_case_is_offered_for_subjects_too() -> None:
    reading = other_reading(parse("~robots or drones"))
    assert reading
    assert [query.text for query in reading.queries] == ["~robots OR ~drones"]


NAMES = tuple(Term(name) for name in ("jailbreak", "prompt injection", "AdvBench", "HarmBench", "refusal"))
KNOWN = Knowledge(names=lambda term: NAMES if term.key == "redteaming" else (), can_tell=lambda: True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "~red teaming",
            (
                "papers about “red teaming” (also by “jailbreak”, “prompt injection”, “AdvBench”, 2 other names or"
                " these words apart, if the paper is close in meaning)"
            ),
        ),
        ("~tea", "papers about “tea”"),
        ("~tea cups", "papers about “tea cups” (also by these words apart, if the paper is close in meaning)"),
        ("~tea, kettles", "papers mentioning “kettles” or about “tea”"),
        ("kettles -~tea", "papers that mention “kettles”, not about “tea”"),
    ],
)
def test_what_a_subject_finds_is_put_into_words(query: str, words: str) -> None:
    assert describe(parse(query), KNOWN) == words


def test_too_few_papers_to_tell_what_is_close_are_mentioned() -> None:
    assert describe(parse("~tea cups")) == (
        "papers about “tea cups” (by these words alone until I know enough papers to tell which are close in meaning)"
    )
