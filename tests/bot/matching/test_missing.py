"""Why a paper was not found."""

from __future__ import annotations

import pytest

from bot.matching.evaluate import fold_paper
from bot.matching.missing import lacks_counts_alone, nearest_miss
from bot.query import COMMON, parse
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
    ("diffusion", "“diffusion” is not in it"),
    ("reward model", "“reward model” is not in it; “reward” and “model” stand apart"),
    ("reward hacking", "“reward hacking” is not in it, only “reward”"),
    ("lack of data", "“lack of data” is not in it"),
    ("CLIP", "“CLIP” is not in it, only “clip” without the capitals"),
    ('"agent"', "“agent” is not in it in exactly this form, but “Agents” is"),
    ("robot*", "“robot…” is not in it"),
    ("title:video", "“video” is not in its title, but among its keywords"),
    ("keyword:reward", "“reward” is not among its keywords, but in its abstract"),
    ("abstract:diffusion", "“diffusion” is not in its abstract"),
    ("author:Ada Sample", "“Ada Sample” is not among its authors, only “Ada”"),
    ("org:allenai", "“allenai” is not in its organization’s name"),
    ("upvotes>=20", "it has 12 upvotes of 20"),
    ("comments>=5", "it has 1 comment of 5"),
    ("stars>=5", "its code stars are not known"),
    ("has:project", "it has no project page"),
    ("agents -survey", "it mentions “Survey” in its title, which is excluded"),
    ("* NOT reinforcement learning", "it mentions “RL” in its abstract, which is excluded"),
    ("* -title:survey", "it mentions “Survey” in its title, which is excluded"),
    ("* -author:ada", "it mentions “Ada” among its authors, which is excluded"),
    ("* -(survey, dance)", "it mentions “Survey” in its title, which is excluded"),
    (
        "* -(survey AND clip)",
        "it mentions “Survey” in its title, which is excluded; it mentions “clip” in its abstract, which is excluded",
    ),
    ("* -(survey -dance)", "it mentions “Survey” in its title, which is excluded; “dance” is not in it"),
    ("agents -has:code", "it has code, which is excluded"),
    ("agents -upvotes>=10", "it has 12 upvotes, which is excluded"),
    ("agents -*", "every paper is excluded"),
    ("agents upvotes>=20 diffusion", "it has 12 upvotes of 20; “diffusion” is not in it"),
    ("diffusion, dance", "neither “diffusion” nor “dance” is in it"),
    ("diffusion, dance, ballet", "neither “diffusion”, “dance” nor “ballet” is in it"),
    (
        "diffusion, reward model, dance",
        "“reward model” is not in it; “reward” and “model” stand apart; neither “diffusion” nor “dance” is in it",
    ),
    ("dance, upvotes>=20", "it has 12 upvotes of 20; “dance” is not in it"),
    (
        "one AND two AND three AND four AND five",
        "“one” is not in it; “two” is not in it; “three” is not in it; and 2 more",
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
def test_what_lacks_nothing_but_counts_may_still_come(query: str, *, alone: bool) -> None:
    assert lacks_counts_alone(parse(query), fold_paper(PAPER), COMMON) is alone


@pytest.mark.parametrize(("query", "sentence"), MISSES)
def test_what_is_missing_is_said(query: str, sentence: str) -> None:
    assert nearest_miss(parse(query), fold_paper(PAPER), COMMON) == sentence
