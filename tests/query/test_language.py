"""The subscription language by example: what a query finds in a text, and what it does not."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Evidence
from bot.errors import QueryError
from bot.query import describe, find, fold_paper, parse
from bot.query.folding import words_of
from tests.builders import a_paper


def evidence(query: str, **paper: Any) -> tuple[Evidence, ...] | None:  # noqa: ANN401 - any attribute of a paper
    """What the query finds in a paper of these texts alone."""
    texts: dict[str, Any] = {"title": "-", "abstract": "", "authors": ()}
    return find(parse(query), fold_paper(a_paper(**(texts | paper))))


YES, NO = True, False

CASES = [
    # Words are whole words.
    ("RAG", "a fragment of RAG", YES),
    ("rag", "a fragment", NO),
    ("RAG", "a fragment", NO),
    ("art", "the state of affairs, apart from that", NO),
    ("learning", "Learning to walk", YES),
    ("learning", "learningrate", NO),
    ("rl", "world models in RL", YES),
    ("rl", "url", NO),
    # Case does not count, but capitals mean the acronym.
    ("CLIP", "We use CLIP features", YES),
    ("CLIP", "several CLIPs", YES),
    ("CLIP", "a CLIP-based model", YES),
    ("CLIP", "clip the gradient", NO),
    ("CLIP", "Clip the gradient", NO),
    ("clip", "We use CLIP features", YES),
    ("clip", "clip the gradient", YES),
    ("LLM", "large LLMs", YES),
    ("LLMs", "an LLM", YES),
    ("llm", "LLMs", YES),
    ("llms", "one LLM", YES),
    ("LLM", "an MLLM", NO),
    ("Robot", "ROBOT", YES),
    ("REINFORCEMENT", "reinforcement", YES),
    ("RL agent", "an rl agent", YES),
    # Words beside each other are a phrase.
    ("reinforcement learning", "deep reinforcement learning", YES),
    ("reinforcement learning", "Reinforcement Learning", YES),
    ("reinforcement learning", "reinforcement\nlearning", YES),
    ("reinforcement learning", "learning by reinforcement", NO),
    ("reinforcement learning", "reinforcement and learning", NO),
    ("reinforcement learning", "reinforcement-learning agents", YES),
    ("state of the art", "state\n  of the art", YES),
    ("state of the art", "state-of-the-art results", YES),
    ("state-of-the-art", "the state of the art", YES),
    ("state of the art", "the state of art", NO),
    ("search and rescue", "search and rescue robots", YES),
    # Hyphens.
    ("fine-tuning", "fine-tuning", YES),
    ("fine-tuning", "fine tuning", YES),
    ("fine-tuning", "finetuning", YES),
    ("fine tuning", "fine-tuning", YES),
    ("fine tuning", "finetuning", YES),
    ("finetuning", "fine-tuning", YES),
    ("finetuning", "fine tuning", YES),
    ("finetuning", "Fine‑Tuning", YES),
    ("fine-tuning", "fine grained tuning", NO),
    ("self-supervised", "self supervised", YES),
    ("self supervised", "selfsupervised", YES),
    ("selfsupervised", "self-supervised learning", YES),
    ("selfsupervised learning", "self-supervised learning", YES),
    ("self-supervised", "supervised by myself", NO),
    ("in-context", "in context learning", YES),
    ("in context learning", "in-context learning", YES),
    ("incontext", "in-context learning", YES),
    ("therapist", "the rapist", NO),
    ("Q-learning", "deep Q-learning", YES),
    ("Q-learning", "q learning", YES),
    ("Q-learning", "learning", NO),
    ("multi-agent", "multiagent systems", YES),
    ("multiagent", "multi-agent systems", YES),
    ("agent", "multi-agent systems", YES),
    ("pretraining", "pre-training", YES),
    ("pre-trained", "pretrained", YES),
    # Plurals.
    ("agents", "an agent", YES),
    ("agent", "agents", YES),
    ("policies", "a policy", YES),
    ("policy", "policies", YES),
    ("policy", "police", NO),
    ("world models", "a world model", YES),
    ("matrix", "matrices", YES),
    ("hypothesis", "hypotheses", YES),
    ("analysis", "analyses", YES),
    ("bias", "biases", YES),
    ("loss", "losses", YES),
    ("class", "classes", YES),
    ("process", "processes", YES),
    ("box", "boxes", YES),
    ("index", "indices", YES),
    ("cache", "caches", YES),
    ("lens", "lenses", YES),
    ("GPU", "eight GPUs", YES),
    ("gas", "ga", NO),
    ("physics", "physic", NO),
    ("news", "new", NO),
    ("robotics", "robotic", NO),
    ("mathematics", "mathematic", NO),
    ("canvas", "canva", NO),
    # Different words stay different.
    ("transformer", "transformation", NO),
    ("transformer", "transformers", YES),
    ("transformation", "transform", NO),
    ("generation", "generative", NO),
    ("generation", "general", NO),
    ("optimizer", "optimal", NO),
    ("policy", "political", NO),
    ("modeling", "model", NO),
    ("reward", "rewarding", NO),
    ("university", "universe", NO),
    # Any ending.
    ("robot*", "robotics", YES),
    ("robot*", "robots", YES),
    ("robot*", "robot", YES),
    ("robot*", "a probot", NO),
    ("transform*", "transformation", YES),
    ("reward model*", "reward modelling", YES),
    ("reward model*", "reward for models", NO),
    # Quotes: exactly these forms.
    ('"world model"', "a world model", YES),
    ('"world model"', "world models", NO),
    ('"World Model"', "a world-model", YES),
    ('"agent"', "agents", NO),
    ('"agents"', "agents", YES),
    ('"fine-tuning"', "finetuning", YES),
    ('"schrodinger"', "Schrödinger", YES),
    ('"in context learning"', "in-context learning", YES),
    ("“world model”", "world models", NO),
    # Accents, scripts, signs.
    ("Schrödinger", "schrodinger bridge", YES),
    ("schrodinger", "the Schrödinger bridge", YES),
    ("schrodinger", "Schro\u0308dinger", YES),
    ("poincare", "Poincaré maps", YES),
    ("naïve bayes", "naive Bayes", YES),
    ("π₀", "π₀ for gardeners", YES),
    ("$\\pi_0$", "π₀ for gardeners", YES),
    ("π0", "π₀", YES),
    ("π₀", "π₁", NO),
    ("α", "an α-divergence", YES),
    ("C++", "compilers for C++", YES),
    ("C++", "the language C", NO),
    ("C", "C++", NO),
    ("C#", "C# and F#", YES),
    ("3D", "3D scenes", YES),
    ("3d", "3D scenes", YES),
    ("3D", "a 3-D scene", YES),
    ("3D", "2D", NO),
    ("GPT-4o", "we ask GPT-4o", YES),
    ("GPT-4", "we ask GPT-4o", NO),
    ("GPT-4", "we ask GPT-4", YES),
    ("GPT-4.5", "GPT-4.5", YES),
    ("GPT-4", "GPT-4.5", NO),
    ("Qwen2.5", "Qwen2.5-VL", YES),
    ("AT&T", "at AT&amp;T".replace("&amp;", "&"), YES),
    ("AT&amp;T", "at AT&T", YES),
    ("TCP/IP", "TCP/IP", YES),
    ("语言", "大语言模型", YES),
    ("语模", "大语言模型", NO),
    ("学習", "機械学習", YES),
    ("robots", "🤖 robots 🤖", YES),
    ("robots", "“robots”", YES),
    ("schrödinger", "Schrödinger's cat", YES),
    ("agent", "the agent's plan", YES),
    ("agents", "the agent’s plan", YES),
    ("2026", "since 2026", YES),
    ("2026", "since 20260", NO),
    # Either, both, without.
    ("rlhf, reward model", "reward models", YES),
    ("rlhf OR reward model", "RLHF", YES),
    ("rlhf | reward model", "rewards", NO),
    ("diffusion AND video", "video by diffusion", YES),
    ("diffusion AND video", "video", NO),
    ("diffusion -survey", "diffusion", YES),
    ("diffusion -survey", "diffusion: a survey", NO),
    ("diffusion NOT survey", "surveys of diffusion", NO),
    ("diffusion AND NOT survey", "diffusion", YES),
    ('"diffusion" (video, image)', "images by diffusion", YES),
    ('(robot* OR manipulation) AND "in context learning"', "manipulation and in-context learning", YES),
    ('(robot* OR manipulation) AND "in context learning"', "manipulation", NO),
    ("a1, b1 AND c1", "a1", YES),
    ("a1, b1 AND c1", "b1", NO),
    ("-survey robots", "robots", YES),
    ("-survey robots", "a survey of robots", NO),
    ("robots NOT dance music", "robots dance", YES),
    ("robots NOT dance music", "robots and dance music", NO),
    ("robots -(dance, music)", "robots and music", NO),
    ("robots -(dance AND music)", "robots and music", YES),
    ("* -survey", "anything", YES),
    ("*", "", YES),
]


@pytest.mark.parametrize(("query", "text", "expected"), CASES)
def test_a_query_finds_what_is_meant_and_nothing_else(query: str, text: str, expected: bool) -> None:  # noqa: FBT001
    assert (evidence(query, abstract=text) is not None) is expected


FIELD_CASES = [
    ("robots", {"title": "Robots"}, YES),
    ("robots", {"keywords": ("robots",)}, YES),
    ("robots", {"authors": ("Robots Example",)}, NO),
    ("robots", {"organization": "Robots"}, NO),
    ("dancing robots", {"keywords": ("dancing", "robots")}, NO),
    ("dancing robots", {"title": "Dancing", "abstract": "robots"}, NO),
    ("title:robots", {"title": "Robots"}, YES),
    ("title:robots", {"abstract": "robots"}, NO),
    ("TITLE:robots", {"title": "Robots"}, YES),
    ("title:dancing robots", {"title": "Dancing Robots"}, YES),
    ("abstract:robots", {"abstract": "robots"}, YES),
    ("abstract:robots", {"title": "robots"}, NO),
    ('author:"Ada Example"', {"authors": ("Ben Sample", "Ada Example")}, YES),
    ("author:ada example", {"authors": ("Ada Example",)}, YES),
    ("author:example", {"authors": ("Ada Example",)}, YES),
    ('author:"Ada Sample"', {"authors": ("Ben Sample", "Ada Example")}, NO),
    ("org:acme", {"organization": "Acme Labs"}, YES),
    ('keyword:"world model"', {"keywords": ("world model",)}, YES),
    ('keyword:"world model"', {"title": "world model"}, NO),
    ("keyword:robot*", {"keywords": ("robotics",)}, YES),
    ("upvotes>=20", {"upvotes": 20}, YES),
    ("upvotes>=20", {"upvotes": 19}, NO),
    ("upvotes>20", {"upvotes": 20}, NO),
    ("upvotes >= 20", {"upvotes": 20}, YES),
    ("upvotes&gt;=20", {"upvotes": 20}, YES),
    ("comments>=5", {"comments": 5}, YES),
    ("stars>=100", {"stars": None}, NO),
    ("stars>=100", {"stars": 100}, YES),
    ("has:code", {"code_url": "https://code.example"}, YES),
    ("has:code", {"project_url": "https://project.example"}, NO),
    ("has:project", {"project_url": "https://project.example"}, YES),
    ("robots upvotes>=3", {"title": "Robots", "upvotes": 3}, YES),
    ("robots AND has:code", {"title": "Robots"}, NO),
    ("* AND upvotes>=3", {"upvotes": 2}, NO),
]


@pytest.mark.parametrize(("query", "paper", "expected"), FIELD_CASES)
def test_fields_and_facts_are_looked_up_where_they_belong(
    query: str,
    paper: dict[str, Any],
    expected: bool,  # noqa: FBT001
) -> None:
    assert (evidence(query, **paper) is not None) is expected


ERRORS = [
    ("", 0, "nothing to look for"),
    ("   ", 0, "nothing to look for"),
    ("...", 0, "no letters or digits"),
    ("🤖", 0, "no letters or digits"),
    ("(robots", 0, "not closed"),
    ("robots)", 6, "never opened"),
    ('a1 AND "b1', 7, "quote is not closed"),
    ("a1 ()", 3, "nothing between"),
    ("a1 AND", 6, "the query ends"),
    ("AND a1", 0, "Words are expected"),
    ("a1,, b1", 3, "Words are expected after ,"),
    ("a1 OR OR b1", 6, "Words are expected after OR"),
    ("-survey", 0, "only what you do not want"),
    ("a1, -b1", 0, "only what you do not want"),
    ("NOT NOT a1", 0, "only what you do not want"),
    ("diffusion - survey", 10, "right before"),
    ("autor:lecun", 0, "no field “autor”"),
    ("robots arxiv:2607.1", 7, "no field “arxiv”"),
    ("title:", 6, "expected after title:"),
    ("has:video", 0, "code or project"),
    ("upvotes>=many", 9, "A number is needed"),
    ("upvotes>=", 9, "A number is needed"),
    ("upvotes>=²", 9, "A number is needed"),
    ("upvotes<=5", 0, "at least"),
    ("upvotes:5", 0, "How many upvotes?"),
    ("votes>=5", 0, "no count “votes”"),
    ("p < 0.05", 0, "no count “p”"),
    ("a*", 0, "At least 2 letters"),
    ("ro*bot", 0, "end of a word"),
    ("a1 " + "(" * 12 + "b1" + ")" * 12, 14, "brackets deep"),
    (", ".join(f"a{number}" for number in range(60)), 240, "50 terms"),
    ("a" * 501, 500, "500 characters"),
]


@pytest.mark.parametrize(("query", "position", "said"), ERRORS)
def test_a_wrong_query_shows_the_place_and_what_to_do(query: str, position: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert said in caught.value.message
    assert caught.value.code.splitlines()[1] == " " * position + "^"
    assert caught.value.repair


@pytest.mark.parametrize(
    ("wrong", "meant"), [("autor:x1", "author:"), ("titel:x1", "title:"), ("votes>=5", "upvotes"), ("star>=5", "stars")]
)
def test_a_misspelt_name_is_suggested(wrong: str, meant: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(wrong)
    assert meant in caught.value.repair


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("rlhf, reward model", "papers that mention “rlhf” or “reward model”"),
        ("diffusion AND video", "papers that mention “diffusion” and “video”"),
        ("diffusion -survey upvotes>=20", "papers that mention “diffusion”, from 20 upvotes on, without “survey”"),
        ("title:agent", "papers that mention “agent” in the title"),
        ('author:"Ada Example"', "papers that mention exactly “Ada Example” among the authors"),
        ("robot*", "papers that mention “robot…”"),
        ("has:code", "papers with code"),
        ("upvotes>=5", "papers from 5 upvotes on"),
        ("*", "papers of every kind"),
        ("* -survey", "papers without “survey”"),
        ("(a1, b1) AND c1", "papers that mention (“a1” or “b1”) and “c1”"),
    ],
)
def test_a_query_is_said_back_in_words(query: str, said: str) -> None:
    assert describe(parse(query)) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robots", "robots"),
        ("a1  ,b1", "a1, b1"),
        ("a1 OR b1", "a1 | b1"),
        ("“A1”", '"a1"'),
        ("-a1 b1", "NOT a1 AND b1"),
    ],
)
def test_equal_queries_compare_equal(one: str, other: str) -> None:
    assert parse(one).canonical == parse(other).canonical


@pytest.mark.parametrize(("one", "other"), [("CLIP", "clip"), ("a1", '"a1"'), ("a1 b1", "a1 AND b1")])
def test_queries_that_mean_different_things_compare_unequal(one: str, other: str) -> None:
    assert parse(one).canonical != parse(other).canonical


def test_evidence_is_quoted_from_the_original_with_its_surroundings() -> None:
    text = "In this long and winding abstract we show that Reinforcement-Learning helps robots to dance in the rain."
    [found] = evidence("reinforcement learning", abstract=text) or ()
    assert found == Evidence(
        "abstract",
        "Reinforcement-Learning",
        "…long and winding abstract we show that ",
        " helps robots to dance in the rain.",
    )


def test_evidence_names_each_term_where_it_is_seen_first() -> None:
    found = evidence("robots AND dance", title="Robots", abstract="robots dance") or ()
    assert [(piece.field, piece.words) for piece in found] == [("title", "Robots"), ("abstract", "dance")]


TERMS = st.sampled_from(
    ["a1", "robots", "CLIP", '"world model"', "title:agent", "robot*", "upvotes>=3", "has:code", "*"]
)
QUERIES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({', '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        inner.map(lambda part: f"(* AND NOT {part})"),
    ),
    max_leaves=6,
)


@given(query=QUERIES)
def test_a_query_that_is_printed_reads_the_same(query: str) -> None:
    assert parse(str(parse(query).tree)).canonical == parse(query).canonical


@given(query=QUERIES)
def test_every_query_can_be_said_and_tried(query: str) -> None:
    parsed = parse(query)
    assert describe(parsed).startswith("papers ")
    find(parsed, fold_paper(a_paper(title="CLIP for robots in a world model", upvotes=3)))


@given(text=st.text() | st.text(alphabet='ab1"()-*,|: ANDORT>=<$\\_{}^', max_size=60))
def test_any_text_is_a_query_or_an_error_that_points_into_it(text: str) -> None:
    try:
        parse(text)
    except QueryError as error:
        query, caret = error.code.split("\n")
        assert caret.strip() == "^"
        assert len(caret) <= len(query) + 1


@given(text=st.text())
def test_words_are_pieces_of_the_text_in_order(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


@pytest.mark.parametrize(
    "bomb",
    [
        "(" * 500,
        ")" * 500,
        "-" * 500,
        '"' * 499,
        "NOT " * 124 + "a1",
        "a OR " * 99 + "a1",
        "a1 " * 166,
        "*" * 500,
        "a" + "\u0301" * 499,
        "(" * 250 + "a" + ")" * 249,
        "$" * 500,
        "\\" * 500,
        "fine-" * 99 + "tuning",
    ],
)
def test_no_input_blows_up(bomb: str) -> None:
    text = "fine-" * 2000 + "a1 " * 2000
    with suppress(QueryError):
        find(parse(bomb), fold_paper(a_paper(abstract=text)))
