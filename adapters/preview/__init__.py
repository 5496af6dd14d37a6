"""A page that shows what is sent to Slack and Discord much as they draw it, for people who have no app yet."""

from __future__ import annotations

from adapters.preview.page import Form, Part, Sent, page

__all__ = ["Form", "Part", "Sent", "page"]
