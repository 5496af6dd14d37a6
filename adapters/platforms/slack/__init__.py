"""Slack: what is said there, as Block Kit, and what people say there, through Socket Mode."""

from __future__ import annotations

from adapters.platforms.slack.platform import Slack

__all__ = ["Slack"]
