"""Links to papers in what people write."""

from __future__ import annotations

import re

MOST_LINKS = 3
"""How many papers of a message are shown."""

LONGEST = 20_000
"""Characters of a message that are read; with its embeds it has fewer."""

LINK = re.compile(
    r"https?://(?:[a-z0-9-]{1,20}\.){0,2}"
    r"(?:arxiv\.org|alphaxiv\.org|huggingface\.co/papers|hf\.co/papers|doi\.org/10\.\d{4,9})"
    r"/[^\s<>()\[\]\"'`|]{1,200}",
    re.IGNORECASE,
)


def links_in(text: str) -> list[str]:
    """The first links to papers, each once."""
    found = (link.rstrip(".,;:!?*_~") for link in LINK.findall(text[:LONGEST]))
    return list(dict.fromkeys(found))[:MOST_LINKS]
