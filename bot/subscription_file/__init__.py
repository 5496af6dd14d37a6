"""Subscriptions as TOML: written to be read, edited and read back, by people and programs.

They hold only what people decided: who wants what, where and since when; schedules; and pauses that people asked for.
What was posted is left out: ``backup`` and ``restore`` move a whole service.
"""

from __future__ import annotations

from bot.subscription_file.read import WrongFile, read
from bot.subscription_file.write import written

__all__ = ["WrongFile", "read", "written"]
