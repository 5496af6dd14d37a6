"""The benchmark's workload is what it promises to be."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from bench.papers import papers
from bench.queries import KINDS, adversarial
from bench.words import made_word
from bench.workload import Workload
from bot.query import parse

SMALL = Workload(10_000)


def test_the_same_seed_gives_the_same_workload() -> None:
    again = Workload(10_000)
    assert again.pool == SMALL.pool
    assert list(again.subscriptions()) == list(SMALL.subscriptions())
    assert papers(1, 3) == papers(1, 3)
    assert papers(1, 3)[1:] == papers(1, 2, first=1)


def test_another_seed_gives_another_workload() -> None:
    assert next(iter(Workload(1_000, seed=2).pool)) != next(iter(Workload(1_000).pool))
    assert papers(2, 1) != papers(1, 1)


def test_kinds_have_their_shares() -> None:
    counted = Counter(made.kind for made in SMALL.pool)
    for kind, (share, _) in KINDS.items():
        assert counted[kind] / len(SMALL.pool) == pytest.approx(share, abs=0.005)


def test_half_of_the_words_alone_are_rare() -> None:
    rare = set(map(made_word, range(30_000)))
    words = [made.query for made in SMALL.pool if made.kind == "and" and made.query.count(" ") == 2]
    slots = [slot for query in words for slot in query.split(" AND ")]
    assert sum(slot in rare for slot in slots) / len(slots) == pytest.approx(0.5, abs=0.02)


def test_every_query_is_in_the_language() -> None:
    for query in [*adversarial(), *(made.query for made in islice(SMALL.pool, 0, None, 20))]:
        parse(query)


def test_no_channel_has_a_query_twice_and_adversarial_ones_are_there() -> None:
    subscriptions = list(SMALL.subscriptions())
    assert len(subscriptions) == len(set(subscriptions)) == 10_000
    assert set(adversarial()) <= {query for _, query in subscriptions}
    assert len({channel for channel, _ in subscriptions}) <= SMALL.channels


def test_popular_queries_have_most_subscriptions() -> None:
    counted = Counter(query for _, query in SMALL.subscriptions())
    assert 3_000 < len(counted) < 6_000
    query, subscriptions = counted.most_common(1)[0]
    assert query == SMALL.pool[0].query
    assert 700 < subscriptions < 950


def test_distinct_queries_are_all_distinct() -> None:
    queries = [query for _, query in Workload(5_000, distinct=True).subscriptions()]
    assert len({parse(query).canonical for query in queries}) == 5_000


def test_the_first_hundred_thousand_made_words_differ() -> None:
    assert len(set(map(made_word, range(100_000)))) == 100_000
