"""Discord's rules for payloads, each with the address of its documentation.

Lengths are counted in UTF-16 code units, which is never less than what Discord counts.
"""

from __future__ import annotations

import re
from typing import Any

from bot.text.characters import units
from tests.servers.discord.component_rules import COMPONENTS, input_complaints, layout_complaints, row_complaints
from tests.servers.discord.measures import DOCS, Complaints, length, unique, unknown, well_formed

MESSAGE = f"{DOCS}/resources/message#create-message"
EMBED = f"{DOCS}/resources/message#embed-object-embed-structure"
EMBED_LIMITS = f"{DOCS}/resources/message#embed-object-embed-limits"
MENTIONS = f"{DOCS}/resources/message#allowed-mentions-object"
LABEL = f"{DOCS}/components/reference#label"
RESPONSE = f"{DOCS}/interactions/receiving-and-responding#interaction-response-object"
MODAL = f"{RESPONSE}-modal"
CHOICE = (
    f"{DOCS}/interactions/application-commands#application-command-object-application-command-option-choice-structure"
)
COMMAND = f"{DOCS}/interactions/application-commands#application-command-object-application-command-structure"
FORUM = f"{DOCS}/resources/channel#start-thread-in-forum-or-media-channel"

ACTION_ROW_TYPE, LABEL_TYPE = 1, 18
SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 2, 1 << 6, 1 << 12, 1 << 15
MESSAGE_COMMAND = 3

