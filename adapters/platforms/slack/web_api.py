"""The methods of Slack's Web API that Paperwire uses, with its errors as ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from adapters.platforms.slack.blocks import notification, to_blocks
from adapters.platforms.slack.client import Client, send_to_hook
from adapters.platforms.slack.errors import (
    APP_TOKEN,
    SERVER_ERROR,
    TOO_MANY,
    Unfit,
    as_delivery_errors,
    wait_in,
)
from adapters.platforms.slack.payloads import part_of, text_of
from adapters.platforms.slack.rate_limit import RateLimit
from adapters.platforms.slack.web_answers import answer_to, data_of, header, items_of
from bot.domain import Receipt
from bot.domain.messages import Card, Message, papers_in
from bot.domain.platform_clock import PlatformClock
from bot.errors import DeliveryError, Rejected, RetryLater, Uncertain

Answer = TypeVar("Answer")

TIMEOUT = 30
"""Seconds that a request may take; Slack fetches a card's picture within it."""

EVENT_TYPE = "paperwire"
"""The type of our messages' metadata: https://docs.slack.dev/messaging/message-metadata."""

OK = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are, by the bot token.

    Attributes:
        user_id: Our own user.
        team: The workspace's name.
        url: The workspace's address, ending in a slash.
        scopes: Those granted to us; None if Slack does not say.
    """

    user_id: str
    team: str
    url: str
    scopes: frozenset[str] | None


class WebApi:
    """Calls to Slack; each raises a `DeliveryError` if it fails, or if Slack's answer does not tell."""

    def __init__(self, bot_token: str, app_token: str, *, api_url: str, timeout: int, pace: RateLimit) -> None:
        """Prepare; nothing is asked yet.

        Raises:
            ConfigError: The address, the proxy or the certificates cannot be used.
        """
        self.client = Client(bot_token, api_url=api_url, timeout=timeout)
        self.app_token = app_token
        self._timeout = timeout
        self._pace = pace
        self._identity: Identity | None = None
        self._clock = PlatformClock()

    async def identity(self, *, anew: bool = False) -> Identity:
        """Who we are; Slack is asked once, unless ``anew``."""
        if self._identity is None or anew:
            with as_delivery_errors():
                response = await self.client.auth_test()
                answer = data_of(response)
            self._clock.hear(header(response, "date"))
            granted = header(response, "x-oauth-scopes")
            self._identity = Identity(
                text_of(answer, "user_id"),
                text_of(answer, "team"),
                text_of(answer, "url"),
                None if granted is None else frozenset(filter(None, granted.replace(" ", "").split(","))),
            )
        return self._identity

    async def socket_url(self) -> str:
        """Where to connect for Socket Mode; valid for one connection."""
        response = await answer_to(self.client.apps_connections_open(app_token=self.app_token), token=APP_TOKEN)
        url = text_of(response, "url")
        if not url.startswith(("ws://", "wss://")):
            raise RetryLater("Slack's answer makes no sense")
        return url

    async def post(self, channel: str, message: Message, *, key: str = "", thread: str = "") -> Receipt:
        """Post to a channel, or to a person by their id.

        Raises:
            DeliveryError: See `Platform.post`.
        """
        await self._pace.turn(channel)

        async def send(blocks: list[dict[str, Any]]) -> Receipt:
            response = await answer_to(
                self.client.chat_postMessage(
                    channel=channel,
                    text=notification(message),
                    blocks=blocks,
                    thread_ts=thread or None,
                    metadata=_metadata(key, message),
                    # A card has its own picture and links; Slack would add a preview of each of them.
                    unfurl_links=False,
                    unfurl_media=False,
                )
            )
            sent = text_of(response, "ts")
            if not sent:  # something in between has answered, or Slack has: the message may be there
                raise Uncertain("Slack's answer makes no sense")
            return await self.receipt(text_of(response, "channel") or channel, sent, thread)

        try:
            return await _as_fits(message, send)
        except RetryLater as error:
            if error.after:
                self._pace.hold(channel, error.after)
            raise

    async def update(self, channel: str, sent: str, message: Message, *, key: str) -> None:
        """Show ``message`` in place of the one with that timestamp, without notifying anybody.

        Messages with blocks are not marked as edited: https://docs.slack.dev/reference/methods/chat.update.

        Raises:
            DeliveryError: See `Platform.update`.
        """

        async def send(blocks: list[dict[str, Any]]) -> None:
            await answer_to(
                self.client.chat_update(
                    channel=channel,
                    ts=sent,
                    text=notification(message),
                    blocks=blocks,
                    metadata=_metadata(key, message),
                )
            )

        await _as_fits(message, send)

    async def receipt(self, channel: str, sent: str, thread: str = "") -> Receipt:
        """The receipt of a message; without a link while Slack does not tell the workspace's address."""
        try:
            team = (await self.identity()).url
        except DeliveryError:
            team = ""
        within = f"?thread_ts={thread}&cid={channel}" if thread else ""
        return Receipt(sent, f"{team}archives/{channel}/p{sent.replace('.', '')}{within}" if team else "")

    async def history(
        self, channel: str, *, since: datetime, until: datetime | None = None, thread: str = ""
    ) -> AsyncIterator[Mapping[str, Any]]:
        """The channel's or thread's messages from ``since`` to ``until`` (None: now), with their metadata.

        A channel's come newest first. Both moments are by our clock, and Slack is asked by its own.
        """
        async for message in items_of(
            self.client,
            "conversations.replies" if thread else "conversations.history",
            "messages",
            {
                "channel": channel,
                **({"ts": thread} if thread else {}),
                "oldest": f"{self._clock.earliest(since).timestamp():.6f}",
                **({"latest": f"{self._clock.latest(until).timestamp():.6f}"} if until else {}),
                "inclusive": True,
                "include_all_metadata": True,
            },
        ):
            yield message

    async def channels_of(self, person: str) -> Sequence[Mapping[str, Any]]:
        """The conversations that a person is in, of those that we can see."""
        asked = {"user": person, "types": "public_channel,private_channel,mpim,im", "exclude_archived": True}
        return [channel async for channel in items_of(self.client, "users.conversations", "channels", asked)]

    async def channel(self, channel: str) -> Mapping[str, Any]:
        """Slack's description of a channel."""
        return part_of(await answer_to(self.client.conversations_info(channel=channel)), "channel")

    async def person(self, person: str) -> Mapping[str, Any]:
        """Slack's description of a person."""
        return part_of(await answer_to(self.client.users_info(user=person, include_locale=True)), "user")

    async def direct(self, person: str) -> str:
        """The id of a person's direct messages with us.

        https://docs.slack.dev/reference/methods/conversations.open
        """
        answer = await answer_to(self.client.conversations_open(users=person))
        opened = text_of(part_of(answer, "channel"), "id")
        if not opened:
            raise RetryLater("Slack's answer makes no sense")
        return opened

    async def unfurl(self, channel: str, sent: str, url: str, card: Card) -> None:
        """Show a paper's card below the message in which somebody gave its address.

        https://docs.slack.dev/reference/methods/chat.unfurl

        Raises:
            DeliveryError: It is not shown.
        """

        async def send(blocks: list[dict[str, Any]]) -> None:
            await answer_to(self.client.chat_unfurl(channel=channel, ts=sent, unfurls={url: {"blocks": blocks}}))

        await _as_fits(card, send)

    async def whisper(self, channel: str, person: str, message: Message, *, thread: str = "") -> None:
        """Show a message in the channel to that person only."""

        async def send(blocks: list[dict[str, Any]]) -> None:
            await answer_to(
                self.client.chat_postEphemeral(
                    channel=channel,
                    user=person,
                    text=notification(message),
                    blocks=blocks,
                    thread_ts=thread or None,
                )
            )

        await _as_fits(message, send)

    async def respond(self, response_url: str, message: Message, *, thread: str = "") -> None:
        """Answer a command or button, only to the person who used it.

        Raises:
            DeliveryError: The message did not arrive.
        """

        async def send(blocks: list[dict[str, Any]]) -> None:
            body = {"response_type": "ephemeral", "replace_original": False, "blocks": blocks}
            if thread:
                body["thread_ts"] = thread
            with as_delivery_errors():
                response = await send_to_hook(response_url, {"text": notification(message), **body}, self._timeout)
            if "invalid_blocks" in response.body:
                raise Unfit("Slack refuses the reply (invalid_blocks)")
            refusal = f"Slack refuses the reply (status {response.status_code})"
            if response.status_code == TOO_MANY or response.status_code >= SERVER_ERROR:
                raise RetryLater(refusal, after=wait_in(response.headers))
            if response.status_code != OK or response.body.lstrip().startswith("<"):  # a page that is not Slack's
                raise Rejected(refusal)

        await _as_fits(message, send)

    async def open_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Open a modal for the person whose action this is; Slack allows three seconds.

        https://docs.slack.dev/reference/methods/views.open
        """
        await answer_to(self.client.views_open(trigger_id=trigger_id, view=view))

    async def update_view(self, view_id: str, view: dict[str, Any]) -> None:
        """Change an open modal."""
        await answer_to(self.client.views_update(view_id=view_id, view=view))

    async def publish_home(self, person: str, view: dict[str, Any]) -> None:
        """Change a person's Home tab."""
        await answer_to(self.client.views_publish(user_id=person, view=view))


def _metadata(key: str, message: Message) -> dict[str, Any] | None:
    """The key by which a message is found again, and its papers; None without a key."""
    payload = {"key": key, "papers": " ".join(papers_in(message))}
    return {"event_type": EVENT_TYPE, "event_payload": payload} if key else None


async def _as_fits(message: Message, send: Callable[[list[dict[str, Any]]], Awaitable[Answer]]) -> Answer:
    """Send the message; if Slack refuses it as it is, send it once more without pictures."""
    try:
        return await send(to_blocks(message))
    except Unfit:
        return await send(to_blocks(message, thumbnails=False))
