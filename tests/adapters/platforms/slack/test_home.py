from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.dialog import Submission, submitted, subscribe_modal
from adapters.platforms.slack.home import home, removal
from bot.domain.messages import Button, Entry, Reply
from tests.servers.slack.rules import complaints

HERE = "C0123456789"

TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 40]))
ENTRIES = st.builds(Entry, LONG_TEXTS, st.builds(Button, TEXTS, st.just("unsubscribe"), LONG_TEXTS))
REPLIES = st.builds(
    Reply,
    LONG_TEXTS,
    code=LONG_TEXTS,
    entries=st.builds(lambda some, times: tuple(some * times), st.lists(ENTRIES, max_size=3), st.sampled_from([1, 50])),
    advice=LONG_TEXTS,
    ok=st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def blocks_of(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The dialog's inputs by their ids."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def a_list(count: int) -> Reply:
    """What ``/subscriptions`` answers in a channel with so many."""
    entries = tuple(Entry(f"{n}. robots", (Button("Remove", "unsubscribe", str(n)),)) for n in range(1, count + 1))
    return Reply(f"This channel has {count} subscriptions:", entries=entries)


def removals(view: dict[str, Any]) -> list[tuple[str, str, str] | None]:
    """What the home's buttons would take away."""
    accessories = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return [removal(accessory["value"]) for accessory in accessories]


def texts(view: dict[str, Any]) -> str:
    """Everything that can be read in it."""
    return json.dumps(view, ensure_ascii=False)


def a_view(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of the dialog
    """A dialog that was filled in, as Slack gives it back."""
    values = {"query": "robots", "channel": HERE, "schedule": "instant"} | given
    return {
        "state": {
            "values": {
                "query": {"query": {"type": "plain_text_input", "value": values["query"]}},
                "channel": {"channel": {"type": "conversations_select", "selected_conversation": values["channel"]}},
                "schedule": {"schedule": {"type": "static_select", "selected_option": {"value": values["schedule"]}}},
            }
        }
    }


@settings(max_examples=50)
@given(LONG_TEXTS, LONG_TEXTS, st.none() | REPLIES)
def test_slack_takes_any_dialog(channel: str, query: str, explanation: Reply | None) -> None:
    assert complaints(subscribe_modal(channel, query=query, explanation=explanation)) == []


@settings(max_examples=50)
@given(
    st.builds(
        lambda some, times: some * times,
        st.lists(st.tuples(st.just(HERE), TEXTS, REPLIES), max_size=3),
        st.sampled_from([1, 10]),
    )
)
def test_slack_takes_any_home(rooms: list[tuple[str, str, Reply]]) -> None:
    view = home(rooms)
    assert complaints(view) == []
    assert len(json.dumps(view, ensure_ascii=False).encode()) < 250_000


def test_the_dialog_asks_for_a_query_a_channel_and_a_schedule() -> None:
    assert {name: block["type"] for name, block in blocks_of(subscribe_modal(HERE)).items()} == {
        "query": "plain_text_input",
        "channel": "conversations_select",
        "schedule": "static_select",
    }


def test_the_dialog_remembers_where_it_was_opened() -> None:
    view = subscribe_modal(HERE)
    assert view["private_metadata"] == HERE
    assert blocks_of(view)["channel"]["initial_conversation"] == HERE


@pytest.mark.parametrize("channel", ["", "D0123456789", "<!channel>"])
def test_a_dialog_opened_outside_of_a_channel_offers_the_current_one(channel: str) -> None:
    assert blocks_of(subscribe_modal(channel))["channel"]["default_to_current_conversation"] is True


def test_the_query_is_explained_while_it_is_typed() -> None:
    view = subscribe_modal(HERE)
    [query] = [block for block in view["blocks"] if block.get("block_id") == "query"]
    assert query["dispatch_action"] is True
    assert query["element"]["dispatch_action_config"] == {
        "trigger_actions_on": ["on_character_entered", "on_enter_pressed"]
    }


def test_the_dialog_keeps_what_was_typed_and_shows_its_mistake() -> None:
    explanation = Reply("“OR” has nothing on its right.", code="robots OR\n         ^", advice="Give one.", ok=False)
    view = subscribe_modal(HERE, query="robots OR", explanation=explanation)
    assert blocks_of(view)["query"]["initial_value"] == "robots OR"
    assert "robots OR\\n         ^" in texts(view)
    assert "“OR” has nothing on its right." in texts(view)
    assert "Give one." in texts(view)


def test_the_dialog_offers_each_schedule_and_begins_with_the_first() -> None:
    schedule = blocks_of(subscribe_modal(HERE))["schedule"]
    assert [option["value"] for option in schedule["options"]] == ["instant", "daily 09:00", "weekly mon 09:00"]
    assert schedule["initial_option"] == schedule["options"][0]


def test_a_submitted_dialog_gives_what_was_filled_in() -> None:
    view = a_view(query=" rlhf, reward model ", schedule="daily 09:00")
    assert submitted(view) == Submission(HERE, "rlhf, reward model", "daily 09:00")


@pytest.mark.parametrize(
    "given",
    [
        {"query": None},
        {"query": "  "},
        {"query": "x" * 501},
        {"query": 1},
        {"channel": None},
        {"channel": "general"},
        {"channel": "C1\n"},
        {"schedule": "hourly"},
        {"schedule": None},
        {"schedule": ["instant"]},
    ],
)
def test_a_dialog_that_is_not_filled_in_gives_nothing(given: dict[str, Any]) -> None:
    assert submitted(a_view(**given)) is None


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {"values": []}}, {"state": {"values": {"query": 1}}}])
def test_a_view_that_is_not_ours_gives_nothing(view: dict[str, Any]) -> None:
    assert submitted(view) is None


