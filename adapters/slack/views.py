"""What stands around messages in Slack: the dialog to subscribe, and the App Home.

Limits: https://docs.slack.dev/reference/views.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.elements import (
    Block,
    button,
    context,
    cut,
    header,
    inert,
    line,
    numbered,
    paragraph,
    plain,
    said_in,
    says,
    size,
    that_fit,
)
from adapters.slack.papers import more
from adapters.slack.replies import ADVICE, ENTRY, said_blocks
from bot.domain.messages import Entry, Reply

SUBSCRIBE = "subscribe"
"""The callback id of the dialog, and of the shortcut that opens it."""

OPEN = "open_subscribe"
"""The action id of the button that opens the dialog."""

QUERY, CHANNEL, RHYTHM = "query", "channel", "rhythm"
"""Block and action ids of the dialog's inputs."""

RHYTHMS = {
    "instant": "As they come",
    "daily 09:00": "As a digest, daily at 9:00",
    "weekly mon 09:00": "As a digest, Mondays at 9:00",
}

LONGEST = 500
"""Characters of a query."""

BLOCKS = 100
"""Blocks of a view."""

HOME = 100_000
"""Bytes of a home as JSON; Slack refuses views of more than 250 kB: https://docs.slack.dev/reference/methods/views.publish."""

EXPLANATION, ROOM_TEXT = 6_000, 2_000
"""Bytes of JSON."""

SMALLEST = 3_000
"""Bytes that a subscription takes at the most."""

CONFIRMED = 300
"""Characters: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object."""

NAME = 80
"""Characters of a channel's name: https://docs.slack.dev/reference/methods/conversations.create."""

TEACHING = "Such as: reinforcement learning · rlhf, reward model · diffusion -survey · title:agent · upvotes>=20"

WELCOME = Reply(
    "I post new research papers in the channels that subscribe to them. No channel of yours does so yet.\n"
    "• Press the button above, or write /subscribe reinforcement learning in a channel.\n"
    "• In a private channel, let me in first: /invite @Paperwire.\n"
    "• /papers try QUERY shows what a query would have brought, without subscribing.",
    advice=TEACHING,
)
"""What a person sees whose channels have no subscriptions."""

CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{1,30}")


@dataclass(frozen=True, slots=True)
class Submission:
    """What was filled in: the channel's id, the query as typed, and a key of `RHYTHMS`."""

    channel: str
    query: str
    rhythm: str


def subscribe_modal(channel_id: str, *, query: str = "", explanation: Reply | None = None) -> dict[str, Any]:
    """The dialog to subscribe, which asks for an explanation while the query is typed.

    Args:
        channel_id: Where it was opened; empty when that was in no channel.
        query: What stands in the input.
        explanation: What the query was understood to mean, or where its mistake is.
    """
    opened_in = channel_id if CHANNEL_ID.fullmatch(channel_id) else ""
    said = explanation or Reply("", advice=TEACHING)
    advice = [context(line(said.advice, ADVICE))] if says(said.advice) else []
    blocks = [_query(query), *said_blocks(said, EXPLANATION), *advice, _channel(opened_in), _rhythm()]
    return {
        "type": "modal",
        "callback_id": SUBSCRIBE,
        "private_metadata": opened_in,
        "title": plain("Subscribe to papers"),
        "submit": plain("Subscribe"),
        "close": plain("Cancel"),
        "blocks": blocks,
    }


def submitted(view: Mapping[str, Any]) -> Submission | None:
    """What a submitted dialog holds; None when it is none of ours, or not filled in."""
    values = _at(view, "state", "values")
    query = _at(values, QUERY, QUERY, "value")
    channel = _at(values, CHANNEL, CHANNEL, "selected_conversation")
    rhythm = _at(values, RHYTHM, RHYTHM, "selected_option", "value")
    if not (isinstance(query, str) and isinstance(channel, str) and isinstance(rhythm, str)):
        return None
    query = query.strip()
    if not 1 <= len(query) <= LONGEST or not CHANNEL_ID.fullmatch(channel) or rhythm not in RHYTHMS:
        return None
    return Submission(channel, query, rhythm)


def home(rooms: Sequence[tuple[str, str, Reply]]) -> dict[str, Any]:
    """The App Home: a person's channels with their subscriptions.

    Args:
        rooms: Each channel's id, its name, and the answer to ``/subscriptions`` there.
    """
    blocks = [_open_button()]
    if not rooms:
        blocks += [*said_blocks(WELCOME, ROOM_TEXT), context(WELCOME.advice)]
    left, room = BLOCKS - len(blocks) - 1, HOME - size(blocks)
    for number, (channel, name, reply) in enumerate(rooms):
        shown = _room(channel, name, reply, space=left, room=room)
        if not shown:
            blocks.append(more(len(rooms) - number, "channel"))
            break
        blocks += shown
        left, room = left - len(shown), room - size(shown)
    return {"type": "home", "blocks": numbered(blocks)}


def removal(value: str) -> tuple[str, str, str] | None:
    """The channel, command and text that a button of `home` stands for; None when ``value`` is none of ours."""
    said = said_in(value)
    if not said or not CHANNEL_ID.fullmatch(said.get("channel", "")):
        return None
    return said["channel"], said["command"], said["text"]


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


def _rhythm() -> Block:
    options = [{"text": plain(label), "value": rhythm} for rhythm, label in RHYTHMS.items()]
    element = {"type": "static_select", "action_id": RHYTHM, "options": options, "initial_option": options[0]}
    return _input(RHYTHM, "How", element)


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _at(view: object, *path: str) -> object:
    """What stands there; None where nothing does."""
    for key in path:
        if not isinstance(view, Mapping):
            return None
        view = view.get(key)
    return view


def _open_button() -> Block:
    opener = {"type": "button", "action_id": OPEN, "style": "primary", "text": plain("Subscribe a channel")}
    return {"type": "actions", "elements": [opener]}


def _room(channel: str, name: str, reply: Reply, *, space: int, room: int) -> list[Block]:
    """A channel with as many of its subscriptions as ``space`` blocks and ``room`` bytes hold; none if none do."""
    top = [header(line(f"#{name}", NAME)), *said_blocks(reply, ROOM_TEXT)]
    tail = [context(line(reply.advice, ADVICE))] if says(reply.advice) else []
    rows = [_row(entry, channel) for entry in reply.entries]
    least = len(top) + len(tail) + min(len(rows), 2)
    if space < least or room < size(top + tail) + 2 * SMALLEST:
        return []
    count = min(that_fit(rows, room - size(top + tail) - SMALLEST), space - len(top) - len(tail))
    if count < len(rows):
        count = min(count, space - len(top) - len(tail) - 1)
        tail = [more(len(rows) - count, "subscription"), *tail]
    return [*top, *rows[:count], *tail]


def _row(entry: Entry, channel: str) -> Block:
    said = line(entry.text, ENTRY)
    made = button(entry.button, channel=channel) if entry.button else None
    if made is None:
        return paragraph(said)
    confirm = {
        "title": plain("Unsubscribe this channel?"),
        "text": plain(cut(said, CONFIRMED)),
        "confirm": plain("Unsubscribe"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return paragraph(said, made | {"confirm": confirm})
