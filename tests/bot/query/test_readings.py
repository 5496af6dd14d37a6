"""Queries in the notation of other search engines, or with operators in lower case: what they may mean besides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.errors import QueryError
from bot.query import Query, other_reading, parse
from tests.bot.query.test_properties import QUERIES, read

NOBODY_WOULD_LOOK_FOR = [
    ("LLMs, VLMs, and agents", ["LLMs, VLMs, agents"]),
    ("rlhf, or dpo", ["rlhf, dpo"]),
    ("rlhf, not dpo", ["rlhf -dpo"]),
    ('"reward model" or rlhf', ['"reward model" OR rlhf']),
    ("(a, b) and (c, d)", ["(a, b) AND (c, d)"]),
    ("title:agent and upvotes>=20", ["title:agent AND upvotes>=20"]),
    ("author:LeCun or author:Hinton", ["author:LeCun OR author:Hinton"]),
    ("robots not (survey OR review)", ["robots -(survey OR review)"]),
    ("diffusion and -survey", ["diffusion -survey"]),
    ("agents ANDNOT survey", ["agents -survey"]),
    ("agents w/o training", ["agents -training"]),
    ("robots and/or drones", ["robots OR drones"]),
    ("robots NEAR/3 drones", ["robots AND drones"]),
    ("robots W/3 drones", ["robots AND drones"]),
    ("robots ADJ2 drones", ["robots AND drones"]),
    ("#robotics #drones", ["robotics, drones"]),
    ("#WorldModels", ["WorldModels"]),
    ("agents #robotics", ["agents AND robotics"]),
    ("#robotics #drones -survey", ["(robotics, drones) -survey"]),
    ("cs.LG", ["cat:cs.LG", "machine learning"]),
    ("cs.CL, cs.CV", ["cat:cs.CL, cat:cs.CV", "language model, cat:cs.CV"]),
    ('cs.LG AND "flow matching"', ['cat:cs.LG AND "flow matching"']),
    ("cs.RO robot hand", ["cat:cs.RO AND robot hand"]),
    ("agent^2 memory", ["agent memory"]),
    ("agent~2", ["agent"]),
    ("transformer~", ["transformer"]),
    ("/agent/", ["agent"]),
    ("transformer[ti]", ["title:transformer"]),
    ("LeCun[Author]", ["author:LeCun"]),
    ("agents[tiab]", ["agents"]),
    ("protein folding[ti]", ["title:protein folding"]),
    ("Smith J[au]", ["author:Smith J"]),
    ("author:Bengio_Y", ["author:Bengio"]),
]

MAY_BE_A_PHRASE = [
    ("robots or drones", ["robots OR drones"]),
    ("Robots Or Drones", ["Robots OR Drones"]),
    ("robots and drones", ["robots AND drones", "robots, drones"]),
    ("image and video generation", ["image AND video generation", "image, video generation"]),
    ("LLMs, VLMs and agents", ["LLMs, VLMs, agents", "LLMs, VLMs AND agents"]),
    ("agents not survey", ["agents -survey"]),
    ("agents and not survey", ["agents -survey"]),
    ("agents but not red teaming", ["agents -(red teaming)"]),
    ("robots except drones", ["robots -drones"]),
    ("robots excluding aerial drones", ["robots -(aerial drones)"]),
    ("robots minus drones", ["robots -drones"]),
    ("robots plus drones", ["robots AND drones"]),
    ("learning without forgetting", ["learning -forgetting"]),
    ("RLHF vs DPO", ["RLHF OR DPO"]),
    ("RLHF vs. DPO", ["RLHF OR DPO"]),
    ("robots or drones -survey", ["(robots OR drones) -survey"]),
    ("title:robots or drones", ["title:robots OR title:drones"]),
    ("zero/few-shot", ["zero-shot, few-shot"]),
    ("zero/few-shot learning", ["zero-shot learning, few-shot learning"]),
    ("RLHF/DPO", ["RLHF, DPO"]),
    ("RLHF/DPO -survey", ["(RLHF, DPO) -survey"]),
    ("text/image/video generation", ["text generation, image generation, video generation"]),
    ("new papers about agents", ["agents"]),
    ("us to agents", ["agents"]),
    ("this channel to agents", ["agents"]),
    ("papers on diffusion models", ["diffusion models"]),
    ("what's new in RL?", ["RL"]),
    ("to world models", ["world models"]),
    ("author:LeCun, Yann", ['author:"Yann LeCun"']),
    ("author:Hinton, Geoffrey E.", ['author:"Geoffrey E. Hinton"']),
]

PLAIN = [
    "reinforcement learning",
    "A/B testing",
    "I/O",
    "TCP/IP",
    "L1/L2",
    "24/7",
    "plug-and-play",
    "attention is not all you need",
    "to be or not to be",
    "how and why",
    "x^2",
    "R^2",
    "C#",
    "AND-OR trees",
    '"robots or drones"',
    "author:LeCun, diffusion",
    "author:LeCun, RLHF",
    "author:LeCun, author:Hinton",
    "gpt-4.1",
    "weights W4 activations",
    "node.js",
    "and robots",
    "robots AND drones NOT survey",
]


@pytest.mark.parametrize(("query", "meant"), NOBODY_WOULD_LOOK_FOR)
def test_what_nobody_would_look_for_has_another_reading(query: str, meant: list[str]) -> None:
    reading = other_reading(parse(query))
    assert reading is not None
    assert ([other.text for other in reading.queries], reading.is_certain) == (meant, True)


@pytest.mark.parametrize(("query", "meant"), MAY_BE_A_PHRASE)
def test_what_may_be_a_phrase_has_another_reading_too(query: str, meant: list[str]) -> None:
    reading = other_reading(parse(query))
    assert reading is not None
    assert ([other.text for other in reading.queries], reading.is_certain) == (meant, False)


@pytest.mark.parametrize("query", PLAIN)
def test_plain_words_and_names_have_no_other_reading(query: str) -> None:
    assert other_reading(parse(query)) is None


def test_quotes_around_the_phrase_leave_no_doubt() -> None:
    reading = other_reading(parse("rlhf, title:robots or drones"))
    assert reading is not None
    assert reading.phrase == parse("title:robots or drones")
    assert reading.quoted == parse('rlhf, title:"robots or drones"')
    assert other_reading(reading.quoted) is None


@settings(max_examples=300)
@given(QUERIES)
def test_any_query_has_readings_that_are_queries_or_none(text: str) -> None:
    query = read(text)
    if isinstance(query, QueryError):
        return
    reading = other_reading(query)
    for other in reading.queries if reading else ():
        assert isinstance(other, Query)
        assert other.tree != query.tree