MESSAGE_KEYS = {
    *("content", "nonce", "tts", "embeds", "allowed_mentions", "message_reference", "components", "sticker_ids"),
    *("files", "attachments", "flags", "enforce_nonce", "poll", "payload_json"),
}
EMBED_KEYS = {
    *("title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "video", "provider"),
    *("author", "fields", "flags"),
}


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
    if command.get("type") == MESSAGE_COMMAND:  # its name may have blanks and capitals, and it has no description
        yield from length(command.get("name"), 1, 32, "the name of a message command", COMMAND)
        return
    if not re.fullmatch(r"[-_'a-z0-9]{1,32}", command.get("name") or ""):
        yield f"{command.get('name')!r} is not the name of a command or option: {COMMAND}"
    yield from length(command.get("description"), 1, 100, "a description", COMMAND)
    options = command.get("options") or []
    if len(options) > 25:
        yield f"{len(options)} options, and 25 are allowed: {COMMAND}"
    for option in options:
        yield from command_complaints(option)


def _response(payload: dict[str, Any]) -> Complaints:
    yield from unknown(payload, {"type", "data"}, "the response", RESPONSE)
    data = payload.get("data") or {}
    match payload["type"]:
        case 1 | 5 | 6:  # a pong, and deferrals
            yield from unknown(data, {"flags"}, "a deferral", RESPONSE)
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
    yield from unknown(payload, known, "the post", FORUM)
    yield from length(payload.get("name"), 1, 100, "the post's name", FORUM)
    if payload.get("auto_archive_duration", 60) not in {60, 1440, 4320, 10080, None}:
        yield f"auto_archive_duration is not 60, 1440, 4320 or 10080: {FORUM}"
    if len(payload.get("applied_tags") or []) > 5:
        yield f"more than 5 tags: {FORUM}"
    yield from _message(payload["message"])


def _message(payload: dict[str, Any], *, edit: bool = False) -> Complaints:
    yield from unknown(payload, MESSAGE_KEYS, "the message", MESSAGE)
    embeds, content, flags = payload.get("embeds") or [], payload.get("content") or "", payload.get("flags") or 0
    components = payload.get("components") or []
    others = [payload.get(key) for key in ("components", "sticker_ids", "attachments", "files", "poll")]
    partial = edit and not {"content", "embeds"} <= payload.keys()
    if not (content.strip() or embeds or any(others) or partial):
        yield f"the message is empty (50006): {MESSAGE}"
    yield from length(content, 0, 2000, "content", MESSAGE)
    yield from _nonce(payload)
    yield from _flags(flags)
    yield from _mentions(payload.get("allowed_mentions"))
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds, and 10 are allowed: {MESSAGE}"
    for place, embed in enumerate(embeds):
        yield from (f"embeds[{place}]: {complaint}" for complaint in _embed(embed))
    if (shown_text := sum(units(text) for embed in embeds for text in texts(embed))) > 6000:
        yield f"{shown_text} characters in all embeds, and 6000 are allowed: {EMBED_LIMITS}"
    if flags & COMPONENTS_V2:
        if content or embeds or payload.get("poll") or payload.get("sticker_ids"):
            yield f"a message of components holds nothing else: {COMPONENTS}"
        yield from layout_complaints(components)
    else:
        yield from row_complaints(components)


def _nonce(payload: dict[str, Any]) -> Complaints:
    nonce = payload.get("nonce")
    if nonce is not None and (not isinstance(nonce, int | str) or len(str(nonce)) > 25):
        yield f"the nonce is not a number or text of up to 25 characters: {MESSAGE}"
    if payload.get("enforce_nonce") and not nonce:
        yield f"enforce_nonce without a nonce: {MESSAGE}"


def _flags(flags: int) -> Complaints:
    if flags & ~(SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2):
        yield f"flags {flags} cannot be set: {MESSAGE}"


def _mentions(mentions: Any) -> Complaints:  # noqa: ANN401 - what was sent may be anything
    if mentions is None:
        yield f"allowed_mentions is missing, so that everything pings: {MENTIONS}"
        return
    yield from unknown(mentions, {"parse", "users", "roles", "replied_user"}, "allowed_mentions", MENTIONS)
    if mentions.get("parse") != [] or mentions.get("users") or mentions.get("roles") or mentions.get("replied_user"):
        yield f"allowed_mentions allows something: {MENTIONS}"


def texts(embed: dict[str, Any]) -> list[str]:
    """The texts of an embed whose lengths count together: https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""
    fields = [str(field.get(part) or "") for field in embed.get("fields") or [] for part in ("name", "value")]
    footer, author = (embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")
    return [str(text or "") for text in (embed.get("title"), embed.get("description"), footer, author)] + fields


def _embed(embed: dict[str, Any]) -> Complaints:
    yield from unknown(embed, EMBED_KEYS, "the embed", EMBED)
    pictures = [embed.get(key) or {} for key in ("thumbnail", "image")]
    if not any(text.strip() for text in texts(embed)) and not any(picture.get("url") for picture in pictures):
        yield f"the embed is empty: {EMBED}"
    yield from length(embed.get("title", ""), 0, 256, "title", EMBED_LIMITS)
    yield from length(embed.get("description", ""), 0, 4096, "description", EMBED_LIMITS)
    if embed.get("footer") is not None:
        yield from unknown(embed["footer"], {"text", "icon_url"}, "the footer", EMBED)
        yield from length(embed["footer"].get("text"), 1, 2048, "footer", EMBED_LIMITS)
    if embed.get("author") is not None:
        yield from unknown(embed["author"], {"name", "url", "icon_url"}, "the author", EMBED)
        yield from length(embed["author"].get("name"), 1, 256, "author", EMBED_LIMITS)
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield f"{len(fields)} fields, and 25 are allowed: {EMBED_LIMITS}"
    for field in fields:
        yield from unknown(field, {"name", "value", "inline"}, "a field", EMBED)
        yield from length(field.get("name"), 1, 256, "a field's name", EMBED_LIMITS)
        yield from length(field.get("value"), 1, 1024, "a field's value", EMBED_LIMITS)
    colour = embed.get("color", 0)
    if not isinstance(colour, int) or not 0 <= colour <= 0xFFFFFF:
        yield f"color {colour} is not a colour: {EMBED}"
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    urls = [embed.get("url"), author.get("url"), *(picture.get("url") for picture in pictures)]
    for url in [*urls, author.get("icon_url"), footer.get("icon_url")]:
        yield from well_formed(url, ("http", "https"), 2048, EMBED)


def _modal(data: dict[str, Any]) -> Complaints:
    yield from unknown(data, {"custom_id", "title", "components"}, "the modal", MODAL)
    yield from length(data.get("custom_id"), 1, 100, "the modal's custom_id", MODAL)
    yield from length(data.get("title"), 1, 45, "the modal's title", MODAL)
    rows = data.get("components") or []
    if not 1 <= len(rows) <= 5:
        yield f"{len(rows)} components in a modal, and 1–5 are allowed: {MODAL}"
    inputs = []
    for row in rows:
        if row.get("type") == LABEL_TYPE:
            yield from length(row.get("label"), 1, 45, "a label", LABEL)
            yield from length(row.get("description") or "", 0, 100, "a label's description", LABEL)
            inputs.append(row.get("component") or {})
        elif row.get("type") == ACTION_ROW_TYPE and len(row.get("components") or []) == 1:
            inputs += row["components"]
            yield from length(row["components"][0].get("label"), 1, 45, "a text input's label", MODAL)
        else:
            yield f"a modal takes labels, or rows of one component: {MODAL}"
    for field in inputs:
        yield from input_complaints(field)
    yield from unique([field["custom_id"] for field in inputs if "custom_id" in field])


def _choices(data: dict[str, Any]) -> Complaints:
    yield from unknown(data, {"choices"}, "a completion", CHOICE)
    choices = data.get("choices")
    if not isinstance(choices, list) or len(choices) > 25:
        yield f"choices is not a list of up to 25: {CHOICE}"
        return
    for choice in choices:
        yield from unknown(choice, {"name", "name_localizations", "value"}, "a choice", CHOICE)
        yield from length(choice.get("name"), 1, 100, "a choice's name", CHOICE)
        if isinstance(choice.get("value"), str):
            yield from length(choice["value"], 1, 100, "a choice's value", CHOICE)
        elif not isinstance(choice.get("value"), int | float):
            yield f"a choice has no value: {CHOICE}"
