"""The form to subscribe: opened, explained while somebody types, submitted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any

from adapters.slack.rooms import Rooms
from adapters.slack.spoken import Place, plain_text, text_of
from adapters.slack.talk import Talk
from adapters.slack.views import Submission, submitted, subscribe_modal
from adapters.slack.web import Web
from bot.domain.messages import Reply
from bot.errors import DeliveryError

ANSWER_WITHIN = 2.0
"""Seconds that a submitted form stays open for an answer; Slack gives up after three."""

MOST_TYPING = 100
"""Forms in which somebody types at the same time."""

SHOWN = 2_000
"""Characters of an error under an input."""

log = logging.getLogger(__name__)


class Forms:
    """Leads people through the form."""

    def __init__(self, web: Web, talk: Talk, rooms: Rooms) -> None:
        """No form is open."""
        self._web = web
        self._talk = talk
        self._rooms = rooms
        self._typed: dict[str, str] = {}

    async def open(self, trigger_id: str, place: Place) -> None:
        """Show the form to whoever asked for it."""
        try:
            await self._web.open_view(trigger_id, subscribe_modal(place.channel))
        except DeliveryError as error:
            log.warning("The form to subscribe could not be opened: %s", error)

    async def explain(self, view: Mapping[str, Any], place: Place, typed: str) -> None:
        """Explain the query that is being typed, unless it was typed on meanwhile."""
        view_id, query = text_of(view, "id"), plain_text(typed)
        if len(self._typed) >= MOST_TYPING:
            self._typed.clear()
        self._typed[view_id] = query
        channel = text_of(view, "private_metadata")
        where = Place(channel, place.person, place.name)
        explanation = await self._talk.ask(where, "papers", f"try {query}") if query else None
        if self._typed.get(view_id) != query:
            return
        try:
            await self._web.update_view(view_id, subscribe_modal(channel, query=query, explanation=explanation))
        except DeliveryError as error:
            log.info("A query could not be explained in its form: %s", error)

    async def submit(self, view: Mapping[str, Any], place: Place) -> tuple[str, Coroutine[Any, Any, None] | None]:
        """Subscribe: what is wrong, for the form that stays open, and what is still to be done.

        A desk that is slow answers in the channel, when the form is closed already.
        """
        self._typed.pop(text_of(view, "id"), None)
        wanted = submitted(view)
        if wanted is None:
            return "Give a query of 500 characters at the most, and choose a channel.", None
        chosen = Place(wanted.channel, place.person, place.name)
        asking = asyncio.create_task(self._talk.ask(chosen, "subscribe", plain_text(wanted.query)))
        await asyncio.wait([asking], timeout=ANSWER_WITHIN)
        if asking.done() and not asking.result().ok:
            return _in_short(asking.result()), None
        return "", self._finish(asking, chosen, wanted)

    async def _finish(self, asking: asyncio.Task[Reply], place: Place, wanted: Submission) -> None:
        reply = await asking
        await self._talk.tell(place, reply)
        if reply.ok and wanted.rhythm != "instant":
            await self._talk.answer(place, "papers", f"digest {wanted.rhythm}")
        await self._rooms.show_again(place)


def _in_short(reply: Reply) -> str:
    """What is wrong, as lines under an input."""
    return "\n".join(part for part in (reply.text, reply.code, reply.advice) if part)[:SHOWN]
