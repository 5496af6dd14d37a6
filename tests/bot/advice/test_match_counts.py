"""What a subscription brings in 30 days, counted once and remembered."""

from __future__ import annotations

from datetime import timedelta

from bot.advice.backtest import Recent
from bot.advice.match_counts import MatchCount, Remembered, match_count
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import papers_of, recently
from tests.builders import TODAY, a_paper


def test_a_count_is_that_of_the_backtest_with_the_day_of_the_latest_list(stores: Stores) -> None:
    recent = recently(stores, papers_of((3, "Violins", ""), (2, "Teapots", "")))
    assert match_count("violins", recent) == MatchCount(3, TODAY)
    assert match_count("violins", recent).papers == len(recent.run(parse("violins")).papers)
    assert match_count("kettles", recent) == MatchCount(0, None)


def test_a_query_that_can_no_longer_be_read_brings_nothing(stores: Stores) -> None:
    assert match_count("(((", recently(stores, papers_of((3, "Violins", "")))) == MatchCount()


def test_what_was_worked_out_is_remembered_until_the_papers_change(stores: Stores) -> None:
    asked: list[str] = []

    def work_out(query: str, recent: Recent) -> int:
        asked.append(query)
        return len(recent.papers)

    remembered = Remembered(work_out)
    before = recently(stores, papers_of((2, "Violins", "")))
    assert remembered.of(["violins", "teapots"], before) == {"violins": 2, "teapots": 2}
    assert remembered.of(["violins"], before) == {"violins": 2}
    assert asked == ["violins", "teapots"]
    after = recently(stores, [a_paper(id="9901.00009", list_day=TODAY - timedelta(days=1))])
    assert remembered.of(["violins"], after) == {"violins": 3}


def test_every_query_of_a_month_has_the_count_of_its_backtest(month: Recent) -> None:
    queries = ["reinforcement learning", "RLHF", "agents -survey", "upvotes>=20", "*", "title:agent OR author:Wang"]
    counts = Remembered(match_count).of(queries, month)
    assert {query: count.papers for query, count in counts.items()} == {
        query: len(month.run(parse(query)).papers) for query in queries
    }
