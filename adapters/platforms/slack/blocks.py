"""Messages as Block Kit, within its limits whatever they hold.

Text from outside never formats, links or mentions; see `adapters.platforms.slack.elements`.
"""

from __future__ import annotations

import re
from typing import Any

from adapters.platforms.slack.cards import MESSAGE, card_blocks, lines
from adapters.platforms.slack.elements import Block, actions, header, inert, line, numbered, parse_value, size
from adapters.platforms.slack.replies import reply_blocks
from bot.domain.messages import Card, Digest, Message, Reply

HEADLINE = 150
"""Characters: https://docs.slack.dev/reference/block-kit/blocks/header-block."""

NOTIFICATION = 300
"""Characters of a notification; a lock screen shows fewer."""

LOOKALIKES = str.maketrans(
    {
        "*": "\N{ASTERISK OPERATOR}",
        "_": "\N{MODIFIER LETTER LOW MACRON}",
        "~": "\N{TILDE OPERATOR}",
        "`": "\N{MODIFIER LETTER GRAVE ACCENT}",
    }
)

WORD_JOINER = "\u2060"

SPECIAL = re.compile(r"(?m)^(?=&gt;)|(?<=:)(?=//)|(?<=[@#])(?=\w)|(?<=:)(?=[\w+'-]+:)")
"""Where mrkdwn would start a quotation, address, mention or emoji name."""


def to_blocks(message: Message, *, thumbnails: bool = True) -> list[dict[str, Any]]:
    """The message's blocks.

    Args:
        message: The message.
        thumbnails: Whether to show pictures; Slack refuses a message with a picture that it cannot load.
    """
    match message:
        case Card():
            return numbered(card_blocks(message, thumbnails=thumbnails))
        case Digest():
            return numbered(_digest(message))
        case Reply():
            return numbered(reply_blocks(message, thumbnails=thumbnails))


def notification(message: Message) -> str:
    """The text of a notification, as mrkdwn that shows it literally; never empty."""
    if isinstance(message, Reply):
        text = message.text or message.advice or "".join(card.title for card in message.cards[:1])
    else:
        text = message.notice
    return escape(line(text, NOTIFICATION))


def escape(text: str) -> str:
    """The text as mrkdwn that shows it literally, without mentions, links, emoji names or formats.

    ``&``, ``<`` and ``>`` have entities: https://docs.slack.dev/messaging/formatting-message-text#escaping. Other
    characters have none, so they are replaced by characters that look like them, or separated by an invisible one.
    """
    escaped = inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(LOOKALIKES)
    return SPECIAL.sub(WORD_JOINER, escaped)


def pressed(value: str) -> tuple[str, str] | None:
    """The command and text of a button of `to_blocks`; None if Paperwire did not make ``value``."""
    command = parse_value(value)
    return (command["command"], command["text"]) if command and "channel" not in command else None


def _digest(digest: Digest) -> list[Block]:
    top, tail = header(line(digest.headline, HEADLINE)), actions(digest.buttons)
    return [top, *lines(digest.cards, MESSAGE - size([top, *tail])), *tail]
