"""What Bolt brings: commands, mentions, buttons, modals; each acknowledged before anything is done."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import pressed
from adapters.slack.events import Events
from adapters.slack.rooms import Rooms
from adapters.slack.spoken import (
    SLASHES,
    Place,
    command_in,
    part_of,
    place_of_command,
    place_of_event,
    place_of_press,
    plain_text,
    said_to,
    text_of,
)
from adapters.slack.talk import Talk
from adapters.slack.views import OPEN, QUERY, SUBSCRIBE, removal, submitted, subscribe_modal
from adapters.slack.web import SDK_LOG, Web
from bot.errors import DeliveryError
from bot.messages import Reply

ANYTHING = re.compile("")

MODAL_WAITS = 2.0
"""Seconds that a submitted modal stays open for an answer; Slack gives up after three."""

MOST_TYPING = 100
"""Modals in which somebody types at the same time."""

SETTLE_WITHIN = 3.0
"""Seconds that answers which are under way may take when serving ends."""

log = logging.getLogger(__name__)


class Hearing:
    """Listens with Bolt for as long as the platform serves one desk."""

    def __init__(self, web: Web, talk: Talk, events: Events, rooms: Rooms) -> None:
        """Register everything that can be heard."""
        self._web = web
        self._talk = talk
        self._rooms = rooms
        self._events = events
        self._typed: dict[str, str] = {}
        self._busy: set[asyncio.Task[Any]] = set()
        # Bolt asks Slack who we are before the first acknowledgement, unless it is told.
        self.app = AsyncApp(
            name="paperwire",
            client=AsyncWebClient(base_url=web.client.base_url, logger=SDK_LOG, retry_handlers=[]),
            authorize=_authorized,
            logger=SDK_LOG,
            ignoring_self_events_enabled=False,
            request_verification_enabled=False,
        )
        self._register()

    def _register(self) -> None:
        app = self.app
        for slash in SLASHES:
            app.command(f"/{slash}")(self._on_command)
        app.action(re.compile("^command:"))(self._on_button)
        app.action(OPEN)(self._on_open)
        app.action(QUERY)(self._on_typing)
        app.action(ANYTHING)(self._on_nothing)
        app.shortcut(SUBSCRIBE)(self._on_open)
        app.view(SUBSCRIBE)(self._on_submitted)
        app.event("app_mention")(self._on_mention)
        app.event("message")(self._on_message)
        app.event("app_home_opened")(self._on_home)
        app.event(ANYTHING)(self._on_event)
        app.error(_on_error)

    async def settle(self) -> None:
        """Let answers that are under way arrive, for a moment."""
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=SETTLE_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _begin(self) -> None:
        """Count the task that runs among those under way."""
        task = asyncio.current_task()
        if task:
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)

    async def _on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self._begin()
        command = text_of(body, "command").removeprefix("/").lower()
        await self._talk.answer(place_of_command(body), command, plain_text(text_of(body, "text")))

    async def _on_mention(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        self._begin()
        said = said_to(await self._events.our_user(body), text_of(event, "text"))
        await self._talk.answer(place_of_event(event), *command_in(said))

    async def _on_message(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """In a direct message everything is said to us; elsewhere only mentions are."""
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not event.get("user"):
            return
        self._begin()
        said = said_to(await self._events.our_user(body), text_of(event, "text"))
        await self._talk.answer(place_of_event(event), *command_in(said))

    async def _on_button(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        self._begin()
        place, value = place_of_press(body), text_of(action, "value")
        given, from_home = pressed(value), removal(value)
        if from_home and not place.channel:
            await self._rooms.act(place, *from_home)
        elif given and place.channel:
            await self._talk.answer(place, *given)
        else:
            log.warning("A button was pressed that is none of mine")

    async def _on_open(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self._begin()
        place = place_of_press(body)
        try:
            await self._web.open_view(text_of(body, "trigger_id"), subscribe_modal(place.channel))
        except DeliveryError as error:
            log.warning("The subscribe form could not be opened: %s", error)

    async def _on_typing(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Explain the query that is being typed, unless it was typed on meanwhile."""
        await ack()
        self._begin()
        view = part_of(body, "view")
        view_id, query = text_of(view, "id"), plain_text(text_of(action, "value"))
        if len(self._typed) >= MOST_TYPING:
            self._typed.clear()
        self._typed[view_id] = query
        place = place_of_press(body)
        channel = text_of(view, "private_metadata")
        where = Place(channel, place.person, place.name)
        explanation = await self._talk.ask(where, "papers", f"try {query}") if query else None
        if self._typed.get(view_id) == query:
            try:
                await self._web.update_view(view_id, subscribe_modal(channel, query=query, explanation=explanation))
            except DeliveryError as error:
                log.info("The subscribe form was closed meanwhile: %s", error)

    async def _on_submitted(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Subscribe, and keep the form open with what is wrong; a desk that is slow answers in the channel."""
        self._begin()
        self._typed.pop(text_of(view, "id"), None)
        wanted = submitted(view)
        if wanted is None:
            await ack(response_action="errors", errors={QUERY: "Choose a channel and give a query."})
            return
        person = place_of_press(body)
        place = Place(wanted.channel, person.person, person.name)
        asking = asyncio.create_task(self._talk.ask(place, "subscribe", plain_text(wanted.query)))
        done, _ = await asyncio.wait([asking], timeout=MODAL_WAITS)
        if done and not asking.result().ok:
            await ack(response_action="errors", errors={QUERY: _in_short(asking.result())})
            return
        await ack()
        reply = await asking
        await self._talk.tell(place, reply)
        if reply.ok and wanted.rhythm and wanted.rhythm != "instant":
            await self._talk.answer(place, "papers", f"digest {wanted.rhythm}")
        await self._rooms.show_again(place)

    async def _on_home(self, event: dict[str, Any]) -> None:
        if event.get("tab", "home") == "home":
            self._begin()
            await self._rooms.show(place_of_event(event))

    async def _on_event(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        self._begin()
        await self._events.hear(body, event)

    async def _on_nothing(self, ack: AsyncAck) -> None:
        """A link or a choice: Slack does it all, and only wants to be heard."""
        await ack()


async def _authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Let everything in: a socket is opened with our token, so that it brings what is ours."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _on_error(error: Exception) -> None:
    """Say where, and nothing that people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "nowhere"
    log.error("Answering in Slack broke off: %s in %s", type(error).__name__, where)


def _in_short(reply: Reply) -> str:
    """What is wrong, as lines under an input."""
    return "\n".join(part for part in (reply.text, reply.code, reply.advice) if part)[:2000]
