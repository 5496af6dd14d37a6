"""The labelled subjects make sense, and what finds them is measured on them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from bench.__main__ import bench
from bench.quality.any_word import any_word
from bench.quality.command import measure
from bench.quality.labels import Subject, not_listed, read_lists, read_subjects
from bench.quality.ways import all_offers, collect, good_offers, search, typed
from bot.ports.stores import Stores
from bot.query import parse
from tests.builders import a_paper, list_of

DAY = date(2026, 8, 3)

KETTLES = Subject("kettles", "copper kettle", relevant=frozenset({"a", "b"}), mention=frozenset({"m"}))

PAPERS = [
    a_paper(id="a", title="Copper kettles that whistle", abstract="", list_day=DAY),
    a_paper(id="b", title="Boiling water in kettles", abstract="", list_day=DAY),
    a_paper(id="m", title="A survey of tea", abstract="Some use a copper kettle.", list_day=DAY),
    a_paper(id="x", title="Bronze bells", abstract="", list_day=DAY),
]


def test_there_are_thirty_subjects_whose_queries_can_be_read() -> None:
    subjects = read_subjects()
    assert len(subjects) == 30
    assert all(parse(subject.query) for subject in subjects)


def test_every_subject_has_papers_about_it_and_none_that_also_only_mentions_it() -> None:
    assert [subject.name for subject in read_subjects() if not subject.relevant] == []
    assert [subject.name for subject in read_subjects() if subject.relevant & subject.mention] == []


def test_every_labelled_paper_is_on_a_recorded_list(recordings: Path) -> None:
    assert not_listed(read_subjects(), read_lists(recordings)) == set()


def test_a_label_for_a_paper_that_is_on_no_list_is_noticed() -> None:
    assert not_listed([KETTLES], [list_of(*PAPERS[1:])]) == {"a"}


def test_a_subscription_is_tried_as_it_is_typed(stores: Stores) -> None:
    assert typed(KETTLES, collect([list_of(*PAPERS)], stores)) == {"a", "m"}


def test_a_search_ranks_what_matches(stores: Stores) -> None:
    assert search(KETTLES, collect([list_of(*PAPERS)], stores)) == ["a", "m"]


def test_any_word_is_enough_for_plain_bm25_and_more_are_better() -> None:
    ranked = any_word("copper kettle", PAPERS)
    assert ranked[0] == "a"
    assert set(ranked) == {"a", "b", "m"}


def test_signs_in_what_is_typed_are_no_operators_of_plain_bm25() -> None:
    assert any_word('multi-"copper', PAPERS) == any_word("multi copper", PAPERS)


def test_of_the_offers_only_those_that_raise_f1_are_good(stores: Stores) -> None:
    both = [a_paper(id=f"both{at}", title="Copper kettle, tin whistle, brass bell", list_day=DAY) for at in range(3)]
    whistles = [a_paper(id=f"whistle{at}", title="A tin whistle", list_day=DAY) for at in range(2)]
    bells = [a_paper(id=f"bell{at}", title="A brass bell", list_day=DAY) for at in range(2)]
    others = [a_paper(id=f"other{at}", title=f"Something else {at}", abstract="", list_day=DAY) for at in range(40)]
    collection = collect([list_of(*both, *whistles, *bells, *others)], stores)
    wanted = frozenset(paper.id for paper in (*both, *whistles))
    subject = Subject("kettles", "copper kettle", relevant=wanted, mention=frozenset())
    assert all_offers(subject, collection) == wanted | {paper.id for paper in bells}
    assert good_offers(subject, collection) == wanted


def test_the_tables_say_how_each_way_does(stores: Stores) -> None:
    subscribing, searching, by_subject, _ = measure([KETTLES], collect([list_of(*PAPERS)], stores))
    assert subscribing.rows[0] == ["typed", "1", "0", "1", "1.000", "0.500", "0.667", "0.667"]
    assert searching.rows[0][:2] == ["search", "0.500"]
    assert by_subject.rows[0][:5] == ["copper kettle", "2", "1", "1.00", "0.50"]


def test_a_folder_without_the_lists_is_an_error_that_says_what_they_are(tmp_path: Path) -> None:
    result = CliRunner().invoke(bench, ["quality", "--lists", str(tmp_path)])
    assert result.exit_code == 1
    assert f"There are no 2026-08-*.json in {tmp_path}" in result.stderr


def test_other_lists_than_the_labelled_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / f"{DAY}.json").write_text(json.dumps([{"paper": {"id": "2608.00001", "title": "Kettles"}}]))
    result = CliRunner().invoke(bench, ["quality", "--lists", str(tmp_path)])
    assert result.exit_code == 1
    assert "labelled papers are on no list" in result.stderr


def test_the_command_writes_its_tables(recordings: Path, tmp_path: Path) -> None:
    written = tmp_path / "quality.md"
    result = CliRunner().invoke(bench, ["quality", "--lists", str(recordings), "--markdown", str(written)])
    assert result.exit_code == 0, result.stderr
    titles = [line for line in written.read_text().splitlines() if line.startswith("**")]
    assert titles == ["**Subscribing**", "**Searching**", "**Subscribing, by subject**", "**Searching, by subject**"]
