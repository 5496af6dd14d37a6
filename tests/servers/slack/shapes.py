"""The objects of Slack's messages and views that Paperwire uses: their keys, and where they may stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DOCS = "https://docs.slack.dev"
KIT = f"{DOCS}/reference/block-kit"

Block = Mapping[str, Any]
"""A block, or any object in one."""

Given = Any
"""Anything that was sent."""

MESSAGE = 13_200
"""Characters of a message's blocks as JSON that were refused, see `TOO_LONG`; the limit is not documented."""

TOO_LONG = "https://github.com/slackapi/bolt-js/issues/2509"


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys that an object may and must have.

    Attributes:
        page: Where that is documented, below `KIT`.
        required: Keys that it needs, besides its type.
        optional: Keys that it may have.
    """

    page: str
    required: str = ""
    optional: str = ""

    @property
    def address(self) -> str:
        """The address of its documentation."""
        return f"{KIT}/{self.page}"


BLOCKS = {
    "section": Shape("blocks/section-block", "", "block_id text fields accessory expand"),
    "header": Shape("blocks/header-block", "text", "block_id"),
    "context": Shape("blocks/context-block", "elements", "block_id"),
    "actions": Shape("blocks/actions-block", "elements", "block_id"),
    "divider": Shape("blocks/divider-block", "", "block_id"),
    "image": Shape("blocks/image-block", "alt_text image_url", "block_id title"),
    "input": Shape("blocks/input-block", "label element", "block_id dispatch_action hint optional"),
    "rich_text": Shape("blocks/rich-text-block", "elements", "block_id"),
}

CONFIRM = Shape("composition-objects/confirmation-dialog-object", "title text confirm deny", "style")
OPTION = Shape("composition-objects/option-object", "text value", "description")
MENU_OPTION = Shape("composition-objects/option-object", "text value", "description url")
"""An option of an overflow menu, which alone may have an address."""
FILTER = Shape(
    "composition-objects/conversation-filter-object", "", "include exclude_external_shared_channels exclude_bot_users"
)
DISPATCH = Shape("composition-objects/dispatch-action-configuration-object", "", "trigger_actions_on")

ELEMENTS = {
    "button": Shape("block-elements/button-element", "text action_id", "url value style confirm accessibility_label"),
    "image": Shape("block-elements/image-element", "alt_text image_url"),
    "plain_text_input": Shape(
        "block-elements/plain-text-input-element",
        "action_id",
        "initial_value multiline min_length max_length dispatch_action_config focus_on_load placeholder",
    ),
    "conversations_select": Shape(
        "block-elements/select-menu-element",
        "action_id",
        "default_to_current_conversation initial_conversation confirm response_url_enabled filter focus_on_load"
        " placeholder",
    ),
    "static_select": Shape(
        "block-elements/select-menu-element",
        "action_id options",
        "initial_option confirm focus_on_load placeholder",
    ),
    "overflow": Shape("block-elements/overflow-menu-element", "action_id options", "confirm"),
    "timepicker": Shape(
        "block-elements/time-picker-element",
        "action_id",
        "initial_time confirm focus_on_load placeholder timezone",
    ),
    "plain_text": Shape("composition-objects/text-object", "text", "emoji"),
    "mrkdwn": Shape("composition-objects/text-object", "text", "verbatim"),
}

ALLOWED = {
    "section": {"button", "image", "overflow", "conversations_select", "static_select", "timepicker"},
    "actions": {"button", "overflow", "conversations_select", "static_select", "timepicker"},
    "context": {"plain_text", "mrkdwn", "image"},
    "input": {"plain_text_input", "conversations_select", "static_select", "timepicker"},
}

RICH_PAGE = "blocks/rich-text-block"
RICH = {
    "rich_text_section": Shape(RICH_PAGE, "elements"),
    "rich_text_list": Shape(RICH_PAGE, "elements style", "indent offset border"),
    "rich_text_quote": Shape(RICH_PAGE, "elements", "border"),
    "rich_text_preformatted": Shape(RICH_PAGE, "elements", "border language"),
    "text": Shape(RICH_PAGE, "text", "style"),
    "link": Shape(RICH_PAGE, "url", "text style unsafe"),
    "emoji": Shape(RICH_PAGE, "name", "unicode style skin_tone"),
    "channel": Shape(RICH_PAGE, "channel_id", "style"),
    "user": Shape(RICH_PAGE, "user_id", "style"),
    "date": Shape("block-elements/date-element", "timestamp format", "timezone url fallback style"),
}
INLINE = {"text", "link", "emoji", "channel", "user", "date"}
INSIDE = {
    "rich_text_section": INLINE,
    "rich_text_list": {"rich_text_section"},
    "rich_text_quote": INLINE,
    "rich_text_preformatted": {"text", "link"},
}
STYLES = {"bold", "italic", "strike", "code", "underline"}

MESSAGE_KEYS = set(
    "token channel text blocks metadata thread_ts ts user unfurl_links unfurl_media link_names mrkdwn parse"
    " reply_broadcast response_type replace_original delete_original".split()
)
"""Of ``chat.postMessage``, ``chat.update``, ``chat.postEphemeral`` and a ``response_url`` together."""

VIEWS = {
    "modal": Shape(
        "views",
        "title blocks",
        "submit close private_metadata callback_id clear_on_close notify_on_close external_id submit_disabled",
    ),
    "home": Shape("views", "blocks", "private_metadata callback_id external_id"),
}
VIEW_PAGE = f"{DOCS}/reference/views"
POST_PAGE = f"{DOCS}/reference/methods/chat.postMessage"
METADATA_PAGE = f"{DOCS}/messaging/message-metadata"
