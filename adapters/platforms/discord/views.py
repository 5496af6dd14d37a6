"""Payloads as discord.py sends them.

Views are stopped at once, so that discord.py does not keep them: a press is understood from its custom_id, however old
the message is (see `adapters.platforms.discord.answering`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from adapters.platforms.discord.buttons import Pressable, Select, marked
from adapters.platforms.discord.components import Payload
from adapters.platforms.discord.parts import Part, Pictured, Row, Rule

DIGITS = 7
"""Hexadecimal digits of a key in a component's id, a number of 32 bits."""

APART = 1 << 28
"""What is added to the second id, since no two of a message may be equal."""

Item = discord.ui.Item[Any]


def as_view(payload: Payload) -> discord.ui.LayoutView | discord.ui.View | None:
    """All of the message; in the first layout, what is under the embeds, None if nothing is."""
    if payload.embeds:
        return rows_of(payload)
    ids = ids_of(payload.key) if payload.key and not _is_marked(payload.parts) else (None, None)
    first = next((place for place, part in enumerate(payload.parts) if isinstance(part, str)), -1)
    items = [_item(part, ids[1] if place == first else None) for place, part in enumerate(payload.parts)]
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(*items, accent_colour=payload.colour, id=ids[0]))
    view.stop()
    return view


def rows_of(payload: Payload) -> discord.ui.View | None:
    """The first five rows of the message alone, for under a text; None without any."""
    rows = [part for part in payload.parts if isinstance(part, Row | Select)][:5]
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    for number, part in enumerate(rows):
        for item in _menu(part) if isinstance(part, Select) else _buttons(part):
            item.row = number
            view.add_item(item)
    view.stop()
    return view


def as_sent(payload: Payload) -> dict[str, Any]:
    """The payload as the JSON that Discord is sent."""
    view = as_view(payload)
    components = view.to_components() if view else []
    if payload.embeds:
        return {"content": "", "embeds": [embed.to_dict() for embed in payload.embeds], "components": components}
    return {"flags": discord.MessageFlags(components_v2=True).value, "components": components}


def ids_of(key: str) -> tuple[int, int]:
    """The ids of the container and of the first text of a message without commands, which are its key."""
    first, second = (int(key[at : at + DIGITS], 16) for at in (0, DIGITS))
    return first + 1, second + 1 + APART


def _is_marked(parts: Iterable[Part]) -> bool:
    """Whether one of the custom_ids holds a key."""
    for part in parts:
        match part:
            case Row(buttons) if any(marked(button.custom_id) for button in buttons):
                return True
            case Select(custom_id=custom_id) if marked(custom_id):
                return True
    return False


def _item(part: Part, text_id: int | None) -> Item:
    match part:
        case Pictured(texts, picture, alt):
            accessory: Item = discord.ui.Thumbnail(picture, description=alt)
            return discord.ui.Section(*texts, accessory=accessory)
        case Row():
            return discord.ui.ActionRow(*_buttons(part))
        case Select():
            return discord.ui.ActionRow(*_menu(part))
        case Rule():
            return discord.ui.Separator()
    return discord.ui.TextDisplay(part, id=text_id)


def _buttons(row: Row) -> list[Item]:
    return [_button(button) for button in row.buttons]


def _button(button: Pressable) -> Item:
    return discord.ui.Button(
        label=button.label,
        style=discord.ButtonStyle.link if button.url else discord.ButtonStyle.secondary,
        url=button.url or None,
        custom_id=button.custom_id or None,
    )


def _menu(select: Select) -> list[Item]:
    options = [
        discord.SelectOption(label=option.label, value=option.value, description=option.description or None)
        for option in select.options
    ]
    return [discord.ui.Select(custom_id=select.custom_id, placeholder=select.prompt or None, options=options)]
