"""What a host can get wrong with Slack, tried one thing after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from adapters.platforms.slack.errors import APP_TOKEN, BOT_TOKEN, CLOSED, BadToken, MissingScope, give
from adapters.platforms.slack.manifest import SCOPES
from adapters.platforms.slack.payloads import text_of
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address, Finding
from bot.errors import ChannelClosed, DeliveryError

TOKENS, SCOPES_GRANTED, SOCKET = "Slack bot token", "Slack scopes", "Slack app token"

LET_SOCKETS_OUT = "let this machine open wss:// connections to slack.com, through its firewall and proxy"
TURN_ON_SOCKETS = "turn on “Enable Socket Mode” under “Socket Mode” of your app at api.slack.com/apps"

PATIENCE = 10.0
"""Seconds that the socket may take to say something."""

CREATE_ANEW = "update the app with paperwire slack-manifest, install it again, and copy the token anew"


async def findings(web: WebApi, channels: Sequence[Address]) -> Sequence[Finding]:
    """Every finding: the tokens, the scopes, each channel."""
    wrong = mistaken(web.client.token or "", web.app_token)
    found = [Finding(TOKENS, "failed", *_said(wrong))] if wrong else [*await bot_token(web), await app_token(web)]
    if found[0].state != "ok":
        return [*found, *(Finding(str(each), "warning", "not tried: the bot token does not work") for each in channels)]
    return [*found, *[await channel(web, each) for each in channels]]


async def bot_token(web: WebApi) -> list[Finding]:
    """Whether the bot token works, and has all scopes."""
    try:
        identity = await web.identity(anew=True)
    except DeliveryError as error:
        return [Finding(TOKENS, "failed", *_said(error))]
    found = [Finding(TOKENS, "ok", f"works in the workspace {identity.team or identity.url}")]
    if identity.scopes is None:
        return [*found, Finding(SCOPES_GRANTED, "warning", "Slack does not say which were granted")]
    missing = [scope for scope in SCOPES if scope not in identity.scopes]
    if missing:
        return [*found, Finding(SCOPES_GRANTED, "failed", f"missing: {', '.join(missing)}", CREATE_ANEW)]
    return [*found, Finding(SCOPES_GRANTED, "ok", "all that are needed were granted")]


async def app_token(web: WebApi) -> Finding:
    """Whether Slack opens a socket for us.

    Where Socket Mode is off it says so over the socket: https://docs.slack.dev/apis/events-api/using-socket-mode.
    """
    try:
        said = await first_word(await web.socket_url(), web.client.proxy)
    except DeliveryError as error:
        return Finding(SOCKET, "failed", *_said(error))
    if said is None:
        return Finding(SOCKET, "failed", "Slack's socket cannot be reached", LET_SOCKETS_OUT)
    if said.get("reason") == "link_disabled":
        return Finding(SOCKET, "failed", "Socket Mode is off", TURN_ON_SOCKETS)
    return Finding(SOCKET, "ok", "opens a socket")


async def first_word(url: str, proxy: str | None) -> Mapping[str, Any] | None:
    """What Slack says first over the socket, which is closed again at once; None when nothing comes."""
    try:
        async with (
            asyncio.timeout(PATIENCE),
            aiohttp.ClientSession() as session,
            session.ws_connect(url, proxy=proxy) as connection,
        ):
            said = await connection.receive_json()
    except (aiohttp.ClientError, OSError, TimeoutError, TypeError, ValueError):
        return None
    return said if isinstance(said, dict) else {}


async def channel(web: WebApi, address: Address) -> Finding:
    """Whether the channel can be posted to."""
    subject = str(address)
    try:
        told = await web.channel(address.id)
    except MissingScope as error:
        return Finding(subject, "warning", f"cannot be looked at: {error.reason}", error.repair)
    except DeliveryError as error:
        return Finding(subject, "failed", *_said(error))
    code = "is_archived" if told.get("is_archived") is True else ""
    if not code and told.get("is_im") is not True and told.get("is_member") is not True:
        code = "not_in_channel"
    if code:
        return Finding(subject, "failed", *CLOSED[code])
    return Finding(subject, "ok", f"#{text_of(told, 'name')} can be posted to".removeprefix("# "))


def mistaken(bot: str, app: str) -> BadToken | None:
    """What is wrong with the tokens at first sight, if anything."""
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        repair = f"give {BOT_TOKEN} the one that begins with xoxb-, and {APP_TOKEN} the one with xapp-"
        return BadToken(f"{BOT_TOKEN} and {APP_TOKEN} are swapped", repair=repair)
    if bot.startswith("xapp-"):
        return BadToken(f"{BOT_TOKEN} holds an app token", repair=give(BOT_TOKEN))
    if app.startswith("xoxb-"):
        return BadToken(f"{APP_TOKEN} holds a bot token", repair=give(APP_TOKEN))
    return None


def _said(error: DeliveryError) -> tuple[str, str]:
    """What went wrong, and what to do about it."""
    if isinstance(error, ChannelClosed | BadToken):
        return error.reason, error.repair
    return str(error), "try again when Slack can be reached; https://slack-status.com tells how it is doing"
