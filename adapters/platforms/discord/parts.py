"""The parts of a message's container, and how much of them a message holds.

https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from adapters.platforms.discord.buttons import Pressable, Select, each_once, with_key
from bot.text.characters import units

MOST_TEXT = 4000
"""Characters in all texts of a message together, with their markup."""

MOST_COMPONENTS = 40
"""Components of a message, the container and those inside others too."""


@dataclass(frozen=True, slots=True)
class Row:
    """Up to five buttons beside each other."""

    buttons: tuple[Pressable, ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """Up to three texts beside a picture.

    Attributes:
        texts: The texts, in markdown.
        picture: The picture's address.
        alt: What the picture shows, for who does not see it.
    """

    texts: tuple[str, ...]
    picture: str
    alt: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""


Part = str | Pictured | Row | Select | Rule
"""A text in markdown, or something else in a container."""


def components_in(parts: Iterable[Part]) -> int:
    """How many components the parts are."""
    return sum(map(_components, parts))


def text_in(parts: Iterable[Part]) -> int:
    """How many code units of text the parts have."""
    return sum(units(text) for part in parts for text in _texts(part))


def once(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts without buttons that repeat another's command, and without empty ones.

    Discord refuses a message with a custom_id twice.
    """
    seen: set[str] = set()
    for part in parts:
        match part:
            case Row(buttons):
                kept = tuple(button for button in each_once(buttons) if button.custom_id not in seen)
                seen.update(button.custom_id for button in kept if button.custom_id)
                if kept:
                    yield Row(kept)
            case "" | Select(options=()):
                continue
            case _:
                yield part


def keyed(parts: Sequence[Part], key: str) -> tuple[Part, ...]:
    """The parts with the message's key in the first custom_id that has room for it, if any has."""
    kept = list(parts)
    for place, part in enumerate(parts):
        match part:
            case Row(buttons):
                kept[place] = Row(with_key(buttons, key))
            case Select(custom_id=custom_id):
                kept[place] = replace(part, custom_id=f"{custom_id}#{key}")
        if kept[place] != part:
            break
    return tuple(kept)


def _components(part: Part) -> int:
    match part:
        case Pictured(texts):
            return 2 + len(texts)
        case Row(buttons):
            return 1 + len(buttons)
        case Select():
            return 2
    return 1


def _texts(part: Part) -> tuple[str, ...]:
    match part:
        case str():
            return (part,)
        case Pictured(texts):
            return texts
    return ()
