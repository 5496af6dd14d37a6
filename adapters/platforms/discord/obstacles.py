"""What keeps us from posting in a channel, as the gateway's picture of its server tells."""

from __future__ import annotations

import discord

from adapters.platforms.discord.errors import NO_TAG
from adapters.platforms.discord.permissions import granted, obstacle
from adapters.platforms.discord.posting import free_tags
from adapters.platforms.discord.rest import name_of
from bot.errors import ChannelClosed

Known = discord.abc.GuildChannel | discord.Thread


def obstacle_to(place: Known, me: discord.Member) -> ChannelClosed | None:
    """The reason why we cannot post there, as far as permissions tell; None if we can."""
    channel = place.parent if isinstance(place, discord.Thread) else place
    if channel is None:
        return ChannelClosed(f"I cannot see {name_of(place)}", repair="give me “View Channel” in its channel")
    if me.is_timed_out():
        return ChannelClosed("I was timed out in that server", repair="end my time-out there")
    allowed = granted(channel, me)
    if isinstance(place, discord.Thread) and place.locked and not allowed.manage_threads:
        return ChannelClosed(f"the thread {name_of(place)} is locked", repair="unlock it, or give me “Manage Threads”")
    if isinstance(place, discord.ForumChannel) and place.flags.require_tag and not free_tags(place):
        reason, repair = NO_TAG
        return ChannelClosed(reason.format(place=name_of(place)), repair=repair)
    return obstacle(place, allowed)


def tags_of(place: discord.abc.GuildChannel) -> object:
    """What decides which tags our posts get in a forum; None elsewhere."""
    if not isinstance(place, discord.ForumChannel):
        return None
    return place.flags.require_tag, {(tag.id, tag.name, tag.moderated) for tag in place.available_tags}


def deleted(place: Known) -> ChannelClosed:
    """The end of a channel or thread."""
    return ChannelClosed(f"{name_of(place)} was deleted", repair="subscribe another channel")
