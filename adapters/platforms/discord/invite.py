"""The permissions and intents that the bot needs, as few as possible, and the link that asks for them."""

from __future__ import annotations

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,  # in forum channels: posts
    send_messages_in_threads=True,
    embed_links=True,  # older cards are embeds, and are still edited
    read_message_history=True,  # to find out whether a message arrived when the answer was lost
)
"""https://discord.com/developers/docs/topics/permissions"""

INTENTS = discord.Intents(guilds=True)
"""For servers, channels, threads and permissions. It is not privileged; commands and presses need no intent.

https://discord.com/developers/docs/events/gateway#list-of-intents
"""

SCOPES = ("bot", "applications.commands")


def invite_url(application_id: int) -> str:
    """The link with which an admin adds the bot to a server.

    https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
    """
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=SCOPES)
