"""Forms: what they ask for, what was typed into them, and how that is kept.

Discord lets nobody answer a form with a form, and shows no mistake beside a field. So what was typed stands in the
answer, beside a button that opens the form again, and the form takes it from there, with the mistake under the field's
name: nothing is remembered, and it works after a restart.
https://discord.com/developers/docs/components/reference#label
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.components import TextDisplay

from adapters.platforms.discord.buttons import Pressable
from adapters.platforms.discord.components import COLOUR, TROUBLE, Payload
from adapters.platforms.discord.markdown import escape, fit, flat, quiet
from adapters.platforms.discord.parts import MOST_COMPONENTS, MOST_TEXT, Part, Row, components_in, once, text_in
from adapters.platforms.discord.posting import every_component
from adapters.platforms.discord.replies import reply_parts
from bot.domain.commands import Command
from bot.domain.messages import Draft, Reply
from bot.text.characters import units
from bot.text.shorten import shorten

LABEL, ABOUT = 45, 100
"""Characters of a form's title and labels, and of a placeholder, description or option."""

LONGEST = 500
"""Characters of what is typed."""

SHORT = 40
"""Characters of a time or zone that is typed."""

MOST_OPTIONS = 25

DAYS = {
    "instant": "As soon as they are found",
    "daily": "As a daily digest",
    "weekdays": "As a digest, Monday to Friday",
    "weekly mon": "As a weekly digest, on Mondays",
    "weekly tue": "As a weekly digest, on Tuesdays",
    "weekly wed": "As a weekly digest, on Wednesdays",
    "weekly thu": "As a weekly digest, on Thursdays",
    "weekly fri": "As a weekly digest, on Fridays",
}
"""When papers come: the first words of a schedule, and how the form says it."""

INSTANT = "instant"

SHOWN = {"query": "Query", "days": "Posted", "at": "Time", "zone": "Time zone"}
"""The fields of a subscription's form, as the answer shows what was typed into them."""

TYPED = "You typed"
"""Begins the text that keeps it."""

MISTAKE = "Mistake in "

KEPT_LINE = re.compile(r"-# ([^:\n]+): (.*)")

ESCAPED = re.compile(r"\\(.)")

AGAIN, SAVE = "Edit", "Save"

SAVED = "pw-save:"
"""Begins the custom_id of a button that saves what stands above it; the form's own custom_id follows."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a field."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed into a form, by the names of its fields, and what is wrong with it."""

    typed: Mapping[str, str]
    mistake: Mistake | None = None


NOTHING = Kept({})
"""A form that nobody has filled in yet."""


def wants_more(command: Command, text: str) -> bool:
    """Whether the command lacks a required argument, which a form then asks for."""
    return command.argument is not None and command.argument.required and not command.argument_in(text)


def subscription_in(name: str, text: str) -> str | None:
    """The number of the subscription that a press opens a form for, "" for a new one; None if it opens none."""
    if name == "subscribe" and not text.strip():
        return ""
    found = re.fullmatch(r"edit\s+([0-9]{1,9})", text.strip()) if name == "papers" else None
    return found[1] if found else None


def form(command: Command, custom_id: str, kept: Kept = NOTHING) -> discord.ui.Modal:
    """A form that asks for the command's argument; understood from its custom_id, like a press."""
    assert command.argument is not None  # noqa: S101 - see `wants_more`
    argument = command.argument
    field = _text(argument.name, kept.typed.get(argument.name, ""), LONGEST, example=argument.example)
    return _modal(f"/{command.name}", custom_id, [_label(argument.name, argument.summary, "", field, kept)])


def subscription_form(draft: Draft, custom_id: str, kept: Kept = NOTHING) -> discord.ui.Modal:
    """A form for a subscription, and for when papers come to its channel."""
    typed = kept.typed
    days, zone = typed.get("days") or draft.schedule, typed.get("zone") or draft.zone
    choices = DAYS if days in DAYS else {days: days} | DAYS
    query = _text("query", typed.get("query", draft.query), LONGEST, example="reinforcement learning, world model")
    at = _text("at", typed.get("at") or draft.at, SHORT, example="09:00", required=False)
    zones = _choice("zone", {name: name for name in (zone, draft.zone, *draft.zones)}, zone)
    named = _text("zone", zone, SHORT, example="Europe/Berlin", required=False)
    is_choice = len(zones.options) > 1
    return _modal(
        f"Subscription {draft.number}" if draft.number else "New subscription",
        custom_id,
        [
            _label("query", "What to follow", "A phrase, or several with commas, AND, NOT", query, kept),
            _label("days", "When this channel gets its papers", "", _choice("days", choices, days), kept),
            _label("at", "Time of digests", "Such as 09:00 or 5pm", at, kept),
            _label("zone", "Time zone", "", zones if is_choice else named, kept),
        ],
    )


