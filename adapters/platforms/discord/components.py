"""Messages as a container of components, within Discord's limits whatever they hold.

Text from outside never formats, links or mentions. Lengths are counted in UTF-16 code units, which is never less than
what Discord counts.
https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from dataclasses import dataclass

import discord

from adapters.platforms.discord.cards import card_parts, digest_parts
from adapters.platforms.discord.first_layout import embeds_and_buttons
from adapters.platforms.discord.markdown import fit, flat
from adapters.platforms.discord.parts import Part, keyed, once
from adapters.platforms.discord.pieces import lines
from adapters.platforms.discord.replies import reply_parts
from bot.domain.messages import Card, Digest, Message, Reply
from bot.text.shorten import ELLIPSIS

COLOUR = discord.Colour(0xF2A33A)

TROUBLE = discord.Colour(0xDA373C)
"""The colour of replies to commands that failed."""

NOTICE = 600
"""Code units of a notification."""

THREAD_NAME = 100
"""https://discord.com/developers/docs/resources/channel#channel-object"""


@dataclass(frozen=True, slots=True)
class Payload:
    """A message for Discord: a container of parts.

    Attributes:
        parts: What is in the container; in the first layout the rows of buttons under the embeds.
        colour: The colour of its edge.
        notice: What its notification says, in markdown: of components, Discord's notifications show nothing
            (https://github.com/discord/discord-api-docs/issues/7854).
        key: 24 hexadecimal digits by which it is found again; may be empty.
        embeds: Those of a message in the first layout.
    """

    parts: tuple[Part, ...]
    colour: discord.Colour = COLOUR
    notice: str = ELLIPSIS
    key: str = ""
    embeds: tuple[discord.Embed, ...] = ()


def to_payload(message: Message, *, key: str = "", thumbnails: bool = True) -> Payload:
    """The message as Discord shows it.

    Args:
        message: The message.
        key: 24 hexadecimal digits by which the message is found again; may be empty.
        thumbnails: Whether to show pictures of papers.
    """
    colour = COLOUR
    match message:
        case Card(layout=1) | Digest(layout=1):
            embeds, parts = embeds_and_buttons(message, colour, key=key, thumbnails=thumbnails)
            return Payload(parts, colour, _notice(message.notice), key, embeds)
        case Card():
            made, notice = card_parts(message, thumbnails=thumbnails), message.notice
        case Digest():
            made, notice = digest_parts(message), message.notice
        case Reply():
            made, notice = reply_parts(message, thumbnails=thumbnails), message.text
            colour = COLOUR if message.ok else TROUBLE
    return Payload(keyed(list(once(made)), key), colour, _notice(notice), key)


def thread_name(message: Message) -> str:
    """The name of a forum post with the message: 1–100 characters without markdown."""
    match message:
        case Card(title=text) | Digest(headline=text) | Reply(text=text):
            return fit(flat(text), THREAD_NAME, str) or ELLIPSIS


def _notice(text: str) -> str:
    return lines(text, NOTICE) or ELLIPSIS
