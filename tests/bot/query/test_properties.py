"""What is true of every query and every text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Paper
from bot.errors import QueryError
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.missing import nearest_miss
from bot.matching.quick_check import quick_check, words_of
from bot.query import Query, describe, parse
from bot.query.tree import About, Category, Count, Everything, Has, Listed, Node, Not, Term, conjunctions, leaves
from bot.query.tree import terms as terms_of
from bot.query.typed import typed_phrases
from bot.text.folding import fold
from tests.bot.query.strategies import KNOWN, is_allowed, trees_of
from tests.builders import a_paper

WORDS = (
    "robot robots fine-tuning finetuning LLM LLMs clip CLIP GPT-4o C++ π₀ the 3D agent's 强化 policies Dance".split()
)
SIGNS = [
    *"()*,|-:\"“”„«»‘’'<>=≥&;!+?~^_$\\{} \n",
    *(" AND ", " OR ", " NOT ", " -", "title:", "author:", "has:", "upvotes>=", "&gt;", "&amp;lt;", "20", "1,000"),
    *(" and ", "AND", r"\pi", r"\textbf{", "<b>", "robot*", "\u0301", "\u200b", "🤗", "（", "，", "≠"),
]
QUERIES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=20).map("".join))

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
terms = st.one_of(
    st.builds(Term, words, st.sampled_from(["", "", "title", "author", "keyword"]), st.booleans()),
    st.builds(Term, st.sampled_from(["robot*", "fine-tun* robot", "强化*"])),
)
tree_leaves: st.SearchStrategy[Node] = st.one_of(
    terms,
    st.builds(About, words.map(Term), st.booleans()),
    st.builds(Count, st.sampled_from(["upvotes", "comments", "stars"]), st.integers(0, 99)),
    st.builds(Has, st.sampled_from(["code", "project"])),
    st.builds(Category, st.sampled_from(["cs.RO", "stat.*", "hep-th"])),
    st.builds(Listed, st.sampled_from(["arxiv", "huggingface"])),
    st.just(Everything()),
)
trees = trees_of(tree_leaves)
papers: st.SearchStrategy[Paper] = st.builds(
    lambda title, abstract, keywords, upvotes: a_paper(
        title=title or "Zzz", abstract=abstract, keywords=tuple(keywords), upvotes=upvotes
    ),
    words,
    st.lists(st.sampled_from([*WORDS, ".", "-", "\n", "é", "½"]), max_size=12).map(" ".join),
    st.lists(words, max_size=2),
    st.integers(0, 99),
)


@given(trees)
def test_a_printed_tree_is_parsed_as_the_same_tree(tree: Node) -> None:
    if is_allowed(tree):
        assert parse(str(tree)).tree == tree


def read(text: str) -> Query | QueryError:
    """The query, or the error."""
    try:
        return parse(text)
    except QueryError as error:
        return error


@settings(max_examples=500)
@given(QUERIES)
def test_any_text_is_read_or_refused_at_a_place(text: str) -> None:
    """Nothing but QueryError is raised, with its caret under the query; a query that was read is read again the same.

    The exception is a LaTeX command, which may become another one in lower case.
    """
    query = read(text)
    if isinstance(query, QueryError):
        assert 0 <= query.position <= len(query.query)
        assert query.repair
        return
    assert parse(query.text) == query
    assert describe(query)
    if len(str(query.tree)) <= 500:
        assert parse(str(query.tree)).tree == query.tree
    if len(query.canonical) <= 500 and "\\" not in text:
        assert parse(query.canonical).canonical == query.canonical


@given(trees, papers)
def test_a_paper_has_either_evidence_or_a_miss(tree: Node, paper: Paper) -> None:
    """Evidence is quoted from the paper; a miss is put into words."""
    if not is_allowed(tree):
        return
    query, folded = parse(str(tree)), fold_paper(paper)
    found = find(query, folded)
    assert (nearest_miss(query, folded) == "") is (found is not None)
    originals = [text for _, text in folded.texts]
    for piece in found or ():
        quoted = (piece.before + piece.words + piece.after).strip("…")
        assert piece.field in {"upvotes", "comments", "stars", "has"} or any(quoted in text for text in originals)


@settings(max_examples=300)
@given(trees, papers)
def test_a_quick_check_agrees_with_the_full_evaluation(tree: Node, paper: Paper) -> None:
    if is_allowed(tree):
        query, folded = parse(str(tree)), fold_paper(paper)
        result = quick_check(query, paper, words_of(folded), KNOWN)
        assert result in {None, find(query, folded, KNOWN) is not None}


@given(trees, papers)
def test_a_negation_is_the_opposite(tree: Node, paper: Paper) -> None:
    folded = fold_paper(paper)
    if is_allowed(tree) and conjunctions(Not(tree)) <= 200 and len(str(tree)) <= 400 and len(list(leaves(tree))) < 50:
        positive, negative = parse(str(tree)), parse(f"* -({tree})")
        assert (find(positive, folded) is None) is (find(negative, folded) is not None)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500,
        ")" * 500,
        "(" * 250 + "a" + ")" * 249,
        "-" * 500,
        "- " * 250,
        "NOT " * 125,
        " OR ".join("a" * 100),
        "a," * 250,
        "a " * 250,
        "aa* " * 125,
        "aaa* " * 100,
        '"' * 499,
        "'" * 500,
        "‘a " * 160,
        "a:" * 250,
        "a>" * 250,
        "1,000" * 100,
        "(a,b)" * 100,
        "-(" * 250,
        "a" + "\u0301" * 499,
        "a" + "\u0301\u0323" * 100_000,
        "$" * 100_000,
        "\\textbf{" * 60,
        "$a_{" * 100,
        "&amp;" * 100_000,
        "\\" * 500,
        "<b " * 160,
        "{" * 500,
        "*" * 500,
        "?a" * 250,
        "&" * 500,
    ],
)
def test_a_bomb_is_read_or_refused_at_once(text: str) -> None:
    """So is looking for it in a long text that is made for it."""
    folded = fold_paper(a_paper(abstract="a aa aaa aaaa a-a " * 200))
    before = time.process_time()
    query = read(text)
    if isinstance(query, Query):
        describe(query)
        find(query, folded)
        nearest_miss(query, folded)
    assert time.process_time() - before < 1


def test_a_long_phrase_of_stars_is_evaluated_in_time() -> None:
    """Every star fits everywhere, but no place is tried twice."""
    folded = fold_paper(a_paper(abstract="aaaa " * 3000))
    before = time.process_time()
    assert find(parse("aaa* " * 90 + "b"), folded) is None
    assert time.process_time() - before < 3


def test_folding_a_hostile_text_ends() -> None:
    before = time.process_time()
    for text in (
        "a" * 100_000,
        "\u0301" * 100_000,
        "a\u0301\u0323" * 50_000,
        "a'" * 50_000,
        "a1." * 30_000,
        "1," * 50_000,
    ):
        fold_paper(a_paper(abstract=text))
    assert time.process_time() - before < 5


def test_folding_a_paper_takes_about_a_millisecond() -> None:
    """The limit is generous, for slow machines."""
    abstract = "We study fine-tuning of large language models (LLMs) for robots’ policies in 3D scenes. " * 17
    folded = [fold_paper(a_paper(abstract=abstract, title=f"Paper {number}")) for number in range(3)]
    before = time.process_time()
    for number in range(100):
        fold_paper(a_paper(abstract=abstract, title=f"Paper {number}"))
    folding = time.process_time()
    query = parse("reward model")
    for _ in range(1000):
        find(query, folded[0])
    assert folding - before < 1
    assert time.process_time() - folding < 0.2


@given(st.text(max_size=60))
def test_space_around_a_query_does_not_count(text: str) -> None:
    query = read(text)
    if isinstance(query, Query):
        assert parse(f"  {text}\n").canonical == query.canonical


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Reward  Model", "reward model", True),
        ("RLHF ,dpo", "RLHF, DPO", False),
        ("rlhf OR dpo", "rlhf | Dpo", True),
        ("a AND b", "(a) (B)", True),
        ("a AND (b)", "A  AND b", True),
        ("CLIP", "clip", False),
        ('"CLIP"', "“clip”", True),
        ("title:Agents", "TITLE:agents", True),
        ("author:Yann LeCun", "author:yann lecun", True),
        ("upvotes>19", "upvotes >= 20", True),
        ("upvotes&gt;=20", "upvotes>=20", True),
        ("a NOT b", "a -b", True),
    ],
)
def test_queries_are_compared_without_case_and_white_space(*, one: str, other: str, same: bool) -> None:
    assert (parse(one).canonical == parse(other).canonical) is same


MARKS = [
    *'()|,;:*"!-+&<>=/?',
    " AND ",
    " OR ",
    " NOT ",
    "title:",
    "autor:",
    "upvotes>=",
    "likes:",
    "cat:",
    "has:",
    "source:",
    "cs.LG",
    "arxiv",
]
BROKEN = st.lists(st.sampled_from([*MARKS, " robots ", " agents", "world model ", "rlhf"]), max_size=14).map("".join)


@settings(max_examples=1000)
@given(st.one_of(BROKEN, QUERIES))
def test_every_example_is_a_query_that_looks_for_what_was_typed(text: str) -> None:
    """It looks for nothing else, and not for everything that was not to be left out."""
    error = read(text)
    if isinstance(error, Query):
        return
    typed = typed_phrases(error.query)
    assert error.examples
    for example in error.examples:
        tree = parse(example).tree
        found = [leaf for leaf, wanted in leaves(tree) if wanted]
        words = {atom.exact for term, wanted in terms_of(tree) if wanted for atom in term.atoms}
        if any(phrase.is_wanted for phrase in typed):
            assert words
            assert all(letters_in(error.query, word) for word in words)
            assert Everything() not in found or "*" in text or "＊" in text


def letters_in(text: str, word: str) -> bool:
    """Whether the letters of a folded word stand in the text in this order, with nothing but signs between them."""
    return word in "".join(token.exact for token in fold(text))
