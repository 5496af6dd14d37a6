"""What papers mean: the space that is learned from them, and what lies near in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.matching.meaning.learning
from bot.matching.meaning.closeness import beyond_words, closeness_to, wordings_of
from bot.matching.meaning.fitting import MOST_TERMS, fit
from bot.matching.meaning.learning import Meaning
from bot.matching.meaning.space import DIMENSIONS, SPACE_VERSION, Space, space_of
from bot.matching.meaning.words import SENTENCES, sentences, whole
from bot.ports.stores import Stores
from bot.ports.stores.meaning import FittedSpace
from bot.query import Acronyms, Knowledge, Query, parse
from bot.query.knowledge import Wording
from tests.builders import NOW, a_paper
from tests.invented import SUBJECTS, invented, is_about, keep


def learned(stores: Stores) -> Meaning:
    """What the stored papers mean, at noon."""
    meaning = Meaning(stores, lambda: NOW)
    meaning.keep_up()
    return meaning


@pytest.fixture(scope="module")
def space() -> Space:
    """The space of the invented papers."""
    fitted = fit([whole(paper) for paper in invented()])
    assert fitted is not None
    return fitted


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_papers_nearest_to_a_word_that_they_do_not_have_are_about_its_subject(space: Space, subject: str) -> None:
    nearest = []
    for word in SUBJECTS[subject]:
        closeness = closeness_to([Wording(word, word)], space)
        without = [
            paper for paper in invented() if word not in f"{paper.title} {paper.abstract} {paper.keywords}".lower()
        ]
        nearest += sorted(without, key=closeness.of, reverse=True)[:3]
    about = [paper for paper in nearest if is_about(subject, paper.title)]
    assert len(about) > 0.6 * len(nearest)  # by chance it would be a third


def test_the_same_papers_give_the_same_space(space: Space) -> None:
    again = fit([whole(paper) for paper in invented()])
    assert again is not None
    assert again.written() == space.written()


def test_a_space_is_read_as_it_was_written_but_for_rounding(space: Space) -> None:
    read = space_of(*space.written())
    assert read.terms == space.terms
    assert np.allclose(read.weights, space.weights, atol=0.01)


def test_a_term_of_a_single_paper_is_not_known(space: Space) -> None:
    fitted = fit(["kettles whistle softly", "kettles whistle loudly"])
    assert fitted is not None
    assert set(fitted.terms) == {"kettle", "whistle", "kettle whistle"}
    assert not space.place(["zeppelins"]).any()


@given(st.lists(st.text(max_size=300), max_size=12))
def test_whatever_the_texts_are_places_have_length_one_or_none(texts: list[str]) -> None:
    fitted = fit(texts)
    if fitted is None:
        return
    placed = fitted.place([*texts, ""])
    assert placed.shape[1] <= DIMENSIONS
    lengths = np.linalg.norm(placed, axis=1)
    assert np.all((np.abs(lengths - 1) < 0.001) | (lengths == 0))
    assert len(fitted.terms) <= MOST_TERMS


def test_of_texts_that_are_all_alike_a_space_can_be_made() -> None:
    fitted = fit(["kettles whistle"] * 200)
    assert fitted is not None
    assert np.isfinite(fitted.weights).all()
    first, second = fitted.place(["kettles whistle", "kettles"])
    assert first @ second > 0.9


@given(st.text(max_size=500), st.text(max_size=2_000), st.lists(st.text(max_size=50), max_size=30))
def test_a_paper_of_any_texts_is_at_most_as_close_as_one(
    space: Space, title: str, abstract: str, keywords: list[str]
) -> None:
    paper = a_paper(title=title, abstract=abstract, keywords=tuple(keywords))
    assert -1.001 <= closeness_to([Wording("teapots", "teapots")], space).of(paper) <= 1.001


def test_a_text_without_end_is_read_to_a_limit() -> None:
    assert len(sentences("Tea is hot. " * 100_000)) <= SENTENCES


def test_a_paper_is_as_close_as_the_parts_that_it_has(space: Space) -> None:
    bare = a_paper(title="Teapots", abstract="", keywords=())
    closeness = closeness_to([Wording("teapots", "teapots")], space)
    assert closeness.of(bare) == pytest.approx(1, abs=0.001)
    with_keyword = closeness.of(replace(bare, keywords=("zeppelins", "teapots and samovars")))
    assert 0.55 < with_keyword < 1
    assert closeness.of(replace(bare, keywords=("zeppelins",))) == pytest.approx(0.5, abs=0.001)


def test_the_nearest_sentence_counts(space: Space) -> None:
    near = a_paper(title="A Study", abstract="Roses need watering and pruning. We pour from teapots.")
    far = replace(near, abstract="Roses need watering and pruning. We rest.")
    closeness = closeness_to([Wording("teapots", "teapots")], space)
    assert closeness.of(near) > closeness.of(far)


def test_words_of_which_none_is_known_are_close_to_nothing(space: Space) -> None:
    assert closeness_to([Wording("zeppelins", "zeppelins")], space).of(a_paper(title="Teapots")) == 0


def texts(query: Query, known: Knowledge) -> list[str]:
    """What a query asks for, as text."""
    return [wording.text for wording in wordings_of(query, known)]


def test_acronyms_are_written_out_and_alternatives_stand_apart() -> None:
    known = Knowledge(Acronyms((("RL", "reinforcement learning"),)))
    assert texts(parse("RL agents, teapots"), known) == ["RL agents", "teapots"]
    assert texts(parse("RL AND teapots -kettles"), known) == ["RL reinforcement learning teapots"]
    assert texts(parse('author:"Ada Example" upvotes>=5'), known) == []


@pytest.mark.parametrize(
    ("query", "demanded"),
    [
        ("teapots", "None"),
        ("teapots upvotes>=5", "upvotes>=5"),
        ("teapots -kettles has:code", "-kettles AND has:code"),
        ("title:teapots author:Ada", "author:Ada"),
        ("teapots, author:Ada", "None"),
    ],
)
def test_what_is_demanded_beside_words_has_to_be_met(query: str, demanded: str) -> None:
    assert str(beyond_words(parse(query).tree)) == demanded


def test_of_too_few_papers_nothing_is_learned(stores: Stores) -> None:
    keep(stores, invented(149))
    meaning = learned(stores)
    assert (meaning.fitting(), meaning.space(), meaning.known()) == (None, None, 149)


def test_of_enough_papers_the_space_is_learned_and_every_paper_placed(stores: Stores) -> None:
    keep(stores, invented(150))
    meaning = learned(stores)
    fitting = meaning.fitting()
    assert fitting is not None
    assert (fitting.fitted_at, fitting.papers, fitting.new) == (NOW, 150, 0)
    assert len(stores.meaning.places(fitted_at=NOW)) == 150


def test_papers_that_were_listed_two_months_before_the_last_are_not_learned_from(stores: Stores) -> None:
    old = [replace(paper, list_day=paper.list_day - timedelta(days=61)) for paper in invented(180)]
    keep(stores, [*old, a_paper(id="9902.00001")])
    assert learned(stores).space() is None


def test_new_papers_are_placed_and_from_a_tenth_on_the_space_is_learned_anew(stores: Stores) -> None:
    papers = invented(180)
    meaning = Meaning(stores, lambda: NOW)
    keep(stores, papers[:160])
    meaning.keep_up()
    keep(stores, papers[160:175])
    meaning.keep_up()
    fitting = meaning.fitting()
    assert fitting is not None
    assert (fitting.papers, fitting.new) == (160, 15)
    keep(stores, papers[175:])
    meaning.keep_up()
    later = Meaning(stores, lambda: NOW + timedelta(hours=1))
    later.keep_up()
    fitting = later.fitting()
    assert fitting is not None
    assert (fitting.papers, fitting.new) == (180, 0)


def test_a_paper_whose_text_changes_is_placed_anew(stores: Stores) -> None:
    papers = invented(150)
    keep(stores, papers)
    meaning = learned(stores)
    before = dict(stores.meaning.places(fitted_at=NOW))
    keep(stores, [replace(papers[0], title="Violins", abstract="Strings and bowing.")])
    assert papers[0].id not in dict(stores.meaning.places(fitted_at=NOW))
    meaning.keep_up()
    after = dict(stores.meaning.places(fitted_at=NOW))
    assert after[papers[0].id] != before[papers[0].id]
    assert {key: after[key] for key in before if key != papers[0].id} == {
        key: before[key] for key in before if key != papers[0].id
    }


def test_however_many_papers_there_are_so_many_are_learned_from_and_placed(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.matching.meaning.learning, "MOST_FITTED", 60)
    monkeypatch.setattr(bot.matching.meaning.learning, "MOST_PLACED", 100)
    keep(stores, invented(180))
    meaning = learned(stores)
    assert len(stores.meaning.places(fitted_at=NOW)) == 100
    meaning.keep_up()
    assert len(stores.meaning.places(fitted_at=NOW)) == 100


def test_another_process_uses_what_was_learned(stores: Stores) -> None:
    keep(stores, invented(150))
    mine = learned(stores).space()
    theirs = Meaning(stores, lambda: NOW).space()
    assert mine is not None
    assert theirs is not None
    assert np.array_equal(mine[1].weights, theirs[1].weights)


def test_a_space_that_cannot_be_read_is_learned_anew(stores: Stores) -> None:
    keep(stores, invented(150))
    stores.meaning.replace(FittedSpace(SPACE_VERSION, NOW - timedelta(days=1), 150, b"nonsense", b"x"), {})
    assert Meaning(stores, lambda: NOW).space() is None
    assert learned(stores).space() is not None


def test_the_last_lists_are_learned_from_however_long_ago_they_came(stores: Stores) -> None:
    keep(stores, invented(150))
    later = Meaning(stores, lambda: NOW + timedelta(days=200))
    later.keep_up()
    assert later.fitting() is not None


def test_when_too_few_papers_are_left_to_learn_from_new_ones_are_still_placed(stores: Stores) -> None:
    keep(stores, [replace(paper, list_day=paper.list_day - timedelta(days=31)) for paper in invented(180)])
    learned(stores)
    later = Meaning(stores, lambda: NOW + timedelta(days=59))
    new = [
        replace(paper, id=f"9902.{number:05}", list_day=paper.list_day + timedelta(days=59))
        for number, paper in enumerate(invented(40))
    ]
    keep(stores, new)
    later.keep_up()
    later.keep_up()
    fitting = later.fitting()
    assert fitting is not None
    assert (fitting.fitted_at, fitting.new) == (NOW, 40)
