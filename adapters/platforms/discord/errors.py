"""Discord's error codes as our errors, with what a person can do about each.

Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import discord

from adapters.connections.failures import why_not_sent
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from bot.text.shorten import shorten

LET_ME_POST = "give me “View Channel”, “Send Messages” and “Embed Links” in {place}"

SUBSCRIBE_ANOTHER = "subscribe another channel"

SUBSCRIBE_AGAIN = "subscribe a text channel, thread or forum"

NOT_IN_SERVER = ("I am not in that server", "invite me again")

NO_DIRECT_MESSAGES = (
    "this person doesn't accept direct messages from me",
    "allow direct messages from members of a server we share",
)

TWO_FACTORS = (
    "the server requires two-factor authentication",
    "set it up for the account that owns the application",
)

TOO_MANY_THREADS = ("the server of {place} has too many active threads", "archive some of them")

NO_TAG = ("{place} requires a tag on every post, and I may use none", "add a tag that everyone may apply")

CLOSED: dict[int, tuple[str, str]] = {
    10003: ("{place} does not exist any more", SUBSCRIBE_ANOTHER),
    10004: NOT_IN_SERVER,
    10007: NOT_IN_SERVER,
    10013: ("Discord doesn't know this person", "subscribe a channel instead"),
    30033: ("{place} has as many members as a thread may have", SUBSCRIBE_ANOTHER),
    40007: ("I am banned from that server", "lift the ban, and invite me again"),
    40058: ("{place} takes posts only", SUBSCRIBE_AGAIN),
    40066: NO_TAG,
    40067: NO_TAG,
    50001: ("I cannot see {place}", "invite me to its server, or " + LET_ME_POST),
    50007: NO_DIRECT_MESSAGES,
    50003: ("that cannot be done in direct messages", "subscribe a channel instead"),
    50008: ("{place} is not for text", SUBSCRIBE_AGAIN),
    50009: ("the server's verification level keeps me out of {place}", "lower it, or give me a role there"),
    50013: ("I may not post in {place}", LET_ME_POST),
    50017: TWO_FACTORS,
    50024: ("{place} is not for text", SUBSCRIBE_AGAIN),
    50033: NO_DIRECT_MESSAGES,
    50055: NOT_IN_SERVER,
    50083: ("the thread {place} is archived", "unarchive it, or give me “Manage Threads” there"),
    50095: ("Discord does not show that server where I run", "let me run in another country"),
    50278: ("I share no server with this person", "join a server that I am in"),
    60003: TWO_FACTORS,
    160005: ("the thread {place} is locked", "unlock it, or give me “Manage Threads” there"),
    160006: TOO_MANY_THREADS,
    160007: TOO_MANY_THREADS,
}
"""Nothing can be posted until somebody changes this: the reason, and the repair."""

REJECTED: dict[int, str] = {
    20009: "Discord takes it for explicit content",
    20031: "the server does not allow a word in its title",
    40005: "it is too large",
    50035: "it breaks Discord's rules for messages",
    50006: "it is empty",
    50068: "Discord does not take this kind of message",
    50109: "it breaks Discord's rules for messages",
    200000: "the server's AutoMod blocked it",
    200001: "the server's AutoMod blocked it",
    240000: "Discord's filter for harmful links blocked it",
}
"""This message will never be taken."""

TAG_GONE = 10087
"""A tag that the channel had when it was last requested."""

VERIFY = "Discord wants the account that owns the application to be verified"

UPDATE = "Discord no longer takes requests in this way; update Paperwire"

OF_THE_TOKEN = frozenset({40001, 50014})
"""The token is not accepted."""

LATER: dict[int, str] = {
    TAG_GONE: "a tag of {place} was removed meanwhile",
    20016: "{place} is in slow mode",
    20022: "too many announcements were edited",
    20028: "too much was posted in {place}",
    20029: "too much was posted in the server of {place}",
    30046: "Discord is rate-limiting changes of older messages",
    40002: VERIFY,
    40003: "Discord is rate-limiting direct messages",
    40004: "Discord has switched off messages for now",
    40006: "Discord has switched that off for now",
    40062: "Discord is rate-limiting us",
    40333: "Discord's firewall refuses the request",
    50041: UPDATE,
    50067: "Discord does not take requests from here",
    50178: VERIFY,
    110001: "Discord says that the application is not available yet",
    130000: "Discord is overloaded",
}
"""Nothing was posted; it can be later."""

GONE = frozenset({10003, 10008, 50005, 50021, 50083})
"""The message or its thread was deleted, archived, or is not ours: it can never be changed."""

LACKS_PERMISSION = frozenset({50001, 50013})
"""We lack a permission, but Discord does not say which."""

TOO_LATE = frozenset({10062, 10015, 40060, 50027})
"""The interaction has expired or was already answered: nobody is waiting for an answer."""

SERVER_ERROR = 500
UNAUTHORIZED = 401

LONGEST_WAIT = 24 * 60 * 60
"""Seconds; a longer wait that Discord asks for counts as this."""

LOWEST_CODE = 10_000
"""Discord's own error codes begin here; general errors have the code 0."""

NONSENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)
"""What discord.py raises when it reads a successful answer that Discord cannot have sent."""

BAD_TOKEN = "Discord refuses the token; put the bot's token from Discord's developer portal into DISCORD_TOKEN"  # noqa: S105

FATAL_CLOSES: dict[int, str] = {
    4004: BAD_TOKEN,
    4012: "Discord no longer speaks this version of its protocol; update Paperwire",
    4013: "Discord does not know an intent that this version asks for; update Paperwire",
    4014: "Discord wants an intent enabled in its developer portal that Paperwire does not need; update Paperwire",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""


FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What connecting to Discord or a request to it may raise."""

OUTCOMES = (*FAILURES, *NONSENSE)
"""What a request may raise, since it need not be Discord that answers."""


def as_delivery_error(error: Exception, place: str, *, posting: bool) -> DeliveryError:
    """One of `OUTCOMES` as ours.

    Args:
        error: What the request raised.
        place: The channel as people know it: ``#papers``.
        posting: Whether the request would have posted something, so that a lost answer leaves it uncertain.
    """
    match error:
        case discord.HTTPException():
            return _refusal(error, place) if is_verdict(error) else _lost(_unclear(error.status), posting=posting)
        case discord.RateLimited():
            return RetryLater("Discord is rate-limiting us", after=_bounded(error.retry_after))
        case discord.LoginFailure():
            return RetryLater(BAD_TOKEN if is_token_refused(error) else _unclear(UNAUTHORIZED))
        case discord.InvalidData():
            return ChannelClosed(
                f"{place} is a kind of channel that I do not support", repair="subscribe a text channel"
            )
        case aiohttp.ClientConnectorError() | aiohttp.ClientHttpProxyError():
            return RetryLater(f"Discord cannot be reached: {why_not_sent(error)}")
    if isinstance(error, NONSENSE):
        return _lost("Discord's answer makes no sense", posting=posting)
    return _lost(f"the connection to Discord was lost: {type(error).__name__}", posting=posting)


def is_verdict(error: discord.HTTPException) -> bool:
    """Whether Discord itself refuses: with one of its error codes, in JSON, or with “401: Unauthorized”.

    A proxy, a firewall or a sign-in page may answer in Discord's place, with any status, and such an answer does not
    tell what became of the request. Discord's errors: https://discord.com/developers/docs/reference#error-messages
    """
    if error.status >= SERVER_ERROR:
        return False
    if type(error.code) is not int:  # discord.py takes whatever the JSON says
        return False
    if error.code >= LOWEST_CODE:
        return True
    is_json = "json" in error.response.headers.get("Content-Type", "")
    return is_json and error.code == 0 and error.text == "401: Unauthorized"


def is_token_refused(error: discord.LoginFailure) -> bool:
    """Whether Discord itself refuses the token: discord.py says so after any answer with the status 401."""
    answer = error.__cause__
    return not isinstance(answer, discord.HTTPException) or is_verdict(answer)


def _unclear(status: int) -> str:
    """What happened if the answer is not a verdict, as a clause."""
    if status >= SERVER_ERROR:
        return f"Discord answered {status}"
    return f"the answer is not from Discord itself ({status})"


def blames_picture(error: discord.HTTPException) -> bool:
    """Whether Discord refuses the message because of a picture's address."""
    return error.code == 50035 and any(word in error.text.lower() for word in ("thumbnail", "image", "media"))  # noqa: PLR2004


def _refusal(error: discord.HTTPException, place: str) -> DeliveryError:
    """The error for a refusal by Discord itself."""
    if error.code in CLOSED:
        reason, repair = CLOSED[error.code]
        return ChannelClosed(reason.format(place=place), repair=repair.format(place=place))
    if error.code in REJECTED:
        return Rejected(f"{REJECTED[error.code]}: {shorten(' '.join(error.text.split()), 200)}")
    if error.code in OF_THE_TOKEN or error.status == UNAUTHORIZED:
        return RetryLater(BAD_TOKEN)
    if error.code in LATER:
        return RetryLater(LATER[error.code].format(place=place))
    return UnknownRefusal(f"Discord does not take it ({error.status}, code {error.code})")


def _bounded(seconds: float) -> timedelta:
    """What Discord asks us to wait; not a number, or without an end, counts as the longest."""
    return timedelta(seconds=min(seconds, LONGEST_WAIT) if seconds >= 0 else LONGEST_WAIT)


def _lost(reason: str, *, posting: bool) -> DeliveryError:
    return Uncertain(reason) if posting else RetryLater(reason)


def fatal(error: Exception) -> DeliveryError | None:
    """The error if Discord refuses our connection for good; None if it may work later."""
    match error:
        case discord.LoginFailure() if is_token_refused(error):
            return DeliveryError(BAD_TOKEN)
        case discord.PrivilegedIntentsRequired():
            return DeliveryError(FATAL_CLOSES[4014])
        case discord.ConnectionClosed() if error.code in FATAL_CLOSES:
            return DeliveryError(FATAL_CLOSES[error.code])
    return None
