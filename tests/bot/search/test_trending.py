"""Which papers gain votes fastest."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain import Paper, Sighting, Voted
from bot.ports.stores import Stores
from bot.search.trending import VoteGain, rising
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import NOW, TODAY, a_paper, list_of

HOUR = timedelta(hours=1)
YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), TODAY - timedelta(days=5)


def voted(*papers: Paper) -> list[Voted]:
    """What counts of these papers."""
    return [Voted(paper.id, paper.list_day, paper.upvotes) for paper in papers]


def gain(paper: Paper, *seen: tuple[datetime, int]) -> VoteGain:
    """The votes that the paper gained, with these sightings."""
    [result] = rising(voted(paper), {paper.id: [Sighting(*sighting) for sighting in seen]}, now=NOW)
    return result


def test_votes_since_a_day_ago_count() -> None:
    seen = [(NOW - 30 * HOUR, 9), (NOW - 24 * HOUR, 10), (NOW - HOUR, 39)]
    assert gain(a_paper(list_day=LONG_AGO, upvotes=40), *seen).in_words == "+30 votes in 24 hours"


def test_between_two_sightings_votes_come_evenly() -> None:
    seen = [(NOW - 36 * HOUR, 0), (NOW - 12 * HOUR, 20)]
    assert gain(a_paper(list_day=LONG_AGO, upvotes=30), *seen).votes == 20


def test_a_paper_that_was_first_seen_late_did_not_get_its_votes_at_once() -> None:
    assert gain(a_paper(list_day=LONG_AGO, upvotes=132), (NOW, 132)).in_words == "+24 votes in 24 hours"


def test_todays_paper_counts_since_its_day_began() -> None:
    assert gain(a_paper(upvotes=31), (NOW - 11 * HOUR, 2), (NOW, 31)).in_words == "+31 votes in 12 hours"


def test_one_vote_in_an_hour_is_in_the_singular() -> None:
    paper = a_paper(upvotes=1)
    [result] = rising(voted(paper), {}, now=NOW - 11 * HOUR)
    assert result.in_words == "+1 vote in 1 hour"


def test_the_fastest_come_first_and_a_few_early_votes_are_not_a_trend() -> None:
    slow = a_paper(id="9901.00001", list_day=YESTERDAY, upvotes=30)
    fast = a_paper(id="9901.00002", upvotes=40)
    minutes_old = a_paper(id="9901.00003", list_day=TODAY, upvotes=3)
    now = NOW - 11.5 * HOUR
    assert [result.paper.id[-1] for result in rising(voted(slow, fast), {}, now=NOW)] == ["2", "1"]
    seen = {slow.id: [Sighting(now - 24 * HOUR, 0)]}
    assert [result.paper.id[-1] for result in rising(voted(slow, minutes_old), seen, now=now)] == ["1", "3"]


@pytest.mark.parametrize("votes", [10, 9])
def test_a_paper_that_gains_no_votes_or_loses_some_is_left_out(votes: int) -> None:
    paper = a_paper(list_day=LONG_AGO, upvotes=votes)
    assert rising(voted(paper), {paper.id: [Sighting(NOW - 25 * HOUR, 10)]}, now=NOW) == []


def test_the_command_shows_papers_with_the_votes_that_they_gained(stores: Stores) -> None:
    for hours, upvotes in ((30, 5), (20, 6), (1, 36)):
        paper = a_paper(list_day=LONG_AGO, upvotes=upvotes)
        stores.papers.save("sample", list_of(paper), at=NOW - hours * HOUR)
    reply = say(desk_of(stores), "/papers trending")
    assert reply.text == "Papers of the last 7 days that gained votes fastest in the last 24 hours:"
    assert [card.trend for card in reply.cards] == ["+30 votes in 24 hours"]


def test_a_new_database_counts_since_the_list_day_and_says_so(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(upvotes=31)), at=NOW - 2 * HOUR)
    reply = say(desk_of(stores), "/papers trending")
    assert reply.advice == "Estimated: I started tracking votes 2 hours ago."
    assert [card.trend for card in reply.cards] == ["+31 votes in 12 hours"]


def test_today_is_offered_when_no_paper_gains_votes(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(upvotes=0)), at=NOW)
    reply = say(desk_of(stores), "/papers trending")
    assert reply.text == "No paper of the last 7 days gained votes in the last 24 hours."
    assert [(button.label, button.text) for button in reply.buttons] == [("Today's papers", "today")]


def test_only_ten_are_shown(stores: Stores) -> None:
    stores.papers.save("sample", list_of(*(a_paper(id=f"9901.{n:05}", upvotes=n) for n in range(1, 20))), at=NOW)
    assert len(say(desk_of(stores), "/papers trending").cards) == 10
