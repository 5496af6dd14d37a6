"""Filing queries under anchors finds what looking at every query finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Paper
from bot.matching.evaluate import find, fold_paper
from bot.matching.paper_batch import Batch
from bot.matching.query_index import ALWAYS, file, possible_anchors
from bot.query import Acronyms, Query, parse
from bot.query.tree import Count, Everything, Has, Node, Not, Term, both, conjunctions, either, is_anchored
from tests.bot.query.test_language import WORDS as CASES
from tests.builders import a_paper

ACRONYMS = Acronyms(
    (
        ("RL", "reinforcement learning"),
        ("ICL", "in-context learning"),
        ("RAG", "retrieval-augmented generation"),
        ("MoE", "mixture of experts"),
    )
)

WORDS = """
    robot robots self-supervised selfsupervised self supervised super vised fine-tuning finetuning learning
    reinforcement reinforce- ment RL RLs rl ICL in-context incontext context RAG retrieval augmented generation MoE moe
    MOE mixture of experts expert the a π₀ 强化 强 C++ GPT-4o GPT 4o 3D policies policy BASs bass OSs 0 1.5
    """.split()


def texts_of(vocabulary: Sequence[str], *, least: int, most: int) -> st.SearchStrategy[str]:
    """Texts of so many words, drawn as strings of a letter for each word: a list takes ten times as long to draw."""
    letters = {chr(ord("a") + number): word for number, word in enumerate(vocabulary)}
    drawn = st.text("".join(letters), min_size=least, max_size=most)
    return drawn.map(lambda written: " ".join(letters[letter] for letter in written))


words = texts_of(WORDS, least=1, most=4)
prefixes = st.sampled_from(["robot*", "rob*", "self-super*", "supervis* learning", "fine-tun*", "the polic*", "强化*"])
FIELDS = ["", "", "", "title", "keyword", "abstract", "author", "org"]
leaves = st.one_of(
    st.builds(Term, words, st.sampled_from(FIELDS), st.sampled_from([False, False, True])),
    st.builds(Term, words),
    st.builds(Term, prefixes, st.sampled_from(["", "", "title", "author"])),
    st.builds(Count, st.sampled_from(["upvotes", "stars"]), st.integers(0, 9)),
    st.builds(Has, st.sampled_from(["code", "project"])),
    st.just(Everything()),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        nodes.map(Not),
        st.lists(nodes, min_size=2, max_size=3).map(both),
        st.lists(nodes, min_size=2, max_size=3).map(either),
    ),
    max_leaves=6,
)
texts = texts_of([*WORDS, ".", "-", "\n", ","], least=0, most=10)
papers: st.SearchStrategy[Paper] = st.builds(
    lambda title, abstract, keywords, authors, organization, upvotes, code_url: a_paper(
        title=title or "Zzz",
        abstract=abstract,
        keywords=tuple(keywords),
        authors=tuple(authors),
        organization=organization,
        upvotes=upvotes,
        code_url=code_url,
    ),
    texts,
    texts,
    st.lists(texts, max_size=2),
    st.lists(texts, max_size=2),
    words,
    st.integers(0, 9),
    st.sampled_from(["", "https://code.example"]),
)


def found_by_index(
    queries: Sequence[Query], papers: Sequence[Paper], acronyms: Acronyms, common: Mapping[str, int] | None = None
) -> list[set[int]]:
    """Which papers each query finds when only what is filed under the papers' anchors is looked at."""
    counts = common or {}
    filed = [
        (number, place) for number, query in enumerate(queries) for place in file(query, lambda a: counts.get(a, 0))
    ]
    batch = Batch([fold_paper(paper) for paper in papers], acronyms)
    anchors = set(batch.anchors)
    found = batch.matching((number, place.conjunction) for number, place in filed if place.anchor in anchors)
    return [{number for number, theirs in enumerate(found) if query in theirs} for query in range(len(queries))]


def found_one_by_one(queries: Sequence[Query], papers: Sequence[Paper], acronyms: Acronyms) -> list[set[int]]:
    """Which papers each query finds when every query is asked of every paper."""
    folded = [fold_paper(paper) for paper in papers]
    return [{n for n, each in enumerate(folded) if find(query, each, acronyms) is not None} for query in queries]


def is_allowed(tree: Node) -> bool:
    """Whether the language lets the tree be written."""
    return is_anchored(tree) and conjunctions(tree) <= 200 and len(str(tree)) <= 500


@settings(max_examples=1500)
@given(
    st.lists(trees.filter(is_allowed), min_size=1, max_size=4),
    st.lists(papers, min_size=1, max_size=4),
    st.sampled_from([ACRONYMS, Acronyms()]),
    st.dictionaries(st.sampled_from(WORDS), st.integers(0, 5)),
)
def test_the_index_finds_exactly_what_one_by_one_finds(
    given_trees: list[Node], given_papers: list[Paper], acronyms: Acronyms, common: dict[str, int]
) -> None:
    queries = [parse(str(tree)) for tree in given_trees]
    assert found_by_index(queries, given_papers, acronyms, common) == found_one_by_one(queries, given_papers, acronyms)


@given(trees.filter(is_allowed), st.dictionaries(st.sampled_from(WORDS), st.integers(0, 5)))
def test_a_query_is_filed_under_anchors_that_are_possible(tree: Node, common: dict[str, int]) -> None:
    query = parse(str(tree))
    assert {place.anchor for place in file(query, lambda anchor: common.get(anchor, 0))} <= {
        ALWAYS,
        *possible_anchors(query),
    }


def test_the_cases_of_the_language_are_found_alike() -> None:
    queries = [parse(query) for query, _, _ in CASES]
    papers = [a_paper(title=text or "Zzz", abstract="") for _, text, _ in CASES]
    assert found_by_index(queries, papers, Acronyms()) == found_one_by_one(queries, papers, Acronyms())


@pytest.mark.parametrize(
    ("query", "anchors"),
    [
        ("robot", {"robot"}),
        ("robots AND the", {"robot"}),
        ("the robot", {"robot"}),
        ("robot, dance", {"robot", "dance"}),
        ("(robot, dance) AND upvotes>=3", {"robot", "dance"}),
        ("robot -dance", {"robot"}),
        ("RLHF", {"RLHF"}),
        ("transform*", {"trans*"}),
        ("author:lecun", {"author:lecun"}),
        ("fine tuning", {"tuning", "finetuning"}),
        ("upvotes>=3", {ALWAYS}),
        ("*", {ALWAYS}),
    ],
)
def test_a_query_is_filed_under_its_rarest_word(query: str, anchors: set[str]) -> None:
    common = {"the": 9, "robot": 1, "dance": 2, "fine": 5}
    assert {place.anchor for place in file(parse(query), lambda anchor: common.get(anchor, 0))} == anchors
