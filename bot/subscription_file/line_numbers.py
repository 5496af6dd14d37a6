"""The line of each table, for errors."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEADING = re.compile(r"^[ \t]*\[\[[ \t]*channels(\.subscriptions)?[ \t]*\]\]", re.MULTILINE)

Place = tuple[str | int, ...]
"""Where a value is, as pydantic gives it: ``("channels", 0, "subscriptions", 2, "query")``."""


def lines_of(text: str, file: Mapping[str, object]) -> dict[Place, int]:
    """The line of each table's heading.

    Empty if that is uncertain: tables may be written inline, and a text of several lines may look like a heading.
    """
    lines: dict[Place, int] = {}
    line, counted = 1, 0
    table: Place = ("channels", -1)
    for heading in HEADING.finditer(text):
        if not heading[1]:
            table = ("channels", int(table[1]) + 1)
        else:
            table = (*table[:2], "subscriptions", int(table[3]) + 1 if table[3:] else 0)
        line, counted = line + text.count("\n", counted, heading.end()), heading.end()
        lines[table] = line
    return lines if lines.keys() == {*_tables(file, "channels")} else {}


def table_of(place: Place) -> Place:
    """The table of the channel or subscription that a value belongs to; empty for the file itself."""
    return place[:4] if "subscriptions" in place and len(place) > 3 else place[:2] if len(place) > 1 else ()  # noqa: PLR2004


def where(place: Place, lines: Mapping[Place, int]) -> str:
    """Name the table that a value is in, with its line if that is known."""
    match table_of(place):
        case (_, int(channel), _, int(subscription)):
            name = f"subscription {subscription + 1} of channel {channel + 1}"
        case (_, int(channel)):
            name = f"channel {channel + 1}{', pause' if 'pause' in place[:-1] else ''}"
        case _:
            name = "the file"
    line = lines.get(table_of(place))
    return f"Line {line}, {name}" if line else name.capitalize()


def _tables(table: object, key: str, place: Place = ()) -> list[Place]:
    """The places of a table's tables, and of those in them."""
    inner = table.get(key) if isinstance(table, dict) else None
    found: list[Place] = []
    for number, child in enumerate(inner if isinstance(inner, list) else []):
        found += [(*place, key, number), *_tables(child, "subscriptions", (*place, key, number))]
    return found
