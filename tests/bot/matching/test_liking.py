"""How much a paper is to the liking of those who read what a subscription brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Opinion, Paper
from bot.matching.meaning.learning import Meaning
from bot.matching.meaning.liking import likings
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of
from tests.invented import SUBJECTS, invented, keep

PAPERS = invented()
TEA, MUSIC, GARDENS = (PAPERS[number :: len(SUBJECTS)] for number in range(len(SUBJECTS)))


@pytest.fixture
def meaning(stores: Stores) -> Meaning:
    """What the invented papers mean."""
    keep(stores, PAPERS)
    learned = Meaning(stores, lambda: NOW)
    learned.keep_up()
    return learned


def liked(*papers: Paper, query: str = "teapots") -> list[Opinion]:
    """Somebody saved these papers."""
    return [Opinion(query, paper.id, is_liked=True, at=NOW) for paper in papers]


def disliked(*papers: Paper, query: str = "teapots") -> list[Opinion]:
    """Somebody wanted less like these papers."""
    return [replace(opinion, is_liked=False) for opinion in liked(*papers, query=query)]


def liking(paper: Paper, opinions: Sequence[Opinion], meaning: Meaning, *queries: str) -> float:
    """How much the paper is to the liking of the readers of these subscriptions, of one to teapots unless given."""
    return likings({paper.id: queries or ("teapots",)}, opinions, meaning)[paper.id]


def test_the_papers_that_are_liked_most_are_like_those_that_were_saved(meaning: Meaning) -> None:
    opinions, others = liked(*TEA[:3]), [*TEA[3:], *MUSIC, *GARDENS]
    most = sorted(others, key=lambda paper: liking(paper, opinions, meaning), reverse=True)[:20]
    assert sum(paper in TEA for paper in most) >= 18  # by chance it would be 6


def test_papers_like_one_of_which_less_was_wanted_are_liked_less(meaning: Meaning) -> None:
    assert liking(TEA[5], disliked(*TEA[:3]), meaning) == -liking(TEA[5], liked(*TEA[:3]), meaning) < 0


def test_what_is_liked_stands_against_what_is_not(meaning: Meaning) -> None:
    opinions = [*liked(*TEA[:3]), *disliked(*MUSIC[:3])]
    assert liking(TEA[5], opinions, meaning) > 0 > liking(MUSIC[5], opinions, meaning)


def test_of_a_paper_the_last_opinion_counts(meaning: Meaning) -> None:
    opinions = [*liked(TEA[0], query="teapots"), *disliked(TEA[0], query="kettles")]
    assert liking(TEA[5], opinions, meaning, "teapots", "kettles") == liking(TEA[5], disliked(TEA[0]), meaning)


def test_only_the_readers_of_the_given_subscriptions_are_asked(meaning: Meaning) -> None:
    opinions = [*liked(TEA[0], query="teapots"), *disliked(TEA[0], query="kettles")]
    assert liking(TEA[5], opinions, meaning, "teapots") == liking(TEA[5], liked(TEA[0]), meaning)
    assert liking(TEA[5], opinions, meaning, "violins") == 0


def test_a_paper_is_compared_with_the_nearest_alone(meaning: Meaning) -> None:
    """Somebody who likes tea and music likes a paper about tea as much as somebody who likes tea."""
    opinions = liked(*TEA[:5])
    assert liking(TEA[5], [*opinions, *liked(*MUSIC[:20])], meaning) >= liking(TEA[5], opinions, meaning)


def test_without_opinions_nothing_is_liked(meaning: Meaning) -> None:
    assert likings({paper.id: ("teapots",) for paper in TEA}, [], meaning) == {paper.id: 0.0 for paper in TEA}


def test_before_meaning_is_ready_nothing_is_liked(stores: Stores) -> None:
    keep(stores, PAPERS)
    assert liking(TEA[5], liked(TEA[0]), Meaning(stores, lambda: NOW)) == 0


def test_a_paper_that_was_just_listed_is_placed_like_any_other(stores: Stores, meaning: Meaning) -> None:
    new = replace(TEA[5], id="9902.00001")
    stores.papers.save("sample", list_of(new), at=NOW)
    assert meaning.fitting() is not None
    assert liking(new, liked(TEA[0]), meaning) == pytest.approx(liking(TEA[5], liked(TEA[0]), meaning), abs=0.01)


def test_a_paper_that_nobody_knows_is_not_liked(meaning: Meaning) -> None:
    assert liking(a_paper(id="9902.99999"), liked(TEA[0]), meaning) == 0


def test_what_was_said_of_a_paper_that_nobody_knows_says_nothing(meaning: Meaning) -> None:
    assert liking(TEA[5], liked(a_paper(id="9902.99999")), meaning) == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PAPERS), st.booleans())), st.sampled_from(PAPERS))
def test_whatever_people_think_liking_is_bounded(
    meaning: Meaning, said: list[tuple[Paper, bool]], paper: Paper
) -> None:
    opinions = [Opinion("teapots", one.id, is_liked, NOW) for one, is_liked in said]
    opposite = [replace(opinion, is_liked=not opinion.is_liked) for opinion in opinions]
    found = liking(paper, opinions, meaning)
    assert -1 <= found <= 1
    assert found == -liking(paper, opposite, meaning)
