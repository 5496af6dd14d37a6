"""What Hugging Face really answered, read as it came; the recordings are kept outside of this repository."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from adapters.sources.huggingface.payload import read_list
from bot.domain import Paper, PaperList
from tests.builders import TODAY


def read(items: list[dict[str, Any]]) -> PaperList:
    """The list of these items."""
    return read_list(items, day=TODAY, base_url="https://papers.example")


def odd_item(recordings: Path, why: str) -> dict[str, Any]:
    """The recorded item that is odd for this reason."""
    index = json.loads((recordings / "edge_cases_index.json").read_text())
    [position] = [entry["position"] for entry in index if entry["why"].startswith(why)]
    item: dict[str, Any] = json.loads((recordings / "edge_cases.json").read_text())[position]
    return item


def odd_paper(recordings: Path, why: str) -> Paper:
    """What becomes of it."""
    [paper] = read([odd_item(recordings, why)]).papers
    return paper


def test_every_item_of_fifteen_days_is_understood(recordings: Path) -> None:
    days = [json.loads(file.read_text()) for file in sorted(recordings.glob("2026-*.json"))]
    assert (len(days), sum(len(items) for items in days)) == (15, 333)
    for items in days:
        papers = read(items)
        assert papers.skipped == ()
        assert [paper.id for paper in papers.papers] == list(dict.fromkeys(item["paper"]["id"] for item in items))
        for item, paper in zip(items, papers.papers, strict=True):
            assert (paper.upvotes, paper.comments) == (item["paper"]["upvotes"], item["numComments"])
            assert paper.abstract
            assert paper.authors
            assert paper.published_at
            assert paper.thumbnail_url.startswith("https://")


def test_two_papers_stand_on_two_lists_under_the_same_id(recordings: Path) -> None:
    listings = Counter(
        paper.id for file in recordings.glob("2026-*.json") for paper in read(json.loads(file.read_text())).papers
    )
    assert sorted(listings.values())[-3:] == [1, 2, 2]


def test_the_same_day_read_later_has_the_papers_it_had(recordings: Path) -> None:
    early, late = (
        {paper.id for paper in read(json.loads((recordings / "captures" / name).read_text())).papers}
        for name in ("2025-10-30__20251030T045932Z.json", "2025-10-30__20251030T074928Z.json")
    )
    assert early
    assert early <= late


@pytest.mark.parametrize(
    ("why", "there", "gone"),
    [
        (r"LaTeX \textsc", "AIEV-Instruct", "\\textsc"),
        ("newline + two spaces", "Detection with", "\n"),
        ('"$1 Million"', "$1 Million", "\n"),
        ('"1$"', "1$:", "\\"),
        ("backticks", "`", "\\"),
        ("<think> inside", "<think>", "\\"),
        ("Pass@k", "Pass@k", "\\"),
        (r"newline + \& in title", " & ", "\\"),
        ('"LMK > CLS"', " > ", "&gt;"),
        ("asterisk in title", "M*", "\\"),
        ("title begins with backslash-dollar", "$OneMillion", "\\"),
        ("V_{0.5}", "V₀.₅", "{"),
        ("P(y|x)", "P(y|x)", "\\"),
        ("stray backslash", "Network for", "\\"),
        ("Greek letter", "π", "\\"),
        ("ATT&CK", "ATT&CK", "&amp;"),
        ('"<1 GB"', "<1 GB", "&lt;"),
        ("N_0 underscore", "N_0", "\\"),
    ],
)
def test_an_odd_title_keeps_what_it_says(recordings: Path, why: str, there: str, gone: str) -> None:
    title = odd_paper(recordings, why).title
    assert there in title
    assert gone not in title


@pytest.mark.parametrize(
    ("why", "there", "gone"), [("<a href> in abstract", "https", "<a"), ("backslash-percent in abstract", "%", "\\%")]
)
def test_an_odd_abstract_keeps_what_it_says(recordings: Path, why: str, there: str, gone: str) -> None:
    abstract = odd_paper(recordings, why).abstract
    assert there in abstract
    assert gone not in abstract


@pytest.mark.parametrize("why", ["533 authors", "664 authors", "402 authors"])
def test_hundreds_of_authors_stand_in_their_order_once_each(recordings: Path, why: str) -> None:
    authors = odd_paper(recordings, why).authors
    assert len(authors) > 400
    assert len(set(authors)) == len(authors)
    assert authors[0] == odd_item(recordings, why)["paper"]["authors"][0]["name"]


def test_an_author_who_hides_is_left_out(recordings: Path) -> None:
    authors = odd_item(recordings, "author with hidden:true")["paper"]["authors"]
    [hidden] = [author["name"] for author in authors if author["hidden"]]
    shown = odd_paper(recordings, "author with hidden:true").authors
    assert hidden not in shown
    assert len(shown) == len(authors) - 1


def test_missing_votes_count_as_none(recordings: Path) -> None:
    assert odd_paper(recordings, "0 upvotes").upvotes == 0


def test_the_shortest_title_and_abstract_are_kept(recordings: Path) -> None:
    assert odd_paper(recordings, "very short title").title
    assert len(odd_paper(recordings, "shortest abstract").abstract) > 100
