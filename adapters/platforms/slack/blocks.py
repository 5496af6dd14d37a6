"""Messages as Block Kit, within its limits whatever they hold.

Text from outside never formats, links or mentions; see `adapters.platforms.slack.elements`.
"""

from __future__ import annotations

from typing import Any

from adapters.platforms.slack.buttons import actions, numbered, parse_value
from adapters.platforms.slack.cards import BLOCKS, HEADLINE, MESSAGE, card_blocks, digest_items
from adapters.platforms.slack.elements import Block, above, divider, header, line, size
from adapters.platforms.slack.first_layout import first_card, first_digest
from adapters.platforms.slack.mrkdwn import escape
from adapters.platforms.slack.replies import reply_blocks
from bot.domain.messages import Card, Digest, Message, Reply

NOTIFICATION = 300
"""Characters of a notification; a lock screen shows fewer."""


def to_blocks(message: Message, *, thumbnails: bool = True) -> list[dict[str, Any]]:
    """The message's blocks.

    Args:
        message: The message.
        thumbnails: Whether to show pictures; Slack refuses a message with a picture that it cannot load.
    """
    match message:
        case Card(layout=1):
            return numbered(first_card(message, thumbnails=thumbnails))
        case Digest(layout=1):
            return numbered(first_digest(message))
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


def pressed(value: str) -> tuple[str, str] | None:
    """The command and text of a button of `to_blocks`; None if Paperwire did not make ``value``."""
    command = parse_value(value)
    return (command["command"], command["text"]) if command and "channel" not in command else None


def _digest(digest: Digest) -> list[Block]:
    top, tail = header(line(digest.headline, HEADLINE)), actions(digest.buttons)
    around = [top, *([divider(), *tail] if tail else ())]
    papers = digest_items(digest.cards, MESSAGE - size(around), BLOCKS - len(around))
    return [top, *above(papers, tail)]
