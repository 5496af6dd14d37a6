"""The app's Home tab, as Slack takes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.home_view import Part, home, pressed_at_home
from bot.domain.messages import Button, Entry, Reply
from bot.text.rich import bold, rich
from tests.adapters.platforms.slack.looks import a_card, read
from tests.servers.slack.element_rules import objects
from tests.servers.slack.rules import complaints

HERE, DIRECT = "C0123456789", "D0123456789"

TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 40]))
BUTTONS = st.builds(Button, TEXTS, st.sampled_from(["unsubscribe", "papers"]), LONG_TEXTS)
ENTRIES = st.builds(Entry, LONG_TEXTS, st.lists(BUTTONS, max_size=3).map(tuple), LONG_TEXTS)
REPLIES = st.builds(
    Reply,
    LONG_TEXTS,
    code=LONG_TEXTS,
    entries=st.builds(lambda some, times: tuple(some * times), st.lists(ENTRIES, max_size=3), st.sampled_from([1, 50])),
    advice=LONG_TEXTS,
    ok=st.booleans(),
)
PARTS = st.builds(Part, TEXTS, st.just(HERE), REPLIES)


def a_list(count: int) -> Reply:
    """What ``/subscriptions`` answers in a channel with so many."""
    entries = (
        Entry(
            rich(f"{number}. ", bold("robots")),
            (
                Button("Edit", "papers", f"edit {number}"),
                Button("Pause", "papers", f"pause subscription {number}"),
                Button("Remove", "unsubscribe", str(number)),
            ),
            "by ada",
        )
        for number in range(1, count + 1)
    )
    return Reply(f"This channel has {count} subscriptions:", entries=tuple(entries))


def removals(view: dict[str, Any]) -> list[tuple[str, str, str] | None]:
    """What the home's buttons and menus would take away."""
    values = [part["value"] for part in objects(view["blocks"]) if "value" in part]
    return [command for value in values if (command := pressed_at_home(value)) and command[1] == "unsubscribe"]


def texts(view: dict[str, Any]) -> str:
    """Everything that can be read in it."""
    return "\n".join(read(view))


def headings(view: dict[str, Any]) -> list[str]:
    """Its headlines."""
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


@settings(max_examples=50)
@given(
    st.lists(PARTS, max_size=3),
    st.builds(lambda some, times: some * times, st.lists(PARTS, max_size=3), st.sampled_from([1, 10])),
)
def test_slack_takes_any_home(papers: list[Part], rooms: list[Part]) -> None:
    view = home(papers, rooms)
    assert complaints(view) == []
    assert len(json.dumps(view, ensure_ascii=False).encode()) < 250_000


def test_a_home_begins_with_papers_whose_buttons_are_for_the_person_s_direct_messages() -> None:
    papers = Part("Today's papers", DIRECT, Reply("10 papers:", cards=(a_card(),) * 10))
    view = home([papers], [Part("#reading", HERE, a_list(1))])
    assert headings(view) == ["Today's papers", "#reading"]
    assert read(view).count("Walking Robots Learn to Dance\nRobots learn to dance.") == 5
    values = [option["value"] for part in objects(view) for option in part.get("options", [])]
    assert pressed_at_home(values[0]) == (DIRECT, "papers", "abstract 9901.00001")


def test_a_reading_list_of_entries_is_shown_too() -> None:
    saved = Reply("One paper:", entries=(Entry("Walking Robots", (Button("Remove", "papers", "unsave 1"),)),))
    assert "Walking Robots" in texts(home([Part("Your reading list", DIRECT, saved)], []))


def test_what_has_no_papers_has_no_heading() -> None:
    assert headings(home([Part("Trending", DIRECT, Reply("Nothing yet."))], [])) == []


def test_slack_takes_a_home_with_all_papers_and_a_hundred_channels() -> None:
    papers = [Part("Papers", DIRECT, Reply("", cards=(a_card(),) * 9))] * 3
    view = home(papers, [Part("#reading", HERE, a_list(3))] * 100)
    assert complaints(view) == []
    assert headings(view).count("#reading") > 3


def test_a_subscription_can_be_edited_paused_and_removed() -> None:
    view = home([], [Part("#reading", HERE, a_list(1))])
    row = view["blocks"][-1]["elements"]
    assert [pressed_at_home(button["value"]) for button in row] == [
        (HERE, "papers", "edit 1"),
        (HERE, "papers", "pause subscription 1"),
        (HERE, "unsubscribe", "1"),
    ]
    assert row[2]["accessibility_label"] == "Remove: 1. robots"


def test_a_home_without_channels_teaches() -> None:
    view = home([], [])
    assert "/subscribe reinforcement learning" in texts(view)
    assert view["blocks"][0]["elements"][0]["action_id"] == "open_subscribe"


def test_a_home_lists_channels_with_their_subscriptions_and_takes_them_away() -> None:
    view = home([], [Part("#reading", HERE, a_list(2)), Part("#robots", "G0123456789", a_list(1))])
    assert headings(view) == ["#reading", "#robots"]
    assert removals(view) == [
        (HERE, "unsubscribe", "1"),
        (HERE, "unsubscribe", "2"),
        ("G0123456789", "unsubscribe", "1"),
    ]


def test_taking_a_subscription_away_is_confirmed_first() -> None:
    view = home([], [Part("#reading", HERE, a_list(1))])
    asked = [part["confirm"]["text"]["text"] for part in objects(view) if "confirm" in part and "value" in part]
    assert asked == ["1. robots"]


def test_a_home_says_why_a_channel_gets_nothing() -> None:
    paused = Reply(
        "This channel has 1 subscription:\nPaused since 3 March 2026: it is archived.", advice="unarchive it"
    )
    view = home([], [Part("#reading", HERE, paused)])
    assert "it is archived" in texts(view)
    assert "unarchive it" in texts(view)


def test_a_channel_with_too_many_subscriptions_says_how_many_more_there_are() -> None:
    view = home([], [Part("#reading", HERE, a_list(300))])
    assert f"… and {300 - len(removals(view))} more subscriptions." in texts(view)
    assert len(removals(view)) > 90


def test_a_home_with_too_many_channels_says_how_many_more_there_are() -> None:
    view = home([], [Part(f"#room{number}", HERE, a_list(2)) for number in range(60)])
    shown = len(headings(view))
    assert 10 < shown < 60
    assert f"… and {60 - shown} more channels." in texts(view)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        '{"command": "unsubscribe", "text": "1"}',
        '{"command": "unsubscribe", "text": "1", "channel": ""}',
        '{"command": "unsubscribe", "text": "1", "channel": "general"}',
        '{"command": "unsubscribe", "text": "1", "channel": 1}',
    ],
)
def test_a_value_that_is_not_the_homes_removes_nothing(value: str) -> None:
    assert pressed_at_home(value) is None
