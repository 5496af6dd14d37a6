"""A mistake in a query: where it is, and what to write instead."""

from __future__ import annotations

from bot.errors import QueryError


class Mistake(QueryError):
    """The first mistake in a query, before anybody looked whether there are others.

    Nothing but `bot.query.corrections` turns it into what people see, since the corrections may themselves be wrong.
    """

    def __init__(
        self, message: str, *, query: str, position: int, corrected: tuple[str, ...] = (), is_too_much: bool = False
    ) -> None:
        """Point at the place.

        Args:
            message: What is wrong and what was expected there.
            query: The query as it was read, on one line.
            position: Where, in characters from the start of ``query``.
            corrected: The whole query without this mistake, in one or more ways, best first.
            is_too_much: Whether there is no mistake but that it is too long, deep or large, so that it has to be split.
        """
        super().__init__(message, query=query, position=position)
        self.corrected = tuple(text for text in corrected if text)
        self.is_too_much = is_too_much
