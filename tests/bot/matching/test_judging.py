"""How close papers are to subjects is told from what was learned, and decided once where it counts."""

from __future__ import annotations

import pytest

from bot.domain import Nearness, Paper
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.meaning.judging import Judge
from bot.matching.meaning.learning import Meaning
from bot.matching.subject import CLOSE
from bot.matching.subject_table import Subject, SubjectTable
from bot.matching.verdicts import match
from bot.ports.stores import Stores
from bot.query.knowledge import Wording
from tests.builders import HERE, NOW, TODAY, a_paper, subscribe
from tests.invented import SUBJECTS, invented, keep

NAMES = tuple(SUBJECTS["tea"])
BREWING = Wording("brewing", "brewing", NAMES)
TABLE = SubjectTable([Subject("brewing", (), NAMES)])
TEA = "We fill kettles with oolong and sencha."
ABOUT_TEA = a_paper(
    id="9901.90001",
    title="Zzz",
    abstract=f"{TEA} Samovars and infusers and strainers are better.",
    keywords=(),
    list_day=TODAY,
)
MUSIC = "We play kettles with oboes and bassoons in sonatas."
ABOUT_MUSIC = a_paper(id="9901.90002", title="Zzz", abstract=MUSIC, keywords=(), list_day=TODAY)


@pytest.fixture
def judge(stores: Stores) -> Judge:
    """A judge of the store's papers."""
    return Judge(Meaning(stores, lambda: NOW), stores.nearness)


def glossary_of(stores: Stores, judge: Judge) -> Glossary:
    """What queries are read with: the one subject, and the judge."""
    return Glossary(stores.papers, TABLE, judge)


def closeness(judge: Judge, paper: Paper) -> float:
    """How close the paper is to brewing."""
    near = judge(BREWING, paper)
    assert near is not None
    return near.closeness


def test_nobody_can_tell_from_too_few_papers(stores: Stores, judge: Judge) -> None:
    keep(stores, invented(149))
    assert not judge.can_tell()
    assert judge(BREWING, ABOUT_TEA) is None


def test_with_enough_papers_it_is_learned_when_it_is_asked_for(stores: Stores, judge: Judge) -> None:
    keep(stores, invented(150))
    assert judge.can_tell()
    assert closeness(judge, ABOUT_TEA) > closeness(judge, ABOUT_MUSIC)


def test_the_names_say_where_a_subject_is_whose_words_no_paper_has(stores: Stores, judge: Judge) -> None:
    keep(stores, invented())
    alone = judge(Wording("brewing", "brewing"), ABOUT_TEA)
    assert alone == Nearness("brewing", 0.0)
    assert closeness(judge, ABOUT_TEA) > CLOSE


def test_the_nearest_sentence_is_told(stores: Stores, judge: Judge) -> None:
    keep(stores, invented())
    near = judge(BREWING, ABOUT_TEA)
    assert near is not None
    assert near.sentence == TEA


def test_what_was_decided_stays_whatever_is_learned_later(stores: Stores, judge: Judge) -> None:
    keep(stores, [*invented(), ABOUT_TEA])
    with judge.deciding() as decide:
        decided = decide(BREWING, ABOUT_TEA)
    others = [paper for paper in invented(400) if "teapots" not in paper.abstract]
    keep(stores, others)
    meaning = Meaning(stores, lambda: NOW)
    meaning.keep_up()
    later = Judge(meaning, stores.nearness)
    assert later(BREWING, ABOUT_TEA) == decided
    assert later(Wording("brews", "brewing", NAMES), ABOUT_TEA) != decided


def test_what_is_only_told_is_not_kept(stores: Stores, judge: Judge) -> None:
    keep(stores, [*invented(), ABOUT_TEA])
    judge(BREWING, ABOUT_TEA)
    assert stores.nearness.of(ABOUT_TEA.id) == {}


def test_new_papers_come_that_say_a_name_and_are_close_and_the_card_says_why(stores: Stores, judge: Judge) -> None:
    keep(stores, invented())
    matcher = Matcher(stores, glossary_of(stores, judge), now=lambda: NOW)
    matcher.match_papers()
    subscribe(stores, HERE, "~brewing")
    keep(stores, [ABOUT_TEA, ABOUT_MUSIC])
    found = matcher.find([ABOUT_TEA, ABOUT_MUSIC])
    assert [bool(found[paper.id]) for paper in (ABOUT_TEA, ABOUT_MUSIC)] == [True, False]
    [decided] = stores.nearness.of(ABOUT_TEA.id).values()
    matching = match("~brewing", ABOUT_TEA, glossary_of(stores, judge).known)
    assert matching is not None
    assert [evidence.near for evidence in matching.evidence] == [decided]


def test_the_first_papers_of_a_subscription_are_decided_too(stores: Stores, judge: Judge) -> None:
    keep(stores, [*invented(), ABOUT_TEA])
    subscribe(stores, HERE, "~brewing")
    Matcher(stores, glossary_of(stores, judge), now=lambda: NOW).match_subscriptions()
    assert "brewing" in stores.nearness.of(ABOUT_TEA.id)


def test_queries_are_filed_anew_when_subjects_get_other_names(stores: Stores, judge: Judge) -> None:
    keep(stores, [*invented(), ABOUT_TEA])
    subscribe(stores, HERE, "~brewing")
    before = Matcher(stores, Glossary(stores.papers, SubjectTable([]), judge), now=lambda: NOW)
    assert before.find([ABOUT_TEA])[ABOUT_TEA.id] == []
    after = Matcher(stores, glossary_of(stores, judge), now=lambda: NOW)
    assert after.find([ABOUT_TEA])[ABOUT_TEA.id] != []
