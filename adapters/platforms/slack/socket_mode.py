"""The Socket Mode connection, opened again whenever it is lost.

Bolt and slack_sdk do the talking, but we open the connection: slack_sdk would retry for ever with a token that is not
accepted, and with an address that has been used.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.platforms.slack.client import SDK_LOG, proxy_address
from adapters.platforms.slack.errors import BadToken, as_delivery_errors
from adapters.platforms.slack.web_api import WebApi
from bot.domain.times import pauses
from bot.errors import DeliveryError

PING_EVERY = 5.0
"""Seconds between pings; a connection that does not answer them counts as lost."""

CONNECT_WITHIN = 10.0
"""Seconds."""

LOOK_EVERY = 0.1
"""Seconds between two checks of the connection."""

FIRST_PAUSE = timedelta(milliseconds=200)
LONGEST_PAUSE = timedelta(seconds=30)

STEADY = 30.0
"""Seconds after which a connection counts as steady, so that the next pause is short again."""

REMEMBERED = 1_000
"""Ids of recent requests: Slack repeats those that were not acknowledged.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

log = logging.getLogger(__name__)


class SocketMode:
    """Receives Slack's requests and passes each of them to Bolt once."""

    def __init__(
        self,
        web: WebApi,
        tell_trouble: Callable[[str], None],
        *,
        connect_within: float = CONNECT_WITHIN,
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            web: Knows the socket's address.
            tell_trouble: Called with a clause when the connection is lost, and with "" when it is back.
            connect_within: Seconds that opening a connection may take.
        """
        self._web = web
        self._connect_within = connect_within
        self._tell_trouble = tell_trouble
        self._is_lost = False
        self._heard: OrderedDict[str, None] = OrderedDict()

    async def listen(self, app: AsyncApp) -> None:
        """Pass everything to ``app`` until cancelled.

        Raises:
            DeliveryError: Slack does not accept the app token.
        """
        waiting = pauses(FIRST_PAUSE, LONGEST_PAUSE)
        while True:
            wish = timedelta()
            try:
                url = await self._web.socket_url()
                began = time.monotonic()
                await self._stay(app, url)
                if time.monotonic() - began > STEADY:
                    waiting = pauses(FIRST_PAUSE, LONGEST_PAUSE)
            except BadToken:
                raise
            except DeliveryError as error:
                self._lost(str(error))
                wish = error.after or timedelta()
            await asyncio.sleep(max(next(waiting), wish).total_seconds())

    async def _stay(self, app: AsyncApp, url: str) -> None:
        """Listen while the connection lasts."""
        handler = AsyncSocketModeHandler(
            app, self._web.app_token, logger=SDK_LOG, web_client=self._web.client, ping_interval=PING_EVERY
        )
        client = handler.client
        with as_delivery_errors():
            client.proxy = proxy_address(url)
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
        client.wss_uri = url

        async def hear(_client: SocketModeClient, request: SocketModeRequest) -> None:
            if self._is_new(request):
                await handler.handle(client, request)
            else:
                await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

        client.socket_mode_request_listeners[:] = [hear]  # type: ignore[list-item]
        try:
            try:
                async with asyncio.timeout(self._connect_within):
                    await client.connect()  # type: ignore[no-untyped-call]
            except TimeoutError:
                self._lost("Slack's socket cannot be reached")
            else:
                self._found()
                await self._until_lost(client)
                self._lost("the connection was lost")
        finally:
            await client.close()  # type: ignore[no-untyped-call]

    async def _until_lost(self, client: SocketModeClient) -> None:
        """Wait while the connection lasts, or slack_sdk replaces it because Slack asked for that."""
        alive_at = time.monotonic()
        while True:
            if await client.is_connected():
                alive_at = time.monotonic()
            elif not client.connect_operation_lock.locked() or time.monotonic() - alive_at > self._connect_within:
                return
            await asyncio.sleep(LOOK_EVERY)

    def _lost(self, reason: str) -> None:
        if not self._is_lost:
            log.warning("Slack is disconnected: %s; reconnecting", reason)
            self._tell_trouble(f"disconnected since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {reason}")
        self._is_lost = True

    def _found(self) -> None:
        if self._is_lost:
            log.info("Slack is connected again")
            self._tell_trouble("")
        self._is_lost = False

    def _is_new(self, request: SocketModeRequest) -> bool:
        """Whether this did not come before; an event that is repeated has a new envelope, but the same id."""
        ids = [f"envelope {request.envelope_id}"]
        if request.type == "events_api" and isinstance(request.payload.get("event_id"), str):
            ids.append(f"event {request.payload['event_id']}")
        if any(request_id in self._heard for request_id in ids):
            return False
        for request_id in ids:
            self._heard[request_id] = None
        while len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)
        return True
