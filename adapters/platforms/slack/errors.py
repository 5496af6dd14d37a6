"""What Slack answers as our errors."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.connections.failures import NOT_SENT, why_not_sent
from adapters.platforms.slack.codes import BAD_TOKEN, CLOSED, LATER, REJECTED, UNFIT, UNSURE
from bot.errors import ChannelClosed, ConfigError, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal

BOT_TOKEN, APP_TOKEN = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"

WHERE_TOKENS_ARE = {
    BOT_TOKEN: "the bot token, which begins with xoxb-, from “OAuth & Permissions” of your app at api.slack.com/apps",
    APP_TOKEN: (
        "an app-level token with the scope connections:write, which begins with xapp-, from “Basic Information” of"
        " your app at api.slack.com/apps"
    ),
}

LONGEST_WAIT = 24 * 60 * 60
"""Seconds; a longer ``Retry-After`` counts as this."""

SERVER_ERROR = 500
TOO_MANY = 429


class BadToken(RetryLater):
    """A token is not accepted: messages wait, since they are not at fault, but nobody can be answered any more."""

    def __init__(self, reason: str, *, repair: str) -> None:
        """Keep the reason, as a clause, and the repair."""
        super().__init__(f"{reason}: {repair}")
        self.reason = reason
        self.repair = repair


class Unfit(Rejected):
    """Refused for its size or contents; Slack may take it with less in it."""


class MissingScope(ChannelClosed):
    """A permission of the app is missing."""


@contextlib.contextmanager
def as_delivery_errors(token: str = BOT_TOKEN) -> Iterator[None]:
    """Turn whatever a call to Slack raises into a `DeliveryError`; ``token`` is the setting that it was made with.

    The original is kept out of the chain, since it quotes the request and the answer.
    """
    try:
        yield
    except SlackApiError as error:
        raise meaning_of(error, token) from None
    except ConfigError as error:  # the proxy that the environment names for this address
        raise RetryLater(str(error)) from None
    except NOT_SENT as error:  # before the others, which leave open what happened
        raise RetryLater(f"Slack cannot be reached: {why_not_sent(error)}") from None
    except TimeoutError:
        raise Uncertain("Slack did not answer in time") from None
    except (aiohttp.ClientError, OSError) as error:
        raise Uncertain(f"the connection to Slack broke off ({type(error).__name__})") from None
    except (SlackClientError, AttributeError, TypeError, ValueError, RecursionError):
        # slack_sdk raises these on an answer that is not a JSON object.
        raise Uncertain("Slack's answer makes no sense") from None


def meaning_of(error: SlackApiError, token: str = BOT_TOKEN) -> DeliveryError:
    """The error for an answer that is not ok."""
    response = error.response
    if not isinstance(response, AsyncSlackResponse):
        return Uncertain("Slack's answer makes no sense")
    status, data = response.status_code, response.data if isinstance(response.data, dict) else {}
    if status >= SERVER_ERROR:
        return Uncertain(f"Slack has a problem (status {status})")
    if data.get("ok") is not False or not isinstance(data.get("error"), str):
        # A proxy, a firewall or a sign-in page may answer in Slack's place, which says nothing about the request.
        # Slack's own errors: https://docs.slack.dev/apis/web-api/#responses
        return Uncertain(f"the answer is not one of Slack's own (status {status})")
    if status == TOO_MANY:
        return RetryLater(LATER["ratelimited"], after=wait_in(response.headers))
    return meaning_of_code(data, token)


def meaning_of_code(answer: Mapping[str, Any], token: str = BOT_TOKEN) -> DeliveryError:
    """The error for ``{"ok": false, "error": …}``.

    With a code that is not listed here nothing was posted, and the message may be at fault or not.
    """
    code = code_of(answer)
    if code in CLOSED:
        reason, repair = CLOSED[code]
        return ChannelClosed(reason, repair=repair)
    if code in BAD_TOKEN:
        reason = BAD_TOKEN[code].format(token=token)
        return BadToken(f"{reason} ({code})", repair=give(token))
    if code == "missing_scope":
        return missing_scope(answer, token)
    if code in UNFIT:
        return Unfit(f"Slack refuses the message ({code})")
    if code in REJECTED:
        return Rejected(f"Slack refuses the message: {REJECTED[code]} ({code})")
    if code in UNSURE:
        return Uncertain(f"Slack has a problem ({code})")
    if code in LATER:
        return RetryLater(f"{LATER[code]} ({code})")
    return UnknownRefusal(f"Slack refuses it for a reason that I do not know ({code})")


def missing_scope(answer: Mapping[str, Any], token: str) -> DeliveryError:
    """The error for a permission that the app lacks."""
    needed = _shown(re.sub(r"[^\w:.,-]", "", str(answer.get("needed", "")))[:100]) or "that it needs"
    if token == APP_TOKEN:
        return BadToken(f"{token} lacks the scope {needed}", repair=give(token))
    return MissingScope(
        f"the app lacks the scope {needed}",
        repair=f"add {needed} under “OAuth & Permissions” of your app at api.slack.com/apps, and install it again",
    )


def give(token: str) -> str:
    """The repair for a token that is not accepted."""
    return f"give {token} {WHERE_TOKENS_ARE[token]}"


def code_of(answer: Mapping[str, Any]) -> str:
    """The error code, safe to show."""
    return _shown(re.sub(r"[^\w.-]", "", str(answer.get("error", "")))[:60]) or "unknown error"


def _shown(text: str) -> str:
    """The text, unless it looks like a token: https://docs.slack.dev/authentication/tokens."""
    return "" if re.search(r"xox[a-z]|xapp", text, re.IGNORECASE) else text


def wait_in(headers: Mapping[str, Any]) -> timedelta | None:
    """How long ``Retry-After`` asks to wait: seconds, by https://docs.slack.dev/apis/web-api/rate-limits."""
    for name, value in headers.items():
        if name.lower() == "retry-after" and re.fullmatch(r"[0-9]{1,9}", str(value)):
            return timedelta(seconds=min(int(value), LONGEST_WAIT))
    return None
