"""Slack's mrkdwn as Slack draws it: https://docs.slack.dev/messaging/formatting-message-text."""

from __future__ import annotations

import re

from adapters.preview.html import Html, element, joined, link

ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}

PIECES = re.compile(
    r"<(?P<url>https?://[^|<>\s]+)(?:\|(?P<label>[^<>]+))?>"
    r"|(?m:^)&gt; ?(?P<quote>[^\n]*)\n?"
    r"|(?<!\w)(?:\*(?P<strong>[^*\s](?:[^*\n]*[^*\s])?)\*|_(?P<em>[^_\s](?:[^_\n]*[^_\s])?)_"
    r"|~(?P<s>[^~\s](?:[^~\n]*[^~\s])?)~|`(?P<code>[^`\n]+)`)(?!\w)"
)


def draw_mrkdwn(said: str) -> Html:
    """The text with its links and formats."""
    drawn, place = Html(), 0
    for found in PIECES.finditer(said):
        drawn = joined(drawn, _unescaped(said[place : found.start()]), _piece(found))
        place = found.end()
    return joined(drawn, _unescaped(said[place:]))


def _piece(found: re.Match[str]) -> Html:
    if found["url"]:
        return link(_unescaped(found["url"]), _unescaped(found["label"] or found["url"]))
    if found["quote"] is not None:
        return element("blockquote", draw_mrkdwn(found["quote"]))
    name = str(found.lastgroup)
    return element(name, _unescaped(found[name]) if name == "code" else draw_mrkdwn(found[name]))


def _unescaped(said: str) -> str:
    return re.sub("&(?:lt|gt|amp);", lambda found: ENTITIES[found[0]], said)
