"""Text as mrkdwn, with emphasis, links and moments that are ours: everything else in it is shown literally.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import groupby

from adapters.platforms.slack.elements import MOMENT, URL, inert
from bot.text.addresses import is_web
from bot.text.rich import Piece

LOOKALIKES = str.maketrans(
    {
        "*": "\N{ASTERISK OPERATOR}",
        "_": "\N{MODIFIER LETTER LOW MACRON}",
        "~": "\N{TILDE OPERATOR}",
        "`": "\N{MODIFIER LETTER GRAVE ACCENT}",
    }
)

WORD_JOINER = "\u2060"

ZERO_WIDTH_SPACE = "\u200b"

BOUNDARY = re.compile(r"[*`]\w|\w[*`]|[*`]{2}")
"""Two characters between which a mark would not be one."""

SPECIAL = re.compile(r"(?m)^(?=&gt;)|(?<=:)(?=//)|(?<=[@#])(?=\w)|(?<=:)(?=[\w+'-]+:)")
"""Where mrkdwn would start a quotation, address, mention or emoji name."""


def escape(text: str) -> str:
    """The text as mrkdwn that shows it literally, without mentions, links, emoji names or formats.

    ``&``, ``<`` and ``>`` have entities: https://docs.slack.dev/messaging/formatting-message-text#escaping. Other
    characters have none, so they are replaced by characters that look like them, or separated by an invisible one.
    """
    return _escaped(inert(text))


def mrkdwn(pieces: Sequence[Piece]) -> str:
    """The pieces as mrkdwn; their texts are on one line, and already without what cannot be seen."""
    parts: list[str] = []
    # Only together do plain pieces show where an address or an emoji's name begins.
    for are_plain, run in groupby(pieces, key=is_plain):
        for part in [_escaped("".join(piece.text for piece in run))] if are_plain else map(_set_apart, run):
            # A mark counts only where no letter stands on its other side, such as before a plural's s.
            is_tight = parts and part and BOUNDARY.search(f"{parts[-1][-1:]}{part[0]}")
            parts += [ZERO_WIDTH_SPACE, part] if is_tight else [part]
    return "".join(parts)


def is_exact(pieces: Sequence[Piece]) -> bool:
    """Whether mrkdwn shows each character of the pieces, and none that only looks like it."""
    return all(html.unescape(_escaped(piece.text).replace(WORD_JOINER, "")) == piece.text for piece in pieces)


def is_plain(piece: Piece) -> bool:
    """Whether it is text and nothing else."""
    return not (piece.bold or piece.code or piece.url or piece.at)


def _escaped(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(LOOKALIKES)
    return SPECIAL.sub(WORD_JOINER, escaped)


def _set_apart(piece: Piece) -> str:
    text = _escaped(piece.text)
    if piece.at:
        return f"<!date^{int(piece.at.timestamp())}^{MOMENT}|{text.replace('|', '∣')}>"
    if is_web(piece.url, URL):
        # An asterisk of the address would end the bold text around it.
        url = piece.url.replace("&", "&amp;").replace("*", "%2A")
        link = f"<{url}|{text.replace('|', '∣')}>"
        return f"*{link}*" if piece.bold else link
    words = text.strip()
    mark = "`" if piece.code else "*" if piece.bold else ""
    if not (mark and words):
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"
