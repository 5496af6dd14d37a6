"""What Discord's refusals mean for a delivery, and what people can do about them.

Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import discord

from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from bot.text.shorten import shorten

LET_ME_POST = "give me “View Channel”, “Send Messages” and “Embed Links” in {place}"

CLOSED: dict[int, tuple[str, str]] = {
    10003: ("{place} does not exist any more", "subscribe another channel"),
    10004: ("I am not in that server", "invite me again"),
    40067: ("{place} wants a tag on every post and has none that I may apply", "add a tag that everyone may apply"),
    50001: ("I cannot see {place}", "invite me to its server, or " + LET_ME_POST),
    50007: ("this person takes no direct messages from me", "allow direct messages from members of a server we share"),
    50008: ("{place} is not for text", "subscribe a text channel, thread or forum"),
    50013: ("I may not post in {place}", LET_ME_POST),
    50024: ("{place} is not for text", "subscribe a text channel, thread or forum"),
    50083: ("the thread {place} is archived", "unarchive it, or give me “Manage Threads” there"),
    160005: ("the thread {place} is locked", "unlock it, or give me “Manage Threads” there"),
    160006: ("the server of {place} has too many active threads", "archive some of them"),
}
"""Nothing can be posted until somebody changes that: the reason, and the repair."""

REJECTED: dict[int, str] = {
    50035: "it breaks Discord's rules for messages",
    50006: "it is empty",
    200000: "the server's AutoMod blocked it",
    200001: "the server's AutoMod blocked it",
    240000: "Discord's filter for harmful links blocked it",
}
"""This message will never be taken."""

LATER: dict[int, str] = {
    20016: "{place} is in slow mode",
    20022: "announcements are limited at present",
    20028: "{place} is limited at present",
    30046: "Discord takes no more changes of older messages at present",
    40062: "Discord's service is limited at present",
    130000: "Discord is overloaded",
}
"""Nothing was posted; it can be later."""

GONE = frozenset({10003, 10008, 50005, 50083})
"""The message, or the post that it began, is not there any more, put away, or another bot's: nothing to change."""

TOO_LATE = frozenset({10062, 10015, 40060, 50027})
"""The interaction has expired, or was answered already: nobody waits for an answer."""

SERVER_ERROR = 500

LOWEST_CODE = 10_000
"""Discord's error codes begin here; of errors that need none, the code is 0."""

NONSENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)
"""What discord.py stumbles into when a successful answer is not what Discord sends."""

BAD_TOKEN = "Discord refuses the token; put the bot's token from Discord's developer portal into DISCORD_TOKEN"  # noqa: S105

FATAL_CLOSES: dict[int, str] = {
    4004: BAD_TOKEN,
    4012: "Discord no longer speaks this version of its protocol; update Paperwire",
    4013: "Discord does not know an intent that this version asks for; update Paperwire",
    4014: "Discord wants an intent enabled in its developer portal that Paperwire does not need; update Paperwire",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""


FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What a connection to Discord or a request may end in."""

OUTCOMES = (*FAILURES, *NONSENSE)
"""What a request may end in, if whatever answers cannot be trusted to be Discord."""


def as_delivery_error(error: Exception, place: str, *, posting: bool) -> DeliveryError:
    """What one of `OUTCOMES` means.

    Args:
        error: What the request ended in.
        place: The channel as people know it: ``#papers``.
        posting: Whether the request would have posted something, so that a lost answer leaves it uncertain.
    """
    match error:
        case discord.HTTPException():
            return _refusal(error, place) if is_verdict(error) else _lost(_no_verdict(error.status), posting=posting)
        case discord.RateLimited():
            return RetryLater("Discord limits us at present", after=timedelta(seconds=error.retry_after))
        case discord.LoginFailure():
            return RetryLater(BAD_TOKEN)
        case discord.InvalidData():
            return ChannelClosed(f"{place} is of a kind that I do not know", repair="subscribe a text channel")
        case aiohttp.ClientConnectorError():
            return RetryLater(f"Discord cannot be reached: {type(error).__name__}")
    makes_sense = not isinstance(error, NONSENSE)
    reason = (
        f"the connection to Discord was lost: {type(error).__name__}" if makes_sense else "its answer makes no sense"
    )
    return _lost(reason, posting=posting)


def is_verdict(error: discord.HTTPException) -> bool:
    """Whether it is Discord itself that refuses: by an error in JSON with its own code, or by “401: Unauthorized”.

    A proxy, a firewall or a sign-in page may answer in Discord's place with any status, whatever became of the request:
    https://discord.com/developers/docs/reference#error-messages.
    """
    if error.status >= SERVER_ERROR:
        return False
    if error.code >= LOWEST_CODE:  # discord.py finds a code in JSON alone
        return True
    is_json = "json" in error.response.headers.get("Content-Type", "")
    return is_json and error.code == 0 and error.text == "401: Unauthorized"


def _no_verdict(status: int) -> str:
    """What happened where the answer is not a verdict, as a clause."""
    if status >= SERVER_ERROR:
        return f"Discord answered {status}"
    return f"Discord is not what answered, but something before it ({status})"


def blames_picture(error: discord.HTTPException) -> bool:
    """Whether Discord does not take the message because of a picture's address."""
    return error.code == 50035 and any(word in error.text.lower() for word in ("thumbnail", "image"))  # noqa: PLR2004


def _refusal(error: discord.HTTPException, place: str) -> DeliveryError:
    """What an answer that is no success means."""
    if error.code in CLOSED:
        reason, repair = CLOSED[error.code]
        return ChannelClosed(reason.format(place=place), repair=repair.format(place=place))
    if error.code in REJECTED:
        return Rejected(f"{REJECTED[error.code]}: {shorten(' '.join(error.text.split()), 200)}")
    if error.code in LATER:
        return RetryLater(LATER[error.code].format(place=place))
    return _by_status(error, place)


def _by_status(error: discord.HTTPException, place: str) -> DeliveryError:
    """What a status means, where the code is not one that we know."""
    match error.status:
        case 401:
            return RetryLater(BAD_TOKEN)
        case 403:
            return ChannelClosed(f"Discord forbids it (code {error.code})", repair=LET_ME_POST.format(place=place))
        case 404:
            return ChannelClosed(f"{place} cannot be found (code {error.code})", repair="subscribe another channel")
    return UnknownRefusal(f"Discord does not take it ({error.status}, code {error.code})")


def _lost(reason: str, *, posting: bool) -> DeliveryError:
    return Uncertain(reason) if posting else RetryLater(reason)


def fatal(error: Exception) -> DeliveryError | None:
    """What turned us away for good when connecting; None for what may pass."""
    match error:
        case discord.LoginFailure():
            return DeliveryError(BAD_TOKEN)
        case discord.PrivilegedIntentsRequired():
            return DeliveryError(FATAL_CLOSES[4014])
        case discord.ConnectionClosed() if error.code in FATAL_CLOSES:
            return DeliveryError(FATAL_CLOSES[error.code])
    return None
