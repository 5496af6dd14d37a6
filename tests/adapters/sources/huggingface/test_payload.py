"""What becomes of each field of the payload."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.huggingface.payload import read_list
from bot.domain import Paper
from tests.builders import TODAY
from tests.servers.huggingface import an_item


def read(item: Any) -> Paper:  # noqa: ANN401 - whatever JSON holds
    """The paper of an item."""
    [paper] = read_list([item], day=TODAY, base_url="https://papers.example").papers
    return paper


def test_titles_and_abstracts_become_one_plain_line() -> None:
    paper = read(an_item("9901.00001", title="A\n  $\\pi_0$ \\textsc{Robot}", summary="One\ntwo\u0007 50\\%."))
    assert (paper.title, paper.abstract) == ("A π₀ Robot", "One two 50%.")


def test_votes_are_those_inside_and_comments_those_outside() -> None:
    paper = read(an_item("9901.00001", upvotes=58, comments=3))
    assert (paper.upvotes, paper.comments) == (58, 3)


def test_missing_votes_count_as_none() -> None:
    assert read(an_item("9901.00001", upvotes=0)).upvotes == 0


def test_authors_who_hide_are_left_out_and_names_stand_once() -> None:
    authors = [{"name": "Ada"}, {"name": "Ben", "hidden": True}, {"name": "Ada"}, {"name": " Cy\n Test "}]
    assert read(an_item("9901.00001", authors=authors)).authors == ("Ada", "Cy Test")


def test_an_author_is_shown_unless_marked_as_hidden() -> None:
    authors = [{"name": "Ada", "hidden": None}, {"name": "Ben", "hidden": "who knows"}]
    assert read(an_item("9901.00001", authors=authors)).authors == ("Ada",)


def test_hundreds_of_authors_are_kept() -> None:
    authors = [{"name": f"Author {number}"} for number in range(664)]
    assert len(read(an_item("9901.00001", authors=authors)).authors) == 664


def test_fields_that_are_absent_are_empty() -> None:
    paper = read({"paper": {"id": "9901.00001", "title": "Robots"}})
    assert (paper.abstract, paper.summary, paper.keywords, paper.organization) == ("", "", (), "")
    assert (paper.stars, paper.code_url, paper.project_url, paper.published_at) == (None, "", "", None)


@pytest.mark.parametrize(
    ("field", "nonsense"),
    [
        ("upvotes", "many"),
        ("upvotes", -1),
        ("githubStars", -3),
        ("githubRepo", "javascript:alert(1)"),
        ("githubRepo", "https://code.example/a b"),
        ("projectPage", "https://"),
        ("projectPage", "https://code.example:port/"),
        ("projectPage", "https://huggingface.co@elsewhere.example/"),
        ("projectPage", "https://code.example/\u202egpj.exe"),
        ("projectPage", "https://code.example/" + "x" * 2_000),
        ("projectPage", "/papers"),
        ("projectPage", 7),
        ("organization", "Acme"),
        ("ai_keywords", "robots"),
        ("ai_keywords", [3, None]),
        ("authors", [{"name": 7}, None]),
        ("publishedAt", "yesterday"),
        ("publishedAt", "2026-03-09T00:00:00"),
        ("publishedAt", "0001-01-01T00:00:00+14:00"),
        ("upvotes", 10**30),
        ("ai_summary", {"text": "x"}),
    ],
)
def test_optional_fields_that_make_no_sense_are_taken_as_absent(field: str, nonsense: object) -> None:
    absent = an_item("9901.00001")
    absent["paper"].pop(field, None)
    paper, without = read(an_item("9901.00001", **{field: nonsense})), read(absent)
    assert paper == without


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"name": "acme", "fullname": "Acme Labs"}, ("Acme Labs", "acme")),
        ({"name": "acme"}, ("acme", "acme")),
        ({"name": "acme", "fullname": ""}, ("acme", "acme")),
        ({"fullname": "Acme Labs"}, ("Acme Labs", "")),
        ({"name": 7, "fullname": ["x"]}, ("", "")),
    ],
)
def test_an_organization_has_a_full_name_and_a_short_one(given: dict[str, object], names: tuple[str, str]) -> None:
    paper = read(an_item("9901.00001", organization=given))
    assert (paper.organization, paper.organization_handle) == names


def test_who_submitted_a_paper_has_a_full_name_and_a_short_one() -> None:
    inside = an_item("9901.00001", submittedOnDailyBy={"name": "akhaliq", "fullname": "AK"})
    outside = {**an_item("9901.00001"), "submittedBy": {"name": "akhaliq", "fullname": "AK"}}
    for item in (inside, outside):
        paper = read(item)
        assert (paper.submitter, paper.submitter_handle) == ("AK", "akhaliq")
    assert read({**inside, "submittedBy": "nonsense"}).submitter == "AK"
    assert read(an_item("9901.00001")).submitter == ""


@pytest.mark.parametrize(
    ("written", "identity"),
    [("9901.00001v2", "9901.00001"), ("9901.00001v12", "9901.00001"), ("my-paper-v2", "my-paper-v2")],
)
def test_a_version_is_not_part_of_an_arxiv_id(written: str, identity: str) -> None:
    assert read(an_item(written)).id == identity


@pytest.mark.parametrize(
    "claimed", ["", "../x", "a b", "a/b", "x" * 65, "9901.00001\n", "a..b", 9901.1, None, ["9901.1"]]
)
def test_a_record_without_a_sane_id_is_left_out_and_reported(claimed: object) -> None:
    item = an_item("9901.00001")
    item["paper"]["id"] = claimed
    [skipped] = read_list([item], day=TODAY, base_url="https://papers.example").skipped
    assert skipped.reason.startswith("paper.id: ")
    assert skipped.id.isprintable()


@pytest.mark.parametrize("title", ["", " \n\u200b", "\u3164", None, 7, ["Robots"]])
def test_a_record_without_a_visible_title_is_left_out_and_reported(title: object) -> None:
    [skipped] = read_list([an_item("9901.00001", title=title)], day=TODAY, base_url="https://papers.example").skipped
    assert (skipped.id, skipped.reason.partition(":")[0]) == ("9901.00001", "paper.title")


def test_text_without_an_end_is_cut() -> None:
    item = an_item("9901.00001", title="Robots " * 9_999, summary="Robots " * 9_999, ai_summary="Robots " * 9_999)
    item["paper"] |= {
        "ai_keywords": ["robots " * 999] * 999,
        "authors": [{"name": f"{n} " * 999} for n in range(9_999)],
    }
    paper = read(item)
    assert len(paper.title) <= 1_000
    assert max(len(paper.abstract), len(paper.summary)) <= 20_000
    assert len(paper.keywords) <= 100
    assert len(paper.authors) <= 2_000
    assert all(len(name) <= 200 for name in (*paper.keywords, *paper.authors))


def test_half_a_character_only_costs_itself() -> None:
    """Summaries that were cut by counting UTF-16 end like this."""
    assert read(an_item("9901.00001", ai_summary="Robots dance 💃"[:-1] + "\ud83d")).summary == "Robots dance"


def test_pages_are_at_the_source_and_thumbnails_where_it_says() -> None:
    paper = read(an_item("9901.00001", thumbnail="https://thumbnails.example/1.png"))
    assert paper.url == "https://papers.example/papers/9901.00001"
    assert paper.thumbnail_url == "https://thumbnails.example/1.png"
    assert read(an_item("9901.00001")).thumbnail_url.endswith("/social-thumbnails/papers/9901.00001.png")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    sorted({*an_item("9901.00001")["paper"], "ai_summary", "ai_keywords", "organization", "githubRepo"})
)


@given(item=JSON)
def test_anything_that_json_can_hold_is_a_paper_or_skipped(item: object) -> None:
    papers = read_list([item], day=TODAY, base_url="https://papers.example")
    assert len(papers.papers) + len(papers.skipped) == 1


@given(changes=st.dictionaries(FIELDS, JSON, max_size=4))
def test_any_field_may_hold_anything(changes: dict[str, object]) -> None:
    item = an_item("9901.00001")
    item["paper"] |= changes
    papers = read_list([item], day=TODAY, base_url="https://papers.example")
    assert all(paper.title == " ".join(paper.title.split()) for paper in papers.papers)
