"""Which change of a posted message's counts is worth an edit, and what the edit changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import with_counts
from bot.delivery.edit_policy import follow, noticeable
from bot.domain import Counts, Evidence, Match
from bot.domain.messages import Card, Digest, Reply
from tests.builders import NOW, a_paper, card_of, digest_of

COUNTS = st.builds(Counts, st.integers(0, 10**6), st.integers(0, 10**4), st.none() | st.integers(0, 10**6))


def a_card(number: int = 1, **given: object) -> Card:
    """A card with a reason."""
    paper = a_paper(id=f"9901.{number:05}", **given)
    return card_of(paper, [Match("dance", (Evidence("title", "Dance"),))])


@pytest.mark.parametrize(
    ("votes", "noticed"),
    [(0, 3), (3, 6), (7, 10), (8, 10), (9, 10), (10, 13), (14, 17), (16, 20), (40, 48), (58, 70), (90, 100), (99, 100)],
)
def test_votes_are_noticed_by_a_fifth_and_at_least_three_or_by_another_digit(votes: int, noticed: int) -> None:
    assert noticeable(Counts(votes, 0, None)).upvotes == noticed


@pytest.mark.parametrize(("comments", "noticed"), [(0, 1), (1, 4), (7, 10), (20, 24)])
def test_a_first_comment_is_noticed_and_then_as_votes_are(comments: int, noticed: int) -> None:
    assert noticeable(Counts(0, comments, None)).comments == noticed


@pytest.mark.parametrize(("stars", "noticed"), [(None, 1), (0, 1), (138, 166), (950, 1000)])
def test_stars_are_noticed_where_there_were_none_and_then_as_votes_are(stars: int | None, noticed: int) -> None:
    assert noticeable(Counts(0, 0, stars)).stars == noticed


@given(COUNTS)
def test_unchanged_counts_are_never_worth_an_edit(shown: Counts) -> None:
    noticed = noticeable(shown)
    assert noticed.upvotes > shown.upvotes
    assert noticed.comments > shown.comments
    assert (noticed.stars or 0) > (shown.stars or 0)


@given(COUNTS)
def test_an_edit_changes_the_counts_of_a_card_and_nothing_else(counts: Counts) -> None:
    card = a_card(upvotes=2)
    changed = with_counts(card, {card.paper_id: counts})
    assert isinstance(changed, Card)
    assert (changed.upvotes, changed.comments, changed.stars) == (counts.upvotes, counts.comments, counts.stars)
    assert replace(changed, upvotes=2, comments=0, stars=None, figures=card.figures) == card


def test_the_lines_of_a_digest_keep_their_order() -> None:
    digest = digest_of([a_card(1, upvotes=9), a_card(2, upvotes=5)])
    changed = with_counts(digest, {"9901.00002": Counts(700, 0, None)})
    assert isinstance(changed, Digest)
    assert [(card.paper_id, card.upvotes) for card in changed.cards] == [("9901.00001", 9), ("9901.00002", 700)]
    assert changed.headline == digest.headline


def test_a_message_is_followed_for_a_week_and_left_alone_for_an_hour() -> None:
    followed = follow(a_card(), at=NOW)
    assert followed is not None
    assert (followed.again_at - NOW, followed.until - NOW) == (timedelta(hours=1), timedelta(days=7))


def test_a_message_without_papers_is_not_followed() -> None:
    assert follow(digest_of([]), at=NOW) is None
    assert follow(Reply("Hello."), at=NOW) is None
