"""New papers reach the subscriptions that they match."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import Address
from bot.domain.index_query import IndexQuery, Row
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.paper_index import BATCHES_AT_ONCE, BLOCK
from bot.matching.verdicts import BATCH
from bot.ports.stores import Stores
from bot.text.folding import FOLDING_VERSION
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe


@pytest.fixture
def matcher(stores: Stores) -> Matcher:
    """A matcher at noon, over a new database."""
    return Matcher(stores, Glossary(stores.papers), now=lambda: NOW)


def waiting(stores: Stores, channel: Address = HERE) -> list[str]:
    """The ids of the papers on their way to the channel."""
    claim = stores.outbox.claim(channel, now=NOW + timedelta(days=9), flood_limit=0, digest_limit=40)
    return [delivery.paper.id for delivery in claim.deliveries] if claim else []


def test_a_new_subscription_gets_the_next_paper(stores: Stores, matcher: Matcher) -> None:
    matcher.match_papers()
    subscribe(stores, HERE, "robots, dance -survey")
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    assert matcher.match_papers() == 1
    assert waiting(stores) == ["9901.00001"]


def test_papers_come_in_the_order_of_their_lists(stores: Stores, matcher: Matcher) -> None:
    subscribe(stores, HERE, "*", at=NOW - timedelta(days=2))
    late, early = a_paper(id="9901.00001"), a_paper(id="9901.00002", list_day=TODAY - timedelta(days=1))
    stores.papers.save("sample", list_of(late), at=NOW)
    stores.papers.save("sample", list_of(early), at=NOW)
    matcher.match_papers()
    assert waiting(stores) == ["9901.00002", "9901.00001"]


def test_a_paper_that_reaches_a_count_later_comes_then_and_only_once(stores: Stores, matcher: Matcher) -> None:
    subscribe(stores, HERE, "robots AND upvotes>=20")
    enqueued = []
    for upvotes in (3, 19, 20, 25, 19, 30):
        stores.papers.save("sample", list_of(a_paper(upvotes=upvotes)), at=NOW)
        enqueued.append(matcher.match_papers())
    assert enqueued == [0, 0, 1, 0, 0, 0]


def test_an_acronym_that_papers_agree_on_finds_its_full_form(stores: Stores, matcher: Matcher) -> None:
    subscribe(stores, HERE, "ZPT")
    defining = [
        a_paper(id=f"9901.{number:05}", title="Zzz", abstract="We teach zebra path tracking (ZPT) again.")
        for number in range(1, 4)
    ]
    spelled = a_paper(id="9901.00004", title="Zebra Path Tracking Revisited", abstract="")
    stores.papers.save("sample", list_of(*defining, spelled), at=NOW)
    matcher.match_papers()
    assert "9901.00004" in waiting(stores)


def test_an_acronym_that_papers_disagree_on_finds_only_itself(stores: Stores, matcher: Matcher) -> None:
    subscribe(stores, HERE, "ZPT")
    meanings = ["zebra path tracking", "zebra path tracking", "zero point training"]
    papers = [
        a_paper(id=f"9901.{number:05}", title="Zzz", abstract=f"We use {meaning} (ZPT).")
        for number, meaning in enumerate(meanings, 1)
    ]
    spelled = a_paper(id="9901.00004", title="Zebra Path Tracking Revisited", abstract="")
    stores.papers.save("sample", list_of(*papers, spelled), at=NOW)
    matcher.match_papers()
    assert waiting(stores) == ["9901.00001", "9901.00002", "9901.00003"]


def test_queries_are_indexed_again_when_words_are_folded_in_another_way(stores: Stores, matcher: Matcher) -> None:
    subscribe(stores, HERE, "robots")
    [query] = query_ids(stores)
    stores.query_index.file({query: [("an earlier folding", "nothing")]}, version=0)
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    assert matcher.match_papers() == 1


def test_a_stored_query_that_can_no_longer_be_read_does_no_harm_to_others(stores: Stores, matcher: Matcher) -> None:
    stores.subscriptions.add(HERE, "robots AND", canonical="robots AND", by="ada", at=NOW, limit=9)
    subscribe(stores, HERE, "dance")
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    assert matcher.match_papers() == 1


def test_papers_are_indexed_for_searching_as_they_are_matched(stores: Stores, matcher: Matcher) -> None:
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    matcher.match_papers()
    assert stores.paper_index.unfiled(FOLDING_VERSION, limit=9) == []
    stores.papers.save("sample", list_of(a_paper(title="Violins")), at=NOW)
    matcher.match_papers()
    assert stores.paper_index.count(IndexQuery(Row(("violin",))), since=TODAY) == 1


def test_a_new_subscription_gets_every_paper_of_its_days_that_matches(stores: Stores, matcher: Matcher) -> None:
    papers = [a_paper(id=f"9901.{number:05}", abstract="cello" * (number % 2)) for number in range(2 * BLOCK + 9)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    stores.papers.save("sample", list_of(a_paper(id="9902.00001", list_day=TODAY - timedelta(days=1))), at=NOW)
    matcher.match_papers()
    subscribe(stores, HERE, "robots -cello")
    assert matcher.match_subscriptions() == BLOCK + 5


def test_a_new_subscription_gets_papers_that_are_not_indexed_yet(stores: Stores, matcher: Matcher) -> None:
    papers = [a_paper(id=f"9901.{number:05}") for number in range(BATCH * BATCHES_AT_ONCE + 9)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    subscribe(stores, HERE, "robots")
    assert matcher.match_subscriptions() == len(papers)
