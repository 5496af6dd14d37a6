"""What a host can get wrong with Slack, checked one thing after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from adapters.connections import session
from adapters.platforms.slack.client import proxy_address
from adapters.platforms.slack.codes import CLOSED
from adapters.platforms.slack.errors import APP_TOKEN, BOT_TOKEN, BadToken, MissingScope, give
from adapters.platforms.slack.manifest import scopes
from adapters.platforms.slack.payloads import parts_of, text_of
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address, Finding
from bot.errors import ChannelClosed, ConfigError, DeliveryError

TOKENS, SCOPES_GRANTED, SOCKET = "Slack bot token", "Slack scopes", "Slack app token"

LET_SOCKETS_OUT = "let this machine open wss:// connections to slack.com, through its firewall and proxy"
TURN_ON_SOCKETS = "turn on “Enable Socket Mode” under “Socket Mode” of your app at api.slack.com/apps"

PATIENCE = 10.0
"""Seconds until the socket must have sent something."""

CREATE_ANEW = "update the app with paperwire slack-manifest, install it again, and copy the token anew"


async def check(web: WebApi, channels: Sequence[Address], *, unfurl: bool = False) -> Sequence[Finding]:
    """Check the tokens, the scopes, those to ``unfurl`` too, and each channel."""
    wrong = mistaken(web.client.token or "", web.app_token)
    found = (
        [Finding(TOKENS, "failed", *_reason_and_repair(wrong))]
        if wrong
        else [*await bot_token(web, scopes(unfurl=unfurl)), await app_token(web)]
    )
    if found[0].state != "ok":
        untried = "not tried: the bot token does not work"
        return [*found, *(Finding(str(address), "warning", untried) for address in channels)]
    return [*found, *[await channel(web, address) for address in channels]]


async def bot_token(web: WebApi, needed: Sequence[str]) -> list[Finding]:
    """Check that the bot token works, and that it has all scopes that are needed."""
    try:
        identity = await web.identity(anew=True)
    except DeliveryError as error:
        return [Finding(TOKENS, "failed", *_reason_and_repair(error))]
    found = [Finding(TOKENS, "ok", f"works in the workspace {identity.team or identity.url}")]
    if identity.scopes is None:
        return [*found, Finding(SCOPES_GRANTED, "warning", "Slack does not say which were granted")]
    missing = [scope for scope in needed if scope not in identity.scopes]
    if missing:
        return [*found, Finding(SCOPES_GRANTED, "failed", f"missing: {', '.join(missing)}", CREATE_ANEW)]
    return [*found, Finding(SCOPES_GRANTED, "ok", "all that are needed were granted")]


async def app_token(web: WebApi) -> Finding:
    """Check that the app token opens a socket.

    Where Socket Mode is off, Slack says so over the socket: https://docs.slack.dev/apis/events-api/using-socket-mode.
    """
    try:
        hello = await first_word(await web.socket_url())
    except DeliveryError as error:
        return Finding(SOCKET, "failed", *_reason_and_repair(error))
    if hello is None:
        return Finding(SOCKET, "failed", "Slack's socket cannot be reached", LET_SOCKETS_OUT)
    if hello.get("reason") == "link_disabled":
        return Finding(SOCKET, "failed", "Socket Mode is off", TURN_ON_SOCKETS)
    return Finding(SOCKET, "ok", "opens a socket")


async def first_word(url: str) -> Mapping[str, Any] | None:
    """The first message over the socket, which is closed at once; None if there is none."""
    try:
        async with (
            asyncio.timeout(PATIENCE),
            session(PATIENCE) as opened,
            opened.ws_connect(url, proxy=proxy_address(url)) as connection,
        ):
            message = await connection.receive_json()
    except (aiohttp.ClientError, ConfigError, OSError, TimeoutError, TypeError, ValueError):
        return None
    return message if isinstance(message, dict) else {}


async def channel(web: WebApi, address: Address) -> Finding:
    """Check that the channel can be posted to."""
    subject = str(address)
    try:
        place, thread = parts_of(address.id)
        info = await web.channel(place)
    except MissingScope as error:
        return Finding(subject, "warning", f"cannot be checked: {error.reason}", error.repair)
    except DeliveryError as error:
        return Finding(subject, "failed", *_reason_and_repair(error))
    code = "is_archived" if info.get("is_archived") is True else ""
    if not code and info.get("is_im") is not True and info.get("is_member") is not True:
        code = "not_in_channel"
    if code:
        return Finding(subject, "failed", *CLOSED[code])
    where = ", in a thread" if thread else ""
    return Finding(subject, "ok", f"#{text_of(info, 'name')} can be posted to{where}".removeprefix("# "))


def mistaken(bot: str, app: str) -> BadToken | None:
    """What can be seen to be wrong with the tokens without asking Slack, if anything."""
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        repair = f"give {BOT_TOKEN} the one that begins with xoxb-, and {APP_TOKEN} the one with xapp-"
        return BadToken(f"{BOT_TOKEN} and {APP_TOKEN} are swapped", repair=repair)
    if bot.startswith("xapp-"):
        return BadToken(f"{BOT_TOKEN} holds an app token", repair=give(BOT_TOKEN))
    if app.startswith("xoxb-"):
        return BadToken(f"{APP_TOKEN} holds a bot token", repair=give(APP_TOKEN))
    return None


def _reason_and_repair(error: DeliveryError) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    if isinstance(error, ChannelClosed | BadToken):
        return error.reason, error.repair
    return str(error), "try again later; https://slack-status.com says whether Slack is down"
