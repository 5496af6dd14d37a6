"""Slack: messages as Block Kit, and people's commands through Socket Mode."""

from __future__ import annotations

from adapters.platforms.slack.platform import Slack

__all__ = ["Slack"]
