"""Text as Discord's markdown: literal, bold, linked or as code, and no longer than there is room for.

What Discord takes as markup: https://discord.com/developers/docs/reference#message-formatting and
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
    r"|(?i:(?<=\.gg)/|(?<=\.com)/)"  # invitations, which Discord finds without a scheme too
)
LINE_START = re.compile(r"^((?:• )? *)([#>-])", re.MULTILINE)
"""Headings, quotes, lists and subtext, also within an item of a list (see `pieces.lines`)."""

NUMBERED = re.compile(r"^((?:• )? *\d+)\.", re.MULTILINE)

PAIRED_BRACKETS = re.compile(r"[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*")

WITH_DOT = re.compile(r"https?://[a-z0-9_-]+(?:\.[a-z0-9_-]+)+(?![^:/?#])", re.IGNORECASE)
"""Discord refuses an address whose host has no dot, such as http://localhost."""

IN_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfffA-Za-z0-9%/:?#@!$&+,;=~._-]")
"""What is percent-encoded in an address, because it could end a link early: brackets, stars, quotation marks.

White space, control characters and lone surrogates stay as they are, and `is_web` turns them down.
"""

CODE_COLUMNS = 40
"""Columns of a code block: a phone would break a longer line, and a caret would lose its place."""

SHORTEST = 24
"""Code units to which a line may be shortened; rather than shorter ones, a number of lines is shown."""


MOST_TEXT = 10_000
"""Characters of a text that are read: no message holds so many, and a hostile text may have millions."""


def inert(text: str) -> str:
    """The text in its lines, up to `MOST_TEXT`, without characters that cannot be seen."""
    return visible_lines(f"{text[:MOST_TEXT]}\0")  # which goes, and keeps the end of the last line


def flat(text: str) -> str:
    """The text on one line, up to `MOST_TEXT`, without characters that cannot be seen."""
    return one_line(text[:MOST_TEXT])


def escape(text: str) -> str:
    """Markdown that Discord shows as ``text``, literally; see `inert` for what is left out.

    Every mark that could start markup gets a backslash, which Discord removes. Marks that only count at the start of a
    line get none elsewhere.
    """
    marked = SPECIAL.sub(lambda found: f"\\{found[0]}", inert(text))
    return NUMBERED.sub(r"\1\\.", LINE_START.sub(r"\1\\\2", marked))


def bold(text: str) -> str:
    """The text, literally, in bold."""
    escaped = escape(text)
    return f"**{escaped}**" if escaped.strip() else escaped


def code_span(text: str) -> str:
    """The text on one line as something to type, which nothing in it can end; empty if there is nothing to show."""
    words = flat(text)
    if not words:
        return ""
    # Backslashes do not help in code. A fence of two backticks holds single ones, so no two may stand in a row.
    inside = words.replace("``", "`\u200b`").replace("``", "`\u200b`")
    fence = "``" if "`" in inside else "`"
    pad = " " if "`" in (inside[0], inside[-1]) else ""
    return f"{fence}{pad}{inside}{pad}{fence}"


QUIET = "-# "
"""Begins a line of small print."""


def quiet(text: str) -> str:
    """A line of markdown in small print; empty without any."""
    return f"{QUIET}{text}" if text else ""


def link(label: str, url: str, room: int) -> str:
    """A link that shows ``label``, shortened; only the label if Discord would not link ``url``.

    Args:
        label: The text to show, on one line.
        url: The address.
        room: Code units for the label with its backslashes.
    """
    shown = fit(flat(label) or ELLIPSIS, room, _label)
    address = web(url, LONGEST_LINK)
    return f"[{shown}]({address})" if address else shown


LONGEST_LINK = 300
"""Code units of an address in a text, where it takes room from the words."""


def web(url: str, longest: int = 2048) -> str:
    """The address as Discord takes it, without anything that could end a link early; empty if it is not safe to link.

    Only http and https: https://discord.com/developers/docs/resources/message#embed-object-embed-structure.
    """
    address = IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
    return address if WITH_DOT.match(address) and is_web(address, longest) else ""


def code_block(text: str, room: int) -> str:
    """The lines as one code block that nothing in them can end; empty if there is nothing to show.

    Args:
        text: The lines.
        room: Code units for the whole block.
    """
    shown = around_caret(text[:MOST_TEXT], CODE_COLUMNS)
    fence = "```\n{}\n```"
    # Only three backticks in a row end the block, and a backslash does not help in it. Replacing pairs twice leaves no
    # two in a row, whether a run of them is even or odd.
    inside = shown.replace("``", "`\u200b`").replace("``", "`\u200b`").strip("\n")
    while units(fence.format(inside)) > room and inside:
        inside = inside[: -max(1, units(fence.format(inside)) - room)].rstrip()
    return fence.format(inside) if inside.strip() else ""


def fit(text: str, room: int, render: Callable[[str], str] = escape) -> str:
    """``text`` rendered, or as much of its beginning as fits the room, with an ellipsis at the end.

    Args:
        text: The text.
        room: Code units for the rendered text.
        render: Renders a text; a longer text never gives a shorter result.
    """
    size = min(len(text), max(room, 0))
    shown = render(shorten(text, size))
    # A rendered character has at most four code units, so a quarter of the excess never is too much to take off.
    while size > 0 and (excess := units(shown) - room) > 0:
        size -= max(1, excess // 4)
        shown = render(shorten(text, size))
    return shown if size > 0 else ""


def fit_lines(count: int, render: Callable[[int, int], str], room: int, *, longest: int) -> list[str]:
    """Lines that together fit the room, all shortened alike; a last line counts those that do not fit at all.

    Args:
        count: How many lines there are.
        render: Renders a line from its index and the code units that its text may have.
        room: Code units for all lines with their ends.
        longest: Code units that the text of a line may have at most.
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
    while fitting and _length([*fitting, more(count - len(fitting))]) > room:
        fitting.pop()
    return [*fitting, more(count - len(fitting))] if fitting else []


def _length(lines: Sequence[str]) -> int:
    return sum(units(line) + 1 for line in lines)


def more(number: int) -> str:
    """The line that counts what is left out."""
    return f"… and {number:,} more"


def _label(text: str) -> str:
    """A link's text: Discord pairs its brackets regardless of backslashes, and does not link a text with an address."""
    paired = text if PAIRED_BRACKETS.fullmatch(text) else text.replace("[", "(").replace("]", ")")
    return escape(paired.replace("://", ": //"))
