"""Slack's error codes as our errors, with what a person can do about each.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage and similar methods.
"""

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
from bot.errors import ChannelClosed, ConfigError, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal

BOT_TOKEN, APP_TOKEN = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"

WHERE_TOKENS_ARE = {
    BOT_TOKEN: "the bot token, which begins with xoxb-, from “OAuth & Permissions” of your app at api.slack.com/apps",
    APP_TOKEN: (
        "an app-level token with the scope connections:write, which begins with xapp-, from “Basic Information” of"
        " your app at api.slack.com/apps"
    ),
}

INVITE = "type /invite @Paperwire in that channel"
LET_APPS_POST = "let an admin of the workspace allow apps to post there"

CLOSED: Mapping[str, tuple[str, str]] = {
    "not_in_channel": ("I am not in the channel", INVITE),
    "channel_not_found": ("Slack shows me no such channel", f"{INVITE}, or correct its id"),
    "is_archived": ("the channel is archived", "unarchive it and type /invite @Paperwire there"),
    "channel_type_not_supported": ("apps cannot post to this kind of conversation", "subscribe in a channel instead"),
    "channel_is_limited_access": ("the channel has limited access", LET_APPS_POST),
    "restricted_action": ("the workspace does not let apps post there", LET_APPS_POST),
    "restricted_action_read_only_channel": ("the channel is read-only", LET_APPS_POST),
    "restricted_action_thread_only_channel": ("the channel takes replies in threads only", LET_APPS_POST),
    "restricted_action_non_threadable_channel": ("the channel takes no replies", LET_APPS_POST),
    "restricted_action_thread_locked": ("the thread is locked", LET_APPS_POST),
    "posting_to_channel_denied": ("posting to the channel is not allowed", LET_APPS_POST),
    "user_is_restricted": ("the workspace restricts what I may do", LET_APPS_POST),
    "no_permission": ("I have no permission to post there", LET_APPS_POST),
    "access_denied": ("I have no access to the channel", LET_APPS_POST),
    "not_allowed_to_post": ("posting to the channel is not allowed", LET_APPS_POST),
    "enterprise_is_restricted": ("the organization restricts what I may do", LET_APPS_POST),
    "accesslimited": ("the workspace restricts what I may do", LET_APPS_POST),
    "two_factor_setup_required": (
        "the workspace requires two-factor authentication",
        "set it up for the account that installed the app",
    ),
    "team_access_not_granted": (
        "the workspace of this channel has not let the app in",
        "let an admin of the organization add the app to that workspace",
    ),
    "team_not_found": ("the workspace of this channel has not let the app in", "install the app there"),
    "org_login_required": (
        "the workspace is being moved into an organization",
        "wait until that is done, then install the app again",
    ),
    "ekm_access_denied": (
        "an admin has suspended posting in this workspace",
        "ask whoever manages the workspace's encryption keys",
    ),
    "messages_tab_disabled": (
        "the app takes no direct messages",
        "turn on the messages tab under “App Home” of your app at api.slack.com/apps",
    ),
    "user_not_found": ("Slack knows no such person", "correct the channel's id"),
    "cannot_dm_bot": ("the conversation is with another bot", "subscribe in a channel instead"),
}

BAD_TOKEN: Mapping[str, str] = {
    "invalid_auth": "Slack does not accept {token}",
    "not_authed": "Slack was given no {token}",
    "token_revoked": "{token} was revoked, or the app was removed from the workspace",
    "token_expired": "{token} has expired",
    "account_inactive": "the app was removed from the workspace, or its bot was switched off",
    "team_disabled": "the workspace was switched off",
    "user_removed_from_team": "the app was removed from the workspace",
    "app_uninstalled": "the app was removed from the workspace",
    "not_allowed_token_type": "{token} holds the wrong kind of token",
    "invalid_app_token": "Slack does not accept {token}",
}

UNFIT = frozenset(
    {
        "msg_too_long",
        "msg_blocks_too_long",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_attachments",
        "attachment_payload_limit_exceeded",
    }
)
"""Refused for its contents: a message that is too large, or with a picture that Slack could not fetch."""

REJECTED: Mapping[str, str] = {
    "no_text": "it has no text",
    "too_many_attachments": "it has too many attachments",
    "metadata_too_large": "its metadata are too large",
    "invalid_metadata_format": "its metadata is wrong",
    "invalid_metadata_schema": "its metadata is wrong",
    "invalid_arguments": "the request was wrong",
    "invalid_array_arg": "the request was wrong",
    "invalid_json": "the request was wrong",
    "invalid_arg_name": "the request was wrong",
    "invalid_charset": "the request was wrong",
    "invalid_form_data": "the request was wrong",
    "invalid_post_type": "the request was wrong",
    "missing_post_type": "the request was wrong",
    "markdown_text_conflict": "the request was wrong",
    "as_user_not_supported": "the request was wrong",
    "metadata_must_be_sent_from_app": "its metadata is wrong",
    "too_many_contact_cards": "it has too many contact cards",
    "cannot_reply_to_message": "the message takes no replies",
    "slack_connect_blocked_file_type": "the other organization blocks such files",
    "slack_connect_canvas_sharing_blocked": "the other organization blocks shared canvases",
    "slack_connect_clip_sharing_blocked": "the other organization blocks shared clips",
    "slack_connect_file_link_sharing_blocked": "the other organization blocks links to files",
    "slack_connect_file_upload_sharing_blocked": "the other organization blocks shared files",
    "slack_connect_lists_sharing_blocked": "the other organization blocks shared lists",
    "message_not_found": "the message is gone",
    "cant_update_message": "the message is not mine",
    "edit_window_closed": "the message is too old to be changed",
    "is_inactive": "the message can no longer be changed",
}

UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""By Slack's own account, part of the request may have been carried out."""

LATER: Mapping[str, str] = {
    "ratelimited": "Slack is rate-limiting us",
    "rate_limited": "Slack is rate-limiting us",
    "message_limit_exceeded": "the workspace has reached its limit of messages",
    "team_added_to_org": "the workspace is being moved into an organization",
    "method_deprecated": "Slack no longer takes messages in this way; update Paperwire",
    "deprecated_endpoint": "Slack no longer takes messages in this way; update Paperwire",
}
"""Nothing was posted, and the message is not at fault; it can be posted later."""

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
