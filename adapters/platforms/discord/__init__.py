"""Discord: cards as embeds, slash commands and buttons; the only package that imports discord.py."""

from __future__ import annotations

from adapters.platforms.discord.platform import Discord

__all__ = ["Discord"]
