"""Queries as they are stored: in words that some version of the language could read."""

from __future__ import annotations

import logging
from functools import lru_cache

from bot.errors import QueryError
from bot.query.parser import Query, parse

log = logging.getLogger(__name__)


@lru_cache(maxsize=4096)
def parsed(query: str) -> Query | None:
    """The stored query; None, and a warning in the log, if it can no longer be read."""
    # A newer version may have changed the language since the query was stored; other subscriptions go on.
    try:
        return parse(query)
    except QueryError as error:
        log.warning("A stored query can no longer be read and matches nothing: %s", error.message)
        return None
