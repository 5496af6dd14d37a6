"""A word finds its forms in -ic, -ing and -ed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import parse
from bot.text.derived import derived_from
from tests.bot.query.finds import finds
from tests.builders import a_paper

SUBJECTS = "robot agent distill prompt quantize train plan scale transfer model embed classify finetune episode".split()
FORMS = [(word, form) for word in SUBJECTS for form in derived_from(word)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("robot", "a robotic arm", True),
        ("robots", "a robotic arm", True),
        ("Robot", "Robotic Arms", True),
        ("robot manipulation", "robotic manipulation", True),
        ("image edit", "image-editing", True),
        ("fine-tune", "fine-tuning", True),
        ("fine-tune", "finetuning", True),
        ("finetune", "fine-tuning", True),
        ("fine tune", "a finetuned model", True),
        ("quantise", "quantized", True),
        ("quantize", "quantised", True),
        ("model", "modelling", True),
        ("embed", "embeddings", True),
        ("title:agent", "an agentic system", False),
        ("abstract:agent", "an agentic system", True),
        ("diffusion -agent", "agentic diffusion", False),
        ("robotic", "a robot", False),
        ("training", "we train", False),
        ("robot manipulation", "robotic hands and manipulation", False),
        ("AGENT", "agentic", False),
        ('"agent"', "agentic", False),
        ('"robot manipulation"', "robotic manipulation", False),
        ("codebase", "code-based", False),
        ("robot", "microrobotic", False),
        ("robot", "robotics", False),
    ],
)
def test_a_word_finds_its_forms_alone_and_in_phrases(*, query: str, text: str, expected: bool) -> None:
    assert finds(query, text) is expected


@pytest.mark.parametrize("field", ["author", "org", "submitter"])
def test_names_have_no_forms(field: str) -> None:
    paper = a_paper(authors=("Agentic",), organization="Agentic", submitter="Agentic", submitter_handle="agentic")
    assert find(parse(f"{field}:agentic"), fold_paper(paper)) is not None
    assert find(parse(f"{field}:agent"), fold_paper(paper)) is None


def test_a_word_with_a_star_finds_what_begins_so_and_no_form() -> None:
    assert not finds("scale*", "scaling")
    assert finds("scale", "scaling")


@given(st.sampled_from(FORMS))
def test_quotes_leave_every_form_out(pair: tuple[str, str]) -> None:
    word, form = pair
    assert finds(word, f"on {form} systems")
    assert not finds(f'"{word}"', f"on {form} systems")


@given(st.sampled_from(FORMS), st.sampled_from(["x", "pre", "un"]), st.sampled_from(["", "ly", "ness"]))
def test_a_form_is_never_found_within_another_word(pair: tuple[str, str], before: str, after: str) -> None:
    word, form = pair
    assert not finds(word, f"on {before}{form}{after} systems")


def test_evidence_is_the_form_that_the_paper_has() -> None:
    evidence = find(parse("robot manipulation"), fold_paper(a_paper(title="On Robotic Manipulation", abstract="")))
    assert evidence
    assert evidence[0].words == "Robotic Manipulation"
