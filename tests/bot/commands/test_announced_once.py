"""A change is announced by whoever made it; whoever asks for it again is answered all the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.commands.desk import Desk
from bot.domain.messages import Reply
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say

BEFORE = ["/subscribe robots", "/subscribe violins"]
CHANGES = [
    "/subscribe drums",
    "/unsubscribe 1",
    "/unsubscribe robots",
    "/papers change 1 trumpets",
    "/papers digest daily 09:00 UTC",
    "/papers pause",
    "/papers pause 3d",
    "/papers pause subscription 1",
]
SEVERAL = "/papers pause subscriptions 1, 2"
"""Two changes: of two people at once, each may make one, and announces that one."""


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk whose channel has two subscriptions."""
    desk = desk_of(stores)
    for words in BEFORE:
        say(desk, words)
    return desk


def announcements(replies: list[Reply]) -> list[str]:
    return [reply.announcement for reply in replies if reply.announcement]


@pytest.mark.parametrize("words", [*CHANGES, SEVERAL])
def test_what_is_asked_twice_is_answered_twice_and_announced_once(desk: Desk, words: str) -> None:
    replies = [say(desk, words), say(desk, words)]
    assert all(reply.text for reply in replies)
    assert announcements(replies) == [replies[0].announcement]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("/papers pause", "/papers resume"),
        ("/papers pause subscription 1", "/papers resume subscription 1"),
        ("/papers digest daily 09:00", "/papers digest instant"),
    ],
)
def test_what_is_undone_twice_is_announced_once(desk: Desk, before: str, words: str) -> None:
    say(desk, before)
    replies = [say(desk, words), say(desk, words)]
    assert announcements(replies) == [replies[0].announcement]


@pytest.mark.parametrize("words", CHANGES)
def test_of_many_people_at_once_one_has_made_the_change(desk: Desk, words: str) -> None:
    with ThreadPoolExecutor(8) as people:
        replies = list(people.map(lambda _: say(desk, words), range(8)))
    assert len(announcements(replies)) == 1


def test_of_many_people_at_once_each_announces_what_they_have_changed(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as people:
        replies = list(people.map(lambda _: say(desk, SEVERAL), range(8)))
    assert 1 <= len(announcements(replies)) <= 2


def test_a_pause_that_ends_at_another_time_is_announced(desk: Desk) -> None:
    assert len(announcements([say(desk, "/papers pause 3d"), say(desk, "/papers pause 1w")])) == 2
