"""The app's manifest: exactly the scopes, events and commands that Paperwire uses.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.platforms.slack.form import SUBSCRIBE
from bot.domain.commands import Command

SCOPES: tuple[str, ...] = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "users:read",
)
"""Scopes of the bot token: https://docs.slack.dev/reference/scopes."""

EVENTS: tuple[str, ...] = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "tokens_revoked",
)
"""Events that Slack sends us: https://docs.slack.dev/reference/events."""


UNFURL_SCOPES, UNFURL_EVENT = ("links:read", "links:write"), "link_shared"
"""What showing the cards of pasted addresses needs: https://docs.slack.dev/messaging/unfurling-links-in-messages."""

UNFURL_DOMAINS: tuple[str, ...] = ("alphaxiv.org", "arxiv.org", "doi.org", "hf.co", "huggingface.co")
"""Where papers have pages; with their subdomains. An app may have five."""


def scopes(*, unfurl: bool = False) -> list[str]:
    """The scopes of the bot token, in order."""
    return sorted((*SCOPES, *(UNFURL_SCOPES if unfurl else ())))


def manifest(commands: Sequence[Command], *, unfurl: bool = False) -> dict[str, Any]:
    """The manifest of an app, as https://api.slack.com/apps takes it in JSON.

    Args:
        commands: Its commands.
        unfurl: Whether it shows the cards of papers whose addresses people paste.
    """
    return {
        "display_information": {
            "name": "Paperwire",
            "description": "Daily research papers, posted where your team talks.",
            "background_color": "#1f2a44",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Paperwire", "always_online": True},
            "shortcuts": [
                {
                    "name": "Subscribe to papers",
                    "type": "global",
                    "callback_id": SUBSCRIBE,
                    "description": "Choose what new papers a channel gets",
                }
            ],
            "slash_commands": [
                _slash_command(name, commands) for name in dict.fromkeys(command.slash for command in commands)
            ],
            **({"unfurl_domains": list(UNFURL_DOMAINS)} if unfurl else {}),
        },
        "oauth_config": {"scopes": {"bot": scopes(unfurl=unfurl)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted((*EVENTS, *([UNFURL_EVENT] if unfurl else ())))},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _slash_command(name: str, commands: Sequence[Command]) -> dict[str, Any]:
    """A command, with its subcommands if it has any.

    ``should_escape`` stays off: a query is plain text, in which Slack need not look for people and channels.
    """
    under = [command for command in commands if command.slash == name]
    hints = [command.usage.removeprefix(f"/{name}").strip() for command in under]
    summary = under[0].summary if len(under) == 1 else "papers of today and of the past, how I am doing, help"
    entry = {"command": f"/{name}", "description": summary[:1].upper() + summary[1:], "should_escape": False}
    return entry | ({"usage_hint": hint} if (hint := " | ".join(filter(None, hints))) else {})
