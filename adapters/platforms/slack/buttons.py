"""What people press and choose: buttons, rows of them, menus; and the commands that these give."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from adapters.platforms.slack.elements import URL, Block, beside, has_text, line, plain, size, that_fit
from bot.domain.messages import Button, Link, Menu
from bot.text.addresses import is_web
from bot.text.characters import units

LABEL, VALUE = 75, 2_000
"""Characters of a button: https://docs.slack.dev/reference/block-kit/block-elements/button-element."""

OPTION_VALUE = 150
"""Characters; its label is as long as a button's:
https://docs.slack.dev/reference/block-kit/composition-objects/option-object."""

LEAST_OPTIONS, MOST_OPTIONS = 2, 5
"""Options of an overflow menu: https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element."""

CHOICES = 100
"""Options of a select: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element."""

PROMPT = 300
"""Characters of what a select asks."""

ACTIONS, ROW = 25, 4_000
"""Elements of a row (https://docs.slack.dev/reference/block-kit/blocks/actions-block), and bytes of its JSON."""

CHOICE = 2_500
"""Bytes of JSON of a select's options."""

OPENS = "link"
"""How the value of an option begins that only opens an address."""

PRESSABLE = {"button", "overflow", "static_select"}

COMMAND = re.compile(r"[a-z][a-z0-9_-]{0,31}")
"""A slash command's name."""

TYPED = re.compile(rf"({COMMAND.pattern}) ([^\s&<>]+(?: [^\s&<>]+)*)")
"""A command as it is typed, for values that are short and that Slack gives back as they are."""


def actions(targets: Iterable[Link | Button], *more: Block, channel: str = "") -> list[Block]:
    """A row of the buttons that Slack takes and that fit a row, and then ``more``; an empty list without any."""
    row: list[Block] = []
    for element in [*(button(target, channel=channel) for target in targets), *more]:
        if element and size([*row, element]) <= ROW and len(row) < ACTIONS:
            row.append(element)
    return [{"type": "actions", "elements": row}] if row else []


def button(target: Link | Button, *, channel: str = "", about: str = "") -> Block | None:
    """A button; None if Slack would not take its address or command.

    Args:
        target: What it opens, or the command that it gives.
        channel: The channel that the command is for; empty for the one that the button stands in.
        about: What it is about, for screen readers, where the same label stands beside other things too.
    """
    made = _target(target, channel, VALUE)
    if made is None:
        return None
    label = line(target.label, LABEL)
    spoken = {"accessibility_label": line(f"{label}: {about}", LABEL)} if has_text(about) else {}
    return {"type": "button", "action_id": _id(target), "text": plain(label), **made, **spoken}


def overflow(targets: Sequence[Link | Button], links: Button | None = None, *, channel: str = "") -> Block | None:
    """A menu behind three dots: an overflow menu, or a button if there is only one thing to do; None if there is none.

    Args:
        targets: What can be done, most wanted first.
        links: The command that shows the links among ``targets``, and takes their place if they do not all fit; None
            to leave out what does not fit.
        channel: As for `button`.
    """
    fitting = [target for target in targets if _target(target, channel, OPTION_VALUE)]
    if links and len(fitting) > MOST_OPTIONS and _target(links, channel, OPTION_VALUE):
        commands = [target for target in fitting if isinstance(target, Button)]
        fitting = [*commands[: MOST_OPTIONS - 1], links]
    fitting = fitting[:MOST_OPTIONS]
    if len(fitting) < LEAST_OPTIONS:
        return button(fitting[0], channel=channel) if fitting else None
    options = [
        _option(one, channel) | ({"value": f"{OPENS}:{number}"} if isinstance(one, Link) else {})
        for number, one in enumerate(fitting)
    ]
    return {"type": "overflow", "action_id": "command", "options": options}


def select(menu: Menu) -> list[Block]:
    """A choice of commands beside what is asked; an empty list without anything to choose."""
    options = [_option(option, "") for option in menu.options if _target(option, "", OPTION_VALUE)]
    shown = options[: min(that_fit(options, CHOICE), CHOICES)]
    if not shown:
        return []
    element = {"type": "static_select", "action_id": "command", "placeholder": plain("Choose"), "options": shown}
    return [beside(plain(line(menu.prompt, PROMPT)), element)]


def parse_value(value: str) -> dict[str, str] | None:
    """The command in a button's value; None if Paperwire did not make the button."""
    if typed := TYPED.fullmatch(value):
        return {"command": typed[1], "text": typed[2]}
    try:
        command = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(command, dict) or not {"command", "text"} <= command.keys() <= {"command", "text", "channel"}:
        return None
    if not all(isinstance(part, str) for part in command.values()) or not COMMAND.fullmatch(command["command"]):
        return None
    return command


def numbered(blocks: list[Block]) -> list[Block]:
    """The blocks, with a number behind the action id of each button and menu: ``command:0``, ``link:1`` ….

    An id may occur once in a block: https://docs.slack.dev/reference/block-kit/block-elements/button-element.
    """
    elements = [
        element
        for block in blocks
        for element in [*(block["elements"] if block["type"] == "actions" else ()), block.get("accessory", {})]
        if element.get("type") in PRESSABLE and element.get("action_id") in {"command", "link"}
    ]
    for number, element in enumerate(elements):
        element["action_id"] = f"{element['action_id']}:{number}"
    return blocks


def _id(target: Link | Button) -> str:
    return "link" if isinstance(target, Link) else "command"


def _option(target: Link | Button, channel: str) -> Block:
    return {"text": plain(line(target.label, LABEL)), **(_target(target, channel, OPTION_VALUE) or {})}


def _target(target: Link | Button, channel: str, longest: int) -> Block | None:
    """The address, or the value that stands for the command; None if Slack would not take it."""
    if isinstance(target, Link):
        return {"url": target.url} if is_web(target.url, URL) else None
    value = f"{target.command} {target.text}"
    if channel or not TYPED.fullmatch(value):
        command = {"command": target.command, "text": target.text} | ({"channel": channel} if channel else {})
        # Slack may escape these three on the way back: https://github.com/slackapi/bolt-python/issues/513
        value = json.dumps(command, ensure_ascii=False, separators=(",", ":")).translate(
            {ord("&"): r"\u0026", ord("<"): r"\u003c", ord(">"): r"\u003e"}
        )
    if units(value) > longest or any("\ud800" <= character <= "\udfff" for character in value):
        return None
    return {"value": value}