def typed_in(data: object) -> dict[str, str]:
    """What was typed into a form or chosen in it, by the names of its fields."""
    return dict(_fields(data))


def keeping(reply: Reply, kept: Kept, custom_id: str, *, saves: bool = False) -> Payload:
    """The answer to a form with what was typed, and buttons to go on from there.

    Args:
        reply: The answer.
        kept: What was typed.
        custom_id: The form's.
        saves: Whether it can be saved as it is.
    """
    text = _kept_text(kept)
    save = [Pressable(SAVE, f"{SAVED}{custom_id}")] if saves else []
    below: list[Part] = [text, Row((*save, Pressable(AGAIN, custom_id)))]
    free = MOST_COMPONENTS - components_in(below)
    parts = reply_parts(reply, room=MOST_TEXT - text_in(below), most=free)
    return Payload(tuple(once([*parts, *below])), COLOUR if reply.ok else TROUBLE)


def saved_in(custom_id: str) -> str:
    """The custom_id of the form that a press saves; empty if it saves none."""
    return custom_id.removeprefix(SAVED) if custom_id.startswith(SAVED) else ""


def kept_in(message: discord.Message | None) -> Kept:
    """What `keeping` put into the message; nothing if it did not."""
    texts = [
        part.content for part in every_component(message.components if message else ()) if isinstance(part, TextDisplay)
    ]
    text = next((text for text in texts if text.startswith(quiet(f"{TYPED}\n"))), "")
    names = {shown: name for name, shown in SHOWN.items()}
    typed: dict[str, str] = {}
    mistake = None
    for label, value in KEPT_LINE.findall(text):
        name, plain = label.removeprefix(MISTAKE), ESCAPED.sub(r"\1", value)
        if label.startswith(MISTAKE):
            mistake = Mistake(names.get(name, name), plain)
        else:
            typed[names.get(name, name)] = plain
    return Kept(typed, mistake)


def _kept_text(kept: Kept) -> str:
    lines = [quiet(TYPED)]
    for name, value in kept.typed.items():
        if value and not (name in {"at", "zone"} and kept.typed.get("days") == INSTANT):
            lines.append(quiet(f"{SHOWN.get(name, name)}: {escape(flat(value)[:LONGEST])}"))
    if kept.mistake:
        field = SHOWN.get(kept.mistake.field, kept.mistake.field)
        lines.append(quiet(f"{MISTAKE}{field}: {fit(flat(kept.mistake.reason), 2 * ABOUT)}"))
    return "\n".join(lines)


def _modal(title: str, custom_id: str, labels: Sequence[discord.ui.Label[Any]]) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=shorten(title, LABEL), custom_id=custom_id)
    for label in labels:
        modal.add_item(label)
    modal.stop()
    return modal


def _label(name: str, text: str, about: str, item: discord.ui.Item[Any], kept: Kept) -> discord.ui.Label[Any]:
    """A field under its name; what is wrong with it stands between the two."""
    if kept.mistake and kept.mistake.field == name:
        about = kept.mistake.reason
    return discord.ui.Label(text=shorten(text, LABEL), description=fit(flat(about), ABOUT, str) or None, component=item)


def _text(name: str, value: str, longest: int, *, example: str, required: bool = True) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=name,
        placeholder=shorten(example, ABOUT),
        default=fit(flat(value), longest, str) or None,
        max_length=longest,
        required=required,
    )


def _choice(name: str, choices: Mapping[str, str], chosen: str) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=label, value=value, default=value == chosen)
        for value, label in choices.items()
        if value and flat(value) == value and units(value) <= ABOUT
    ]
    return discord.ui.Select(custom_id=name, options=options[:MOST_OPTIONS])


def _fields(data: object) -> Iterator[tuple[str, str]]:
    """Every field of a form, with the text that was typed into it or the option that was chosen."""
    if isinstance(data, Mapping):
        name, value, values = data.get("custom_id"), data.get("value"), data.get("values")
        if isinstance(values, list):
            value = next(iter(values), "")
        if isinstance(name, str) and isinstance(value, str):
            yield name, value
        for part in (data.get("components"), data.get("component")):
            yield from _fields(part)
    elif isinstance(data, list):
        for part in data:
            yield from _fields(part)
