"""The form to subscribe, or to edit a subscription: how it looks, and what somebody filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from adapters.platforms.slack.elements import Block, cut, inert, plain
from adapters.platforms.slack.payloads import CHANNEL_ID, parts_of, text_of
from adapters.platforms.slack.replies import advice_blocks, text_blocks
from adapters.platforms.slack.typed_text import plain_text
from bot.domain.messages import Draft, Reply
from bot.text.dates import WEEKDAYS
from bot.text.figures import listed, zone_in_words

SUBSCRIBE = "subscribe"
"""The callback id of the form, and of the shortcut that opens it."""

OPEN = "open_subscribe"
"""The action id of the button that opens the form."""

QUERY, CHANNEL, SCHEDULE, TIME, ZONE = "query", "channel", "schedule", "time", "zone"
"""Block and action ids of the form's inputs."""

INSTANT = "instant"

DAYS = {day[:3]: f"{day.capitalize()}s" for day in WEEKDAYS}

SCHEDULES = {
    INSTANT: "As they come",
    "daily": "As a digest, every day",
    "weekdays": "As a digest, Monday to Friday",
    **{f"weekly {day}": f"As a digest, on {name}" for day, name in DAYS.items()},
}
"""The days of a schedule, as it is written and as the form says it."""

TIME_OF_DAY = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")

OPTION = 75
"""Characters: https://docs.slack.dev/reference/block-kit/composition-objects/option-object."""

LONGEST = 500
"""Characters of a query."""

ZONES = 20
"""The most time zones that are offered."""

EXPLANATION = 6_000
"""Bytes of JSON for the explanation of a query."""

TEACHING = "For example: reinforcement learning · rlhf, reward model · diffusion -survey · title:agent · upvotes>=20"


