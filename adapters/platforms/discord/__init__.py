"""Discord: messages as containers, and people's slash commands and buttons. Only this package imports discord.py."""

from __future__ import annotations

from adapters.platforms.discord.platform import Discord

__all__ = ["Discord"]
