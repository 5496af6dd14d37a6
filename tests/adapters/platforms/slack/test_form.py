"""The form to subscribe and to edit, as Slack takes it and gives it back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.form import Form, Submission, form_in, submitted, view_of
from bot.domain.messages import Draft, Reply
from tests.servers.slack.rules import complaints

HERE = "C0123456789"
NEW = Form(HERE, Draft(zone="Europe/Berlin", zones=("Europe/Berlin", "Europe/London")))
EDITED = Form(f"{HERE}/1712345678.123456", Draft(3, "robots", "weekdays", "08:30", "Asia/Kolkata"))

TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 40]))
EXPLANATIONS = st.none() | st.builds(Reply, LONG_TEXTS, code=LONG_TEXTS, advice=LONG_TEXTS, ok=st.booleans())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def inputs(form: Form, **given: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - any argument of `view_of`
    """The form's inputs by their ids."""
    blocks = view_of(form, **given)["blocks"]
    return {block["block_id"]: block["element"] for block in blocks if block["type"] == "input"}


def filled(form: Form, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of the form
    """The form as it was filled in."""
    draft = form.draft
    values = {"query": "rlhf", "channel": HERE, "schedule": "instant", "time": draft.at, "zone": draft.zone} | given
    return view_of(form) | {
        "state": {
            "values": {
                "query": {"query": {"type": "plain_text_input", "value": values["query"]}},
                "channel": {"channel": {"type": "conversations_select", "selected_conversation": values["channel"]}},
                "schedule": {"schedule": {"type": "static_select", "selected_option": {"value": values["schedule"]}}},
                "time": {"time": {"type": "timepicker", "selected_time": values["time"]}},
                "zone": {"zone": {"type": "static_select", "selected_option": {"value": values["zone"]}}},
            }
        }
    }


def sent(form: Form, **given: Any) -> Submission:  # noqa: ANN401 - any value of the form
    """What a form holds that was filled in without a mistake."""
    submission = submitted(filled(form, **given))
    assert isinstance(submission, Submission)
    return submission


@settings(max_examples=50)
@given(LONG_TEXTS, LONG_TEXTS, EXPLANATIONS)
def test_slack_takes_any_form(opened_in: str, query: str, explanation: Reply | None) -> None:
    assert complaints(view_of(Form(opened_in, Draft()), query=query, explanation=explanation)) == []


def test_slack_takes_the_form_of_the_longest_query_and_many_zones() -> None:
    draft = Draft(1, '"' * 500, "weekly mon thu", zones=tuple(f"America/{'x' * 26}{number}" for number in range(40)))
    assert complaints(view_of(Form(HERE, draft))) == []


def test_the_form_asks_for_query_channel_days_time_and_zone() -> None:
    assert {name: element["type"] for name, element in inputs(NEW).items()} == {
        "query": "plain_text_input",
        "channel": "conversations_select",
        "schedule": "static_select",
        "time": "timepicker",
        "zone": "static_select",
    }


def test_the_form_comes_back_with_what_it_is_about() -> None:
    assert form_in(view_of(NEW)) == NEW
    assert form_in(view_of(EDITED)) == EDITED


def test_the_form_offers_the_channel_where_it_was_opened() -> None:
    assert inputs(NEW)["channel"]["initial_conversation"] == HERE


@pytest.mark.parametrize("channel", ["", "<!channel>"])
def test_a_form_opened_outside_of_a_channel_offers_the_current_one(channel: str) -> None:
    assert inputs(Form(channel, Draft()))["channel"]["default_to_current_conversation"] is True


@pytest.mark.parametrize("form", [EDITED, Form("D0123456789", Draft())])
def test_an_edit_and_a_direct_message_are_about_where_they_are(form: Form) -> None:
    assert "channel" not in inputs(form)


def test_an_edit_starts_from_what_is() -> None:
    shown = inputs(EDITED)
    assert shown["query"]["initial_value"] == "robots"
    assert shown["schedule"]["initial_option"]["value"] == "weekdays"
    assert shown["time"]["initial_time"] == "08:30"
    assert shown["zone"]["initial_option"]["value"] == "Asia/Kolkata"


def test_the_days_are_instant_daily_weekdays_or_a_day_of_the_week() -> None:
    days = [option["value"] for option in inputs(NEW)["schedule"]["options"]]
    assert days == ["instant", "daily", "weekdays", *(f"weekly {day}" for day in "mon tue wed thu fri sat sun".split())]


def test_several_days_that_a_channel_has_are_offered_too() -> None:
    form = replace(NEW, draft=Draft(schedule="weekly mon thu"))
    assert inputs(form)["schedule"]["initial_option"] == {
        "text": {"type": "plain_text", "text": "As a digest, on Mondays and Thursdays"},
        "value": "weekly mon thu",
    }


def test_likely_zones_stand_first_and_once() -> None:
    zones = [option["value"] for option in inputs(NEW)["zone"]["options"]]
    assert zones == ["Europe/Berlin", "Europe/London"]


def test_the_query_is_explained_while_it_is_typed() -> None:
    [query] = [block for block in view_of(NEW)["blocks"] if block.get("block_id") == "query"]
    assert query["dispatch_action"] is True
    assert query["element"]["dispatch_action_config"] == {
        "trigger_actions_on": ["on_character_entered", "on_enter_pressed"]
    }


def test_the_form_keeps_what_was_typed_and_shows_its_mistake() -> None:
    explanation = Reply("“OR” has nothing on its right.", code="robots OR\n         ^", advice="Give one.", ok=False)
    view = view_of(EDITED, query="robots OR", explanation=explanation)
    assert inputs(EDITED, query="robots OR")["query"]["initial_value"] == "robots OR"
    for said in ("robots OR\\n         ^", "“OR” has nothing on its right.", "Give one."):
        assert said in json.dumps(view, ensure_ascii=False)


def test_a_submitted_form_gives_what_was_filled_in() -> None:
    assert sent(NEW, query=" rlhf, reward model ", schedule="daily", time="18:05") == Submission(
        NEW, HERE, "rlhf, reward model", "daily", "18:05", "Europe/Berlin"
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"query": None}, "query"),
        ({"query": "  "}, "query"),
        ({"query": "x" * 501}, "query"),
        ({"query": 1}, "query"),
        ({"channel": None}, "channel"),
        ({"channel": "general"}, "channel"),
        ({"channel": "C1\n"}, "channel"),
        ({"schedule": "hourly"}, "schedule"),
        ({"schedule": None}, "schedule"),
        ({"schedule": ["instant"]}, "schedule"),
        ({"schedule": "daily", "time": None}, "time"),
        ({"schedule": "daily", "time": "25:00"}, "time"),
        ({"schedule": "daily", "zone": "Atlantis/Capital"}, "zone"),
    ],
)
def test_a_mistake_stands_at_its_own_input(given: dict[str, Any], field: str) -> None:
    wrong = submitted(filled(NEW, **given))
    assert isinstance(wrong, dict)
    assert list(wrong) == [field]


