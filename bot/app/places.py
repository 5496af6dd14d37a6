"""Whether anything can be posted to a channel, as far as the settings and its id tell."""

from __future__ import annotations

import re

from bot.config import Settings
from bot.domain import Address

SLACK_ID = re.compile(r"[CGD][A-Z0-9]{7,}(/[0-9]+\.[0-9]+)?")
"""https://docs.slack.dev/reference/objects/conversation-object; what follows names a thread in it."""

DISCORD_ID = re.compile(r"[0-9]{15,20}")
"""https://discord.com/developers/docs/reference#snowflakes"""

TURN_ON = {
    "slack": "Slack is not configured here; SLACK_BOT_TOKEN and SLACK_APP_TOKEN turn it on.",
    "discord": "Discord is not configured here; DISCORD_TOKEN turns it on.",
    "terminal": "the terminal is off; platforms.terminal.enabled turns it on.",
}
"""Why nothing is posted on a platform that is off, and what turns it on."""


def obstacle(settings: Settings, channel: Address) -> str:
    """Why nothing can be posted there, and what to do, in a line; "" if nothing tells against it."""
    why = _wrong_id(channel)
    if not why:
        section = getattr(settings.platforms, channel.platform)
        why = "" if getattr(section, "is_on", getattr(section, "enabled", False)) else TURN_ON[channel.platform]
    return f"Nothing can be posted to {channel} yet: {why}" if why else ""


def example_channel(settings: Settings) -> str:
    """A channel to show how one is written: on a platform that is on, if any is."""
    if settings.platforms.terminal.enabled:
        return "terminal:local"
    only_discord = settings.platforms.discord.is_on and not settings.platforms.slack.is_on
    return "discord:123456789012345678" if only_discord else "slack:C0123456789"


def _wrong_id(channel: Address) -> str:
    match channel.platform:
        case "slack" if not SLACK_ID.fullmatch(channel.id):
            return "Slack's channel ids look like C0123456789; find it under the channel's name, below “About”."
        case "discord" if not DISCORD_ID.fullmatch(channel.id):
            return "Discord's channel ids are long numbers; with Developer Mode on, “Copy Channel ID” gives them."
        case "terminal" if channel.id != "local":
            return "the terminal has one channel, terminal:local."
    return ""
