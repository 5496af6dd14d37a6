"""A paper's card and its links, for a paper that is stored, saved, fetched, or known to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import Receipt
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from bot.text.rich import Piece, pieces_of
from tests.bot.commands.reading import desk_beside, press, publish, tell, unreachable
from tests.builders import HERE, NOW, TODAY, a_paper, subscribe

LINKS = [
    "2608.01234",
    "https://arxiv.org/abs/2608.01234v2",
    "https://huggingface.co/papers/2608.01234",
    "https://www.alphaxiv.org/abs/2608.01234",
    "https://doi.org/10.48550/arXiv.2608.01234",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_paper_is_shown_by_its_id_or_any_link_to_it(stores: Stores, text: str) -> None:
    paper = a_paper(id="2608.01234", upvotes=58)
    publish(stores, paper)
    reply = tell(desk_beside(stores), f"show {text}")
    assert reply.text == "From the list of 10 March 2026:"
    [card] = reply.cards
    assert (card.title, card.abstract, card.upvotes) == (paper.title, paper.abstract, 58)
    assert card.reasons == ()
    assert card.note == ""


def test_the_card_says_why_this_channel_would_get_the_paper(stores: Stores) -> None:
    publish(stores, a_paper())
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "violins")
    [card] = tell(desk_beside(stores), "show 9901.00001").cards
    assert [match.query for match in card.matches] == ["robots"]
    assert "".join(piece.text for piece in card.reasons[0]).startswith("for “robots”")
    assert "Follow for me" in [each.label for each in card.menu]


def post(stores: Stores, link: str) -> None:
    """Let the channel have the paper two minutes before noon."""
    subscribe(stores, HERE, "robots", at=NOW - timedelta(hours=1))
    publish(stores, a_paper())
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()
    claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
    assert claim is not None
    stores.outbox.deliver(claim, Receipt("1", link), at=NOW - timedelta(minutes=2))


@pytest.mark.parametrize("link", ["https://chat.example/1", ""])
def test_a_paper_that_was_posted_here_says_when_with_a_link_to_the_message(stores: Stores, link: str) -> None:
    post(stores, link)
    [card] = tell(desk_beside(stores), "show 9901.00001").cards
    assert pieces_of(card.note) == (Piece("Posted here 2 minutes ago", url=link), Piece("."))


def test_a_paper_that_waits_says_nothing_of_being_posted(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores, a_paper())
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()
    [card] = tell(desk_beside(stores), "show 9901.00001").cards
    assert card.note == ""


def test_a_paper_that_is_not_stored_is_fetched_and_not_stored(stores: Stores) -> None:
    paper = a_paper(list_day=TODAY - timedelta(days=900))
    subscribe(stores, HERE, "robots")
    reply = tell(desk_beside(stores, paper), "show 9901.00001")
    assert reply.text == "Not on a list that I keep:"
    [card] = reply.cards
    assert (card.title, [match.query for match in card.matches]) == (paper.title, ["robots"])
    assert stores.papers.get("9901.00001") is None
    assert stores.papers.pending(limit=9) == []


def test_every_button_of_a_fetched_card_works(stores: Stores) -> None:
    desk = desk_beside(stores, a_paper())
    subscribe(stores, HERE, "robots")
    [card] = tell(desk, "show 9901.00001").cards
    buttons = [*card.buttons, *(each for each in card.menu if not hasattr(each, "url"))]
    assert [each.label for each in buttons] == [
        "Abstract",
        "Save",
        "Why",
        "Less like this",
        "More like this",
        "Follow for me",
    ]
    assert all(press(desk, each).ok for each in buttons)


def test_why_says_that_a_fetched_paper_is_on_no_list(stores: Stores) -> None:
    reply = tell(desk_beside(stores, a_paper()), "why 9901.00001")
    assert reply.text.endswith("It isn't on any daily list that I keep, so none has brought it here.")


def test_a_paper_that_somebody_saved_needs_no_source(stores: Stores) -> None:
    tell(desk_beside(stores, a_paper()), "save 9901.00001")
    desk = replace(desk_beside(stores), fetch=unreachable)
    assert tell(desk, "abstract 9901.00001").ok
    assert tell(desk, "show 9901.00001").cards


@pytest.mark.parametrize("command", ["show", "links", "save", "abstract", "why", "less", "follow"])
def test_a_paper_that_nobody_knows_is_an_error_that_names_it(stores: Stores, command: str) -> None:
    reply = tell(desk_beside(stores), f"{command} https://arxiv.org/abs/9912.99999")
    assert not reply.ok
    assert reply.text == "I can't find the paper 9912.99999, and neither can my sources."
    assert reply.advice == "Check the id. Hugging Face, for one, doesn't have every paper that is on arXiv."


def test_a_source_that_cannot_be_reached_is_an_error_with_its_repair(stores: Stores) -> None:
    reply = tell(replace(desk_beside(stores), fetch=unreachable), "show 9901.00001")
    assert not reply.ok
    assert reply.text == "I don't have the paper 9901.00001 here, and my sources can't be reached right now."
    assert reply.advice == "Please try again in a few minutes."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("show", "Which paper do you mean?"),
        ("show robots", "I can't find the paper “robots”."),
        ("show robots \ud800", "I can't find the paper “robots”."),
    ],
)
def test_what_names_no_paper_is_not_looked_up(stores: Stores, text: str, message: str) -> None:
    reply = tell(replace(desk_beside(stores), fetch=unreachable), text)
    assert (reply.ok, reply.text) == (False, message)
    assert reply.advice == "Give its arXiv id or a link, for example 2608.01234."


def test_a_paper_has_the_links_that_exist(stores: Stores) -> None:
    publish(stores, a_paper(code_url="https://code.example/robots", project_url="https://robots.example"))
    reply = tell(desk_beside(stores), "links 9901.00001")
    assert reply.text == "Walking Robots Learn to Dance"
    assert [(link.label, link.url) for link in reply.links] == [
        ("Paper", "https://papers.example/papers/9901.00001"),
        ("PDF", "https://arxiv.org/pdf/9901.00001"),
        ("arXiv", "https://arxiv.org/abs/9901.00001"),
        ("Code", "https://code.example/robots"),
        ("Project", "https://robots.example"),
        ("Discuss", "https://papers.example/papers/9901.00001#community"),
    ]


def test_a_paper_without_code_has_no_link_to_it(stores: Stores) -> None:
    publish(stores, a_paper())
    labels = [link.label for link in tell(desk_beside(stores), "links 9901.00001").links]
    assert labels == ["Paper", "PDF", "arXiv", "Discuss"]
