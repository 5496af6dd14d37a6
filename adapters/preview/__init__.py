"""A page that shows what is sent to Slack and Discord much as they draw it, for people who have no app yet."""

from __future__ import annotations

from adapters.preview.page import Part, Sent, article, page, style_sheet

__all__ = ["Part", "Sent", "article", "page", "style_sheet"]
