"""Papers that reach the votes a query asks for after their list day: they come once, within a week, and say so."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.delivery.courier import Courier
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.edits import Editor
from bot.domain.messages import Card
from bot.errors import SourceError
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.polling.due_lists import COUNTS_EVERY
from bot.polling.poller import Poller
from bot.ports.stores import Stores
from bot.service.retention import Retention
from bot.service.service import Service
from bot.status import Status
from tests.builders import HERE, NOW, TODAY, a_paper, reasons_of, subscribe
from tests.fakes.platform import Pinboard
from tests.fakes.source import Newsstand

DAY = timedelta(days=1)


class Town:
    """A service with a source, a platform, and a clock that is moved by hand."""

    def __init__(self, stores: Stores) -> None:
        """Start with no papers and no subscriptions."""
        self.stores, self.board, self.stand, self.time = stores, Pinboard(), Newsstand(), NOW

    def list_paper(self, *, day: date = TODAY, **given: object) -> None:
        """Put the paper on the list of that day, from now on with these counts."""
        self.stand.lists[day] = [a_paper(list_day=day, **given)]

    def run_once(self, *, later: timedelta = timedelta()) -> list[str]:
        """Run the service as a new process, so much later; return the titles of the cards that were posted."""
        self.time += later
        before = len(self.board.posted)
        assert asyncio.run(self._service().once())
        return [message.title for _, _, message in self.board.posted[before:] if isinstance(message, Card)]

    def _service(self) -> Service:
        stores, platforms = self.stores, {"terminal": self.board}

        def clock() -> datetime:
            return self.time

        glossary, status = Glossary(stores.papers), Status(self.time, timedelta(minutes=10))
        courier = Courier(
            stores,
            reasons_of(stores, glossary),
            platforms,
            max_attempts=3,
            flood_limit=20,
            now=clock,
            chance=lambda: 0.0,
        )
        return Service(
            poller=Poller([self.stand], stores.papers, lookback_days=3),
            matcher=Matcher(stores, glossary, now=clock),
            stores=stores,
            now=clock,
            courier=courier,
            dispatcher=Dispatcher(courier, stores.outbox, ["terminal"], now=clock),
            editor=Editor(stores, platforms, now=clock, pace=timedelta()),
            platforms=(self.board,),
            desk=Desk(
                ACTIONS,
                stores,
                glossary,
                who="everyone",
                max_subscriptions=100,
                now=clock,
                status=status,
                changed=lambda: None,
            ),
            status=status,
            retention=Retention(stores, None),
        )

    @property
    def card(self) -> Card:
        """The latest card."""
        card = self.board.posted[-1][2]
        assert isinstance(card, Card)
        return card

    @property
    def reasons(self) -> list[str]:
        """Its reasons."""
        return ["".join(piece.text for piece in line) for line in self.card.reasons]


@pytest.fixture
def town(stores: Stores) -> Town:
    """A channel that wants papers with 20 votes, and one about robots that has 19."""
    town = Town(stores)
    subscribe(stores, HERE, "upvotes>=20")
    town.list_paper(title="Robots", upvotes=19)
    assert town.run_once() == []
    return town


def test_a_paper_that_reaches_the_votes_comes_once_and_says_so(town: Town) -> None:
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=4 * DAY) == ["Robots"]
    assert town.reasons == ["for “upvotes>=20”: reached 20 votes by 14 March, listed on 10 March"]
    assert town.card.notice == "Reached 20 votes: Robots, by Ada Example, Ben Sample"
    for votes in (15, 30):
        town.list_paper(title="Robots", upvotes=votes)
        assert town.run_once(later=COUNTS_EVERY) == []


def test_a_paper_that_reaches_the_votes_on_its_list_day_needs_no_explanation(town: Town) -> None:
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=COUNTS_EVERY) == ["Robots"]
    assert town.reasons == ["for “upvotes>=20”"]


def test_reading_a_list_for_its_counts_is_enough(town: Town) -> None:
    for _ in range(6):
        assert town.run_once(later=DAY) == []
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=timedelta(minutes=59)) == []
    assert town.run_once(later=timedelta(minutes=1)) == ["Robots"]


def test_a_paper_that_reaches_the_votes_on_the_seventh_day_comes(town: Town) -> None:
    town.run_once(later=6 * DAY)
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=DAY) == ["Robots"]


def test_a_paper_that_reaches_the_votes_after_seven_days_does_not_come(town: Town) -> None:
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=8 * DAY) == []
    assert town.stand.asked[-1] == TODAY + 8 * DAY
    assert TODAY in town.stand.asked[31:]


def test_a_paper_that_reaches_the_votes_while_the_service_is_down_comes_when_it_is_back(town: Town) -> None:
    town.run_once(later=DAY)
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=2 * DAY) == ["Robots"]
    assert town.reasons == ["for “upvotes>=20”: reached 20 votes by 13 March, listed on 10 March"]


def test_a_paper_that_reaches_the_votes_while_the_source_is_down_comes_when_it_is_back(town: Town) -> None:
    town.list_paper(title="Robots", upvotes=25)
    town.stand.faults[TODAY] = SourceError("cut off")
    town.time += 2 * DAY
    with pytest.raises(AssertionError):
        town.run_once()
    town.stand.faults.clear()
    assert town.run_once(later=DAY) == ["Robots"]


def test_a_paper_that_also_matches_by_its_words_says_both(stores: Stores) -> None:
    town = Town(stores)
    subscribe(stores, HERE, "robots upvotes>=20 comments>=1")
    town.list_paper(title="Robots", upvotes=19)
    town.run_once()
    town.list_paper(title="Robots", upvotes=25, comments=2)
    assert town.run_once(later=DAY) == ["Robots"]
    assert town.reasons == [
        (
            "for “robots upvotes>=20 comments>=1”: reached 20 votes and 1 comment by 11 March, listed on 10 March;"
            " “Robots” in the title"
        )
    ]


def test_of_two_minimums_that_are_reached_together_the_higher_is_shown(town: Town) -> None:
    subscribe(town.stores, HERE, "robots upvotes>=50")
    town.run_once()
    town.list_paper(title="Robots", upvotes=60)
    assert town.run_once(later=DAY) == ["Robots"]
    assert "reached 50 votes by 11 March, listed on 10 March" in town.reasons[0]


def test_a_paper_that_is_added_late_to_its_list_has_reached_nothing_since(stores: Stores) -> None:
    town = Town(stores)
    subscribe(stores, HERE, "upvotes>=20")
    town.run_once()
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=DAY) == ["Robots"]
    assert town.reasons == ["for “upvotes>=20”"]


def test_a_paper_that_a_new_subscription_finds_has_reached_nothing_since(town: Town) -> None:
    subscribe(town.stores, HERE, "robots upvotes>=10")
    assert town.run_once(later=DAY) == ["Robots"]
    assert town.reasons == ["for “robots upvotes>=10”: “Robots” in the title"]


def test_a_paper_whose_text_changes_says_nothing_of_votes(stores: Stores) -> None:
    town = Town(stores)
    subscribe(stores, HERE, "teapots")
    town.list_paper(title="Robots", upvotes=25)
    town.run_once()
    town.list_paper(title="Robots and Teapots", upvotes=25)
    assert town.run_once(later=DAY) == ["Robots and Teapots"]
    assert town.reasons == ["for “teapots”: “Teapots” in the title"]


def test_a_subscription_added_after_the_list_day_gets_no_second_chance(stores: Stores) -> None:
    town = Town(stores)
    town.list_paper(title="Robots", upvotes=19)
    town.run_once()
    subscribe(stores, HERE, "upvotes>=20", at=NOW + DAY)
    town.list_paper(title="Robots", upvotes=25)
    assert town.run_once(later=2 * DAY) == []


def test_a_late_card_is_kept_up_to_date_and_still_says_when_it_reached_the_votes(town: Town) -> None:
    town.list_paper(title="Robots", upvotes=25)
    town.run_once(later=2 * DAY)
    town.list_paper(title="Robots", upvotes=58)
    town.run_once(later=DAY)
    [(_, _, edited)] = town.board.edited
    assert isinstance(edited, Card)
    assert edited.upvotes == 58
    assert edited.reached == TODAY + 2 * DAY


def test_if_the_database_fails_cards_are_not_edited_and_the_run_goes_on(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "paperwire.db")) as connection:
        connection.execute("DROP TABLE followed")
    assert town.run_once(later=DAY) == []
    assert "cannot be brought up to date at present" in caplog.text
