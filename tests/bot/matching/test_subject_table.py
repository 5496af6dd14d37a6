"""The subjects: which names a term leads to, and what the built-in table must keep to."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.subject_table import BUILT_IN, Subject, SubjectTable, built_in
from bot.query import COMMON, Term, parse
from bot.text.folding import fold

RED_TEAMING = Subject("red teaming", ("adversarial testing", "ART"), ("jailbreak", "prompt injection"))

ROBOTS = Subject("robotics", ("robot learning",), ("grasping",))

TABLE = SubjectTable((RED_TEAMING, ROBOTS))


def related(table: SubjectTable, query: str) -> list[str]:
    """The names that a query of one term leads to, as they would be typed."""
    term = parse(query).tree
    assert isinstance(term, Term)
    return [str(name) for name in table.related(term)]


def test_a_subject_leads_to_its_other_names_and_then_to_narrower_ones() -> None:
    assert related(TABLE, "red teaming") == ["adversarial testing", "ART", "jailbreak", "prompt injection"]


def test_another_name_of_a_subject_leads_to_the_subject_but_not_to_itself() -> None:
    assert related(TABLE, "adversarial testing") == ["red teaming", "ART", "jailbreak", "prompt injection"]


@pytest.mark.parametrize("typed", ["Red-Teaming", "red teamings", "redteaming"])
def test_case_hyphens_and_plurals_make_no_difference(typed: str) -> None:
    assert related(TABLE, typed) == related(TABLE, "red teaming")


@pytest.mark.parametrize("typed", ["ART", "art"])
def test_an_acronym_leads_to_its_subject(typed: str) -> None:
    assert related(TABLE, typed) == ["red teaming", "adversarial testing", "jailbreak", "prompt injection"]


def test_the_names_are_looked_for_where_the_term_is() -> None:
    assert related(TABLE, "title:robotics") == ["title:robot learning", "title:grasping"]


@pytest.mark.parametrize(
    "typed", ["jailbreak", "teaming", '"red teaming"', "robotic*", "author:robotics", "org:robotics"]
)
def test_narrower_names_unknown_ones_quotes_stars_and_people_lead_nowhere(typed: str) -> None:
    assert related(TABLE, typed) == []


def test_a_hosts_subject_is_added() -> None:
    assert related(TABLE.with_own([Subject("tokamak", (), ("stellarator",))]), "tokamak") == ["stellarator"]


def test_a_hosts_subject_replaces_the_one_that_is_called_alike_with_all_its_names() -> None:
    table = TABLE.with_own([Subject("Red-teaming", ("attack",))])
    assert related(table, "red teaming") == ["attack"]
    assert related(table, "adversarial testing") == []


def test_a_hosts_subject_without_names_removes_the_one_that_is_called_alike() -> None:
    table = TABLE.with_own([Subject("red teaming")])
    assert related(table, "red teaming") == []
    assert related(table, "adversarial testing") == []


def test_a_name_that_both_have_leads_to_the_hosts_subject_and_the_other_stays() -> None:
    table = TABLE.with_own([Subject("evaluation", ("adversarial testing",))])
    assert related(table, "adversarial testing") == ["evaluation"]
    assert related(table, "red teaming") == related(TABLE, "red teaming")


NAMES = st.sampled_from(["red teaming", "robotics", "jailbreak", "grasping", "tokamak"])
SUBJECTS = st.lists(st.builds(Subject, NAMES, st.lists(NAMES).map(tuple), st.lists(NAMES).map(tuple)))


@given(SUBJECTS, NAMES)
def test_no_term_is_related_to_itself(own: list[Subject], typed: str) -> None:
    assert Term(typed).key not in {name.key for name in TABLE.with_own(own).related(Term(typed))}


@given(SUBJECTS, SUBJECTS)
def test_the_version_tells_tables_apart(some: list[Subject], others: list[Subject]) -> None:
    assert (SubjectTable(some).version == SubjectTable(others).version) == (some == others)


def test_the_version_is_the_same_in_every_process() -> None:
    assert TABLE.version == 4162200133


BUILT_INS = built_in().subjects


def names_of(subject: Subject) -> tuple[str, ...]:
    """All names of a subject."""
    return (subject.name, *subject.also, *subject.narrower)


def test_every_built_in_name_is_a_phrase_that_reads_as_it_is_written() -> None:
    names = {name for subject in BUILT_INS for name in names_of(subject)}
    assert [name for name in names if parse(name).tree != Term(name)] == []


def test_no_built_in_subject_has_a_name_twice() -> None:
    keys = Counter((subject.name, Term(name).key or name) for subject in BUILT_INS for name in names_of(subject))
    assert [name for name, count in keys.items() if count > 1] == []


def test_no_narrower_name_says_what_a_shorter_name_of_its_subject_finds_anyway() -> None:
    assert [(subject.name, name) for subject in BUILT_INS for name in found_anyway(subject)] == []


def found_anyway(subject: Subject) -> list[str]:
    """The narrower names that have another name of the subject in them."""
    words = {name: [token.word for token in fold(name)] for name in names_of(subject)}
    return [name for name in subject.narrower if any(within(part, words[name]) for part in words.values())]


def within(part: list[str], whole: list[str]) -> bool:
    """Whether the words stand side by side in a longer phrase."""
    starts = range(len(whole) - len(part) + 1)
    return len(part) < len(whole) and any(whole[start : start + len(part)] == part for start in starts)


def test_each_name_that_can_be_typed_means_one_built_in_subject() -> None:
    keys = Counter(key for subject in BUILT_INS for key in subject.keys)
    assert [key for key, count in keys.items() if count > 1 or not key] == []


def test_every_built_in_subject_has_narrower_names() -> None:
    assert [subject.name for subject in BUILT_INS if not subject.narrower] == []


def test_the_built_in_file_has_no_other_keys_than_those_that_are_read() -> None:
    lists = tomllib.loads(BUILT_IN.read_text(encoding="utf-8")).values()
    assert {key for each in lists for key in each} == {"also", "narrower"}


def test_a_common_acronym_leads_where_its_full_form_does() -> None:
    table = built_in()
    pairs = [(Term(short), Term(full)) for short, full in COMMON.pairs if table.related(Term(full))]
    assert [(short, full) for short, full in pairs if not leads_alike(table, short, full)] == []


def leads_alike(table: SubjectTable, one: Term, other: Term) -> bool:
    """Whether two terms name one subject: each leads to the other, and to the same names."""
    return keys_of(table, one) == keys_of(table, other)


def keys_of(table: SubjectTable, term: Term) -> set[str]:
    """The keys of the term and of what it leads to."""
    return {name.key for name in (term, *table.related(term))}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("red teaming", "jailbreak"),
        ("RL", "GRPO"),
        ("reinforcement learning", "PPO"),
        ("text to image", "DiT"),
        ("software engineering agent", "SWE-bench"),
        ("VLA", "OpenVLA"),
        ("mixture of experts", "MoE"),
        ("RAG", "reranking"),
    ],
)
def test_what_papers_on_a_subject_name_is_related_to_it(typed: str, name: str) -> None:
    assert name in related(built_in(), typed)
