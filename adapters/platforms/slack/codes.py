"""What each of Slack's error codes means, and what a person can do about it.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage, of ``chat.update``, and of
``conversations.history``.
"""

from __future__ import annotations

from collections.abc import Mapping

INVITE = "type /invite @Paperwire in that channel"
LET_APPS_POST = "let an admin of the workspace allow apps to post there"

CLOSED: Mapping[str, tuple[str, str]] = {
    "not_in_channel": ("I am not in the channel", INVITE),
    "channel_not_found": ("I can't find the channel in Slack", f"{INVITE}, or correct its id"),
    "is_archived": ("the channel is archived", "unarchive it and type /invite @Paperwire there"),
    "channel_type_not_supported": ("apps cannot post to this kind of conversation", "subscribe in a channel instead"),
    "channel_is_limited_access": ("the channel has limited access", LET_APPS_POST),
    "restricted_action": ("the workspace does not let apps post there", LET_APPS_POST),
    "restricted_action_read_only_channel": ("the channel is read-only", LET_APPS_POST),
    "restricted_action_thread_only_channel": ("the channel takes replies in threads only", LET_APPS_POST),
    "restricted_action_non_threadable_channel": ("the channel doesn't allow replies", LET_APPS_POST),
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
        "the app doesn't accept direct messages",
        "turn on the messages tab under “App Home” of your app at api.slack.com/apps",
    ),
    "user_not_found": ("Slack doesn't know this person", "correct the channel's id"),
    "app_access_restricted": ("the workspace restricts what the app may do", LET_APPS_POST),
    "agent_prompt_display_not_allowed": ("the workspace restricts what the app may do", LET_APPS_POST),
    "send_on_behalf_not_allowed": ("the workspace restricts what the app may do", LET_APPS_POST),
    "method_not_supported_for_channel_type": (
        "apps cannot post to this kind of conversation",
        "subscribe in a channel instead",
    ),
    "thread_not_found": ("the thread does not exist", "subscribe in the channel instead"),
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
    "metadata_too_large": "its metadata is too large",
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
    "cannot_reply_to_message": "the message doesn't allow replies",
    "slack_connect_blocked_file_type": "the other organization blocks such files",
    "slack_connect_canvas_sharing_blocked": "the other organization blocks shared canvases",
    "slack_connect_clip_sharing_blocked": "the other organization blocks shared clips",
    "slack_connect_file_link_sharing_blocked": "the other organization blocks links to files",
    "slack_connect_file_upload_sharing_blocked": "the other organization blocks shared files",
    "slack_connect_lists_sharing_blocked": "the other organization blocks shared lists",
    "blocked_file_type": "the workspace blocks such files",
    "block_mismatch": "the request was wrong",
    "cant_broadcast_message": "the request was wrong",
    "no_dual_broadcast_content_update": "the request was wrong",
    "draft_already_deleted": "the request was wrong",
    "draft_already_sent": "the request was wrong",
    "draft_has_conflict": "the request was wrong",
    "draft_not_found": "the request was wrong",
    "duplicate_channel_not_found": "the request was wrong",
    "duplicate_message_not_found": "the request was wrong",
    "missing_file_data": "the request was wrong",
    "invalid_limit": "the request was wrong",
    "invalid_ts_latest": "the request was wrong",
    "invalid_ts_oldest": "the request was wrong",
    "invalid_metadata_filter_keys": "the request was wrong",
    "file_deleted": "the file is gone",
    "file_is_deleted": "the file is gone",
    "file_not_found": "the file is gone",
    "file_share_limit_reached": "the file was shared too often",
    "max_file_sharing_exceeded": "the file was shared too often",
    "unable_to_share_files": "the file cannot be shared",
    "message_not_found": "the message is gone",
    "cant_update_message": "the message is not mine",
    "edit_window_closed": "the message is too old to be changed",
    "is_inactive": "the message can no longer be changed",
}

UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout", "update_failed"})
"""By Slack's own account, part of the request may have been carried out."""

LATER: Mapping[str, str] = {
    "ratelimited": "Slack is rate-limiting us",
    "rate_limited": "Slack is rate-limiting us",
    "message_limit_exceeded": "the workspace has reached its limit of messages",
    "team_added_to_org": "the workspace is being moved into an organization",
    "external_channel_migrating": "the channel is being moved",
    "streaming_state_conflict": "the message is being written",
    "invalid_cursor": "the page has expired",
    "method_deprecated": "Slack no longer takes messages in this way; update Paperwire",
    "deprecated_endpoint": "Slack no longer takes messages in this way; update Paperwire",
}
"""Nothing was posted, and the message is not at fault; it can be posted later."""
