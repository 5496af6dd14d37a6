"""Answers of the Hugging Face API: status, rate limit, items and papers.

Its limits are described at https://huggingface.co/docs/hub/rate-limits.
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import httpx

from adapters.connections.answers import retry_after
from bot.errors import NotYetListed, SourceError, SourceUnreachable

MOST_ITEMS = 1_000
"""Items of a page; more than we asked for are accepted, within reason."""

LONGEST_NUMBER = 100
"""Digits of a number; Python refuses to parse thousands of them."""


RENEW = (
    "give HF_TOKEN a new token from https://huggingface.co/settings/tokens, or leave it out; where there is none, a"
    " firewall or proxy may be what refuses us"
)

WAIT = "try again in a minute; with a token in HF_TOKEN, more requests are allowed"


class Passing(Exception):
    """A failure that may pass; the source handles it itself."""

    def __init__(self, reason: str, after: float | None = None, *, meets_all: bool = False, repair: str = "") -> None:
        """Keep the details.

        Args:
            reason: What happened.
            after: How many seconds to wait; None when that is unknown.
            meets_all: Whether every list would fail alike.
            repair: See `SourceError`.
        """
        super().__init__(reason)
        self.after = after
        self.meets_all = meets_all
        self.repair = repair


def check_status(answer: httpx.Response) -> None:
    """Raise an error unless the answer is a page.

    Raises:
        Passing: It may succeed later.
        NotYetListed: There is no list of that day yet.
        SourceError: It will not succeed; `SourceUnreachable` if no list will.
    """
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.BAD_REQUEST:
        raise NotYetListed("it has no list of that day yet")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wish = 0 if pause_before_next(answer) else None
        raise Passing(f"too many requests ({status}); wait a minute", wish, meets_all=True, repair=WAIT)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        raise Passing(f"it answers {status}", retry_after(answer.headers))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise SourceUnreachable(
            f"it refuses us ({status}); check sources.huggingface.token, or leave it out", repair=RENEW
        )
    if answer.has_redirect_location:
        raise SourceUnreachable(
            f"it redirects us ({status}); sources.huggingface.base_url must be where the API itself is"
        )
    raise SourceError(f"it answers {status}; check sources.huggingface.base_url")


def json_of(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What an answer holds; an invalid byte or number only affects its own field.

    Raises:
        Passing: The answer was cut off on the way.
    """
    try:
        return json.loads(body.decode("utf-8-sig", "replace"), parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise Passing("its answer is not JSON") from error


def items_of(body: bytes) -> list[Any]:
    """The items of a page.

    Raises:
        Passing: The answer was cut off on the way.
        SourceError: It is not a list, or has too many items.
    """
    items = json_of(body)
    if not isinstance(items, list):
        raise SourceError("its answer is not a list")
    if len(items) > MOST_ITEMS:
        raise SourceError(f"its page has {len(items):,} papers")
    return items


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def pause_before_next(answer: httpx.Response) -> float:
    """Seconds to wait before the next request: until the rate limit's window ends, if it is used up."""
    limit = answer.headers.get("RateLimit", "")
    left, until = re.search(r"\br=(\d{1,9})\b", limit), re.search(r"\bt=(\d{1,9})\b", limit)
    refused = answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    if until and (refused or (left and int(left[1]) == 0)):
        return int(until[1]) + 1.0
    return (retry_after(answer.headers) or 0.0) if refused else 0.0
