"""Subscriptions as TOML: written to be read, edited and read back, by people and programs.

Only what people decided is written: who wants what where since when, when papers come, and pauses that people made.
What was posted is not: a whole service moves with ``backup`` and ``restore``.
"""

from __future__ import annotations

from bot.subscription_file.read import WrongFile, read
from bot.subscription_file.write import written

__all__ = ["WrongFile", "read", "written"]
