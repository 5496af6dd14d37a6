"""A channel's reading list."""

from __future__ import annotations

from dataclasses import replace

import pytest

import bot.commands.saved
from bot.commands.desk import Desk
from bot.domain import Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.ports.stores import Stores
from bot.text.rich import Piece, pieces_of
from tests.bot.commands.reading import DIRECT, desk_beside, labels, press, publish, tell, unreachable
from tests.builders import HERE, a_paper

SAVE = "save 9901.00001"


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk that knows a paper."""
    publish(stores, a_paper())
    return desk_beside(stores)


def on_list(reply: Reply) -> list[tuple[str, str]]:
    """What each entry of a list says."""
    return [(entry.text, entry.detail) for entry in reply.entries]


def test_a_paper_is_saved_in_one_line_and_nobody_else_hears_of_it(desk: Desk) -> None:
    reply = tell(desk, SAVE)
    assert reply.text == "Saved Walking Robots Learn to Dance to the reading list."
    assert Piece("Walking Robots Learn to Dance", url="https://papers.example/papers/9901.00001") in pieces_of(
        reply.text
    )
    assert (labels(reply), reply.announcement) == (["Undo"], "")


def test_the_list_says_who_saved_what_and_when(desk: Desk) -> None:
    tell(desk, SAVE)
    reply = tell(desk, "saved")
    assert reply.text == "1 paper on the reading list:"
    assert on_list(reply) == [("Walking Robots Learn to Dance", "Saved by ada · 10 March 2026, 12:00 UTC")]
    [entry] = reply.entries
    assert pieces_of(entry.text)[0].url == "https://papers.example/papers/9901.00001"
    assert [button.label for button in entry.buttons] == ["Abstract", "Remove"]


def test_several_people_save_the_same_paper(desk: Desk) -> None:
    tell(desk, SAVE)
    assert tell(desk, SAVE, by="ben").text.endswith(" to the reading list. ada saved it too.")
    [(_, detail)] = on_list(tell(desk, "saved"))
    assert detail.startswith("Saved by ada and ben · ")


def test_saving_twice_says_so(desk: Desk) -> None:
    tell(desk, SAVE)
    reply = tell(desk, SAVE)
    assert reply.ok
    assert reply.text == "You saved Walking Robots Learn to Dance already, on 10 March 2026, 12:00 UTC."
    assert labels(reply) == ["Remove"]
    assert len(tell(desk, "saved").entries) == 1


def test_of_many_people_the_first_are_named(desk: Desk) -> None:
    for person in ("ada", "ben", "cy", "dee", "eve"):
        tell(desk, SAVE, by=person)
    [(_, detail)] = on_list(tell(desk, "saved"))
    assert detail.startswith("Saved by ada, ben, cy and 2 more · ")


def test_what_most_people_saved_is_first(stores: Stores) -> None:
    publish(stores, a_paper(title="Robots"), a_paper(id="9901.00002", title="Violins"))
    desk = desk_beside(stores)
    tell(desk, SAVE)
    for person in ("ada", "ben"):
        tell(desk, "save 9901.00002", by=person)
    tell(desk, SAVE)
    assert [text for text, _ in on_list(tell(desk, "saved"))] == ["Violins", "Robots"]


def test_undo_takes_only_ones_own_saving_back(desk: Desk) -> None:
    tell(desk, SAVE)
    [undo] = tell(desk, SAVE, by="ben").buttons
    reply = press(desk, undo, by="ben")
    assert reply.text == (
        "Removed Walking Robots Learn to Dance from the reading list. It stays there, since ada saved it too."
    )
    [(_, detail)] = on_list(tell(desk, "saved"))
    assert detail.startswith("Saved by ada · ")
    [again] = reply.buttons
    press(desk, again, by="ben")
    assert on_list(tell(desk, "saved"))[0][1].startswith("Saved by ada and ben · ")


def test_the_last_one_who_removes_a_paper_takes_it_off_the_list(desk: Desk) -> None:
    tell(desk, SAVE)
    [entry] = tell(desk, "saved").entries
    reply = press(desk, entry.buttons[1])
    assert reply.text == "Removed Walking Robots Learn to Dance from the reading list."
    assert tell(desk, "saved").text == "The reading list is empty."


def test_what_somebody_else_saved_goes_only_after_a_question(desk: Desk) -> None:
    tell(desk, SAVE)
    reply = tell(desk, "unsave 9901.00001", by="ben")
    assert (reply.ok, reply.text) == (False, "You haven't saved this paper, but ada did.")
    assert tell(desk, "saved").entries
    [button] = reply.buttons
    assert button.label == "Remove it for everyone"
    assert press(desk, button, by="ben").ok
    assert not tell(desk, "saved").entries


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("unsave", "Which paper should come off the reading list?"),
        ("unsave 9901.00009", "The paper “9901.00009” is not on the reading list."),
        ("unsave arxiv.org/abs/9901.00009v1", "The paper “9901.00009” is not on the reading list."),
        ("unsave robots", "The paper “robots” is not on the reading list."),
    ],
)
def test_what_is_not_on_the_list_cannot_be_removed(desk: Desk, words: str, message: str) -> None:
    reply = tell(desk, words)
    assert (reply.ok, reply.text, reply.advice) == (False, message, "/papers saved shows the list.")


def test_an_empty_list_says_how_a_paper_gets_on_it(desk: Desk) -> None:
    assert "/papers save 2608.01234" in tell(desk, "saved").advice


def test_each_channel_has_its_own_list_and_direct_messages_ones_own(desk: Desk) -> None:
    tell(desk, SAVE, channel=DIRECT)
    assert not tell(desk, "saved").entries
    assert tell(desk, "saved", channel=DIRECT).entries


def test_a_paper_is_saved_from_any_link_and_fetched_if_need_be(stores: Stores) -> None:
    desk = desk_beside(stores, a_paper(id="2608.01234"))
    assert tell(desk, "save https://arxiv.org/pdf/2608.01234v2").ok
    later = replace(desk, fetch=unreachable)
    [entry] = tell(later, "saved").entries
    assert press(later, entry.buttons[0]).text.startswith("Walking Robots Learn to Dance")
    assert stores.papers.get("2608.01234") is None


def test_a_full_list_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.commands.saved, "MOST", 0)
    reply = tell(desk, SAVE)
    assert (reply.ok, reply.text) == (False, "The reading list is full: it has 0 papers.")
    assert reply.advice == "Remove some first. /papers saved shows the list."


def shelf(stores: Stores, count: int) -> Desk:
    """A desk with a list of so many papers."""
    papers: list[Paper] = [a_paper(id=f"9901.{number:05}", title=f"Robots {number}") for number in range(count)]
    publish(stores, *papers)
    desk = desk_beside(stores)
    for paper in papers:
        tell(desk, f"save {paper.id}")
    return desk


def test_a_long_list_has_pages(stores: Stores) -> None:
    desk = shelf(stores, 12)
    first = tell(desk, "saved")
    assert (first.text, len(first.entries), labels(first)) == ("12 papers on the reading list (1–10):", 10, ["Next"])
    second = press(desk, first.buttons[0])
    assert (second.text, len(second.entries), labels(second)) == (
        "12 papers on the reading list (11–12):",
        2,
        ["Previous"],
    )


def test_where_there_is_room_the_list_is_whole(stores: Stores) -> None:
    desk = shelf(stores, 12)
    reply = desk.reply(Invocation(HERE, "ada", "papers", "saved", has_room=True))
    assert (reply.text, len(reply.entries), reply.buttons) == ("12 papers on the reading list:", 12, ())


def test_removing_completes_from_the_list(desk: Desk) -> None:
    tell(desk, SAVE)
    offered = bot.commands.saved.saved_papers(desk, Invocation(HERE, "ada", "papers", "unsave"), "dance")
    assert [choice.text for choice in offered] == ["9901.00001"]


def test_everyone_saves_whoever_may_change_subscriptions(stores: Stores) -> None:
    publish(stores, a_paper())
    desk = desk_beside(stores, who="admins")
    assert tell(desk, SAVE).ok
    assert tell(desk, "unsave 9901.00001").ok
