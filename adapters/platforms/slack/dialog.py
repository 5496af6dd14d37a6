"""The form to subscribe and to edit: opened, explained while somebody types, submitted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.chosen_channel import refusal
from adapters.platforms.slack.form import CHANNEL, QUERY, SCHEDULE, Form, Submission, form_in, submitted, view_of
from adapters.platforms.slack.payloads import PLATFORM, Place, text_of
from adapters.platforms.slack.typed_text import plain_text
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address
from bot.domain.messages import Reply
from bot.errors import DeliveryError

ANSWER_WITHIN = 2.0
"""Seconds that a submitted form stays open for an answer.

Slack gives up after three: https://docs.slack.dev/surfaces/modals.
"""

MOST_TYPING = 100
"""Open forms whose typed text is remembered."""

SHOWN = 2_000
"""Characters of an error under an input."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submitted form.

    Attributes:
        place: Where the replies are shown: not in a channel that is not the person's.
        done: The replies to what was done, in the order in which they are shown.
        refused: The reply to what could not be done; None if everything was.
        field: The input that this is about.
    """

    place: Place
    done: tuple[Reply, ...]
    refused: Reply | None = None
    field: str = ""


class Dialog:
    """Leads people through the form."""

    def __init__(self, web: WebApi, answering: Answering, changed: Callable[[Place], Awaitable[None]]) -> None:
        """Prepare.

        Args:
            web: Opens and changes forms.
            answering: Brings what is filled in to the desk.
            changed: Called once somebody has changed what a channel gets.
        """
        self._web = web
        self._answering = answering
        self._changed = changed
        self._typed: dict[str, str] = {}

    async def open(self, trigger_id: str, place: Place, *, number: int = 0) -> bool:
        """Show the form to the person who asked for it: to edit the subscription with that number, else to make one.

        Returns whether it is shown. It is not if Slack refuses, or if there is no such subscription.
        """
        draft = await self._answering.draft(place, number)
        if draft.number != number:
            return False
        own = await self._answering.time_zone(place.person)
        draft = replace(draft, zones=tuple(filter(None, (own, draft.zone, *draft.zones))))
        try:
            await self._web.open_view(trigger_id, view_of(Form(place.address.id, draft)))
        except DeliveryError as error:
            log.warning("Could not open the form to subscribe: %s", error)
            return False
        return True

    async def explain(self, view: Mapping[str, Any], place: Place, typed: str) -> None:
        """Explain the query that is being typed, unless it has changed meanwhile."""
        view_id, query, form = text_of(view, "id"), plain_text(typed), form_in(view)
        if form is None:
            return
        if len(self._typed) >= MOST_TYPING:
            self._typed.clear()
        self._typed[view_id] = query
        where = Place.at(Address(PLATFORM, form.opened_in), place.person, place.name)
        explanation = await self._answering.ask(where, "papers", f"try {query}") if query else None
        if self._typed.get(view_id) != query:  # an explanation of old text would overwrite what is being typed
            return
        try:
            await self._web.update_view(view_id, view_of(form, query=query, explanation=explanation))
        except DeliveryError as error:
            log.info("Could not explain a query in its form: %s", error)

    async def submit(
        self, view: Mapping[str, Any], place: Place
    ) -> tuple[Mapping[str, str], Coroutine[Any, Any, None] | None]:
        """Subscribe, or edit; return what is wrong, by the input where it stands, and the work that remains.

        If the desk is slow, the form closes and the answer comes in the channel.
        """
        self._typed.pop(text_of(view, "id"), None)
        wanted = submitted(view)
        if not isinstance(wanted, Submission):
            return wanted, None
        chosen = Place.at(Address(PLATFORM, wanted.channel), place.person, place.name)
        asking = asyncio.create_task(self._carry_out(chosen, wanted))
        await asyncio.wait([asking], timeout=ANSWER_WITHIN)
        if asking.done() and (refused := asking.result().refused):
            return {asking.result().field: _in_short(refused)}, self._tell(asking.result(), asking.result().done)
        return {}, self._finish(asking)

    async def _carry_out(self, place: Place, wanted: Submission) -> Outcome:
        """Change the schedule first, so that papers which a new subscription brings at once come by it.

        Nothing is changed for a query that has a mistake.
        """
        if refused := await refusal(self._web, place):
            return Outcome(replace(place, channel=""), (), refused, QUERY if wanted.form.is_fixed else CHANNEL)
        if wanted.new_schedule and wanted.has_new_query:
            tried = await self._answering.ask(place, "papers", f"try {wanted.query}")
            if not tried.ok:
                return Outcome(place, (), tried, QUERY)
        done: tuple[Reply, ...] = ()
        for field, command, text in _steps(wanted):
            reply = await self._answering.ask(place, command, text)
            if not reply.ok:
                return Outcome(place, done, reply, field)
            done = (reply, *done)
        return Outcome(place, done)

    async def _finish(self, asking: asyncio.Task[Outcome]) -> None:
        outcome = await asking
        await self._tell(outcome, (*outcome.done, *([outcome.refused] if outcome.refused else ())))

    async def _tell(self, outcome: Outcome, replies: Sequence[Reply]) -> None:
        for reply in replies:
            await self._answering.tell(outcome.place, reply, elsewhere=True)
        if outcome.done:
            await self._changed(outcome.place)


def _steps(wanted: Submission) -> Iterator[tuple[str, str, str]]:
    """The commands that carry it out, each with the input that a mistake in it is about."""
    number = wanted.form.draft.number
    if wanted.new_schedule:
        yield SCHEDULE, "papers", f"digest {wanted.new_schedule}"
    if wanted.has_new_query and number:
        yield QUERY, "papers", f"change {number} {wanted.query}"
    elif wanted.has_new_query:
        yield QUERY, "subscribe", wanted.query


def _in_short(reply: Reply) -> str:
    """The reply as lines under an input."""
    return "\n".join(part for part in (reply.text, reply.code, reply.advice) if part)[:SHOWN]
