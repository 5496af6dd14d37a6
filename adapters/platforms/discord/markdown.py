"""Text that Discord shows as it was meant: literal, bold, linked or as code, and no longer than there is room for.

What Discord reads as markup: https://discord.com/developers/docs/reference#message-formatting and
https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from bot.text.addresses import is_web
from bot.text.characters import one_line, units, visible_lines
from bot.text.shorten import ELLIPSIS, around_caret, shorten

SPECIAL = re.compile(
    r"[\\*_~|`\[\]<@]"
    r"|:(?=\S)"  # :smile:, https://
    r"|(?i:(?<=\.gg)/|(?<=\.com)/)"  # invitations, which are found without a scheme too
)
LINE_START = re.compile(r"^(\s*)([#>-])", re.MULTILINE)
"""Headings, quotes, lists and subtext."""

NUMBERED = re.compile(r"^(\s*\d+)\.", re.MULTILINE)

PAIRED_BRACKETS = re.compile(r"[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*")

WITH_DOT = re.compile(r"https?://[a-z0-9_-]+(?:\.[a-z0-9_-]+)+(?![^:/?#])", re.IGNORECASE)
"""Discord refuses an address whose host has no dot, such as http://localhost."""

IN_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfffA-Za-z0-9%/:?#@!$&+,;=~._-]")
"""What is percent-encoded in an address, because it could end a link early: brackets, stars, quotation marks.

White space, control characters and lone surrogates stay as they are, and `is_web` turns them down.
"""

CODE_COLUMNS = 40
"""Columns of a code block: what a phone shows without breaking a line, which would take a caret from its place."""

SHORTEST = 24
"""Code units that a line is shortened to at most: shorter ones say nothing, and are better counted than shown."""


MOST_TEXT = 10_000
"""Characters of a text that are looked at: no message has room for so many, and a hostile one may have millions."""


def inert(text: str) -> str:
    """The text in its lines, up to `MOST_TEXT`, without characters that cannot be seen."""
    return visible_lines(text[:MOST_TEXT])


def flat(text: str) -> str:
    """The text on one line, up to `MOST_TEXT`, without characters that cannot be seen."""
    return one_line(text[:MOST_TEXT])


def escape(text: str) -> str:
    """What makes Discord show ``text`` literally wherever it reads markdown; see `inert` for what is left out.

    Every mark that could begin something gets a backslash, which Discord takes off again. Marks that only count at the
    start of a line are left alone elsewhere.
    """
    marked = SPECIAL.sub(r"\\\g<0>", inert(text))
    return NUMBERED.sub(r"\1\\.", LINE_START.sub(r"\1\\\2", marked))


def bold(text: str) -> str:
    """The text, literally, in bold."""
    said = escape(text)
    return f"**{said}**" if said.strip() else said


def link(label: str, url: str, room: int) -> str:
    """A link that shows ``label``, shortened; the label alone when ``url`` is none that Discord would link.

    Args:
        label: What it shows, on one line.
        url: Where it leads.
        room: Code units of the label, with its backslashes.
    """
    shown = fit(flat(label) or ELLIPSIS, room, _label)
    address = web(url, LONGEST_LINK)
    return f"[{shown}]({address})" if address else shown


LONGEST_LINK = 300
"""Code units of an address that is linked in a text, where it takes room from what is said."""


def web(url: str, longest: int = 2048) -> str:
    """The address as Discord takes it, with nothing in it that could end a link early; empty when it is not one.

    Only http and https: https://discord.com/developers/docs/resources/message#embed-object-embed-structure.
    """
    address = IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
    return address if WITH_DOT.match(address) and is_web(address, longest) else ""


def code_block(text: str, room: int) -> str:
    """The lines in a fixed-width font, as one block that nothing in them can end; empty when there is nothing to show.

    Args:
        text: The lines.
        room: Code units of the whole block.
    """
    shown = around_caret(text[:MOST_TEXT], CODE_COLUMNS)
    fence = "```\n{}\n```"
    inside = shown.replace("``", "`\u200b`").replace("``", "`\u200b`").strip("\n")
    while units(fence.format(inside)) > room and inside:
        inside = inside[: -max(1, units(fence.format(inside)) - room)].rstrip()
    return fence.format(inside) if inside.strip() else ""


def fit(text: str, room: int, render: Callable[[str], str] = escape) -> str:
    """``text`` rendered, or as much of its beginning as the room holds with an ellipsis at the end.

    Args:
        text: What is said.
        room: Code units of what is rendered.
        render: Makes of a text what is sent; the longer the text, the longer what it makes.
    """
    size = min(len(text), max(room, 0))
    shown = render(shorten(text, size))
    while size > 0 and (excess := units(shown) - room) > 0:
        size -= max(1, excess // 4)
        shown = render(shorten(text, size))
    return shown if size > 0 else ""


def fit_lines(count: int, render: Callable[[int, int], str], room: int, *, longest: int) -> list[str]:
    """Lines that fit the room together, all shortened alike; what fits in no way is counted in a last line.

    Args:
        count: How many lines there are.
        render: Makes a line: its index, and how many code units its text may have.
        room: Code units of all lines with their ends.
        longest: Code units that a line's text may have at most.
    """

    def lines(size: int) -> list[str]:
        return [render(index, size) for index in range(count)]

    low, high = min(SHORTEST, longest), longest
    while low < high:
        middle = (low + high + 1) // 2
        if _length(lines(middle)) <= room:
            low = middle
        else:
            high = middle - 1
    fitting = lines(low)
    if _length(fitting) <= room:
        return fitting
    while fitting and _length([*fitting, _more(count - len(fitting))]) > room:
        fitting.pop()
    return [*fitting, _more(count - len(fitting))] if fitting else []


def _length(lines: Sequence[str]) -> int:
    return sum(units(line) + 1 for line in lines)


def _more(number: int) -> str:
    return f"… and {number:,} more"


def _label(text: str) -> str:
    """A link's text: Discord counts its brackets without regard to backslashes, and links none that show an address."""
    paired = text if PAIRED_BRACKETS.fullmatch(text) else text.replace("[", "(").replace("]", ")")
    return escape(paired.replace("://", ": //"))
