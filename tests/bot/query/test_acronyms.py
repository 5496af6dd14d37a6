"""Acronyms and their full forms find each other, where papers agree on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import COMMON, Knowledge, definitions, learn, parse
from tests.bot.query.finds import finds
from tests.builders import a_paper


def learned(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The pairs that are learned from papers with these texts."""
    counts = Counter(pair for text in texts for pair in definitions(text))
    return learn((short, full, papers) for (short, full), papers in counts.items())


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("reinforcement learning", "deep RL", True),
        ("reinforcement learning", "deep rl", False),
        ("Reinforcement-Learning", "deep RL", True),
        ("RL", "reinforcement learning", True),
        ("rl", "reinforcement learning", True),
        ("RL", "learning reinforcement", False),
        ("LLMs", "a large language model", True),
        ("large language models", "LLMs", True),
        ("large language model", "MLLMs", False),
        ("mixture of experts", "MoEs", True),
        ("mixture-of-experts", "an MoE", True),
        ("chain of thought", "a cot", False),
        ("RAG", "retrieval augmented generation", True),
        ("multi-layer perceptron", "an MLP", True),
        ('"reinforcement learning"', "deep RL", False),
        ('"RL"', "reinforcement learning", False),
        ("title:RL", "reinforcement learning", False),
        ("abstract:RL", "reinforcement learning", True),
        ("author:RL", "reinforcement learning", False),
        ("reinforcement learn*", "deep RL", False),
        ("diffusion -RL", "diffusion and reinforcement learning", False),
        ("RL agent", "reinforcement learning agent", False),
    ],
)
def test_an_acronym_and_its_full_form_find_each_other(*, query: str, text: str, expected: bool) -> None:
    """Only as a whole term that is not quoted; the acronym only as papers write it."""
    assert finds(query, text, COMMON) is expected


def test_evidence_is_the_form_that_the_paper_has() -> None:
    evidence = find(
        parse("reinforcement learning"), fold_paper(a_paper(title="Deep RL", abstract="")), Knowledge(COMMON)
    )
    assert evidence
    assert evidence[0].words == "RL"


def test_the_form_in_the_better_field_is_the_evidence() -> None:
    paper = a_paper(title="RL", abstract="Reinforcement learning.")
    evidence = find(parse("reinforcement learning"), fold_paper(paper), Knowledge(COMMON))
    assert evidence
    assert [(piece.field, piece.words) for piece in evidence] == [("title", "RL")]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("We use Reinforcement Learning (RL) here.", "RL", "Reinforcement Learning"),
        ("large language models (LLMs)", "LLM", "large language models"),
        ("a mixture of experts (MoE)", "MoE", "mixture of experts"),
        ("retrieval-augmented generation (RAG)", "RAG", "retrieval-augmented generation"),
        ("reinforcement learning from human feedback (RLHF)", "RLHF", "reinforcement learning from human feedback"),
        ("multi-modal language models (MLMs)", "MLM", "multi-modal language models"),
        ("the state of the art (SOTA)", "SOTA", "state of the art"),
        ("neural radiance fields (NeRFs)", "NeRF", "neural radiance fields"),
        ("low-rank adaptation (LoRA)", "LoRA", "low-rank adaptation"),
    ],
)
def test_a_definition_is_an_acronym_after_words_with_its_initials(text: str, short: str, full: str) -> None:
    assert definitions(text) == {(short, full)}


@pytest.mark.parametrize(
    "text",
    [
        "deep networks (RL)",
        "learning (RL)",
        "reinforcement, as in learning and games (RL)",
        "non-robot learning (RL)",
        "the results (see Table)",
        "a model (i)",
        "reinforcement learning (rl)",
        "reinforcement learning: (RL)",
        "(RL)",
        "a reinforced; looser (RL)",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert definitions(text) == frozenset()


def test_a_definition_is_learned_when_several_papers_agree_on_it() -> None:
    """Case, hyphens and plurals make no difference; the most common spelling is kept."""
    texts = ["World Models (WM)", "world models (WMs)", "world models (WM)", "world model (WM)"]
    assert learned(texts) == (("WM", "world models"),)
    assert learned(texts[:2]) == ()


def test_a_paper_that_repeats_a_definition_counts_once() -> None:
    assert learned(["world models (WM) " * 9]) == ()


def test_a_definition_is_not_learned_when_papers_disagree() -> None:
    """Nine of ten must agree."""
    assert learned(["world models (WM)"] * 8 + ["working memory (WM)"]) == ()
    assert learned(["world models (WM)"] * 9 + ["working memory (WM)"]) == (("WM", "world models"),)


def test_learned_definitions_win_over_the_common_ones() -> None:
    learned = COMMON.updated(
        [("WM", "world models"), ("SAE", "society of engineers"), ("RL", "Reinforcement Learning")]
    )
    assert finds("world model", "a WM", learned)
    assert finds("SAE", "the society of engineers", learned)
    assert not finds("SAE", "sparse autoencoders", learned)
    assert [pair for pair in learned.pairs if pair[0] == "RL"] == [("RL", "reinforcement learning")]


def test_each_common_acronym_has_one_meaning() -> None:
    shorts = [short.casefold() for short, _ in COMMON.pairs]
    assert len(shorts) == len(set(shorts))
