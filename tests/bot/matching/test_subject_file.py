"""A host's own file of subjects: what it may hold, and how mistakes in it are reported."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.matching.subject_file import LARGEST, MOST_MISTAKES, read_subjects
from bot.matching.subject_table import BUILT_IN, Subject, built_in
from bot.query import Term, parse

CALLED = "meaning.subjects: own.toml"


def read(tmp_path: Path, text: str) -> tuple[Subject, ...]:
    """The subjects of a file with this text."""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return read_subjects(path, CALLED)


def errors(tmp_path: Path, text: str) -> str:
    """The mistakes that are reported."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_a_subject_has_other_names_and_narrower_ones(tmp_path: Path) -> None:
    assert read(
        tmp_path, '["fusion energy"]\nalso = ["fusion power"]\nnarrower = ["tokamak", "Z pinch", "stellar*"]'
    ) == (Subject("fusion energy", ("fusion power",), ("tokamak", "Z pinch", "stellar*")),)


def test_a_file_may_be_empty_and_so_may_a_subject(tmp_path: Path) -> None:
    assert read(tmp_path, "") == ()
    assert read(tmp_path, "[art]") == (Subject("art"),)


def test_the_built_in_file_could_be_a_hosts() -> None:
    assert read_subjects(BUILT_IN, CALLED) == built_in().subjects


def test_what_cannot_be_seen_is_left_out_of_names(tmp_path: Path) -> None:
    assert read(tmp_path, '[art]\nalso = ["fine\u200b  arts\\n"]') == (Subject("art", ("fine arts",)),)


A_LIST = 'must be a list of names, such as ["jailbreak", "prompt injection"].'

NO_PHRASE = "is not a phrase; a name is words alone, without commas, quotes, brackets, fields and operators."

WITH_A_SIGN = "has a star or a sign, which only names in “narrower” may have."

WRONG = [
    (
        'art = ["painting"]',
        '“art”: it must be a table: a line with ["red teaming"], and the lists “also” and “narrower” below it.',
    ),
    ("[art]\nother = []", "“art”: “other” is not a key here; the keys are “also” and “narrower”."),
    ("[art.fine]\nalso = []", "“art”: “fine” is not a key here; the keys are “also” and “narrower”."),
    ('[art]\nalso = "painting"', f"“art”: “also” {A_LIST}"),
    ("[art]\nnarrower = [1]", f"“art”: “narrower” {A_LIST}"),
    ("[art]\nnarrower = {}", f"“art”: “narrower” {A_LIST}"),
    ('[art]\nalso = ["painting, drawing"]', f"“art”: “painting, drawing” {NO_PHRASE}"),
    ("[art]\nnarrower = ['\"oil painting\"']", f'“art”: “"oil painting"” {NO_PHRASE}'),
    ('[art]\nnarrower = ["title:painting"]', f"“art”: “title:painting” {NO_PHRASE}"),
    ('[art]\nnarrower = ["upvotes>5"]', f"“art”: “upvotes>5” {NO_PHRASE}"),
    ('[art]\nnarrower = ["*"]', f"“art”: “*” {NO_PHRASE}"),
    ('[art]\nnarrower = ["oil AND painting"]', f"“art”: “oil AND painting” {NO_PHRASE}"),
    ('[art]\nnarrower = [""]', f"“art”: “” {NO_PHRASE}"),
    ('["art, music"]', f"“art, music”: “art, music” {NO_PHRASE}"),
    ('["paint*"]', f"“paint*”: “paint*” {WITH_A_SIGN}"),
    ('[code]\nalso = [".NET"]', f"“code”: “.NET” {WITH_A_SIGN}"),
    (
        f"[art]\nnarrower = {['painting'] * 101}",
        "“art”: it has 101 names; a subject can have 100.",
    ),
    (
        '[art]\n[painting]\nalso = ["Arts"]',
        "“painting”: “Arts” is a name of “art”, too; a name can mean one subject alone.",
    ),
    (
        '["fine art"]\n["fine-art"]',
        "“fine-art”: “fine-art” is a name of “fine art”, too; a name can mean one subject alone.",
    ),
]


@pytest.mark.parametrize(("text", "mistake"), WRONG)
def test_a_mistake_is_named_with_the_file_the_subject_and_what_is_allowed(
    tmp_path: Path, text: str, mistake: str
) -> None:
    assert errors(tmp_path, text) == f"{CALLED}, {mistake}"


@pytest.mark.parametrize("text", ["[art", "[art]\n[art]", "[art]\nalso = [[[", "[art]\nx = 1" + "0" * 5000])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, text: str) -> None:
    assert errors(tmp_path, text).startswith(f"{CALLED} is not TOML: ")


def test_every_subject_that_is_wrong_has_a_line(tmp_path: Path) -> None:
    assert errors(tmp_path, '[art]\nalso = ["a,b"]\n[music]\nother = 1').splitlines() == [
        f"{CALLED}, “art”: “a,b” {NO_PHRASE}",
        f"{CALLED}, “music”: “other” is not a key here; the keys are “also” and “narrower”.",
    ]


def test_of_many_mistakes_the_first_are_named(tmp_path: Path) -> None:
    lines = errors(tmp_path, "\n".join(f"[art{number}]\nother = 1" for number in range(MOST_MISTAKES + 2))).splitlines()
    assert len(lines) == MOST_MISTAKES + 1
    assert lines[-1] == f"{CALLED}: 2 more subjects are wrong."


def test_a_long_name_is_shown_shortened(tmp_path: Path) -> None:
    assert len(errors(tmp_path, f'[art]\nalso = ["{"painting, " * 1000}"]')) < 300


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"own\.toml cannot be read: No such file or directory\."):
        read_subjects(tmp_path / "own.toml", CALLED)


def test_a_file_that_is_too_large_is_named(tmp_path: Path) -> None:
    assert errors(tmp_path, "#" * (LARGEST + 1)) == f"{CALLED} has more than 1,000,000 bytes."


TEXTS = st.text(alphabet=st.sampled_from("art, \"':*()\\\u200b\n.=[]-AND|")) | st.text()


@given(TEXTS, st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_read_can_be_asked_for_and_all_else_is_a_mistake(
    tmp_path: Path, name: str, also: list[str], narrower: list[str]
) -> None:
    text = f"[{quoted(name)}]\nalso = [{', '.join(map(quoted, also))}]\nnarrower = [{', '.join(map(quoted, narrower))}]"
    with contextlib.suppress(ConfigError):
        for subject in read(tmp_path, text):
            for each in (subject.name, *subject.also, *subject.narrower):
                assert parse(each).tree == Term(each)


def quoted(text: str) -> str:
    """The text as TOML writes it."""
    escaped = "".join(f"\\U{ord(character):08x}" for character in text)
    return f'"{escaped}"'
