"""What a subscription brings in 30 days, counted once and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

from bench.queries import Maker
from bot.advice.backtest import Recent
from bot.advice.match_counts import FEW, MatchCount, Remembered, match_counts
from bot.ports.stores import Stores
from bot.query import parse
from bot.query.stored import parsed
from tests.bot.advice.recent_papers import papers_of, recently
from tests.builders import TODAY, a_paper


def count_of(query: str, recent: Recent) -> MatchCount:
    """What one query brings."""
    return match_counts([query], recent)[query]


def test_a_count_is_that_of_the_backtest_with_the_day_of_the_latest_list(stores: Stores) -> None:
    recent = recently(stores, papers_of((3, "Violins", ""), (2, "Teapots", "")))
    assert count_of("violins", recent) == MatchCount(3, TODAY)
    assert count_of("violins", recent).papers == len(recent.run(parse("violins")).papers)
    assert count_of("kettles", recent) == MatchCount(0, None)


def test_a_query_that_can_no_longer_be_read_brings_nothing(stores: Stores) -> None:
    assert count_of("(((", recently(stores, papers_of((3, "Violins", "")))) == MatchCount()


def test_what_was_worked_out_is_remembered_until_the_papers_change(stores: Stores) -> None:
    asked: list[str] = []

    def work_out(queries: Sequence[str], recent: Recent) -> Mapping[str, int]:
        asked.extend(queries)
        return dict.fromkeys(queries, len(recent.papers))

    remembered = Remembered(work_out)
    before = recently(stores, papers_of((2, "Violins", "")))
    assert remembered.of(["violins", "teapots"], before) == {"violins": 2, "teapots": 2}
    assert remembered.of(["violins"], before) == {"violins": 2}
    assert asked == ["violins", "teapots"]
    after = recently(stores, [a_paper(id="9901.00009", list_day=TODAY - timedelta(days=1))])
    assert remembered.of(["violins"], after) == {"violins": 3}


def test_however_many_queries_there_are_each_has_the_count_of_its_backtest(month: Recent) -> None:
    maker = Maker(Random(7))  # noqa: S311 - the same queries every time
    written = ["RLHF", "agents -survey", "upvotes>=20", "*", "title:agent OR author:Wang", '"in context learning"']
    made = [query for query in (maker.make(maker.kind()) for _ in range(3 * FEW)) if parsed(query)]
    queries = [*written, *real_terms(month), *made]
    assert len(queries) > FEW
    alone = {query: count_of(query, month) for query in queries}
    assert match_counts(queries, month) == alone
    assert sum(count.papers > 0 for count in alone.values()) > FEW


def real_terms(month: Recent) -> list[str]:
    """Keywords of the papers, some with conditions."""
    keywords = list(dict.fromkeys(keyword for one in month.papers for keyword in one.paper.keywords))[:60]
    readable = [keyword for keyword in keywords if parsed(keyword)]
    return [*readable, *(f"{keyword} -model*" for keyword in readable), *(f"title:({one})" for one in readable)]
