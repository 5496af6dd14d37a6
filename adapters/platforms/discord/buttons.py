"""Buttons, and how a press is understood, even a year later.

A button's ``custom_id`` holds the whole command, so nothing has to be remembered for it:
``pw:papers:why 2608.01234``. One of them also holds the message's key, after a ``#``.
https://discord.com/developers/docs/components/reference#button
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from adapters.platforms.discord.markdown import fit, flat, web
from bot.domain.messages import Button, Card, Entry, Link, Reply
from bot.text.characters import units

MOST_BUTTONS = 25
"""Five rows of five."""

ROW = 5

LABEL = 80

CUSTOM_ID = 100

LINK = 512

MARK = re.compile(r"#([0-9a-f]{24})\Z")
"""The key of a message (see `bot.domain.message_key`) at the end of a custom_id or of an embed's address."""

PRESSED = re.compile(r"pw:([a-z][a-z0-9_-]{0,31}):([^\x00-\x1f\x7f]*)")


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button that either gives a command, by its ``custom_id``, or opens a ``url``."""

    label: str
    custom_id: str = ""
    url: str = ""


def pressed(custom_id: str) -> tuple[str, str] | None:
    """The command that a press gives: its name and text; None if the button is not ours."""
    if units(custom_id) > CUSTOM_ID:
        return None
    found = PRESSED.fullmatch(MARK.sub("", custom_id))
    return (found[1], found[2]) if found else None


def marked(text: str) -> str:
    """The message's key at the end of a custom_id or an embed's address; empty without one."""
    found = MARK.search(text)
    return found[1] if found else ""


def card_buttons(card: Card) -> tuple[Pressable, ...]:
    """A card's buttons in their order: first its links, then its commands."""
    return (*link_buttons(card.links), *command_buttons(card.buttons))


def reply_buttons(reply: Reply) -> tuple[Pressable, ...]:
    """The buttons of its entries, with their numbers if their labels are alike, as many as fit; then its own."""
    own = each_once([*link_buttons(reply.links), *command_buttons(reply.buttons)])
    labels = [button.label for entry in reply.entries for button in entry.buttons]
    repeated = len(set(labels)) < len(labels)
    numbered = [
        replace(button, label=f"{button.label} {_number(entry, index)}") if repeated else button
        for index, entry in enumerate(reply.entries, 1)
        for button in entry.buttons
    ]
    entries = each_once([*own, *command_buttons(numbered)])[len(own) :]
    return (*entries[: MOST_BUTTONS - len(own)], *own)


def _number(entry: Entry, index: int) -> str:
    """The number at the start of the entry, else its place in the list."""
    number, point, _ = entry.text.partition(".")
    return number if point and number.isdecimal() else str(index)


def link_buttons(links: Iterable[Link]) -> list[Pressable]:
    """Buttons that open links, without those that Discord would refuse."""
    buttons = [Pressable(_label(link.label), url=web(link.url, LINK)) for link in links]
    return [button for button in buttons if button.label and button.url]


def command_buttons(buttons: Iterable[Button]) -> list[Pressable]:
    """Buttons that give commands, without those whose command could not be read back."""
    pressable = []
    for button in buttons:
        custom_id = f"pw:{button.command}:{button.text}"
        label = _label(button.label)
        if label and not marked(custom_id) and pressed(custom_id) == (button.command, button.text):
            pressable.append(Pressable(label, custom_id))
    return pressable


def each_once(buttons: Iterable[Pressable]) -> tuple[Pressable, ...]:
    """The buttons without those that repeat another's command: Discord refuses a message with a custom_id twice."""
    kept: dict[str | Pressable, Pressable] = {}
    for button in buttons:
        kept.setdefault(button.custom_id or button, button)
    return tuple(kept.values())


def with_key(buttons: Sequence[Pressable], key: str) -> tuple[Pressable, ...]:
    """The buttons, with the message's key in the first one that has room for it, if any has."""
    mark = f"#{key}"
    for place, button in enumerate(buttons):
        if key and button.custom_id and units(button.custom_id + mark) <= CUSTOM_ID:
            return (*buttons[:place], replace(button, custom_id=button.custom_id + mark), *buttons[place + 1 :])
    return tuple(buttons)


def rows(buttons: Sequence[Pressable]) -> list[list[Pressable]]:
    """The buttons in rows: links apart from commands, if there are enough rows for that."""
    kinds = [[button for button in buttons if button.url], [button for button in buttons if not button.url]]
    apart = [kind[at : at + ROW] for kind in kinds for at in range(0, len(kind), ROW)]
    if len(buttons) <= ROW or len(apart) > MOST_BUTTONS // ROW:
        return [list(buttons[at : at + ROW]) for at in range(0, len(buttons), ROW)]
    return apart


def _label(text: str) -> str:
    """A button's label, in which Discord reads no markdown."""
    return fit(flat(text), LABEL, str)
