"""A loopback Slack's workspace: its channels, people, messages and views, and the Web API's methods on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.platforms.slack.manifest import scopes
from tests.servers.slack.rules import complaints
from tests.servers.slack.things import (
    ADA,
    BEN,
    BOT,
    CLOSED,
    DIRECT,
    OPEN,
    READS,
    TEAM,
    Conversation,
    Refused,
    Whisper,
    walk,
)


@dataclass(slots=True)
class Workspace:
    """Everything that survives a restart of the server.

    Attributes:
        scopes: What the bot token was granted.
        broken_pictures: Whether Slack can load no picture.
        whispers: Ephemeral messages, in their order.
        views: Modals by their id; ``opened`` is in their order.
        homes: Each person's home.
        page: Items a page at most.
        clock: Seconds since 1970.
    """

    bot_token: str = "xoxb-bot-token"  # noqa: S105 - of no real workspace
    app_token: str = "xapp-app-token"  # noqa: S105
    scopes: set[str] = field(default_factory=lambda: set(scopes(unfurl=True)))
    broken_pictures: bool = False
    conversations: dict[str, Conversation] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    whispers: list[Whisper] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    triggers: set[str] = field(default_factory=set)
    page: int = 200
    clock: Callable[[], float] = time.time
    refusals: list[str] = field(default_factory=list)
    _last: float = 0.0

    def __post_init__(self) -> None:
        """Two channels, and two people."""
        members = {ADA, BEN}
        self.conversations = {
            OPEN: Conversation(OPEN, "robots", members=members | {BOT}),
            CLOSED: Conversation(CLOSED, "elsewhere", members=set(members)),
            DIRECT: Conversation(DIRECT, "", "im", members={ADA, BOT}),
        }
        self.people = {
            ADA: {"id": ADA, "name": "ada", "is_admin": True, "profile": {"display_name": "Ada Example"}},
            BEN: {"id": BEN, "name": "ben", "is_admin": False, "profile": {"display_name": ""}},
        }

    def call(self, method: str, token: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a call of the Web API."""
        try:
            if method == "apps.connections.open":
                self._authorize(token, self.app_token, wrong="xoxb-")
                return {"ok": True}
            self._authorize(token, self.bot_token, wrong="xapp-")
            return {"ok": True, **METHODS.get(method, Workspace.unknown)(self, given)}
        except Refused as refused:
            self.refusals.append(refused.code)
            return refused.answer

    def add(self, channel: str, *, kind: str = "public", name: str = "another", creator: str = ADA) -> None:
        """Add a channel that everybody is in."""
        self.conversations[channel] = Conversation(channel, name, kind, creator, {ADA, BEN, BOT})

    def stamp(self) -> str:
        """A timestamp that no other message has."""
        self._last = max(self.clock(), self._last + 0.000001)
        return f"{self._last:.6f}"

    def _authorize(self, token: str, wanted: str, *, wrong: str) -> None:
        if not token:
            raise Refused("not_authed")
        if token.startswith(wrong):
            raise Refused("not_allowed_token_type")
        if token != wanted:
            raise Refused("invalid_auth")

    def _needs(self, scope: str) -> None:
        if scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def _conversation(self, given: Mapping[str, Any], *, scope: str = "") -> Conversation:
        channel = str(given.get("channel", ""))
        if channel in self.people:
            self._needs("im:write")
            person, channel = channel, f"D{channel[1:]}"
            self.conversations.setdefault(channel, Conversation(channel, "", "im", members={person, BOT}))
        found = self.conversations.get(channel)
        if found is None or (found.kind != "public" and BOT not in found.members):
            raise Refused("channel_not_found")
        if scope:
            self._needs(f"{READS[found.kind]}:{scope}")
        return found

    def _writable(self, given: Mapping[str, Any]) -> Conversation:
        self._needs("chat:write")
        found = self._conversation(given)
        if found.archived:
            raise Refused("is_archived")
        if BOT not in found.members:
            raise Refused("not_in_channel")
        return found

    def fit(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The message in the arguments, if Slack takes it."""
        message = {name: given[name] for name in ("text", "blocks", "metadata") if given.get(name)}
        wrong = complaints(message)
        if wrong:
            code = "msg_too_long" if wrong[0].startswith("msg_too_long") else "invalid_blocks"
            raise Refused(code, errors=wrong, response_metadata={"messages": wrong})
        if self.broken_pictures and any("image_url" in part for part in walk(message)):
            raise Refused("invalid_blocks", errors=["downloading image failed"])
        return message

    def post(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``chat.postMessage``."""
        channel = self._writable(given)
        for name in ("unfurl_links", "unfurl_media"):
            if given.get(name) is not False:
                raise Refused("invalid_arguments", errors=[f"{name} is not off"])
        message = {"type": "message", "user": BOT, "bot_id": "B0PAPERWIRE", "ts": self.stamp(), **self.fit(given)}
        if given.get("thread_ts"):
            message["thread_ts"] = given["thread_ts"]
        channel.messages.append(message)
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def update(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``chat.update``: whatever is left out is removed, even metadata; nothing may notify anybody."""
        channel = self._writable(given)
        if more := given.keys() - {"channel", "ts", "text", "blocks", "metadata"}:
            raise Refused("invalid_arguments", errors=[f"what is {name}?" for name in more])
        for message in channel.messages:
            if message["ts"] == given.get("ts"):
                fitting = self.fit(given)
                for name in ("text", "blocks", "metadata"):
                    message.pop(name, None)
                message.update(fitting)
                return {"channel": channel.id, "ts": message["ts"]}
        raise Refused("message_not_found")

    def whisper(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``chat.postEphemeral``."""
        channel = self._writable(given)
        if given.get("user") not in channel.members:
            raise Refused("user_not_in_channel")
        self.whispers.append(
            Whisper(channel.id, str(given["user"]), str(given.get("thread_ts") or ""), self.fit(given))
        )
        return {"message_ts": self.stamp()}

    def history(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``conversations.history``: newest first, a page at a time, and without what stands in threads."""
        channel = self._readable(given)
        return self._told([message for message in reversed(channel.messages) if "thread_ts" not in message], given)

    def replies(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``conversations.replies``: what stands in a thread, oldest first, a page at a time."""
        channel = self._readable(given)
        return self._told([message for message in channel.messages if message.get("thread_ts") == given["ts"]], given)

    def _readable(self, given: Mapping[str, Any]) -> Conversation:
        channel = self._conversation(given, scope="history")
        if BOT not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def _told(self, messages: list[dict[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
        oldest, latest = float(given.get("oldest", 0)), float(given.get("latest", "inf"))
        messages = [message for message in messages if oldest <= float(message["ts"]) <= latest]
        if str(given.get("include_all_metadata")).lower() not in {"1", "true"}:
            messages = [{name: value for name, value in message.items() if name != "metadata"} for message in messages]
        return self._page("messages", messages, given)

    def info(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``conversations.info``."""
        return {"channel": self._conversation(given, scope="read").told()}

    def channels(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``users.conversations``."""
        kinds = {written.removesuffix("_channel") for written in str(given.get("types", "public_channel")).split(",")}
        for kind in kinds:
            self._needs(f"{READS[kind]}:read")
        person = given.get("user", BOT)
        found = [
            conversation.told()
            for conversation in self.conversations.values()
            if conversation.kind in kinds and person in conversation.members and not conversation.archived
            if conversation.kind == "public" or BOT in conversation.members
        ]
        return self._page("channels", found, given)

    def person(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``users.info``."""
        self._needs("users:read")
        if given.get("user") not in self.people:
            raise Refused("user_not_found")
        return {"user": self.people[str(given["user"])]}

    def open(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``conversations.open``: a person's direct messages."""
        self._needs("im:write")
        person = str(given.get("users"))
        if person not in self.people:
            raise Refused("user_not_found")
        return {"channel": {"id": self._conversation({"channel": person}).id}}

    def unfurl(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``chat.unfurl``: the blocks stand below the message, for each address that is in it."""
        self._needs("links:write")
        channel = self._conversation(given)
        if BOT not in channel.members:
            raise Refused("cannot_find_channel")
        found = [message for message in channel.messages if message["ts"] == given.get("ts")]
        if not found:
            raise Refused("cannot_find_message")
        for url, shown in given["unfurls"].items():
            if url not in found[0]["text"] or shown.keys() != {"blocks"}:
                raise Refused("cannot_unfurl_url")
            message = self.fit({"text": url, "blocks": shown["blocks"]})
            attachment = {"from_url": url, "is_app_unfurl": True, "blocks": message["blocks"]}
            found[0].setdefault("attachments", []).append(attachment)
        return {}

    def open_view(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``views.open``: a trigger works once."""
        if given.get("trigger_id") not in self.triggers:
            raise Refused("invalid_trigger_id")
        self.triggers.remove(given["trigger_id"])
        view_id = f"V{len(self.views)}"
        self.views[view_id] = {**self._view(given), "id": view_id}
        return {"view": self.views[view_id]}

    def update_view(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``views.update``."""
        view_id = str(given.get("view_id"))
        if view_id not in self.views:
            raise Refused("not_found")
        self.views[view_id] = {**self._view(given), "id": view_id}
        return {"view": self.views[view_id]}

    def publish(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """``views.publish``."""
        self.homes[str(given["user_id"])] = self._view(given)
        return {"view": given["view"]}

    def unknown(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        """Any other method."""
        raise Refused("unknown_method")

    def identity(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        """``auth.test``."""
        return {
            "url": "https://example.slack.com/",
            "team": "Example Lab",
            "team_id": TEAM,
            "user": "paperwire",
            "user_id": BOT,
            "bot_id": "B0PAPERWIRE",
        }

    def _view(self, given: Mapping[str, Any]) -> dict[str, Any]:
        view: dict[str, Any] = given["view"]
        wrong = complaints(view)
        if wrong:
            raise Refused("invalid_arguments", response_metadata={"messages": wrong})
        return view

    def _page(self, name: str, items: list[Any], given: Mapping[str, Any]) -> dict[str, Any]:
        start, size = int(given.get("cursor") or 0), min(int(given.get("limit", 100)), self.page)
        more = items[start + size :]
        return {
            name: items[start : start + size],
            "response_metadata": {"next_cursor": str(start + size) if more else ""},
        }


METHODS: dict[str, Callable[[Workspace, Mapping[str, Any]], dict[str, Any]]] = {
    "auth.test": Workspace.identity,
    "chat.postEphemeral": Workspace.whisper,
    "chat.postMessage": Workspace.post,
    "chat.unfurl": Workspace.unfurl,
    "chat.update": Workspace.update,
    "conversations.history": Workspace.history,
    "conversations.info": Workspace.info,
    "conversations.open": Workspace.open,
    "conversations.replies": Workspace.replies,
    "users.conversations": Workspace.channels,
    "users.info": Workspace.person,
    "views.open": Workspace.open_view,
    "views.publish": Workspace.publish,
    "views.update": Workspace.update_view,
}
