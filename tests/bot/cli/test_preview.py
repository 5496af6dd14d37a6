"""``paperwire preview``: a page to look at before there is an app."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from storage import open_database, stores_of
from tests.adapters.preview.page_reader import read
from tests.builders import ROOT, a_paper, list_of


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The path of the database, which need not exist."""
    return tmp_path / "data" / "paperwire.db"


def preview(database: Path, *arguments: str) -> Result:
    """Run ``paperwire preview …``."""
    settings = {"PAPERWIRE_STORAGE__PATH": str(database)}
    return CliRunner().invoke(cli, ["preview", *arguments], env=settings, prog_name="paperwire")


def test_the_file_can_be_named_by_a_short_option(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "robots.html"
    assert preview(database, "robots", "-o", str(file)).stdout == f"{file}\n"
    assert read(file.read_text(encoding="utf-8")).every("title")[0].content == "What “robots” brings"


def test_a_word_that_begins_like_the_short_option_is_left_out_of_the_papers(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "robots.html"
    assert preview(database, "robots", "-orchards", "-o", str(file)).exit_code == 0
    assert "What “robots -orchards” brings" in file.read_text(encoding="utf-8")


def store(database: Path, *, days_ago: int = 1, title: str = "Teapots & Saucers in <Orbit>") -> None:
    """Store a paper that was listed that many days ago."""
    database.parent.mkdir()
    opened = open_database(database)
    now = datetime.now(UTC)
    papers = list_of(a_paper(title=title, list_day=now.date() - timedelta(days=days_ago)))
    stores_of(opened).papers.save("newsstand", papers, at=now)
    opened.close()


def test_without_a_set_up_there_is_a_page_of_sample_papers_and_nothing_else_is_left(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "preview", "reinforcement learning"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "preview.html\n")
    assert "invented" in done.stderr
    assert "backfill" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["preview.html"]
    page = read((tmp_path / "preview.html").read_text(encoding="utf-8"))
    assert "Teacups in Orbit" in page.content
    assert "invented" in page.every("header")[0].content


def test_stored_papers_are_shown_and_nothing_is_stored(database: Path, tmp_path: Path) -> None:
    store(database)
    output = tmp_path / "page.html"
    done = preview(database, "teapots", "--output", str(output))
    assert (done.exit_code, done.stdout) == (0, f"{output}\n")
    assert "invented" not in done.stderr
    page = read(output.read_text(encoding="utf-8"))
    titles = [link.content for link in page.every("a") if link.attributes["href"].endswith("/papers/9901.00001")]
    assert titles.count("Teapots & Saucers in <Orbit>") == 7
    opened = open_database(database)
    assert stores_of(opened).subscriptions.all() == []
    assert stores_of(opened).channels.all() == []
    opened.close()


def test_without_papers_from_these_days_the_sample_feed_is_shown(database: Path, tmp_path: Path) -> None:
    store(database, days_ago=10)
    few = preview(database, "*", "--days", "5", "--output", str(tmp_path / "few.html"))
    many = preview(database, "*", "--days", "20", "--output", str(tmp_path / "many.html"))
    assert "invented" in few.stderr
    assert "1 paper in 20 days" in many.stderr


def test_as_many_cards_are_shown_as_asked_for(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    preview(database, "*", "--limit", "3", "--output", str(output))
    cards = read(output.read_text(encoding="utf-8")).every("section")[0]
    assert len(cards.every("article", class_="slack")) == len(cards.every("article", class_="discord")) == 3


def test_without_a_match_it_says_so_and_shows_the_answer(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    done = preview(database, "violins", "-harps", "--output", str(output))
    assert done.exit_code == 0
    assert "no papers in 30 days" in done.stderr
    assert "Subscribed to" in output.read_text(encoding="utf-8")


def test_an_earlier_preview_is_overwritten(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    assert preview(database, "robots", "--output", str(output)).exit_code == 0
    assert preview(database, "diffusion", "--output", str(output)).exit_code == 0
    assert "“diffusion”" in output.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"<!doctype html><p>My thesis", b"", b"\xff\x00"])
def test_another_file_is_overwritten_only_on_request(database: Path, tmp_path: Path, content: bytes) -> None:
    output = tmp_path / "thesis.html"
    output.write_bytes(content)
    done = preview(database, "robots", "--output", str(output))
    assert done.exit_code == 1
    assert "--force" in done.stderr
    assert output.read_bytes() == content
    assert preview(database, "robots", "--output", str(output), "--force").exit_code == 0
    assert "“robots”" in output.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_named_with_a_way_out(database: Path, tmp_path: Path) -> None:
    done = preview(database, "robots", "--output", str(tmp_path / "nowhere" / "page.html"))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert "name another file" in done.stderr


def test_a_wrong_query_is_shown_with_its_place_and_writes_nothing(database: Path, tmp_path: Path) -> None:
    done = preview(database, "robots AND", "--output", str(tmp_path / "page.html"))
    assert done.exit_code == 2
    assert "robots AND\n       ^" in done.stderr
    assert list(tmp_path.iterdir()) == []
