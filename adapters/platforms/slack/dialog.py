"""The dialog to subscribe: opened, explained while somebody types, submitted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.chosen_channel import refusal
from adapters.platforms.slack.elements import Block, cut, inert, plain
from adapters.platforms.slack.payloads import CHANNEL_ID, Place, text_of
from adapters.platforms.slack.replies import advice_blocks, text_blocks
from adapters.platforms.slack.typed_text import plain_text
from adapters.platforms.slack.web_api import WebApi
from bot.domain.messages import Reply
from bot.errors import DeliveryError

ANSWER_WITHIN = 2.0
"""Seconds that a submitted dialog stays open for an answer.

Slack gives up after three: https://docs.slack.dev/surfaces/modals.
"""

MOST_TYPING = 100
"""Open dialogs whose typed text is remembered."""

SHOWN = 2_000
"""Characters of an error under an input."""

log = logging.getLogger(__name__)

SUBSCRIBE = "subscribe"
"""The callback id of the dialog, and of the shortcut that opens it."""

OPEN = "open_subscribe"
"""The action id of the button that opens the dialog."""

QUERY, CHANNEL, SCHEDULE = "query", "channel", "schedule"
"""Block and action ids of the dialog's inputs."""

INSTANT = "instant"

SCHEDULES = {
    INSTANT: "As they come",
    "daily 09:00": "As a digest, daily at 9:00",
    "weekly mon 09:00": "As a digest, Mondays at 9:00",
}

OPTION = 75
"""Characters: https://docs.slack.dev/reference/block-kit/composition-objects/option-object."""

LONGEST = 500
"""Characters of a query."""

EXPLANATION = 6_000
"""Bytes of JSON for the explanation of a query."""

TEACHING = "For example: reinforcement learning · rlhf, reward model · diffusion -survey · title:agent · upvotes>=20"


class Dialog:
    """Leads people through the dialog."""

    def __init__(self, web: WebApi, answering: Answering, subscribed: Callable[[Place], Awaitable[None]]) -> None:
        """Prepare.

        Args:
            web: Opens and changes dialogs.
            answering: Brings queries to the desk.
            subscribed: Called once somebody has subscribed a channel.
        """
        self._web = web
        self._answering = answering
        self._subscribed = subscribed
        self._typed: dict[str, str] = {}

    async def open(self, trigger_id: str, place: Place) -> bool:
        """Show the dialog to the person who asked for it; return whether Slack did."""
        try:
            zone = await self._answering.time_zone(place.person)
            await self._web.open_view(trigger_id, subscribe_modal(place.channel, zone=zone, only_here=place.is_private))
        except DeliveryError as error:
            log.warning("Could not open the dialog to subscribe: %s", error)
            return False
        return True

    async def explain(self, view: Mapping[str, Any], place: Place, typed: str) -> None:
        """Explain the query that is being typed, unless it has changed meanwhile."""
        view_id, query = text_of(view, "id"), plain_text(typed)
        if len(self._typed) >= MOST_TYPING:
            self._typed.clear()
        self._typed[view_id] = query
        channel = text_of(view, "private_metadata")
        where = Place(channel, place.person, place.name)
        explanation = await self._answering.ask(where, "papers", f"try {query}") if query else None
        if self._typed.get(view_id) != query:  # an explanation of old text would overwrite what is being typed
            return
        zone = await self._answering.time_zone(place.person)
        only_here = not any(block.get("block_id") == CHANNEL for block in view.get("blocks") or ())
        modal = subscribe_modal(channel, query=query, explanation=explanation, zone=zone, only_here=only_here)
        try:
            await self._web.update_view(view_id, modal)
        except DeliveryError as error:
            log.info("Could not explain a query in its dialog: %s", error)

    async def submit(self, view: Mapping[str, Any], place: Place) -> tuple[str, Coroutine[Any, Any, None] | None]:
        """Subscribe; return what is wrong, for the dialog that then stays open, and the work that remains.

        If the desk is slow, the dialog closes and the answer comes in the channel.
        """
        self._typed.pop(text_of(view, "id"), None)
        wanted = submitted(view)
        if wanted is None:
            return f"Type a query of at most {LONGEST} characters, and choose a channel.", None
        chosen = Place(wanted.channel, place.person, place.name)
        asking = asyncio.create_task(self._subscribe(chosen, plain_text(wanted.query)))
        await asyncio.wait([asking], timeout=ANSWER_WITHIN)
        if asking.done() and not asking.result()[1].ok:
            return _in_short(asking.result()[1]), None
        return "", self._finish(asking, wanted)

    async def _subscribe(self, chosen: Place, query: str) -> tuple[Place, Reply]:
        """The reply, and where to show it: not in a channel that is not the person's."""
        refused = await refusal(self._web, chosen)
        if refused:
            return replace(chosen, channel=""), refused
        return chosen, await self._answering.ask(chosen, "subscribe", query)

    async def _finish(self, asking: asyncio.Task[tuple[Place, Reply]], wanted: Submission) -> None:
        place, reply = await asking
        await self._answering.tell(place, reply, elsewhere=True)
        if reply.ok and wanted.schedule != INSTANT:
            # The time that they chose is that of their own clock, as the dialog says.
            zone = await self._answering.time_zone(place.person)
            digest = await self._answering.ask(place, "papers", f"digest {wanted.schedule} {zone}".strip())
            await self._answering.tell(place, digest, elsewhere=True)
        if reply.ok:
            await self._subscribed(place)


