"""What messages look like in Slack: Block Kit, within its limits whatever a message holds.

Nothing but Slack's own structure formats, links or mentions; see `adapters.platforms.slack.elements`.
"""

from __future__ import annotations

import re
from typing import Any

from adapters.platforms.slack.cards import WHOLE, card_blocks, lines
from adapters.platforms.slack.elements import Block, actions, header, inert, line, numbered, said_in, size
from adapters.platforms.slack.replies import reply_blocks
from bot.domain.messages import Card, Digest, Message, Reply

HEADLINE = 150
"""Characters: https://docs.slack.dev/reference/block-kit/blocks/header-block."""

NOTIFICATION = 300
"""Characters of a notification: more than a lock screen shows."""

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
"""Where mrkdwn would begin a quotation, an address, a mention or an emoji's name."""


def to_blocks(message: Message, *, thumbnails: bool = True) -> list[dict[str, Any]]:
    """The message's blocks.

    Args:
        message: What to say.
        thumbnails: Whether pictures are shown; Slack refuses a message with one that it cannot load.
    """
    match message:
        case Card():
            return numbered(card_blocks(message, thumbnails=thumbnails))
        case Digest():
            return numbered(_digest(message))
        case Reply():
            return numbered(reply_blocks(message, thumbnails=thumbnails))


def notification(message: Message) -> str:
    """What stands in a notification, as mrkdwn that shows the text as it is; never empty."""
    if isinstance(message, Reply):
        said = message.text or message.advice or "".join(card.title for card in message.cards[:1])
    else:
        said = message.notice
    return escape(line(said, NOTIFICATION))


def escape(text: str) -> str:
    """The text as mrkdwn that shows it as it is, without mentions, links, emoji names and formats.

    ``&``, ``<`` and ``>`` have entities: https://docs.slack.dev/messaging/formatting-message-text#escaping. Other
    characters have none, so they are shown by ones that look like them, or parted by one that is invisible.
    """
    said = inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(LOOKALIKES)
    return SPECIAL.sub(WORD_JOINER, said)


def pressed(value: str) -> tuple[str, str] | None:
    """The command and its text that a button of `to_blocks` stands for; None when ``value`` is none of ours."""
    said = said_in(value)
    return (said["command"], said["text"]) if said and "channel" not in said else None


def _digest(digest: Digest) -> list[Block]:
    top, tail = header(line(digest.headline, HEADLINE)), actions(digest.buttons)
    return [top, *lines(digest.cards, WHOLE - size([top, *tail])), *tail]