def test_without_digests_time_and_zone_do_not_matter() -> None:
    assert sent(NEW, time=None, zone=None).new_schedule == ""


@pytest.mark.parametrize(
    ("given", "query", "schedule"),
    [
        ({"query": "robots", "schedule": "weekdays"}, False, ""),
        ({"query": "rlhf", "schedule": "weekdays"}, True, ""),
        ({"query": "robots", "schedule": "daily"}, False, "daily 08:30 Asia/Kolkata"),
        ({"query": "robots", "schedule": "weekdays", "time": "09:00"}, False, "weekdays 09:00 Asia/Kolkata"),
        ({"query": "robots", "schedule": "instant"}, False, "instant"),
    ],
)
def test_an_edit_changes_only_what_was_changed(given: dict[str, Any], query: bool, schedule: str) -> None:  # noqa: FBT001
    assert (sent(EDITED, **given).has_new_query, sent(EDITED, **given).new_schedule) == (query, schedule)


@pytest.mark.parametrize(
    ("given", "schedule"),
    [
        ({"schedule": "weekdays"}, ""),
        ({"schedule": "daily"}, "daily 08:30 Asia/Kolkata top 10 even if empty"),
        ({"schedule": "weekdays", "time": "09:00"}, "weekdays 09:00 Asia/Kolkata top 10 even if empty"),
        ({"schedule": "instant"}, "instant"),
    ],
)
def test_what_the_form_does_not_ask_about_a_schedule_is_kept(given: dict[str, Any], schedule: str) -> None:
    form = replace(EDITED, draft=replace(EDITED.draft, ending="top 10 even if empty"))
    assert sent(form, **given).new_schedule == schedule


def test_the_limit_of_one_channel_s_digests_is_not_that_of_another() -> None:
    form = replace(NEW, draft=Draft(schedule="daily", ending="top 10"))
    assert sent(form, schedule="daily", channel="C0999").new_schedule == "daily 09:00 UTC"


def test_a_schedule_chosen_for_another_channel_is_new_to_it() -> None:
    form = replace(NEW, draft=Draft(schedule="daily"))
    assert sent(form, schedule="daily").new_schedule == ""
    assert sent(form, schedule="daily", channel="C0999").new_schedule == "daily 09:00 UTC"


def test_a_form_opened_in_a_thread_is_about_the_thread() -> None:
    form = Form(f"{HERE}/1712345678.123456", Draft())
    assert sent(form).channel == form.opened_in
    assert sent(form, channel="C0999").channel == "C0999"


@pytest.mark.parametrize(
    "view",
    [{}, {"private_metadata": "{}"}, {"private_metadata": "[" * 10_000}, {"private_metadata": '{"in":1,"draft":{}}'}],
)
def test_a_view_that_is_not_ours_is_out_of_date(view: dict[str, Any]) -> None:
    assert submitted(view) == {"query": "This form is out of date. Please open it again."}


@given(JSON, st.dictionaries(st.sampled_from(["query", "values", "channel"]), JSON))
def test_any_view_is_read_without_an_error(metadata: object, state: dict[str, Any]) -> None:
    assert not isinstance(submitted({"private_metadata": json.dumps(metadata), "state": state}), Submission)
    assert not isinstance(submitted(view_of(NEW) | {"state": state}), Submission)
