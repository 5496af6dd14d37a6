"""Acronyms and full forms go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from bot.matching.evaluate import find, fold_paper
from bot.query import COMMON, Acronyms, learn, parse
from bot.query.acronyms import definitions
from tests.builders import a_paper


def finds(query: str, text: str, acronyms: Acronyms = COMMON) -> bool:
    """Whether the query finds a paper with that abstract."""
    return find(parse(query), fold_paper(a_paper(title="Zzz", abstract=text)), acronyms) is not None


def learned(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What is learned from papers with these texts."""
    counted = Counter(pair for text in texts for pair in definitions(text))
    return learn((short, full, papers) for (short, full), papers in counted.items())


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
def test_one_finds_the_other(*, query: str, text: str, expected: bool) -> None:
    """The whole term, either way, unless it is quoted; the acronym only as papers write it."""
    assert finds(query, text) is expected


def test_evidence_is_the_form_that_is_there() -> None:
    found = find(parse("reinforcement learning"), fold_paper(a_paper(title="Deep RL", abstract="")), COMMON)
    assert found
    assert found[0].words == "RL"


def test_the_form_in_the_better_field_is_the_evidence() -> None:
    paper = a_paper(title="RL", abstract="Reinforcement learning.")
    found = find(parse("reinforcement learning"), fold_paper(paper), COMMON)
    assert found
    assert [(piece.field, piece.words) for piece in found] == [("title", "RL")]


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
def test_a_definition_is_an_acronym_behind_its_initials(text: str, short: str, full: str) -> None:
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


def test_a_pair_is_learned_when_several_papers_define_it_alike() -> None:
    """Case, hyphens and plurals do not count; the most common spelling is kept."""
    texts = ["World Models (WM)", "world models (WMs)", "world models (WM)", "world model (WM)"]
    assert learned(texts) == (("WM", "world models"),)
    assert learned(texts[:2]) == ()


def test_a_paper_counts_once() -> None:
    assert learned(["world models (WM) " * 9]) == ()


def test_a_pair_is_not_learned_when_papers_differ() -> None:
    """Nine of ten must agree."""
    assert learned(["world models (WM)"] * 8 + ["working memory (WM)"]) == ()
    assert learned(["world models (WM)"] * 9 + ["working memory (WM)"]) == (("WM", "world models"),)


def test_what_was_learned_is_found_and_wins_over_the_common_table() -> None:
    learned = COMMON.and_learned(
        [("WM", "world models"), ("SAE", "society of engineers"), ("RL", "Reinforcement Learning")]
    )
    assert finds("world model", "a WM", learned)
    assert finds("SAE", "the society of engineers", learned)
    assert not finds("SAE", "sparse autoencoders", learned)
    assert [pair for pair in learned.pairs if pair[0] == "RL"] == [("RL", "reinforcement learning")]


def test_common_acronyms_stand_for_one_thing_each() -> None:
    shorts = [short.casefold() for short, _ in COMMON.pairs]
    assert len(shorts) == len(set(shorts))
