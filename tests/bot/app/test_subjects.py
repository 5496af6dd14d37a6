"""The subjects of a set-up: the built-in ones, and the host's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.wiring import make_subjects
from bot.config import Settings, load_settings
from bot.errors import ConfigError
from bot.matching.subject_table import built_in
from bot.query import Term


def settings_with(path: str) -> Settings:
    """The settings of a host whose own subjects stand in that file."""
    return load_settings(None, {"PAPERWIRE_MEANING__SUBJECTS": path})


def test_without_a_file_there_are_the_built_in_subjects() -> None:
    assert make_subjects(settings_with("")) is built_in()


def test_a_hosts_file_is_looked_for_where_paperwire_is_started_and_adds_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "subjects.toml").write_text('["fusion energy"]\nnarrower = ["tokamak"]')
    monkeypatch.chdir(tmp_path)
    subjects = make_subjects(settings_with("subjects.toml"))
    assert subjects.related(Term("fusion energy")) == (Term("tokamak"),)
    assert subjects.related(Term("red teaming")) == built_in().related(Term("red teaming"))
    assert subjects.version != built_in().version


def test_a_file_that_is_wrong_is_named_with_its_setting(tmp_path: Path) -> None:
    path = tmp_path / "subjects.toml"
    path.write_text("fusion = 1")
    with pytest.raises(ConfigError, match=f"^meaning.subjects: {path}, “fusion”: it must be a table: "):
        make_subjects(settings_with(str(path)))
