"""What the bot may do in a channel, and what to change if that is too little."""

from __future__ import annotations

from functools import reduce
from operator import or_

import discord

from adapters.platforms.discord.rest import Place, name_of
from bot.errors import ChannelClosed
from bot.text.figures import listed

NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""The permissions that are needed, as Discord's settings call them; the last is only for finding messages again."""

MAY_BE_MISSING = "read_message_history"


def missing(place: Place, allowed: discord.Permissions) -> list[str]:
    """The missing permissions, as Discord's settings call them."""
    sending = "send_messages_in_threads" if isinstance(place, discord.Thread) else "send_messages"
    needed = ("view_channel", sending, "embed_links", MAY_BE_MISSING)
    return [NAMES[permission] for permission in needed if not getattr(allowed, permission)]


def obstacle(place: Place, allowed: discord.Permissions) -> ChannelClosed | None:
    """The reason why we cannot post there; None if we can."""
    lacking = [name for name in missing(place, allowed) if name != NAMES[MAY_BE_MISSING]]
    if not lacking:
        return None
    reason = (
        f"I cannot see {name_of(place)}" if NAMES["view_channel"] in lacking else f"I may not post in {name_of(place)}"
    )
    return ChannelClosed(reason, repair=f"give me {quoted(lacking)} in {name_of(place)}")


def granted(channel: discord.abc.GuildChannel, me: discord.Member) -> discord.Permissions:
    """What we are given in the channel.

    discord.py takes away what a missing permission makes useless, such as “Embed Links” without “Send Messages”; what
    people have to give is only what is missing itself:
    https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """
    allowed = me.guild_permissions
    if allowed.administrator:
        return discord.Permissions.all()
    value = allowed.value
    roles = [role for role in me.roles if not role.is_default()]
    for targets in ([channel.guild.default_role], roles, [me]):
        pairs = [channel.overwrites_for(target).pair() for target in targets]
        denied = reduce(or_, (deny.value for _, deny in pairs), 0)
        value = value & ~denied | reduce(or_, (allow.value for allow, _ in pairs), 0)
    return discord.Permissions(value)


def quoted(names: list[str]) -> str:
    """Permissions in a sentence: “View Channel” and “Send Messages”."""
    return listed([f"“{name}”" for name in names])


async def allowed_in(client: discord.Client, place: Place) -> discord.Permissions | None:
    """Our permissions in a server's channel, over REST; None for direct messages.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.FAILURES`.
    """
    if isinstance(place, discord.abc.PrivateChannel) or client.user is None:
        return None
    guild = await client.fetch_guild(place.guild.id)
    me = await guild.fetch_member(client.user.id)
    where = place.parent_id if isinstance(place, discord.Thread) else place.id
    channel = await guild.fetch_channel(where)
    return granted(channel, me) if isinstance(channel, discord.abc.GuildChannel) else None
