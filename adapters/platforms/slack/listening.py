"""Bolt's handlers of commands, mentions, buttons and modals; each acknowledges before it does anything.

Slack waits for three seconds: https://docs.slack.dev/interactivity/handling-user-interaction.
"""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.blocks import pressed
from adapters.platforms.slack.buttons import OPENS
from adapters.platforms.slack.channel_events import ChannelEvents
from adapters.platforms.slack.chosen_channel import refusal
from adapters.platforms.slack.client import SDK_LOG
from adapters.platforms.slack.dialog import Dialog
from adapters.platforms.slack.form import OPEN, QUERY, SUBSCRIBE
from adapters.platforms.slack.home import HomeTab
from adapters.platforms.slack.home_view import pressed_at_home
from adapters.platforms.slack.pasted_links import PastedLinks
from adapters.platforms.slack.payloads import (
    PLATFORM,
    Place,
    commands_in,
    part_of,
    place_of_command,
    place_of_event,
    place_of_press,
    text_of,
)
from adapters.platforms.slack.typed_text import after_mention, plain_text
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address
from bot.domain.messages import Reply

ANYTHING = re.compile("")

EDIT = re.compile("edit ([1-9][0-9]{0,8})")
"""What follows ``papers`` in the command of a button that opens the form."""

SETTLE_WITHIN = 2.0
"""Seconds that unfinished answers may still take when serving ends."""

NOT_OPENED = Reply(
    "I couldn't open the form just now.",
    advice="Try again, or type /subscribe and what to look for in the channel.",
    ok=False,
)

log = logging.getLogger(__name__)


