"""Why a paper came to a channel, or did not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands import COMMANDS, Desk
from bot.domain import Receipt
from bot.glossary import Glossary
from bot.matcher import Matcher
from bot.messages import Invocation, Reply
from bot.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

LATER = NOW + timedelta(minutes=1)


def why(stores: Stores, paper: str = "9901.00001") -> Reply:
    """The answer to /papers why."""
    desk = Desk(COMMANDS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=9, now=lambda: LATER)
    return desk.reply(Invocation(HERE, "ada", "papers", f"why {paper}"))


def publish(stores: Stores) -> None:
    """A paper about dancing robots is on today's list, and matched."""
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()


def test_what_matched_is_quoted_with_its_place(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    [entry] = why(stores).entries
    assert entry.text == "1. robots: yes, title: Walking “Robots” Learn to Dance"


def test_what_did_not_match_says_its_nearest_miss(stores: Stores) -> None:
    subscribe(stores, HERE, "robots AND upvotes>=20")
    subscribe(stores, HERE, "robots -dance")
    publish(stores)
    reply = why(stores)
    assert "no subscription of this channel finds it" in reply.text
    assert [entry.text for entry in reply.entries] == [
        "1. robots AND upvotes>=20: no, it has 0 upvotes of 20",
        "2. robots -dance: no, it mentions “Dance”, which is excluded",
    ]


def test_what_was_sent_says_when_and_links_to_it(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20)
    assert claim is not None
    stores.outbox.deliver(claim, Receipt("1", "https://chat.example/1"), at=NOW)
    reply = why(stores)
    assert "It was sent here on 10 March 2026, 12:00 UTC." in reply.text
    assert [link.url for link in reply.links] == ["https://chat.example/1"]


def test_what_waits_says_since_when_and_what_went_wrong(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    assert "waiting to be sent since 10 March 2026, 12:00 UTC" in why(stores).text
    claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20)
    assert claim is not None
    stores.outbox.reschedule(claim, due_at=LATER, reason="no connection", uncertain=False)
    assert "The last attempt failed: no connection." in why(stores).text


def test_what_failed_says_why(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20)
    assert claim is not None
    stores.outbox.fail(claim, reason="the message is too long", at=NOW)
    assert "It could not be sent here: the message is too long." in why(stores).text


def test_a_subscription_made_after_the_list_says_so(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(list_day=TODAY - timedelta(days=1))), at=NOW)
    subscribe(stores, HERE, "robots")
    [entry] = why(stores).entries
    assert "yes (but made after its list, that of 9 March 2026)" in entry.text


@pytest.mark.parametrize(
    "named", ["9901.00001", "https://huggingface.co/papers/9901.00001", "arxiv.org/abs/9901.00001v2", "<9901.00001>"]
)
def test_a_paper_is_named_by_its_id_or_any_address_with_it(stores: Stores, named: str) -> None:
    publish(stores)
    assert why(stores, named).ok


@pytest.mark.parametrize("named", ["", "9901.99999", "robots"])
def test_a_paper_that_is_not_known_is_said_to_be_so(stores: Stores, named: str) -> None:
    reply = why(stores, named)
    assert not reply.ok
    assert reply.advice
