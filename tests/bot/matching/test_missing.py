"""Why a paper does not match."""

from __future__ import annotations

import pytest

from bot.matching.folded_paper import fold_paper
from bot.matching.missing import lacks_counts_alone, nearest_miss
from bot.query import COMMON, Knowledge, parse
from tests.builders import a_paper

PAPER = a_paper(
    title="A Survey of Agents",
    abstract="The model gets a reward. We clip it. This is no RL.",
    keywords=("video agents",),
    authors=("Ada Example",),
    organization="Sample Lab",
    upvotes=12,
    comments=1,
    code_url="https://code.example",
)

MISSES = [
    ("agents", ""),
    ("diffusion", "it doesn't mention “diffusion”"),
    ("reward model", "it doesn't mention “reward model”, only “reward” and “model” apart"),
    ("reward hacking", "it doesn't mention “reward hacking”, only “reward”"),
    ("lack of data", "it doesn't mention “lack of data”"),
    ("CLIP", "it doesn't mention “CLIP”, only “clip” without the capitals"),
    ('"agent"', "it doesn't mention “agent” in exactly this form, only “Agents”"),
    ("robot*", "it doesn't mention “robot…”"),
    ("title:video", "“video” is not in its title, but among its keywords"),
    ("keyword:reward", "“reward” is not among its keywords, but in its abstract"),
    ("abstract:diffusion", "“diffusion” is not in its abstract"),
    ("author:Ada Sample", "“Ada Sample” is not among its authors, only “Ada”"),
    ("org:allenai", "“allenai” is not in its organization's name"),
    ("upvotes>=20", "it has 12 of 20 votes"),
    ("comments>=5", "it has 1 of 5 comments"),
    ("stars>=5", "its stars are unknown"),
    ("has:project", "it has no project page"),
    ("agents -survey", "it mentions “Survey” in its title, which is excluded"),
    ("* NOT reinforcement learning", "it mentions “RL” in its abstract, which is excluded"),
    ("* -title:survey", "it mentions “Survey” in its title, which is excluded"),
    ("* -author:ada", "“Ada” is among its authors, which is excluded"),
    ("* -(survey, dance)", "it mentions “Survey” in its title, which is excluded"),
    (
        "* -(survey AND clip)",
        "it mentions “Survey” in its title, which is excluded; it mentions “clip” in its abstract, which is excluded",
    ),
    ("* -(survey -dance)", "it mentions “Survey” in its title, which is excluded; it doesn't mention “dance”"),
    ("agents -has:code", "it has code, which is excluded"),
    ("agents -upvotes>=10", "it has 12 votes, which is excluded"),
    ("agents -*", "every paper is excluded"),
    ("agents upvotes>=20 diffusion", "it has 12 of 20 votes; it doesn't mention “diffusion”"),
    ("diffusion, dance", "it mentions neither “diffusion” nor “dance”"),
    ("diffusion, dance, ballet", "it mentions neither “diffusion”, “dance” nor “ballet”"),
    (
        "diffusion, reward model, dance",
        (
            "it doesn't mention “reward model”, only “reward” and “model” apart;"
            " it mentions neither “diffusion” nor “dance”"
        ),
    ),
    ("dance, upvotes>=20", "it has 12 of 20 votes; it doesn't mention “dance”"),
    (
        "one AND two AND three AND four AND five",
        "it doesn't mention “one”; it doesn't mention “two”; it doesn't mention “three”; and 2 more",
    ),
]


@pytest.mark.parametrize(
    ("query", "alone"),
    [
        ("agents upvotes>=20", True),
        ("(agents, dance) AND upvotes>=20 AND stars>=5", True),
        ("dance, upvotes>=20", True),
        ("dance AND upvotes>=20", False),
        ("agents -upvotes>=10", False),
        ("agents upvotes>=12", False),
    ],
)
def test_a_paper_may_lack_nothing_but_counts(query: str, *, alone: bool) -> None:
    assert lacks_counts_alone(parse(query), fold_paper(PAPER), Knowledge(COMMON)) is alone


@pytest.mark.parametrize(("query", "clause"), MISSES)
def test_a_miss_says_what_the_paper_lacks(query: str, clause: str) -> None:
    assert nearest_miss(parse(query), fold_paper(PAPER), Knowledge(COMMON)) == clause
