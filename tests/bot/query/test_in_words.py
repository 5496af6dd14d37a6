"""A query put into words."""

from __future__ import annotations

import pytest

from bot.query import COMMON, Knowledge, describe, parse

DESCRIPTIONS = [
    ("*", "every paper"),
    ("rlhf", "papers that mention “rlhf”"),
    ("rlhf, reward model", "papers that mention “rlhf” or “reward model”"),
    ("diffusion AND video", "papers that mention “diffusion” and “video”"),
    ("diffusion -survey", "papers that mention “diffusion”, without “survey”"),
    ("diffusion -survey -review", "papers that mention “diffusion”, without “survey” or “review”"),
    ("diffusion -(survey, review)", "papers that mention “diffusion”, without “survey” or “review”"),
    ("diffusion -(survey AND review)", "papers that mention “diffusion”, without “survey” and “review” together"),
    ("-survey diffusion", "papers that mention “diffusion”, without “survey”"),
    ("diffusion NOT reward model", "papers that mention “diffusion”, without “reward model”"),
    ("* -survey", "papers without “survey”"),
    ("CLIP", "papers that mention “CLIP” in capitals"),
    ("clip", "papers that mention “clip”"),
    ('"CLIP"', "papers that mention exactly “CLIP”"),
    ("reinforc* learning", "papers that mention “reinforc… learning”"),
    ("“world model”", "papers that mention exactly “world model”"),
    (
        '(robot* OR manipulation) AND "in context learning"',
        "papers that mention (“robot…” or “manipulation”) and exactly “in context learning”",
    ),
    ("a, b AND (c, d)", "papers that mention “a” or (“b” and (“c” or “d”))"),
    ("title:agent", "papers that mention “agent” in the title"),
    (
        "abstract:agent keyword:world model",
        "papers that mention “agent” in the abstract and “world model” in a keyword",
    ),
    ("author:Yann LeCun", "papers by “Yann LeCun”"),
    ('author:"Yann LeCun"', "papers by “Yann LeCun”"),
    ("org:allenai", "papers from “allenai”"),
    ("video author:lecun", "papers that mention “video”, by “lecun”"),
    ("video -author:lecun -org:x", "papers that mention “video”, not by “lecun”, not from “x”"),
    ("video, author:lecun", "papers mentioning “video” or by “lecun”"),
    ("video, dance -survey", "papers mentioning “video” or (mentioning “dance” and without “survey”)"),
    ("video -(dance -survey)", "papers that mention “video”, not (mentioning “dance” and without “survey”)"),
    ("video -(-survey)", "papers that mention “video”, not (without “survey”)"),
    (
        "video (dance, * -survey)",
        "papers that mention “video”, (mentioning “dance” or (of any kind and without “survey”))",
    ),
    ("video -*", "papers that mention “video”, of no kind"),
    ("upvotes>=20", "papers with at least 20 votes"),
    ("upvotes>0", "papers with at least 1 vote"),
    ("* comments>=5", "papers with at least 5 comments"),
    ("stars>=1000", "papers with at least 1000 stars"),
    ("video -upvotes>=20 -has:code", "papers that mention “video”, with fewer than 20 votes, without code"),
    ("has:code has:project", "papers with code, with a project page"),
    (
        "(rlhf, reward model) -survey upvotes>=20",
        "papers that mention “rlhf” or “reward model”, with at least 20 votes, without “survey”",
    ),
]


@pytest.mark.parametrize(("query", "words"), DESCRIPTIONS)
def test_a_query_is_put_into_words(query: str, words: str) -> None:
    assert describe(parse(query)) == words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("RL", "papers that mention “RL” in capitals (also as “reinforcement learning”)"),
        ("rl, video", "papers that mention “rl” or “video” (“rl” also as “reinforcement learning”)"),
        (
            "Reinforcement-Learning",
            "papers that mention “Reinforcement-Learning” (also as “RL”)",
        ),
        ("title:RL", "papers that mention “RL” in capitals in the title (also as “reinforcement learning”)"),
        (
            "(rlhf, dpo) upvotes>=20 -rlhf",
            (
                "papers that mention “rlhf” or “dpo”, with at least 20 votes, without “rlhf”"
                " (“rlhf” also as “reinforcement learning from human feedback”;"
                " “dpo” also as “direct preference optimization”)"
            ),
        ),
        ('"RL"', "papers that mention exactly “RL”"),
        ("author:RL", "papers by “RL”"),
        ("RL agent", "papers that mention “RL agent”"),
    ],
)
def test_other_forms_of_a_term_are_named_at_the_end(query: str, words: str) -> None:
    assert describe(parse(query), Knowledge(COMMON)) == words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("robot manipulation", "papers that mention “robot manipulation” (also as “robotic manipulation”)"),
        ("Robots", "papers that mention “Robots” (also as “robotic”)"),
        ("train", "papers that mention “train” (also as “training” or “trained”)"),
        (
            "robot, agent",
            "papers that mention “robot” or “agent” (“robot” also as “robotic”; “agent” also as “agentic”)",
        ),
        ("prompt", "papers that mention “prompt”"),
        ('"robot"', "papers that mention exactly “robot”"),
        ("author:robot", "papers by “robot”"),
        ("robot*", "papers that mention “robot…”"),
    ],
)
def test_derived_forms_that_papers_have_are_named_with_the_commonest_first(query: str, words: str) -> None:
    having = {"robotic": 2, "robotic manipulation": 1, "agentic": 1, "trained": 1, "training": 5}
    assert describe(parse(query), having=lambda form: having.get(form, 0)) == words
