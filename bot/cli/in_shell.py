"""Chat commands in a message, as they are given on the command line."""

from __future__ import annotations

import re

from bot.domain import Address

IN_SHELL = {
    "subscribe": "paperwire subscribe {channel}",
    "unsubscribe": "paperwire unsubscribe {channel}",
    "subscriptions": "paperwire subscriptions {channel}",
    "papers try": "paperwire try",
    "papers help": "paperwire --help",
}
"""The chat commands that the command line has too; the others stay as they are, since they are for the channel."""

CHAT_COMMAND = re.compile(rf"(?<![\w/.:])/({'|'.join(IN_SHELL)})\b")


def in_shell(text: str, channel: Address | None) -> str:
    """The text with each chat command that the command line has too as it is typed there, for that channel."""
    return CHAT_COMMAND.sub(lambda found: IN_SHELL[found[1]].format(channel=channel or "CHANNEL"), text)
