"""What to say of a query that asks for lists which are not read here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.sources import ARXIV
from bot.query import Query
from bot.query.tree import Category, leaves
from bot.text.arxiv_categories import is_in, known_category
from bot.text.figures import listed

OFF = (
    "I don't read arXiv's list yet, so none of its papers can come: whoever runs me can name categories in"
    " sources.arxiv.categories."
)


def unread_lists(query: Query, categories: Sequence[str]) -> str:
    """A sentence about lists of arXiv that the query asks for, and of which nothing or little comes; empty if none.

    Args:
        query: The query.
        categories: The categories that are read, as they are configured.
    """
    if ARXIV not in query.sources:
        return ""
    if not categories:
        return OFF
    read = [known_category(category) or category for category in categories]
    wanted = [leaf.pattern for leaf, is_wanted in leaves(query.tree) if is_wanted and isinstance(leaf, Category)]
    unread = list(dict.fromkeys(pattern for pattern in wanted if not any(_has_some(pattern, each) for each in read)))
    if not unread:
        return ""
    return f"Of arXiv I read {listed(read)}, so of {listed(unread)} only papers come that are in one of those too."


def _has_some(wanted: str, read: str) -> bool:
    """Whether what is read has papers of what is wanted: the same, one of its archive, or its whole archive."""
    return wanted == read or is_in((wanted.removesuffix(".*"),), read) or is_in((read.removesuffix(".*"),), wanted)
