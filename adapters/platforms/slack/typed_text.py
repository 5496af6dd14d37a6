"""Slack's markup read back as what the person typed.

Links, mentions and dates: https://docs.slack.dev/messaging/formatting-message-text.
"""

from __future__ import annotations

import re

from bot.text.paper_links import paper_ids
from bot.text.typed import outside_code, tidy, without_emphasis

MARKUP = re.compile(
    r"<(?P<mark>[@#!]|(?=[A-Za-z][A-Za-z0-9+.-]{0,20}:))(?P<what>[^<>|]{1,3000})(?:\|(?P<label>[^<>]{0,3000}))?>"
)
"""``<`` that somebody typed arrives as an entity, so what is left of it is Slack's."""

ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
"""https://docs.slack.dev/messaging/formatting-message-text#escaping"""


def plain_text(text: str) -> str:
    """What the person typed, without Slack's markup."""
    unmarked = MARKUP.sub(_as_typed, text)
    unescaped = re.sub("&(?:lt|gt|amp);", lambda found: ENTITIES[found[0]], unmarked)
    return tidy(outside_code(unescaped, without_emphasis))


def after_mention(user_id: str, text: str) -> str:
    """What is said to that user: the text after their mention, or before it if nothing follows; else all of it."""
    mention = rf"<@{re.escape(user_id)}(?:\|[^<>]*)?>" if user_id else r"^\s*<@[^<>]*>"
    before, *behind = re.split(mention, text, maxsplit=1)
    if not behind:
        return re.sub(r"^\s*<@[^<>]*>", "", text) if user_id else text
    # "@Paperwire: subscribe robots" and "@Paperwire, …", as people address each other. Marks of emphasis belong to the
    # mention only right behind it: the next ones are those of what is said.
    said = re.sub(r"^[*_~:,;.!?–—]*(?:[\s:,;.!?–—]|-(?=\s))*", "", behind[0])
    return said or before


def _as_typed(found: re.Match[str]) -> str:
    mark, what, label = found["mark"], found["what"], found["label"] or ""
    if mark in {"@", "#"}:
        return f"{mark}{(label or what).removeprefix(mark)}"
    if mark == "!":
        # <!here>, <!subteam^S1|@group>, <!date^1392734382^{date}|18 February>
        return label or f"@{what.partition('^')[2].partition('^')[0] or what}"
    # Slack makes a link of every address and every name that looks like one, such as 01.ai. A link that somebody gave a
    # text of its own is that text, but one to a paper stands for the paper.
    is_paper = paper_ids(what) and not paper_ids(label)
    return re.sub("^(?:mailto|tel):", "", what) if not label or is_paper else label
