"""What cards and digests say."""

from __future__ import annotations

import pytest

from bot.cards import SUMMARY, byline, counts, make_card, make_digest, reasons
from bot.domain import Evidence, Match
from tests.builders import a_paper

DANCE = Evidence("title", "Dance")


@pytest.mark.parametrize(
    ("authors", "organization", "said"),
    [
        (("Ada", "Ben"), "", "Ada, Ben"),
        (("Ada", "Ben", "Cy", "Dee"), "", "Ada, Ben, Cy and 1 more"),
        (tuple(f"A{n}" for n in range(664)), "", "A0, A1, A2 and 661 more"),
        (("Ada",), "Acme", "Acme · Ada"),
        ((), "Acme", "Acme"),
        ((), "", ""),
    ],
)
def test_the_byline_names_organisation_and_first_authors(
    authors: tuple[str, ...], organization: str, said: str
) -> None:
    assert byline(a_paper(authors=authors, organization=organization)) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"upvotes": 0}, "▲ 0"),
        ({"upvotes": 58, "comments": 1, "stars": 1204}, "▲ 58 · 1 comment · ★ 1,204"),
        ({"upvotes": 3, "comments": 2, "stars": 0}, "▲ 3 · 2 comments"),
    ],
)
def test_counts_are_said_without_what_is_not_there(given: dict[str, int], said: str) -> None:
    assert counts(make_card(a_paper(**given))) == said


def test_the_summary_is_the_sources_else_the_beginning_of_the_abstract() -> None:
    assert make_card(a_paper(summary="Short.", abstract="Long.")).summary == "Short."
    long = make_card(a_paper(abstract="A sentence about robots. " * 50)).summary
    assert len(long) <= SUMMARY
    assert long.endswith("robots. …")


def test_links_are_those_that_exist_in_their_order() -> None:
    full = make_card(a_paper(code_url="https://code.example", project_url="https://project.example"))
    assert [link.label for link in full.links] == ["Paper", "arXiv", "PDF", "Code", "Project"]
    assert [link.label for link in make_card(a_paper(id="talk-7")).links] == ["Paper"]


def test_reasons_are_said_once_however_many_queries_give_them() -> None:
    card = make_card(a_paper(), [Match("dance", (DANCE,)), Match("dance, music", (DANCE,))])
    assert reasons(card) == [("title", "", "Dance", "")]


def test_a_digest_has_most_votes_first_then_the_strongest_match() -> None:
    few, many = a_paper(id="few", upvotes=1), a_paper(id="many", upvotes=9)
    strong = make_card(a_paper(id="strong", upvotes=1), [Match("dance", (DANCE,))])
    digest = make_digest([make_card(few), strong, make_card(many)])
    assert [card.paper_id for card in digest.cards] == ["many", "strong", "few"]
    assert digest.headline == "3 papers"
