"""Discord's rules for payloads, each with the address of its documentation.

Lengths are counted in UTF-16 code units, which is never less than what Discord counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.text.characters import units

DOCS = "https://discord.com/developers/docs"
MESSAGE = f"{DOCS}/resources/message#create-message"
EMBED = f"{DOCS}/resources/message#embed-object-embed-structure"
EMBED_LIMITS = f"{DOCS}/resources/message#embed-object-embed-limits"
MENTIONS = f"{DOCS}/resources/message#allowed-mentions-object"
ROWS = f"{DOCS}/components/reference#action-row"
BUTTON = f"{DOCS}/components/reference#button"
TEXT_INPUT = f"{DOCS}/components/reference#text-input"
LABEL = f"{DOCS}/components/reference#label"
RESPONSE = f"{DOCS}/interactions/receiving-and-responding#interaction-response-object"
MODAL = f"{RESPONSE}-modal"
CHOICE = (
    f"{DOCS}/interactions/application-commands#application-command-object-application-command-option-choice-structure"
)
COMMAND = f"{DOCS}/interactions/application-commands#application-command-object-application-command-structure"
FORUM = f"{DOCS}/resources/channel#start-thread-in-forum-or-media-channel"

ACTION_ROW_TYPE, BUTTON_TYPE, TEXT_INPUT_TYPE, LABEL_TYPE = 1, 2, 4, 18
LINK_STYLE, SKU_STYLE = 5, 6
SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 6, 1 << 12

MESSAGE_KEYS = {
    *("content", "nonce", "tts", "embeds", "allowed_mentions", "message_reference", "components", "sticker_ids"),
    *("files", "attachments", "flags", "enforce_nonce", "poll", "payload_json"),
}
EMBED_KEYS = {
    *("title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "video", "provider"),
    *("author", "fields", "flags"),
}
BUTTON_KEYS = {"type", "style", "label", "emoji", "custom_id", "sku_id", "url", "disabled", "id"}
TEXT_INPUT_KEYS = {
    *("type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder"),
}

Complaints = Iterator[str]


def complaints(payload: dict[str, Any], *, edit: bool = False) -> list[str]:
    """Why Discord would refuse the body of a request: a line per broken rule.

    Mentions are held to our own rule, which is stricter: nothing may ping.

    Args:
        payload: What is sent to create or edit a message, to make a forum post, or to respond to an interaction.
        edit: Whether it changes a message: then it may leave out what stays.
    """
    if isinstance(payload.get("message"), dict):
        return list(_forum_post(payload))
    if isinstance(payload.get("type"), int):
        return list(_response(payload))
    return list(_message(payload, edit=edit))


def command_complaints(command: dict[str, Any]) -> Complaints:
    """Why Discord would not register a command, or one of its options."""
    if not re.fullmatch(r"[-_'a-z0-9]{1,32}", command.get("name") or ""):
        yield f"{command.get('name')!r} is not the name of a command or option: {COMMAND}"
    yield from _length(command.get("description"), 1, 100, "a description", COMMAND)
    options = command.get("options") or []
    if len(options) > 25:
        yield f"{len(options)} options, and 25 are allowed: {COMMAND}"
    for option in options:
        yield from command_complaints(option)


def _response(payload: dict[str, Any]) -> Complaints:
    yield from _unknown(payload, {"type", "data"}, "the response", RESPONSE)
    data = payload.get("data") or {}
    match payload["type"]:
        case 1 | 5 | 6:  # a pong, and deferrals
            yield from _unknown(data, {"flags"}, "a deferral", RESPONSE)
        case 4 | 7 as kind:  # a message, and the update of one
            yield from _message(data, edit=kind == 7)
        case 8:
            yield from _choices(data)
        case 9:
            yield from _modal(data)
        case other:
            yield f"type {other} is not a kind of response: {RESPONSE}"


def _forum_post(payload: dict[str, Any]) -> Complaints:
    known = {"name", "auto_archive_duration", "rate_limit_per_user", "message", "applied_tags", "files", "type"}
    yield from _unknown(payload, known, "the post", FORUM)
    yield from _length(payload.get("name"), 1, 100, "the post's name", FORUM)
    if payload.get("auto_archive_duration", 60) not in {60, 1440, 4320, 10080, None}:
        yield f"auto_archive_duration is not 60, 1440, 4320 or 10080: {FORUM}"
    if len(payload.get("applied_tags") or []) > 5:
        yield f"more than 5 tags: {FORUM}"
    yield from _message(payload["message"])


def _message(payload: dict[str, Any], *, edit: bool = False) -> Complaints:
    yield from _unknown(payload, MESSAGE_KEYS, "the message", MESSAGE)
    embeds, content = payload.get("embeds") or [], payload.get("content") or ""
    others = [payload.get(key) for key in ("components", "sticker_ids", "attachments", "files", "poll")]
    partial = edit and not {"content", "embeds"} <= payload.keys()
    if not (content.strip() or embeds or any(others) or partial):
        yield f"the message is empty (50006): {MESSAGE}"
    yield from _length(content, 0, 2000, "content", MESSAGE)
    yield from _nonce(payload)
    yield from _flags(payload.get("flags") or 0)
    yield from _mentions(payload.get("allowed_mentions"))
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds, and 10 are allowed: {MESSAGE}"
    for place, embed in enumerate(embeds):
        yield from (f"embeds[{place}]: {complaint}" for complaint in _embed(embed))
    if (shown_text := sum(units(text) for embed in embeds for text in texts(embed))) > 6000:
        yield f"{shown_text} characters in all embeds, and 6000 are allowed: {EMBED_LIMITS}"
    yield from _components(payload.get("components") or [])


def _nonce(payload: dict[str, Any]) -> Complaints:
    nonce = payload.get("nonce")
    if nonce is not None and (not isinstance(nonce, int | str) or len(str(nonce)) > 25):
        yield f"the nonce is not a number or text of up to 25 characters: {MESSAGE}"
    if payload.get("enforce_nonce") and not nonce:
        yield f"enforce_nonce without a nonce: {MESSAGE}"


def _flags(flags: int) -> Complaints:
    if flags & ~(SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS):
        yield f"flags {flags} cannot be set: {MESSAGE}"


def _mentions(mentions: Any) -> Complaints:  # noqa: ANN401 - what was sent may be anything
    if mentions is None:
        yield f"allowed_mentions is missing, so that everything pings: {MENTIONS}"
        return
    yield from _unknown(mentions, {"parse", "users", "roles", "replied_user"}, "allowed_mentions", MENTIONS)
    if mentions.get("parse") != [] or mentions.get("users") or mentions.get("roles") or mentions.get("replied_user"):
        yield f"allowed_mentions allows something: {MENTIONS}"


def texts(embed: dict[str, Any]) -> list[str]:
    """The texts of an embed whose lengths count together: https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""
    fields = [str(field.get(part) or "") for field in embed.get("fields") or [] for part in ("name", "value")]
    footer, author = (embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")
    return [str(text or "") for text in (embed.get("title"), embed.get("description"), footer, author)] + fields


def _embed(embed: dict[str, Any]) -> Complaints:
    yield from _unknown(embed, EMBED_KEYS, "the embed", EMBED)
    pictures = [embed.get(key) or {} for key in ("thumbnail", "image")]
    if not any(text.strip() for text in texts(embed)) and not any(picture.get("url") for picture in pictures):
        yield f"the embed is empty: {EMBED}"
    yield from _length(embed.get("title", ""), 0, 256, "title", EMBED_LIMITS)
    yield from _length(embed.get("description", ""), 0, 4096, "description", EMBED_LIMITS)
    if embed.get("footer") is not None:
        yield from _unknown(embed["footer"], {"text", "icon_url"}, "the footer", EMBED)
        yield from _length(embed["footer"].get("text"), 1, 2048, "footer", EMBED_LIMITS)
    if embed.get("author") is not None:
        yield from _unknown(embed["author"], {"name", "url", "icon_url"}, "the author", EMBED)
        yield from _length(embed["author"].get("name"), 1, 256, "author", EMBED_LIMITS)
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield f"{len(fields)} fields, and 25 are allowed: {EMBED_LIMITS}"
    for field in fields:
        yield from _unknown(field, {"name", "value", "inline"}, "a field", EMBED)
        yield from _length(field.get("name"), 1, 256, "a field's name", EMBED_LIMITS)
        yield from _length(field.get("value"), 1, 1024, "a field's value", EMBED_LIMITS)
    colour = embed.get("color", 0)
    if not isinstance(colour, int) or not 0 <= colour <= 0xFFFFFF:
        yield f"color {colour} is not a colour: {EMBED}"
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    urls = [embed.get("url"), author.get("url"), *(picture.get("url") for picture in pictures)]
    for url in [*urls, author.get("icon_url"), footer.get("icon_url")]:
        yield from _url(url, ("http", "https"), 2048, EMBED)


def _components(rows: list[dict[str, Any]]) -> Complaints:
    if len(rows) > 5:
        yield f"{len(rows)} rows, and 5 are allowed: {ROWS}"
    buttons: list[dict[str, Any]] = []
    for row in rows:
        yield from _unknown(row, {"type", "components", "id"}, "a row", ROWS)
        inside = row.get("components") or []
        if row.get("type") != ACTION_ROW_TYPE:
            yield f"a component of type {row.get('type')} is not in a row: {ROWS}"
        if not 1 <= len(inside) <= 5:
            yield f"{len(inside)} buttons in a row, and 1–5 are allowed: {ROWS}"
        buttons += inside
    for button in buttons:
        yield from _button(button)
    yield from _unique([button["custom_id"] for button in buttons if "custom_id" in button])


def _button(button: dict[str, Any]) -> Complaints:
    yield from _unknown(button, BUTTON_KEYS, "a button", BUTTON)
    if button.get("type") != BUTTON_TYPE:
        yield f"type {button.get('type')} is not used here: {BUTTON}"
    if button.get("style") not in range(1, SKU_STYLE):
        yield f"style {button.get('style')} is not a style: {BUTTON}"
    yield from _length(button.get("label"), 0 if button.get("emoji") else 1, 80, "a button's label", BUTTON)
    if button.get("style") == LINK_STYLE:
        if "custom_id" in button or not button.get("url"):
            yield f"a link button needs a url, and takes no custom_id: {BUTTON}"
        yield from _url(button.get("url"), ("http", "https", "discord"), 512, BUTTON)
    else:
        if button.get("url"):
            yield f"a button that is not a link takes no url: {BUTTON}"
        yield from _length(button.get("custom_id"), 1, 100, "a custom_id", BUTTON)


def _modal(data: dict[str, Any]) -> Complaints:
    yield from _unknown(data, {"custom_id", "title", "components"}, "the modal", MODAL)
    yield from _length(data.get("custom_id"), 1, 100, "the modal's custom_id", MODAL)
    yield from _length(data.get("title"), 1, 45, "the modal's title", MODAL)
    rows = data.get("components") or []
    if not 1 <= len(rows) <= 5:
        yield f"{len(rows)} components in a modal, and 1–5 are allowed: {MODAL}"
    inputs = []
    for row in rows:
        if row.get("type") == LABEL_TYPE:
            yield from _length(row.get("label"), 1, 45, "a label", LABEL)
            yield from _length(row.get("description") or "", 0, 100, "a label's description", LABEL)
            inputs.append(row.get("component") or {})
        elif row.get("type") == ACTION_ROW_TYPE and len(row.get("components") or []) == 1:
            inputs += row["components"]
            yield from _length(row["components"][0].get("label"), 1, 45, "a text input's label", TEXT_INPUT)
        else:
            yield f"a modal takes labels, or rows of one component: {MODAL}"
    for field in inputs:
        yield from _text_input(field)
    yield from _unique([field["custom_id"] for field in inputs if "custom_id" in field])


def _text_input(field: dict[str, Any]) -> Complaints:
    yield from _unknown(field, TEXT_INPUT_KEYS, "a text input", TEXT_INPUT)
    if field.get("type") != TEXT_INPUT_TYPE or field.get("style") not in {1, 2}:
        yield f"a text input has type 4, and style 1 or 2: {TEXT_INPUT}"
    yield from _length(field.get("custom_id"), 1, 100, "a text input's custom_id", TEXT_INPUT)
    yield from _length(field.get("placeholder") or "", 0, 100, "a placeholder", TEXT_INPUT)
    yield from _length(field.get("value") or "", 0, field.get("max_length") or 4000, "a value", TEXT_INPUT)
    low, high = field.get("min_length") or 0, field.get("max_length") or 4000
    if not (0 <= low <= 4000 and 1 <= high <= 4000 and low <= high):
        yield f"lengths {low}–{high} are not within 0–4000: {TEXT_INPUT}"


def _choices(data: dict[str, Any]) -> Complaints:
    yield from _unknown(data, {"choices"}, "a completion", CHOICE)
    choices = data.get("choices")
    if not isinstance(choices, list) or len(choices) > 25:
        yield f"choices is not a list of up to 25: {CHOICE}"
        return
    for choice in choices:
        yield from _unknown(choice, {"name", "name_localizations", "value"}, "a choice", CHOICE)
        yield from _length(choice.get("name"), 1, 100, "a choice's name", CHOICE)
        if isinstance(choice.get("value"), str):
            yield from _length(choice["value"], 1, 100, "a choice's value", CHOICE)
        elif not isinstance(choice.get("value"), int | float):
            yield f"a choice has no value: {CHOICE}"


def _unknown(given: dict[str, Any], known: set[str], where: str, rule: str) -> Complaints:
    if unknown := sorted(given.keys() - known):
        yield f"{', '.join(unknown)} in {where}: {rule}"


def _unique(custom_ids: list[str]) -> Complaints:
    if len(set(custom_ids)) < len(custom_ids):
        yield f"a custom_id occurs twice: {DOCS}/components/reference#anatomy-of-a-component"


def _length(text: Any, least: int, most: int, what: str, rule: str) -> Complaints:  # noqa: ANN401 - as sent
    """Check the text as it is, and without the white space that Discord strips at both ends."""
    if not isinstance(text, str):
        yield f"{what} is not a text: {rule}"
    elif re.search("[\ud800-\udfff]", text):
        yield f"{what} holds half a character: {rule}"
    elif units(text) > most or units(text.strip()) < least:
        yield f"{what} has {units(text)} characters, and {least}–{most} are allowed: {rule}"


def _url(url: Any, schemes: tuple[str, ...], most: int, rule: str) -> Complaints:  # noqa: ANN401 - as sent
    if url is None:
        return
    found = re.fullmatch(r"([a-z]+)://[^\s/?#<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*", url) if isinstance(url, str) else None
    if found is None or found[1] not in schemes or len(url) > most:
        yield f"a url is not well formed, too long, or of a scheme other than {', '.join(schemes)}: {rule}"
