"""Buttons and menus, and how a press is understood, even a year later.

A button's ``custom_id`` holds the whole command, and so does the value of a menu's option, so nothing has to be
remembered for them: ``pw:papers:why 2608.01234``. One custom_id also holds the message's key, after a ``#``.
https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from adapters.platforms.discord.markdown import fit, flat, web
from bot.domain.messages import Button, Link
from bot.text.characters import units

ROW = 5
"""Buttons in a row."""

MOST_OPTIONS = 25

LABEL, OPTION = 80, 100
"""Characters of a button's label, and of an option's label, description and value."""

PROMPT = 150

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


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a menu: its ``value`` is as a button's custom_id."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """A menu of commands.

    Attributes:
        prompt: What it says while nothing is chosen.
        options: Up to 25 choices.
        custom_id: Tells it from other menus of the message.
    """

    prompt: str
    options: tuple[Option, ...]
    custom_id: str


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


def custom_id_of(button: Button) -> str:
    """What a press gives; empty if the command could not be read back from it."""
    custom_id = f"pw:{button.command}:{button.text}"
    readable = not marked(custom_id) and pressed(custom_id) == (button.command, button.text)
    return custom_id if readable else ""


def link_buttons(links: Iterable[Link]) -> list[Pressable]:
    """Buttons that open links, without those that Discord would refuse."""
    buttons = [Pressable(_label(link.label, LABEL), url=web(link.url, LINK)) for link in links]
    return [button for button in buttons if button.label and button.url]


def command_buttons(buttons: Iterable[Button]) -> list[Pressable]:
    """Buttons that give commands, without those whose command could not be read back."""
    pressable = [Pressable(_label(button.label, LABEL), custom_id_of(button)) for button in buttons]
    return [button for button in pressable if button.label and button.custom_id]


def select(name: str, prompt: str, buttons: Iterable[Button | tuple[Button, str]]) -> Select:
    """A menu of commands, without those that could not be read back, that repeat another, or are too many.

    Args:
        name: A word that tells it from other menus of the message.
        prompt: What it says while nothing is chosen.
        buttons: The commands, some with a description.
    """
    options: dict[str, Option] = {}
    for given in buttons:
        button, about = (given, "") if isinstance(given, Button) else given
        value, label = custom_id_of(button), _label(button.label, OPTION)
        if value and label:
            options.setdefault(value, Option(label, value, _label(about, OPTION)))
    return Select(_label(prompt, PROMPT), tuple(options.values())[:MOST_OPTIONS], f"pw-menu:{name}")


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


def rows(buttons: Sequence[Pressable]) -> list[tuple[Pressable, ...]]:
    """The buttons in rows, those that open links apart from those that give commands, if they do not fit in one row."""
    if len(buttons) <= ROW:
        return [tuple(buttons)] if buttons else []
    kinds = [[button for button in buttons if button.url], [button for button in buttons if not button.url]]
    return [tuple(kind[at : at + ROW]) for kind in kinds for at in range(0, len(kind), ROW)]


def _label(text: str, room: int) -> str:
    """A label, in which Discord reads no markdown."""
    return fit(flat(text), room, str)
