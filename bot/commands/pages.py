"""Lists of papers, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.messages import Button

Item = TypeVar("Item")

SHOWN = 10
"""Cards in one reply: as many as people read, and platforms take in one message."""

PAGE = re.compile(r"page:([1-9]\d{0,2})(?:\s+|$)", re.IGNORECASE)
"""The page that is asked for, before a query or day. No query begins so: the language has no field of this name."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A page, and the way to those beside it.

    Attributes:
        items: What stands on it.
        which: Which of all these are: "; 11–20"; empty when they are all.
        buttons: To the page before and the next one, as far as there are any.
        advice: How the next page is asked for; empty when there is none.
    """

    items: Sequence[Item]
    which: str
    buttons: tuple[Button, ...]
    advice: str


def paged(text: str) -> tuple[int, str]:
    """The page that ``text`` asks for, and the rest of it."""
    found = PAGE.match(text)
    return (int(found[1]), text[found.end() :]) if found else (1, text)


def page_of(items: Sequence[Item], number: int, command: Callable[[int], str]) -> Page[Item]:
    """The page with that number, or the last one; ``command`` is what stands behind ``/papers`` for another page."""
    number = min(number, -(-len(items) // SHOWN))
    first = (number - 1) * SHOWN
    shown = items[first : first + SHOWN]
    buttons = [Button("Previous", "papers", command(number - 1))] if number > 1 else []
    following = command(number + 1) if first + SHOWN < len(items) else ""
    if following:
        buttons.append(Button("Next", "papers", following))
    return Page(
        shown,
        which=f"; {first + 1}–{first + len(shown)}" if len(items) > SHOWN else "",
        buttons=tuple(buttons),
        advice=f"More: /papers {following}" if following else "",
    )
