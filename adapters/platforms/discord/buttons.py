"""Buttons: what stands on them, and how a press is read back, today and in a year.

A button's ``custom_id`` holds the whole command, so that nothing has to be remembered for it to work:
``pw:papers:why 2608.01234``. One of them also holds the key of the message, behind a ``#``.
https://discord.com/developers/docs/components/reference#button
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from adapters.platforms.discord.markdown import fit, one_line, units, web
from bot.domain.messages import Button, Link

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
    """A button: with a ``custom_id`` it gives a command, with a ``url`` it opens it; it has one of the two."""

    label: str
    custom_id: str = ""
    url: str = ""


def pressed(custom_id: str) -> tuple[str, str] | None:
    """The command that a press gives: its name and what stands behind it; None when the button is not ours."""
    if units(custom_id) > CUSTOM_ID:
        return None
    found = PRESSED.fullmatch(MARK.sub("", custom_id))
    return (found[1], found[2]) if found else None


def marked(text: str) -> str:
    """The message's key at the end of a custom_id or of an embed's address; empty when it holds none."""
    found = MARK.search(text)
    return found[1] if found else ""


def link_buttons(links: Iterable[Link]) -> list[Pressable]:
    """Buttons that open addresses; those that Discord would not take are left out."""
    made = [Pressable(_label(link.label), url=web(link.url, LINK)) for link in links]
    return [button for button in made if button.label and button.url]


def command_buttons(buttons: Iterable[Button]) -> list[Pressable]:
    """Buttons that give commands, each command once; those that could not be read back are left out."""
    made: dict[str, Pressable] = {}
    for button in buttons:
        custom_id = f"pw:{button.command}:{button.text}"
        label = _label(button.label)
        if label and not marked(custom_id) and pressed(custom_id) == (button.command, button.text):
            made.setdefault(custom_id, Pressable(label, custom_id))
    return list(made.values())


def each_once(buttons: Iterable[Pressable]) -> tuple[Pressable, ...]:
    """The buttons without those that give the command of an earlier one: Discord refuses a custom_id that occurs twice.

    https://discord.com/developers/docs/components/reference#anatomy-of-a-component
    """
    return tuple({button.custom_id or button: button for button in reversed(tuple(buttons))}.values())[::-1]


def with_key(buttons: Sequence[Pressable], key: str) -> tuple[Pressable, ...]:
    """The same, with the message's key in the first of them that has room for it; as they are when none has."""
    mark = f"#{key}"
    for place, button in enumerate(buttons):
        if key and button.custom_id and units(button.custom_id + mark) <= CUSTOM_ID:
            return (*buttons[:place], replace(button, custom_id=button.custom_id + mark), *buttons[place + 1 :])
    return tuple(buttons)


def rows(buttons: Sequence[Pressable]) -> list[list[Pressable]]:
    """The buttons in rows: what opens addresses apart from what gives commands, if there are rows enough for that."""
    kinds = [[each for each in buttons if each.url], [each for each in buttons if not each.url]]
    apart = [kind[at : at + ROW] for kind in kinds for at in range(0, len(kind), ROW)]
    if len(buttons) <= ROW or len(apart) > MOST_BUTTONS // ROW:
        return [list(buttons[at : at + ROW]) for at in range(0, len(buttons), ROW)]
    return apart


def _label(text: str) -> str:
    """What stands on a button, which shows no markdown."""
    return fit(one_line(text), LABEL, str)