@given(st.dictionaries(st.sampled_from(["state", "values"]), JSON))
def test_any_view_is_read_without_an_error(view: dict[str, Any]) -> None:
    assert submitted(view) is None


def test_a_home_without_channels_teaches() -> None:
    view = home([])
    assert "/subscribe reinforcement learning" in texts(view)
    assert view["blocks"][0]["elements"][0]["action_id"] == "open_subscribe"


def test_a_home_lists_channels_with_their_subscriptions_and_takes_them_away() -> None:
    view = home([(HERE, "reading", a_list(2)), ("G0123456789", "robots", a_list(1))])
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"] == ["#reading", "#robots"]
    assert removals(view) == [
        (HERE, "unsubscribe", "1"),
        (HERE, "unsubscribe", "2"),
        ("G0123456789", "unsubscribe", "1"),
    ]


def test_taking_a_subscription_away_is_confirmed_first() -> None:
    [row] = [block for block in home([(HERE, "reading", a_list(1))])["blocks"] if "accessory" in block]
    assert row["accessory"]["confirm"]["text"]["text"] == "1. robots"


def test_a_home_says_why_a_channel_gets_nothing() -> None:
    paused = Reply(
        "This channel has 1 subscription:\nPaused since 3 March 2026: it is archived.", advice="unarchive it"
    )
    assert "it is archived" in texts(home([(HERE, "reading", paused)]))
    assert "unarchive it" in texts(home([(HERE, "reading", paused)]))


def test_a_channel_with_too_many_subscriptions_says_how_many_more_there_are() -> None:
    view = home([(HERE, "reading", a_list(300))])
    assert f"… and {300 - len(removals(view))} more subscriptions." in texts(view)
    assert len(removals(view)) > 90


def test_a_home_with_too_many_channels_says_how_many_more_there_are() -> None:
    view = home([(HERE, f"room{number}", a_list(2)) for number in range(60)])
    shown = sum(block["type"] == "header" for block in view["blocks"])
    assert 20 < shown < 60
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
    assert removal(value) is None
