"""The order of a digest's papers: by their votes, and by what its readers like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.retry_and_expiry import SHORTEST_PAUSE
from bot.domain import Paper
from bot.domain.messages import Digest
from bot.errors import RetryLater, Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.meaning.learning import Meaning
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, list_of, subscribe
from tests.invented import SUBJECTS, invented, keep

KNOWN = invented()
TEA, MUSIC, GARDENS = (KNOWN[number :: len(SUBJECTS)] for number in range(len(SUBJECTS)))


@pytest.fixture
def office(stores: Stores) -> Office:
    """A courier whose channel gets digests of every paper, with what the invented papers mean."""
    keep(stores, KNOWN)
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()
    Meaning(stores, lambda: NOW).keep_up()
    subscribe(stores, HERE, "*")
    return Office(stores, flood_limit=1)


def new(subject: list[Paper], upvotes: int) -> Paper:
    """A paper of today that is like one of the subject, named by its votes."""
    return replace(subject[7], id=f"9902.{upvotes:05}", title=str(upvotes), list_day=NOW.date(), upvotes=upvotes)


def list_papers(office: Office, *papers: Paper) -> None:
    """List papers, and match them."""
    office.stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_papers()


def think(office: Office, *papers: Paper, is_liked: bool) -> None:
    """Somebody saves these papers, or wants less like them."""
    for paper in papers:
        office.stores.opinions.note(HERE, [1], paper.id, is_liked=is_liked, at=office.clock(), most=99)


def votes(office: Office) -> list[list[int]]:
    """The votes of the papers of each digest that was posted."""
    return [[card.upvotes for card in digest.cards] for digest in digests(office)]


def digests(office: Office) -> list[Digest]:
    """The digests that were posted."""
    return [message for _, _, message in office.board.posted if isinstance(message, Digest)]


def edited(office: Office) -> list[int]:
    """The votes of the papers of the message that was edited last."""
    *_, (_, _, digest) = office.board.edited
    assert isinstance(digest, Digest)
    return [card.upvotes for card in digest.cards]


def test_a_paper_like_one_of_which_less_was_wanted_comes_later(office: Office) -> None:
    think(office, *TEA[:3], is_liked=False)
    list_papers(office, new(TEA, 12), new(MUSIC, 10), new(GARDENS, 8))
    office.deliver()
    assert votes(office) == [[10, 8, 12]]


def test_a_paper_like_one_that_was_saved_comes_sooner(office: Office) -> None:
    think(office, *GARDENS[:3], is_liked=True)
    list_papers(office, new(TEA, 12), new(MUSIC, 11), new(GARDENS, 10))
    office.deliver()
    assert votes(office) == [[10, 12, 11]]


def test_many_votes_outweigh_what_is_liked(office: Office) -> None:
    think(office, *TEA[:3], is_liked=False)
    list_papers(office, new(TEA, 5_000), new(MUSIC, 10))
    office.deliver()
    assert votes(office) == [[5_000, 10]]


def test_without_opinions_the_order_is_that_of_votes(office: Office) -> None:
    list_papers(office, new(TEA, 8), new(MUSIC, 12), new(GARDENS, 10))
    office.deliver()
    assert votes(office) == [[12, 10, 8]]


def test_what_readers_of_another_subscription_think_does_not_count(office: Office) -> None:
    subscribe(office.stores, HERE, "zeppelins")
    office.stores.opinions.note(HERE, [2], TEA[0].id, is_liked=False, at=NOW, most=9)
    list_papers(office, new(TEA, 12), new(MUSIC, 10))
    office.deliver()
    assert votes(office) == [[12, 10]]


def test_which_papers_a_part_of_a_long_digest_has_is_decided_by_votes(office: Office) -> None:
    think(office, *TEA[:3], is_liked=False)
    list_papers(office, new(TEA, 50), *(new(MUSIC, number) for number in range(30, 42)))
    office.deliver()
    first, second = digests(office)
    assert (first.headline.split(" · ")[0], second.headline.split(" · ")[0]) == (
        "Papers 1–10 of 13",
        "Papers 11–13 of 13",
    )
    assert sorted(card.upvotes for card in first.cards) == [*range(33, 42), 50]
    assert first.cards[-1].upvotes == 50


def test_the_best_papers_are_those_with_most_votes_whatever_is_liked(office: Office) -> None:
    office.set_schedule("daily 13:00 UTC top 2")
    think(office, *GARDENS[:3], is_liked=True)
    list_papers(office, new(TEA, 12), new(MUSIC, 10), new(GARDENS, 8))
    office.deliver_by_the_hour(2)
    [digest] = digests(office)
    assert [card.upvotes for card in digest.cards] == [12, 10]
    assert [button.label for button in digest.buttons] == ["1 more"]


def lose_the_answer(office: Office) -> None:
    """The next message arrives, but its receipt is lost."""
    office.board.lost_answers.append(Uncertain("the connection broke"))


def refuse(office: Office) -> None:
    """The next message does not arrive."""
    office.board.faults.append(RetryLater("busy"))


@pytest.mark.parametrize("trouble", [lose_the_answer, refuse])
def test_what_is_said_after_a_message_was_first_tried_does_not_lose_or_double_it(
    office: Office, trouble: Callable[[Office], None]
) -> None:
    list_papers(office, new(TEA, 12), new(MUSIC, 10), new(GARDENS, 8))
    trouble(office)
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    think(office, *TEA[:3], is_liked=False)
    office.deliver()
    assert [sorted(shown) for shown in votes(office)] == [[8, 10, 12]]
    assert office.stores.outbox.counts()["delivered"] == 3


def test_what_is_said_of_a_message_whose_answer_was_lost_leaves_its_order(office: Office) -> None:
    list_papers(office, new(TEA, 12), new(MUSIC, 10))
    lose_the_answer(office)
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    think(office, *TEA[:3], is_liked=False)
    office.deliver()
    assert (votes(office), edited(office)) == ([[12, 10]], [12, 10])


def test_a_message_that_is_kept_up_to_date_keeps_its_order(office: Office) -> None:
    think(office, *TEA[:3], is_liked=False)
    list_papers(office, new(TEA, 12), new(MUSIC, 10))
    office.deliver()
    think(office, *TEA[:3], is_liked=True)
    list_papers(office, replace(new(MUSIC, 10), comments=9))
    [outdated] = office.stores.followed.outdated("terminal", now=NOW + timedelta(hours=2), limit=9)
    assert isinstance(outdated.message, Digest)
    assert [card.upvotes for card in outdated.message.cards] == [10, 12]
