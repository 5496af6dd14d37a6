"""Every error code that Slack documents for the methods that carry deliveries is known.

From https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/chat.update and
https://docs.slack.dev/reference/methods/conversations.history, November 2026.
"""

from __future__ import annotations

import pytest

from adapters.platforms.slack.errors import meaning_of_code
from bot.errors import UnknownRefusal

OF_EVERY_METHOD = """
access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted fatal_error
internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data
invalid_post_type method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type not_authed
org_login_required ratelimited request_timeout service_unavailable team_access_not_granted team_added_to_org
token_expired token_revoked two_factor_setup_required
"""

OF_POST_MESSAGE = """
agent_prompt_display_not_allowed app_access_restricted as_user_not_supported attachment_payload_limit_exceeded
cannot_reply_to_message channel_not_found draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
duplicate_channel_not_found duplicate_message_not_found invalid_blocks invalid_blocks_format invalid_metadata_format
invalid_metadata_schema is_archived markdown_text_conflict message_limit_exceeded messages_tab_disabled
metadata_must_be_sent_from_app metadata_too_large missing_file_data msg_blocks_too_long msg_too_long no_text
not_in_channel rate_limited restricted_action restricted_action_non_threadable_channel
restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel
send_on_behalf_not_allowed slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards
"""

OF_UPDATE = """
block_mismatch blocked_file_type cant_broadcast_message cant_update_message edit_window_closed
external_channel_migrating file_deleted file_is_deleted file_not_found file_share_limit_reached invalid_attachments
is_inactive max_file_sharing_exceeded message_not_found no_dual_broadcast_content_update posting_to_channel_denied
slack_connect_blocked_file_type slack_connect_clip_sharing_blocked slack_connect_file_upload_sharing_blocked
streaming_state_conflict unable_to_share_files update_failed
"""

OF_HISTORY = """
invalid_cursor invalid_limit invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest
method_not_supported_for_channel_type
"""

DOCUMENTED = f"{OF_EVERY_METHOD}{OF_POST_MESSAGE}{OF_UPDATE}{OF_HISTORY}".split()


@pytest.mark.parametrize("code", DOCUMENTED)
def test_every_documented_code_is_known(code: str) -> None:
    assert not isinstance(meaning_of_code({"ok": False, "error": code}), UnknownRefusal)
