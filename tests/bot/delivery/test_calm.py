"""Many papers at once are one message, by the settings that everybody starts with."""

from __future__ import annotations

import pytest

from bot.config import load_settings
from bot.domain.messages import Card, Digest
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, a_paper, list_of, subscribe

FLOOD_LIMIT = load_settings(None, {}).delivery.flood_limit


def after_subscribing(stores: Stores, count: int) -> list[Card | Digest]:
    """What comes to a channel that subscribes when so many papers are on today's list."""
    papers = [a_paper(id=f"9901.{number:05}", title=f"Robots {number}") for number in range(count)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    office = Office(stores, flood_limit=FLOOD_LIMIT)
    matcher = Matcher(stores, Glossary(stores.papers), now=office.clock)
    matcher.match_papers()
    subscribe(stores, HERE, "robots")
    assert matcher.match_subscriptions() == count
    office.deliver()
    return [message for _, _, message in office.board.posted if isinstance(message, Card | Digest)]


def test_a_first_subscription_that_brings_up_to_five_papers_today_brings_cards(stores: Stores) -> None:
    assert [type(message) for message in after_subscribing(stores, 5)] == [Card] * 5


@pytest.mark.parametrize("count", [6, 10])
def test_a_first_subscription_that_brings_more_papers_today_brings_one_digest(stores: Stores, count: int) -> None:
    [digest] = after_subscribing(stores, count)
    assert isinstance(digest, Digest)
    assert digest.headline == f"{count} papers · Tuesday 10 March"


def test_a_first_subscription_to_a_whole_list_brings_few_messages_that_say_what_they_are(stores: Stores) -> None:
    headlines = [message.headline for message in after_subscribing(stores, 23) if isinstance(message, Digest)]
    assert headlines == [
        "Papers 1–10 of 23 · Tuesday 10 March",
        "Papers 11–20 of 23 · Tuesday 10 March",
        "Papers 21–23 of 23 · Tuesday 10 March",
    ]
