"""Settings: ``config.toml`` and the environment, checked whole before anything starts."""

from __future__ import annotations

from bot.config.loading import find_config, load_settings, secret_files
from bot.config.settings import Settings, keys
from bot.config.user import user_name

__all__ = ["Settings", "find_config", "keys", "load_settings", "secret_files", "user_name"]
