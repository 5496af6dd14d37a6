"""What every rule for payloads measures: keys, lengths, addresses and names.

Lengths are counted in UTF-16 code units, which is never less than what Discord counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.text.characters import units

DOCS = "https://discord.com/developers/docs"

Complaints = Iterator[str]


def unknown(given: dict[str, Any], known: set[str], where: str, rule: str) -> Complaints:
    """Keys that Discord does not know there."""
    if others := sorted(given.keys() - known):
        yield f"{', '.join(others)} in {where}: {rule}"


def unique(custom_ids: list[str]) -> Complaints:
    """Names that occur twice."""
    if len(set(custom_ids)) < len(custom_ids):
        yield f"a custom_id occurs twice: {DOCS}/components/reference#anatomy-of-a-component"


def length(text: Any, least: int, most: int, what: str, rule: str) -> Complaints:  # noqa: ANN401 - as sent
    """Check the text as it is, and without the white space that Discord strips at both ends."""
    if not isinstance(text, str):
        yield f"{what} is not a text: {rule}"
    elif re.search("[\ud800-\udfff]", text):
        yield f"{what} holds half a character: {rule}"
    elif units(text) > most or units(text.strip()) < least:
        yield f"{what} has {units(text)} characters, and {least}–{most} are allowed: {rule}"


def well_formed(url: Any, schemes: tuple[str, ...], most: int, rule: str) -> Complaints:  # noqa: ANN401 - as sent
    """An address that Discord does not take; none is all right."""
    if url is None:
        return
    found = re.fullmatch(r"([a-z]+)://[^\s/?#<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*", url) if isinstance(url, str) else None
    if found is None or found[1] not in schemes or len(url) > most:
        yield f"a url is not well formed, too long, or of a scheme other than {', '.join(schemes)}: {rule}"