def _in_short(reply: Reply) -> str:
    """The reply as lines under an input."""
    return "\n".join(part for part in (reply.text, reply.code, reply.advice) if part)[:SHOWN]


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person filled in: the channel's id, the query as typed, and a key of `SCHEDULES`."""

    channel: str
    query: str
    schedule: str


def subscribe_modal(
    channel_id: str,
    *,
    query: str = "",
    explanation: Reply | None = None,
    zone: str = "",
    only_here: bool = False,
) -> dict[str, Any]:
    """The dialog to subscribe, which asks for an explanation while the query is typed.

    Args:
        channel_id: Where it was opened; empty outside of channels.
        query: The text in the input.
        explanation: How the query was understood, or what is wrong with it.
        zone: The person's time zone; empty for UTC.
        only_here: Whether it is about where it was opened: a direct message, which nobody can choose.
    """
    opened_in = channel_id if CHANNEL_ID.fullmatch(channel_id) else ""
    channel = [] if only_here else [_channel(opened_in)]
    note = explanation or Reply("", advice=TEACHING)
    explained = [*text_blocks(note, EXPLANATION), *advice_blocks(note)]
    return {
        "type": "modal",
        "callback_id": SUBSCRIBE,
        "private_metadata": opened_in,
        "title": plain("Subscribe to papers"),
        "submit": plain("Subscribe"),
        "close": plain("Cancel"),
        "blocks": [_query(query), *explained, *channel, _schedule(zone or "UTC")],
    }


def submitted(view: Mapping[str, Any]) -> Submission | None:
    """What a submitted dialog holds; None if it is not ours, or not filled in."""
    values = _at(view, "state", "values")
    query = _at(values, QUERY, QUERY, "value")
    opened_in = text_of(view, "private_metadata")
    chosen = _at(values, CHANNEL, CHANNEL, "selected_conversation")
    channel = opened_in if chosen is None and opened_in.startswith("D") else chosen
    schedule = _at(values, SCHEDULE, SCHEDULE, "selected_option", "value")
    if not (isinstance(query, str) and isinstance(channel, str) and isinstance(schedule, str)):
        return None
    query = query.strip()
    if not 1 <= len(query) <= LONGEST or not CHANNEL_ID.fullmatch(channel) or schedule not in SCHEDULES:
        return None
    return Submission(channel, query, schedule)


def _query(query: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": QUERY,
        "placeholder": plain("reinforcement learning"),
        "max_length": LONGEST,
        "focus_on_load": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered", "on_enter_pressed"]},
    }
    if typed := inert(query):
        element["initial_value"] = cut(typed, LONGEST)
    return _input(QUERY, "Papers about", element) | {"dispatch_action": True}


def _channel(channel_id: str) -> Block:
    is_listed = channel_id.startswith(("C", "G"))
    chosen: Block = {"initial_conversation": channel_id} if is_listed else {"default_to_current_conversation": True}
    element = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain("Choose a channel"),
        "response_url_enabled": False,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return _input(CHANNEL, "Post them in", element | chosen)


def _schedule(zone: str) -> Block:
    labels = {schedule: f"{label} ({zone})" if schedule != INSTANT else label for schedule, label in SCHEDULES.items()}
    options = [{"text": plain(cut(label, OPTION)), "value": schedule} for schedule, label in labels.items()]
    element = {"type": "static_select", "action_id": SCHEDULE, "options": options, "initial_option": options[0]}
    return _input(SCHEDULE, "How", element)


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _at(view: object, *path: str) -> object:
    """The value at that path; None if there is none."""
    for key in path:
        if not isinstance(view, Mapping):
            return None
        view = view.get(key)
    return view
