"""The text of cards and digests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cards import NAME, NOTICE, SUMMARY, byline
from bot.domain import Evidence, Match
from bot.domain.messages import Reason
from bot.text.rich import Piece
from tests.builders import TODAY, a_paper, card_of, digest_of

DANCE = Evidence("title", "Dance", "Robots Learn to ", "")


def why(*evidence: Evidence) -> tuple[Reason, ...]:
    """The reasons on a card with this evidence."""
    return card_of(a_paper(), [Match("dance", evidence)]).reasons


def as_text(reason: Reason) -> str:
    """The line, with asterisks around what is emphasized."""
    return "".join(f"*{piece.text}*" if piece.bold else piece.text for piece in reason)


@pytest.mark.parametrize(
    ("authors", "organization", "text"),
    [
        (("Ada", "Ben"), "", "Ada, Ben"),
        (("Ada", "Ben", "Cy"), "", "Ada, Ben, Cy"),
        (("Ada", "Ben", "Cy", "Dee"), "", "Ada, Ben, Cy and 1 more"),
        (tuple(f"A{n}" for n in range(664)), "", "A0, A1, A2 and 661 more"),
        (("Ada",), "Acme", "Acme · Ada"),
        ((), "Acme", "Acme"),
        ((), "", ""),
    ],
)
def test_the_byline_names_organization_and_first_authors(
    authors: tuple[str, ...], organization: str, text: str
) -> None:
    assert byline(a_paper(authors=authors, organization=organization)) == text


def test_a_very_long_name_does_not_fill_the_byline() -> None:
    text = byline(a_paper(authors=("A consortium " * 50, "Ben", "Cy", "Dee"), organization="Acme " * 50))
    assert text.endswith("…, Ben, Cy and 1 more")
    assert len(text) <= 2 * NAME + len(" · , Ben, Cy and 1 more")


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"upvotes": 0}, "▲ 0"),
        ({"upvotes": 58, "comments": 1, "stars": 1204}, "▲ 58 · 1 comment · ★ 1,204"),
        ({"upvotes": 3, "comments": 2, "stars": 0}, "▲ 3 · 2 comments"),
    ],
)
def test_counts_that_are_missing_are_left_out(counts: dict[str, int], text: str) -> None:
    assert card_of(a_paper(**counts)).figures == text


@pytest.mark.parametrize(
    ("published", "submitter", "text"),
    [
        (TODAY - timedelta(days=7), "", ""),
        (TODAY - timedelta(days=8), "", "published 2 Mar"),
        (date(2023, 4, 5), "", "published 5 Apr 2023"),
        (TODAY, "AK", "submitted by AK"),
        (date(2023, 4, 5), "AK", "published 5 Apr 2023 · submitted by AK"),
        (None, "", ""),
        (TODAY + timedelta(days=30), "", ""),
    ],
)
def test_the_card_says_where_the_paper_comes_from(published: date | None, submitter: str, text: str) -> None:
    at = published and datetime(published.year, published.month, published.day, tzinfo=UTC)
    assert card_of(a_paper(published_at=at, submitter=submitter)).origin == text


def test_the_summary_is_the_sources_else_the_beginning_of_the_abstract() -> None:
    assert card_of(a_paper(summary="Short.", abstract="Long.")).summary == "Short."
    long = card_of(a_paper(abstract="A sentence about robots. " * 50)).summary
    assert len(long) <= SUMMARY
    assert long.endswith("robots. …")


def test_the_abstract_is_kept_whole() -> None:
    abstract = "A sentence about robots. " * 50
    assert card_of(a_paper(abstract=abstract)).abstract == abstract


def test_links_are_those_that_exist_in_their_order() -> None:
    full = card_of(a_paper(code_url="https://code.example", project_url="https://project.example"))
    assert [link.label for link in full.links] == ["Paper", "arXiv", "PDF", "Code", "Project"]
    assert [link.label for link in card_of(a_paper(id="talk-7")).links] == ["Paper"]


def test_a_reason_quotes_what_matched_from_its_surroundings() -> None:
    evidence = Evidence("abstract", "reinforcement learning", "…policies with ", " from people…")
    assert why(evidence) == (
        (
            Piece("abstract: …policies with "),
            Piece("“reinforcement learning”", bold=True),
            Piece(" from people…"),
        ),
    )


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (Evidence("keyword", "world model"), "keyword: *“world model”*"),
        (Evidence("author", "Sample", "Ben "), "author: Ben *“Sample”*"),
        (Evidence("org", "Acme", "", " Labs"), "organization: *“Acme”* Labs"),
        (Evidence("upvotes", "upvotes>=20"), "*upvotes>=20*"),
        (Evidence("code", "has:code"), "*has:code*"),
        (Evidence("keyword", "x>=2"), "keyword: *“x>=2”*"),
    ],
)
def test_a_reason_names_the_field_that_matched(evidence: Evidence, text: str) -> None:
    assert [as_text(reason) for reason in why(evidence)] == [text]


def test_matched_words_of_the_title_come_first_and_on_one_line() -> None:
    robots = Evidence("title", "Robots", "", " Learn to Dance")
    keyword = Evidence("keyword", "dance")
    assert [as_text(reason) for reason in why(keyword, robots, DANCE)] == [
        "title: *“Robots”*, *“Dance”*",
        "keyword: *“dance”*",
    ]


def test_a_reason_that_several_queries_give_is_shown_once() -> None:
    card = card_of(a_paper(), [Match("dance", (DANCE,)), Match("dance, music", (DANCE,))])
    assert [as_text(reason) for reason in card.reasons] == ["title: *“Dance”*"]


def test_a_card_shows_only_as_many_reasons_as_it_has_room_for() -> None:
    assert len(why(*(Evidence("keyword", f"robot {n}") for n in range(9)))) == 1


def test_a_card_without_subscription_and_a_match_of_everything_have_no_reasons() -> None:
    assert card_of(a_paper()).reasons == ()
    assert card_of(a_paper(), [Match("*")]).reasons == ()


def test_a_digest_has_most_votes_first_then_the_strongest_match() -> None:
    few, many = a_paper(id="few", upvotes=1), a_paper(id="many", upvotes=9)
    strong = card_of(a_paper(id="strong", upvotes=1), [Match("dance", (DANCE,))])
    digest = digest_of([card_of(few), strong, card_of(many)])
    assert [card.paper_id for card in digest.cards] == ["many", "strong", "few"]
    assert digest.headline == "3 papers · 10 March 2026"


def test_equally_good_papers_of_a_digest_keep_their_order() -> None:
    digest = digest_of([card_of(a_paper(id=str(number))) for number in range(5)])
    assert [card.paper_id for card in digest.cards] == ["0", "1", "2", "3", "4"]


def test_a_notification_names_the_paper_and_its_authors() -> None:
    assert card_of(a_paper(organization="Acme")).notice == (
        "Walking Robots Learn to Dance · Acme · Ada Example, Ben Sample"
    )
    assert card_of(a_paper(authors=())).notice == "Walking Robots Learn to Dance"


def test_a_notification_of_a_digest_begins_with_the_number_of_papers() -> None:
    cards = [card_of(a_paper(id=title, title=title)) for title in ("Robots Dance", "Robots Sing")]
    assert digest_of(cards).notice == "2 papers · 10 March 2026: Robots Dance; Robots Sing"
    assert digest_of([]).notice == "No new papers."


def test_a_notification_is_one_short_line() -> None:
    card = card_of(a_paper(title="Robots " * 60))
    for message in (card, digest_of([card] * 30)):
        assert len(message.notice) <= NOTICE
