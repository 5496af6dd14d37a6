"""Queries and papers for tests of properties: words that hyphens, plurals, acronyms and scripts make difficult."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.domain import Listing, Nearness, Paper
from bot.query import Acronyms, Knowledge
from bot.query.knowledge import Wording
from bot.query.tree import (
    About,
    Category,
    Count,
    Everything,
    Has,
    Listed,
    Node,
    Not,
    Term,
    both,
    conjunctions,
    either,
    is_anchored,
)
from tests.builders import TODAY, a_paper

ACRONYMS = Acronyms(
    (
        ("RL", "reinforcement learning"),
        ("ICL", "in-context learning"),
        ("RAG", "retrieval-augmented generation"),
        ("MoE", "mixture of experts"),
    )
)

NAMES = [
    Term(name) for name in ("RLs", "fine-tuned", "modeling", "MoE", "A100", "retrieval augmented generation", "强化")
]


def names(subject: Term) -> tuple[Term, ...]:
    """Up to two names for every subject."""
    number = len(subject.text) % (len(NAMES) + 1)
    return tuple(NAMES[number : number + 2])


def nearness(wording: Wording, paper: Paper) -> Nearness:
    """Half of all papers are close to a subject."""
    return Nearness(wording.subject, float((len(paper.title) + len(paper.abstract) + len(wording.text)) % 2))


KNOWN = Knowledge(ACRONYMS, names, nearness)

WORDS = """
    robot robots self-supervised selfsupervised self supervised super vised fine-tuning finetuning learning
    reinforcement reinforce- ment RL RLs rl ICL in-context incontext context RAG retrieval augmented generation MoE moe
    MOE mixture of experts expert the a π₀ 强化 强 C++ GPT-4o GPT 4o 3D policies policy BASs bass OSs 0 1.5
    DINO-v2 DINOv2 v2 dinov2 kimik2 kimi K2 SD3 SD A100s A100 100 Qwen2.5VL Qwen 2.5 VL t5+ .NET net node.js nodejs
    I/O L1/L2 pass@k R&D β-VAE beta bases basis Schrödinger Schroedinger Schrodinger modelling modeling LLMS MOES ∞
    Y. LeCun Yann robotic supervise supervised tune fine-tune finetune plan planning model modeled distill distilled
    """.split()


def trees_of(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees with up to six of these leaves."""
    return st.recursive(
        leaves,
        lambda nodes: st.one_of(
            nodes.map(Not),
            st.lists(nodes, min_size=2, max_size=3).map(both),
            st.lists(nodes, min_size=2, max_size=3).map(either),
        ),
        max_leaves=6,
    )


def is_allowed(tree: Node) -> bool:
    """Whether the language lets the tree be written."""
    return is_anchored(tree) and conjunctions(tree) <= 200 and len(str(tree)) <= 500


def texts_of(vocabulary: Sequence[str], *, least: int, most: int) -> st.SearchStrategy[str]:
    """Texts of these words, drawn as strings with a letter for each word: lists take ten times as long to draw."""
    letters = {chr(ord("a") + number): word for number, word in enumerate(vocabulary)}
    drawn = st.text("".join(letters), min_size=least, max_size=most)
    return drawn.map(lambda written: " ".join(letters[letter] for letter in written))


words = texts_of(WORDS, least=1, most=4)
prefixes = st.sampled_from(["robot*", "rob*", "self-super*", "supervis* learning", "fine-tun*", "the polic*", "强化*"])
FIELDS = ["", "", "", "title", "keyword", "abstract", "comment", "author", "org", "submitter"]
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, words, st.sampled_from(FIELDS), st.sampled_from([False, False, True])),
    st.sampled_from([Term("A*", exact=True), Term("RL* VAE", exact=True), Term("the D*", exact=True)]),
    st.builds(Term, words),
    st.builds(Term, prefixes, st.sampled_from(["", "", "title", "author"])),
    st.builds(About, st.builds(Term, words), st.booleans()),
    st.builds(Count, st.sampled_from(["upvotes", "stars"]), st.integers(0, 9)),
    st.builds(Has, st.sampled_from(["code", "project"])),
    st.builds(Category, st.sampled_from(["cs.RO", "cs.LG", "cs.*"])),
    st.builds(Listed, st.sampled_from(["arxiv", "huggingface"])),
    st.just(Everything()),
)
trees = trees_of(leaves)
texts = texts_of([*WORDS, ".", "-", "\n", ","], least=0, most=10)
papers: st.SearchStrategy[Paper] = st.builds(
    lambda title, abstract, keywords, authors, organization, names, upvotes, code_url, lists: a_paper(
        title=title or "Zzz",
        abstract=abstract,
        keywords=tuple(keywords),
        authors=tuple(authors),
        organization=organization,
        organization_handle=names[0],
        submitter=names[1],
        submitter_handle=names[0],
        upvotes=upvotes,
        code_url=code_url,
        comment=names[1],
        categories=("cs.RO", "stat.ML")[: len(lists)] if "arxiv" in lists else (),
        listings=tuple(Listing(source, TODAY) for source in lists),
    ),
    texts,
    texts,
    st.lists(texts, max_size=2),
    st.lists(texts, max_size=2),
    words,
    st.tuples(words, words),
    st.integers(0, 9),
    st.sampled_from(["", "https://code.example"]),
    st.sampled_from([(), ("arxiv",), ("huggingface",), ("arxiv", "huggingface")]),
)
