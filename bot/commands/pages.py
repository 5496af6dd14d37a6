"""Lists, a page at a time: of cards, and of entries that each platform shows whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain import DIGEST_LIMIT
from bot.domain.messages import Button, Entry

Item = TypeVar("Item")

PAGE_SIZE = DIGEST_LIMIT
"""Cards on a page: as many as a digest has in a message, and for the same reason."""

ENTRIES = 6
"""Entries on a page. Discord takes 40 components in a message, those within others included: an entry is a text, a row
and its three buttons, so six take 30. The frame, the texts around them and a row of buttons have the rest:
https://discord.com/developers/docs/components/reference."""

ENTRIES_SIZE = 3_000
"""Bytes of the entries on a page, so that they are shown whole: the texts of a message in Discord hold 4,000
characters, a reply in Slack 12,000 bytes with its buttons."""

PAGE = re.compile(r"page:([1-9]\d{0,2})(?:\s+|$)", re.IGNORECASE)
"""The page number before a query or day. It cannot begin a query: the language has no field of this name."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list.

    Attributes:
        items: The items on the page.
        which: Their places in the list: " (11–20)"; empty if the page holds the whole list.
        buttons: Buttons to the previous and the next page, if there are any.
        is_last: Whether no page follows.
    """

    items: Sequence[Item]
    which: str
    buttons: tuple[Button, ...]
    is_last: bool = True


def split_page(text: str) -> tuple[int, str]:
    """The page number at the beginning of ``text``, 1 if there is none, and the rest of ``text``."""
    found = PAGE.match(text)
    return (int(found[1]), text[found.end() :]) if found else (1, text)


def page_of(items: Sequence[Item], number: int, button: Callable[[str, int], Button]) -> Page[Item]:
    """Make a page of cards.

    Args:
        items: The whole list.
        number: The page, from 1; the last page if there are fewer.
        button: From a label and the number of another page to the button that shows it.
    """
    return _page(items, list(range(0, len(items), PAGE_SIZE)), number, button)


def page_of_entries(
    items: Sequence[Item], number: int, button: Callable[[str, int], Button], *, longest: Callable[[Item], Entry]
) -> Page[Item]:
    """Make a page of entries, as many as are shown whole.

    Args:
        items: The whole list.
        number: The page, from 1; the last page if there are fewer.
        button: From a label and the number of another page to the button that shows it.
        longest: The longest entry that an item may become.
    """
    starts, size = [0], 0
    for place, item in enumerate(items):
        entry = longest(item)
        own = len(entry.text.encode()) + len(entry.detail.encode())
        size += own
        if place - starts[-1] == ENTRIES or (size > ENTRIES_SIZE and place > starts[-1]):
            starts.append(place)
            size = own
    return _page(items, starts, number, button)


def _page(
    items: Sequence[Item], starts: Sequence[int], number: int, button: Callable[[str, int], Button]
) -> Page[Item]:
    # An old button may ask for a page that no longer exists, since retention removes papers.
    number = min(number, len(starts))
    first = starts[number - 1]
    end = starts[number] if number < len(starts) else len(items)
    buttons = [button("Previous", number - 1)] if number > 1 else []
    if number < len(starts):
        buttons.append(button("Next", number + 1))
    which = "" if len(starts) == 1 else f" ({first + 1}–{end})" if end - first > 1 else f" ({end})"
    return Page(items[first:end], which, tuple(buttons), is_last=number == len(starts))
