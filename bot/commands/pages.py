"""Lists of papers, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.messages import Button

Item = TypeVar("Item")

PAGE_SIZE = 10
"""Cards on a page. Discord takes at most 10 embeds in a message, which are its cards:
https://discord.com/developers/docs/resources/message#create-message."""

PAGE = re.compile(r"page:([1-9]\d{0,2})(?:\s+|$)", re.IGNORECASE)
"""The page number before a query or day. It cannot begin a query: the language has no field of this name."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list.

    Attributes:
        items: The items on the page.
        which: Their places in the list: " (11–20)"; empty if the page holds the whole list.
        buttons: Buttons to the previous and the next page, if there are any.
        advice: The command for the next page; empty on the last one.
    """

    items: Sequence[Item]
    which: str
    buttons: tuple[Button, ...]
    advice: str


def split_page(text: str) -> tuple[int, str]:
    """The page number at the beginning of ``text``, 1 if there is none, and the rest of ``text``."""
    found = PAGE.match(text)
    return (int(found[1]), text[found.end() :]) if found else (1, text)


def page_of(items: Sequence[Item], number: int, command: Callable[[int], str]) -> Page[Item]:
    """Make a page of a list.

    Args:
        items: The whole list.
        number: The page, from 1; the last page if there are fewer.
        command: From the number of another page to what follows ``/papers`` to show it.
    """
    # An old button may ask for a page that no longer exists, since retention removes papers.
    number = min(number, -(-len(items) // PAGE_SIZE))
    first = (number - 1) * PAGE_SIZE
    shown = items[first : first + PAGE_SIZE]
    buttons = [Button("Previous", "papers", command(number - 1))] if number > 1 else []
    next_page = command(number + 1) if first + PAGE_SIZE < len(items) else ""
    if next_page:
        buttons.append(Button("Next", "papers", next_page))
    return Page(
        shown,
        which=f" ({first + 1}–{first + len(shown)})" if len(items) > PAGE_SIZE else "",
        buttons=tuple(buttons),
        advice=f"More: /papers {next_page}" if next_page else "",
    )
