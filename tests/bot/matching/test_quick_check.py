"""A quick check agrees with the full evaluation, or leaves the decision to it."""

from __future__ import annotations

import pytest

from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.quick_check import quick_check, words_of
from bot.query import COMMON, Knowledge, parse
from tests.builders import a_paper

PAPERS = (
    a_paper(
        title="Fine-tuning Robots with Reinforcement Learning", abstract="We show RL agents, fast. Learning helps."
    ),
    a_paper(
        title="A CLIP Survey",
        abstract="Learning from reinforcement of steel; robotics and policies.",
        keywords=("world model", "diffusion"),
        upvotes=30,
        code_url="https://code.example",
        organization="Example Labs",
    ),
    a_paper(title="Clip the Wings: 世界模型", abstract="", authors=("Zoë Ämple-Smith",), stars=4),
)

QUERIES = """
learning|reinforcement learning|RL|rl|"reinforcement learning"|finetuning|fine tuning|robot*|robotic*|rein*
CLIP|clip|policy|title:clip|title:learning|author:smith|author:"Zoe Ample-Smith"|org:example labs|author:ample*
*|upvotes>=20|has:code|stars>=4|* -survey|learning -RL|learning AND (clip, robots)|世界|世界模型|keyword:world model
world model, diffusion|model world|steel robotics|-RL AND clip|large language model|LLM|rlhf
learning helps|fast learning
""".replace("\n", "|")


@pytest.mark.parametrize("text", list(filter(None, QUERIES.split("|"))))
def test_a_quick_check_is_right_or_undecided(text: str) -> None:
    query = parse(text)
    for paper in PAPERS:
        folded = fold_paper(paper)
        result = quick_check(query, paper, words_of(folded), Knowledge(COMMON))
        assert result in {None, find(query, folded, Knowledge(COMMON)) is not None}


@pytest.mark.parametrize(
    "text", ["learning", "reinforcement learning", "RL", "* -survey", "upvotes>=20 AND clip", "LLM"]
)
def test_a_quick_check_decides_most_queries(text: str) -> None:
    query = parse(text)
    papers = [PAPERS[0], PAPERS[2]]
    assert None not in [quick_check(query, paper, words_of(fold_paper(paper)), Knowledge(COMMON)) for paper in papers]


def test_words_of_two_texts_do_not_run_together() -> None:
    paper = a_paper(title="World", keywords=("model",), abstract="")
    assert quick_check(parse("world model"), paper, words_of(fold_paper(paper))) is None
