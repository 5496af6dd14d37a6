"""Requests to arXiv: paced, tried again after failures that pass, and left alone for as long as arXiv asks for it."""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import httpx

from adapters.connections.answers import in_words, read_body, retry_after
from adapters.sources.arxiv.pacing import Pacing, Wait
from bot.domain.times import pauses
from bot.errors import SourceUnreachable
from bot.text.figures import moment

TRIES = 4
"""How often something is asked for before arXiv counts as unreachable."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=1)
"""Between tries, where arXiv does not say how long to wait."""

LONGEST_WAIT = 120.0
"""Seconds; when arXiv asks for more, lists wait for a later poll."""

TOO_MANY = 600.0
"""Seconds without a request after too many, where arXiv does not say how many."""

HEAD = 1_000
"""Bytes within which a document says what it is."""

OPEN = (
    "open the address in sources.arxiv.{} from this machine: a proxy or a sign-in page may be answering instead;"
    " otherwise correct it"
)

LATER = "wait; arXiv takes a request in three seconds from all programs of a network together, so see what else asks it"


class Passing(Exception):
    """A failure that may pass; ``after`` is how many seconds arXiv asks us to wait, None where it does not."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True, slots=True)
class Answer:
    """What arXiv answers: its status (200, or what the caller allowed besides), its body and its headers."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Asking:
    """Asks one of arXiv's addresses."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        setting: str,
        pacing: Pacing,
        *,
        now: Callable[[], datetime],
        tries: int = TRIES,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            client: Sends requests; closed by `aclose`.
            setting: The key of the address, for errors.
            pacing: Gives turns; the same for all of arXiv's addresses.
            now: The time, for telling when arXiv will answer again.
            tries: How often something is asked for before arXiv counts as unreachable.
            chance: Random numbers, 0 … 1, for the pauses between tries.
        """
        self._client = client
        self._setting = setting
        self._pacing = pacing
        self._now = now
        self._tries = tries
        self._chance = chance

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        also: frozenset[int] = frozenset(),
        is_urgent: bool = False,
        longest: float = LONGEST_WAIT,
        root: bytes = b"",
    ) -> Answer:
        """The answer to a request, asked again after failures that may pass.

        Args:
            url: Where.
            headers: Besides those of the client.
            also: Statuses that are answers, too, besides 200.
            is_urgent: Whether somebody waits for it.
            longest: How many seconds arXiv may ask us to wait.
            root: What the expected document begins and ends with: one that was cut off is asked for again.

        Raises:
            SourceUnreachable: It does not answer, or with what is of no use, or wants to be left alone for longer.
            SourceError: Its answer is too large.
        """
        for attempt, pause in enumerate(pauses(FIRST_PAUSE, LONGEST_PAUSE, self._chance), start=1):
            try:
                async with self._pacing.turn(is_urgent=is_urgent, longest=longest):
                    answer = await self._ask(url, headers, also)
                    _ensure_whole(answer.body, root)
                    return answer
            except Wait as wait:
                raise self._come_back(wait.seconds) from wait
            except Passing as fault:
                if fault.after is None:
                    self._pacing.rest(pause.total_seconds())
                elif fault.after > longest:
                    raise self._come_back(fault.after) from fault
                if attempt >= self._tries:
                    raise SourceUnreachable(f"{fault} ({attempt} times)" if attempt > 1 else str(fault)) from fault
        raise AssertionError("pauses() does not end")

    def _come_back(self, seconds: float) -> SourceUnreachable:
        until = moment(self._now() + timedelta(seconds=seconds))
        return SourceUnreachable(f"it asks us to come back at {until}", repair=LATER)

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _ask(self, url: str, headers: Mapping[str, str] | None, also: frozenset[int]) -> Answer:
        async with self._asking(url, headers) as answer:
            if answer.status_code != HTTPStatus.OK and answer.status_code not in also:
                self._refuse(answer)
            return Answer(answer.status_code, await read_body(answer), answer.headers)

    @contextlib.asynccontextmanager
    async def _asking(self, url: str, headers: Mapping[str, str] | None) -> AsyncIterator[httpx.Response]:
        try:
            async with self._client.stream("GET", url, headers=headers) as answer:
                yield answer
        except httpx.HTTPError as error:
            raise Passing(f"no answer ({in_words(error)})") from error

    def _refuse(self, answer: httpx.Response) -> None:
        status = answer.status_code
        after = retry_after(answer.headers)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            after = TOO_MANY if after is None else after
        if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE} and after is not None:
            self._pacing.rest(after)
            raise Passing(f"it answers {status}", after)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            raise Passing(f"it answers {status}")
        if answer.has_redirect_location:
            raise SourceUnreachable(f"it redirects us ({status}); {self._setting} must be where it is itself")
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise SourceUnreachable(
                f"it refuses us ({status})", repair="see whether a firewall or proxy answers for it"
            )
        raise SourceUnreachable(f"it answers {status}; check {self._setting}")


def _ensure_whole(body: bytes, root: bytes) -> None:
    """Raise `Passing` if a document was cut off on the way."""
    if root and b"<" + root in body[:HEAD] and not body.rstrip().endswith(b"</" + root + b">"):
        raise Passing("its answer was cut off")
