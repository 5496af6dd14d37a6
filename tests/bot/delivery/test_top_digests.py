"""Digests of the papers with most votes: what they show, what they offer, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.delivery.retry_and_expiry import LONGEST_PAUSE
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Card, Digest, Message, Reply, cards_of
from bot.errors import Rejected, RetryLater, Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, a_paper, list_of, subscribe

DAY = timedelta(days=1)


@pytest.fixture
def office(stores: Stores) -> Office:
    """A channel that gets the three best papers about robots every day at 13:00."""
    subscribe(stores, HERE, "robots")
    office = Office(stores)
    office.set_schedule("daily 13:00 top 3")
    return office


def list_papers(office: Office, *votes: int) -> None:
    """List papers about robots with so many votes each, which are their numbers too."""
    day = office.clock().date()
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=n, list_day=day) for n in votes]
    office.stores.papers.save("sample", list_of(*papers), at=office.clock())
    Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_papers()


def shown(message: Message | Reply) -> list[int]:
    """The votes of the papers that it shows."""
    cards = message.cards if isinstance(message, Reply) else cards_of(message)
    return [card.upvotes for card in cards]


def posted(office: Office) -> list[list[int]]:
    """The votes of the papers that each message shows."""
    return [shown(message) for _, _, message in office.board.posted]


def more(office: Office, number: int = -1) -> Button:
    """The button of that message."""
    message = office.board.posted[number][2]
    assert isinstance(message, Digest)
    [button] = message.buttons
    return button


def press(office: Office, button: Button, desk: Desk | None = None) -> Reply:
    """Press a button."""
    desk = desk or desk_of(office.stores)
    return desk.reply(Invocation(HERE, "ben", button.command, button.text))


def test_a_digest_shows_the_best_papers_and_says_of_how_many(office: Office) -> None:
    list_papers(office, *range(1, 17))
    assert office.deliver_by_the_hour(30) == ["10 Mar 13:00 Top 3 of 16 papers · Tuesday 10 March"]
    assert posted(office) == [[16, 15, 14]]


def test_a_digest_that_has_no_more_papers_than_it_shows_is_like_any_other(office: Office) -> None:
    list_papers(office, 1, 2, 3)
    assert office.deliver_by_the_hour(2) == ["10 Mar 13:00 3 papers · Tuesday 10 March"]


def test_a_digest_of_the_best_paper_alone_is_a_digest(office: Office) -> None:
    office.set_schedule("daily 13:00 top 1")
    list_papers(office, 1, 2)
    assert office.deliver_by_the_hour(2) == ["10 Mar 13:00 Top 1 of 2 papers · Tuesday 10 March"]
    assert more(office).label == "1 more"


def test_its_button_shows_the_rest_in_pages_to_whoever_presses_it(office: Office) -> None:
    list_papers(office, *range(1, 17))
    office.deliver_by_the_hour(2)
    button = more(office)
    assert button.label == "13 more"
    assert len(f"papers {button.text}") <= 60
    reply = press(office, button)
    assert reply.text == "13 more papers of that digest (1–10), most votes first:"
    assert shown(reply) == list(range(13, 3, -1))
    [following] = reply.buttons
    assert shown(press(office, following)) == [3, 2, 1]
    assert reply.announcement == ""


def test_its_cards_say_why_they_are_here(office: Office) -> None:
    list_papers(office, 1, 2, 3, 4)
    office.deliver_by_the_hour(2)
    [card] = press(office, more(office)).cards
    assert "".join(piece.text for piece in card.reasons[0]) == "for “robots”: “Robots” in the title"


def test_the_rest_never_comes_again(office: Office) -> None:
    list_papers(office, 1, 2, 3, 4)
    office.deliver_by_the_hour(2)
    list_papers(office, 5)
    list_papers(office, 1, 2, 3, 4, 5)
    office.deliver_by_the_hour(48)
    office.set_schedule("daily 13:00")
    office.deliver_by_the_hour(48)
    assert posted(office) == [[4, 3, 2], [5]]
    assert office.stores.outbox.counts()["delivered"] == 5


def test_the_button_works_while_the_platform_has_not_confirmed_the_message(office: Office) -> None:
    list_papers(office, 1, 2, 3, 4)
    office.board.lost_answers.append(Uncertain("no answer"))
    office.deliver_by_the_hour(1)
    assert shown(press(office, more(office))) == [1]
    office.deliver_by_the_hour(2)
    assert posted(office) == [[4, 3, 2]]
    assert shown(press(office, more(office))) == [1]


def test_a_digest_that_is_tried_again_offers_what_its_message_says(office: Office) -> None:
    list_papers(office, 1, 2, 3, 4)
    office.board.faults.append(RetryLater("busy"))
    office.deliver_by_the_hour(1)
    list_papers(office, 5)
    office.clock.pass_(LONGEST_PAUSE)
    office.deliver()
    assert posted(office) == [[5, 4, 3]]
    assert shown(press(office, more(office))) == [2, 1]


def test_a_paper_that_is_refused_costs_neither_the_others_nor_the_rest(office: Office) -> None:
    def refuse(message: Message) -> None:
        if isinstance(message, Card | Digest) and 4 in shown(message):
            raise Rejected("a word is not allowed")

    office.board.on_post = refuse
    list_papers(office, 1, 2, 3, 4)
    office.deliver_by_the_hour(2)
    assert office.stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 3, "failed": 1, "expired": 0}
    assert sorted(vote for message in posted(office) for vote in message) == [2, 3]
    offered = [paper.upvotes for _, key, _ in office.board.posted for paper in office.stores.outbox.rest(key)]
    assert offered == [1]


def test_what_nobody_wants_any_more_is_not_offered(office: Office) -> None:
    subscribe(office.stores, HERE, "teapots")
    day = office.clock().date()
    tea = a_paper(id="9901.00099", title="Teapots", abstract="Tea.", list_day=day)
    office.stores.papers.save("sample", list_of(tea), at=NOW)
    list_papers(office, 1, 2, 3, 4)
    office.stores.subscriptions.remove(HERE, 2)
    office.deliver_by_the_hour(2)
    assert more(office).label == "1 more"


def test_a_digest_of_which_nothing_is_known_says_so(office: Office) -> None:
    reply = press(office, Button("3 more", "papers", "rest 0123456789abcdef01234567"))
    assert reply.text == "I no longer know what else was in that digest."
    assert reply.cards == ()


def test_the_card_of_a_paper_of_the_rest_says_that_its_digest_was_posted(office: Office) -> None:
    list_papers(office, 1, 2, 3, 4)
    office.deliver_by_the_hour(2)
    notes = [press(office, Button("", "papers", f"show 9901.0000{n}")).cards[0].note for n in (1, 4)]
    assert notes == ["Behind the button of a digest posted here just now.", "Posted here just now."]


def test_why_says_where_a_paper_of_the_rest_is(office: Office) -> None:
    list_papers(office, 1, 2, 3, 4)
    office.deliver_by_the_hour(2)
    reply = press(office, Button("Why", "papers", "why 9901.00001"))
    assert "It's behind the button of the digest that was posted here on 10 March 2026, 13:00 UTC." in reply.text
    assert "button" not in press(office, Button("Why", "papers", "why 9901.00004")).text
