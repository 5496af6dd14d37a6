"""How the app's Home tab looks: papers, then a person's channels with their subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.platforms.slack.buttons import actions, button, numbered, overflow, parse_value
from adapters.platforms.slack.cards import more, small_cards
from adapters.platforms.slack.elements import (
    Block,
    beside,
    has_text,
    header,
    line,
    plain,
    rich_text,
    section,
    size,
    that_fit,
)
from adapters.platforms.slack.form import OPEN, TEACHING
from adapters.platforms.slack.payloads import CHANNEL_ID, THREAD, parts_of
from adapters.platforms.slack.pieces import inline, on_one_line, small_print, text_object
from adapters.platforms.slack.replies import DETAIL, ENTRY, advice_blocks, in_one, text_blocks
from bot.domain.messages import Button, Entry, Reply
from bot.text.rich import code, rich

BLOCKS = 100
"""Blocks of a view: https://docs.slack.dev/reference/block-kit/blocks."""

HOME = 100_000
"""Bytes of a Home tab as JSON; Slack refuses views of more than 250 kB: https://docs.slack.dev/reference/methods/views.publish."""

CHANNEL_TEXT = 2_000
"""Bytes of JSON for the text above a channel's subscriptions."""

SMALLEST = 3_000
"""Bytes of JSON that a subscription takes at most, with its small print and its buttons."""

CONFIRMED = 300
"""Characters: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object."""

NAME = 80
"""Characters of a channel's name: https://docs.slack.dev/reference/methods/conversations.create."""

PAPERS, PART_BLOCKS, PART = 5, 15, 12_000
"""Papers of a part, its blocks, and its bytes of JSON."""

WELCOME = Reply(
    rich(
        "I post new research papers in channels that subscribe to them. None of your channels does yet.\n"
        "• Press the button above, or type ",
        code("/subscribe reinforcement learning"),
        " in a channel.\n• In a private channel, invite me first: ",
        code("/invite @Paperwire"),
        ".\n• ",
        code("/papers try QUERY"),
        " shows what a query would have brought, without subscribing.",
    ),
    advice=TEACHING,
)
"""Shown to a person whose channels have no subscriptions."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the Home tab.

    Attributes:
        heading: What it is: "Today", or the channel's name.
        channel: The id of the channel or thread that its buttons are for.
        reply: What it shows.
    """

    heading: str
    channel: str
    reply: Reply


def home(papers: Sequence[Part], channels: Sequence[Part]) -> dict[str, Any]:
    """The Home tab.

    Args:
        papers: Answers with papers, for the person's own direct messages; those without any are left out.
        channels: The answers to ``/subscriptions`` in the person's channels.
    """
    blocks = [_open_button()]
    for part in papers:
        shown = _papers(part)
        blocks += [header(line(part.heading, NAME)), *shown] if shown else []
    if not channels:
        blocks += [*text_blocks(WELCOME, CHANNEL_TEXT), *advice_blocks(WELCOME)]
    left, room = BLOCKS - len(blocks) - 1, HOME - size(blocks)
    for number, part in enumerate(channels):
        shown = _channel(part, space=left, room=room)
        if not shown:
            blocks.append(more(len(channels) - number, "channel"))
            break
        blocks += shown
        left, room = left - len(shown), room - size(shown)
    return {"type": "home", "blocks": numbered(blocks)}


def pressed_at_home(value: str) -> tuple[str, str, str] | None:
    """The channel, command and text of a button of `home`; None if Paperwire did not make ``value``."""
    command = parse_value(value)
    channel, thread = parts_of((command or {}).get("channel", ""))
    if not command or not CHANNEL_ID.fullmatch(channel) or (thread and not THREAD.fullmatch(thread)):
        return None
    return command["channel"], command["command"], command["text"]


def _open_button() -> Block:
    opener = {"type": "button", "action_id": OPEN, "style": "primary", "text": plain("Subscribe a channel")}
    return {"type": "actions", "elements": [opener]}


def _papers(part: Part) -> list[Block]:
    if part.reply.cards:
        return small_cards(part.reply.cards[:PAPERS], PART, PART_BLOCKS, channel=part.channel)
    return [block for entry in part.reply.entries[:PAPERS] for block in _entry(entry, part.channel)]


def _channel(part: Part, *, space: int, room: int) -> list[Block]:
    """A channel with the subscriptions that fit ``space`` blocks and ``room`` bytes; an empty list if nothing fits."""
    top = [header(line(part.heading, NAME)), *text_blocks(part.reply, CHANNEL_TEXT)]
    tail = advice_blocks(part.reply)
    space, room = space - len(top) - len(tail) - 1, room - size(top + tail) - SMALLEST
    entries = part.reply.entries
    shown = [block for entry in entries[: space + 1] for block in _entry(entry, part.channel)]
    if len(shown) > space or size(shown) > room:
        rows = [_row(entry, part.channel) for entry in entries[: max(space, 0)]]
        shown = rows[: that_fit(rows, room)]
        if len(shown) < len(entries):
            tail = [more(len(entries) - len(shown), "subscription"), *tail]
    return [*top, *shown, *tail] if space >= 0 and room >= 0 and (shown or not entries) else []


def _row(entry: Entry, channel: str) -> Block:
    """An entry where there is no room for more: with a menu, or its only button, beside it."""
    beside_it = overflow(entry.buttons, channel=channel)
    if beside_it and beside_it["type"] == "button":
        beside_it = _asking(beside_it, entry.buttons[0], entry)
    return beside(text_object(in_one(entry), ENTRY), beside_it)


def _entry(entry: Entry, channel: str) -> list[Block]:
    """An entry, its small print and its buttons, of which a removal is asked about once more."""
    detail = small_print(on_one_line(entry.detail, DETAIL)) if has_text(entry.detail) else []
    row = [
        _asking(pressable, one, entry)
        for one in entry.buttons
        if (pressable := button(one, channel=channel, about=entry.text))
    ]
    return [rich_text(section(*inline(on_one_line(entry.text, ENTRY)))), *detail, *actions([], *row)]


def _asking(pressable: Block, target: Button, entry: Entry) -> Block:
    """The button, which asks once more before it removes something."""
    if target.command != "unsubscribe":
        return pressable
    confirm = {
        "title": plain("Unsubscribe this channel?"),
        "text": plain(line(entry.text, CONFIRMED)),
        "confirm": plain("Unsubscribe"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return pressable | {"confirm": confirm}