class Listener:
    """Listens with Bolt while the platform serves a desk."""

    def __init__(self, web: WebApi, answering: Answering, events: ChannelEvents, *, unfurl: bool) -> None:
        """Register a handler for everything that Slack sends.

        Args:
            web: Answers.
            answering: Brings what people say to the desk.
            events: Hears what happens to channels.
            unfurl: Whether to show the cards of papers whose addresses people paste.
        """
        self._web = web
        self._answering = answering
        self._links = PastedLinks(web, answering) if unfurl else None
        self._home = HomeTab(web, answering)
        self._dialog = Dialog(web, answering, self._home.show_again)
        self._events = events
        self._busy: set[asyncio.Task[Any]] = set()
        # Without `authorize`, Bolt asks Slack who we are before the first acknowledgement, which may make it late.
        self.app = AsyncApp(
            name="paperwire",
            client=AsyncWebClient(base_url=web.client.base_url, logger=SDK_LOG, retry_handlers=[]),
            authorize=_authorized,
            logger=SDK_LOG,
            ignoring_self_events_enabled=False,  # that we join or leave a channel is an event of our own user
            request_verification_enabled=False,  # what comes over our own socket has no signature
        )
        self._register()

    def _register(self) -> None:
        app = self.app
        for slash in {command.slash for command in self._answering.desk.commands}:
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
        if self._links:
            app.event("link_shared")(self._on_link)
        app.event(ANYTHING)(self._on_event)
        app.error(_on_error)

    async def settle(self) -> None:
        """Wait a moment for answers that are not finished."""
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=SETTLE_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _go_on(self, work: Coroutine[Any, Any, object]) -> None:
        """Do the work in a task of its own: Bolt drops an acknowledgement that is followed by an error."""

        async def carefully() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001 - any error costs only this answer
                await _on_error(error)

        task = asyncio.create_task(carefully())
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        command = text_of(body, "command").removeprefix("/").lower()
        place, text = place_of_command(body), plain_text(text_of(body, "text"))
        if command == SUBSCRIBE and not text:
            self._go_on(self._ask_for_query(body, place))
        else:
            self._go_on(self._answering.answer(place, command, text))

    async def _ask_for_query(self, body: dict[str, Any], place: Place) -> None:
        """Open the form; if that cannot be, say what is missing."""
        is_allowed = await self._answering.may_give(place, SUBSCRIBE)
        if not is_allowed or not await self._dialog.open(text_of(body, "trigger_id"), place):
            await self._answering.answer(place, SUBSCRIBE, "")

    async def _edit(self, body: dict[str, Any], place: Place, text: str, number: int) -> None:
        """Open the form to edit a subscription; if that cannot be, say how to do it in words."""
        is_allowed = await self._answering.may_give(place, "papers", f"change {number}")
        if not is_allowed or not await self._dialog.open(text_of(body, "trigger_id"), place, number=number):
            await self._answering.answer(place, "papers", text)

    async def _edit_from_home(self, body: dict[str, Any], place: Place, text: str, number: int) -> None:
        """The same for one of the channels that the Home tab names."""
        if refused := await refusal(self._web, place):
            await self._answering.show(replace(place, channel=""), refused)
        else:
            await self._edit(body, place, text, number)

    async def _on_mention(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        self._go_on(self._answer_words(body, event))

    async def _on_message(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """In a direct message everything is meant for us, elsewhere only mentions."""
        if (
            event.get("channel_type") == "im"
            and event.get("user")
            and not (event.get("subtype") or event.get("bot_id"))
        ):
            self._go_on(self._answer_words(body, event))

    async def _answer_words(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        words = after_mention(await self._events.our_user(body), text_of(event, "text"))
        place = place_of_event(event)
        for command, text in commands_in(words, self._answering.desk.commands):
            await self._answering.answer(place, command, text)

    async def _on_button(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A button, or an option of a menu."""
        await ack()
        place = place_of_press(body)
        value = text_of(action, "value") or text_of(part_of(action, "selected_option"), "value")
        command, from_home = pressed(value), pressed_at_home(value)
        if from_home and not place.channel:
            channel, name, text = from_home
            there = Place.at(Address(PLATFORM, channel), place.person, place.name)
            number = _edited(name, text)
            self._go_on(
                self._edit_from_home(body, there, text, number) if number else self._home.act(place, *from_home)
            )
        elif command and place.channel:
            name, text = command
            number = _edited(name, text)
            self._go_on(self._edit(body, place, text, number) if number else self._answering.answer(place, name, text))
        elif not value.startswith(OPENS):
            log.warning("Somebody pressed a button that is not mine")

    async def _on_open(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self._go_on(self._open(body))

    async def _open(self, body: dict[str, Any]) -> None:
        place = place_of_press(body)
        if not await self._dialog.open(text_of(body, "trigger_id"), place):
            await self._answering.show(place, NOT_OPENED)

    async def _on_typing(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        self._go_on(self._dialog.explain(part_of(body, "view"), place_of_press(body), text_of(action, "value")))

    async def _on_submitted(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        wrong, rest = await self._dialog.submit(view, place_of_press(body))
        if wrong:
            await ack(response_action="errors", errors=dict(wrong))
        else:
            await ack()
        if rest:
            self._go_on(rest)

    async def _on_home(self, event: dict[str, Any]) -> None:
        if event.get("tab", "home") == "home":
            self._go_on(self._home.show(place_of_event(event)))

    async def _on_link(self, event: dict[str, Any]) -> None:
        if self._links:
            self._go_on(self._links.show(event))

    async def _on_event(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        self._go_on(self._events.hear(body, event))

    async def _on_nothing(self, ack: AsyncAck) -> None:
        """Acknowledge a link or a choice: Slack does the rest itself, but shows an error without this."""
        await ack()


def _edited(command: str, text: str) -> int:
    """The number of the subscription that a button's command edits; 0 for any other command."""
    edited = EDIT.fullmatch(text) if command == "papers" else None
    return int(edited[1]) if edited else 0


async def _authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Let everything in: the socket was opened with our token, so it only brings what is for us."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _on_error(error: Exception) -> None:
    """Log where the error happened, and nothing that people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "nowhere"
    log.error("Could not answer in Slack: %s in %s", type(error).__name__, where)