@dataclass(frozen=True, slots=True)
class Form:
    """What a form is about; Slack gives it back with what is typed and submitted.

    Attributes:
        opened_in: The id of the channel or thread where it was opened; empty outside of channels.
        draft: What it started from.
    """

    opened_in: str
    draft: Draft

    @property
    def is_fixed(self) -> bool:
        """Whether it is about the place where it was opened: an edit, or a direct message, which nobody can choose."""
        return bool(self.draft.number) or self.opened_in.startswith("D")

    @property
    def zones(self) -> Sequence[str]:
        """The time zones to choose from, most likely first."""
        return list(dict.fromkeys((*self.draft.zones, self.draft.zone)))[:ZONES]

    @property
    def schedules(self) -> Mapping[str, str]:
        """The days to choose from; those of the channel, where they are several, among them."""
        return SCHEDULES | {self.draft.schedule: _in_words(self.draft.schedule)}


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody filled in.

    Attributes:
        form: The form.
        channel: The id of the channel or thread.
        query: The query as typed, without Slack's markup.
        schedule: A key of `Form.schedules`.
        at: The time of day: ``09:00``.
        zone: The IANA name of its time zone.
    """

    form: Form
    channel: str
    query: str
    schedule: str
    at: str
    zone: str

    @property
    def has_new_query(self) -> bool:
        """Whether the query is not the one that is followed already."""
        return not self.form.draft.number or self.query != self.form.draft.query

    @property
    def new_schedule(self) -> str:
        """The schedule as it is written, if it is another than the channel's; else empty.

        What the form does not ask for stays as it is, such as how many papers a digest may have.
        """
        before = self.form.draft
        if self.channel != self.form.opened_in:  # whose schedule the form does not know
            before = replace(before, schedule=INSTANT, ending="")
        if self.schedule == INSTANT:
            return INSTANT if before.schedule != INSTANT else ""
        is_same = (self.schedule, self.at, self.zone) == (before.schedule, before.at, before.zone)
        return "" if is_same else f"{self.schedule} {self.at} {self.zone} {before.ending}".rstrip()


def view_of(form: Form, *, query: str | None = None, explanation: Reply | None = None) -> dict[str, Any]:
    """The form, which asks for an explanation while the query is typed.

    Args:
        form: What it is about.
        query: The text in the input; the draft's unless given.
        explanation: How the query was understood, or what is wrong with it.
    """
    note = explanation or Reply("", advice=TEACHING)
    explained = [*text_blocks(note, EXPLANATION), *advice_blocks(note)]
    number = form.draft.number
    return {
        "type": "modal",
        "callback_id": SUBSCRIBE,
        "private_metadata": _written(form),
        "title": plain("Edit a subscription" if number else "Subscribe to papers"),
        "submit": plain("Save" if number else "Subscribe"),
        "close": plain("Cancel"),
        "blocks": [
            _query(form.draft.query if query is None else query),
            *explained,
            *([] if form.is_fixed else [_channel(parts_of(form.opened_in)[0])]),
            _select(SCHEDULE, "When to post them", form.schedules, form.draft.schedule),
            _time(form.draft.at),
            _select(ZONE, "Time zone of digests", {zone: zone_in_words(zone) for zone in form.zones}, form.draft.zone),
        ],
    }


def form_in(view: Mapping[str, Any]) -> Form | None:
    """The form of a view; None if the view is not ours."""
    try:
        written = json.loads(text_of(view, "private_metadata"))
        draft = Draft(**(written["draft"] | {"zones": tuple(written["draft"]["zones"])}))
        form = Form(written["in"], draft)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = (form.opened_in, draft.query, draft.schedule, draft.at, draft.zone, *draft.zones, draft.ending)
    is_ours = all(isinstance(text, str) for text in texts) and isinstance(draft.number, int)
    return form if is_ours else None


def submitted(view: Mapping[str, Any]) -> Submission | Mapping[str, str]:
    """What a submitted form holds, or what is wrong with it, by the input where it stands."""
    form = form_in(view)
    if form is None:
        return {QUERY: "This form is out of date. Please open it again."}
    query = plain_text(_typed(view, QUERY, "value"))
    channel = _chosen_channel(form, _typed(view, CHANNEL, "selected_conversation"))
    schedule = _typed(view, SCHEDULE, "selected_option", "value")
    at, zone = _typed(view, TIME, "selected_time"), _typed(view, ZONE, "selected_option", "value")
    is_digest = schedule != INSTANT
    mistakes = (
        (QUERY, not 1 <= len(query) <= LONGEST, f"Type a query of at most {LONGEST} characters."),
        (QUERY if form.is_fixed else CHANNEL, not channel, "Choose a channel."),
        (SCHEDULE, schedule not in form.schedules, "Choose when to post them."),
        (TIME, is_digest and not TIME_OF_DAY.fullmatch(at), "Choose a time."),
        (ZONE, is_digest and zone not in form.zones, "Choose a time zone."),
    )
    wrong = {name: said for name, is_wrong, said in mistakes if is_wrong}
    return wrong or Submission(form, channel, query, schedule, at, zone)


def _chosen_channel(form: Form, chosen: str) -> str:
    """The id of the channel or thread; empty if none was chosen."""
    opened_in, _ = parts_of(form.opened_in)
    if form.is_fixed or chosen == opened_in:
        return form.opened_in if CHANNEL_ID.fullmatch(opened_in) else ""
    return chosen if CHANNEL_ID.fullmatch(chosen) else ""


def _written(form: Form) -> str:
    opened_in = form.opened_in if CHANNEL_ID.fullmatch(parts_of(form.opened_in)[0]) else ""
    draft = replace(form.draft, zones=tuple(form.draft.zones[:ZONES]))
    return json.dumps({"in": opened_in, "draft": asdict(draft)}, ensure_ascii=False, separators=(",", ":"))


def _in_words(schedule: str) -> str:
    """The days of a schedule as the form says them."""
    named = [DAYS[day] for day in schedule.split() if day in DAYS]
    return SCHEDULES.get(schedule, f"As a digest, on {listed(named)}" if named else schedule)


def _query(query: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": QUERY,
        "placeholder": plain("reinforcement learning"),
        "max_length": LONGEST,
        "focus_on_load": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered", "on_enter_pressed"]},
    }
    if typed := inert(query):
        element["initial_value"] = cut(typed, LONGEST)
    return _input(QUERY, "Papers about", element) | {"dispatch_action": True}


def _channel(channel_id: str) -> Block:
    is_listed = channel_id.startswith(("C", "G"))
    chosen: Block = {"initial_conversation": channel_id} if is_listed else {"default_to_current_conversation": True}
    element = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain("Choose a channel"),
        "response_url_enabled": False,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return _input(CHANNEL, "Post them in", element | chosen)


def _time(at: str) -> Block:
    chosen = {"initial_time": at} if TIME_OF_DAY.fullmatch(at) else {}
    element = {"type": "timepicker", "action_id": TIME, "placeholder": plain("Choose a time"), **chosen}
    # Without it, Slack would ask for a time even where papers are posted as they come.
    return _input(TIME, "Time of digests", element) | {"optional": True}


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    options = {value: {"text": plain(cut(text, OPTION)), "value": value} for value, text in choices.items()}
    first = options.get(chosen) or next(iter(options.values()))
    element = {"type": "static_select", "action_id": name, "options": [*options.values()], "initial_option": first}
    return _input(name, label, element)


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _typed(view: Mapping[str, Any], name: str, *path: str) -> str:
    """What was typed or chosen in an input; empty if nothing was."""
    found: object = view
    for key in ("state", "values", name, name, *path):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""
