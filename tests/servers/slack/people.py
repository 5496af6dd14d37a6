"""People in a loopback Slack, who type, press, fill in, look, invite and archive."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.servers.slack.things import ADA, BOT, OPEN, TEAM, walk

if TYPE_CHECKING:
    from tests.servers.slack.server import SlackServer

NUMBERS = itertools.count()

OBEYED = (
    r"<[!@#][^>]*>|<?https?://evil[^>]*|:smile:|(?<!\w)(?:\*bold\*|_it_|~no~)(?!\w)|`code`|```|\x1b|@everyone\b|^&gt;"
)
"""Mentions, links, formats and emoji in mrkdwn: https://docs.slack.dev/messaging/formatting-message-text."""

INLINE = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the workspace. Unless stated otherwise, a method returns the id of the envelope that it sends."""

    slack: SlackServer

    def command(self, command: str, text: str = "", *, channel: str = OPEN, person: str = ADA) -> str:
        """Use a slash command; characters that are special in mrkdwn arrive escaped."""
        return self.slack.send(
            "slash_commands",
            {
                "command": command,
                "text": html.escape(text, quote=False),
                "team_id": TEAM,
                "channel_id": channel,
                "channel_name": "directmessage" if channel.startswith("D") else "robots",
                "user_id": person,
                "user_name": self.slack.workspace.people[person]["name"],
                "response_url": self.slack.response_url(channel, person),
                "trigger_id": self._trigger(),
            },
        )

    def mention(self, text: str, *, channel: str = OPEN, person: str = ADA, thread: str = "") -> str:
        """Say something to the bot in a channel."""
        shown_text = f"<@{BOT}> {html.escape(text, quote=False)}"
        event = {"type": "app_mention", "user": person, "text": shown_text, "channel": channel, "ts": "1.2"}
        return self.event(**event, **({"thread_ts": thread} if thread else {}))

    def say(self, text: str, *, channel: str, person: str = ADA, **more: str) -> str:
        """Say something in a direct message."""
        return self.event(type="message", channel_type="im", user=person, text=text, channel=channel, ts="1.3", **more)

    def event(self, **event: object) -> str:
        """Send an event."""
        return self.slack.send("events_api", event_payload(event))

    def paste(
        self, url: str, *, channel: str = OPEN, person: str = ADA, told: Mapping[str, object] | None = None
    ) -> str:
        """Post a message with an address, of which Slack tells the app; ``told`` is what it says otherwise."""
        conversation = self.slack.workspace.conversations[channel]
        message = {"type": "message", "user": person, "ts": self.slack.workspace.stamp(), "text": f"Look: {url}"}
        conversation.messages.append(message)
        event: dict[str, object] = {
            "type": "link_shared",
            "channel": channel,
            "is_bot_user_member": BOT in conversation.members,
            "user": person,
            "message_ts": message["ts"],
            "unfurl_id": f"{channel}.{message['ts']}.1",
            "source": "conversations_history",
            "links": [{"domain": url.split("/")[2], "url": url}],
        }
        return self.event(**event | dict(told or {}))

    def press_below(self, label: str, *, channel: str = OPEN, person: str = ADA) -> str:
        """Press the first button with that label in a card below a pasted address.

        https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
        """
        [message, *_] = [one for one in self.slack.workspace.conversations[channel].messages if "attachments" in one]
        [attachment] = message["attachments"]
        container = {"type": "message_attachment", "message_ts": message["ts"], "attachment_id": 1}
        return self.slack.send(
            "interactive",
            self._interaction("block_actions", person)
            | {
                "container": container | {"channel_id": channel, "is_ephemeral": False, "is_app_unfurl": True},
                "channel": {"id": channel, "name": "robots"},
                "app_unfurl": {"id": 1, **attachment},
                "response_url": self.slack.response_url(channel, person),
                "actions": [_pressed(attachment["blocks"], label)],
            },
        )

    def press(self, label: str, *, channel: str = OPEN, person: str = ADA) -> str:
        """Press the latest button, or choose the latest option, with that label that the person sees in the channel."""
        shown = [shown_message for shown_message in self.shown(channel, person) if label in labels(shown_message)]
        message = shown[-1]
        whispered = "ts" not in message
        return self.slack.send(
            "interactive",
            self._interaction("block_actions", person)
            | {
                "container": {"type": "message", "channel_id": channel, "is_ephemeral": whispered},
                "channel": {"id": channel, "name": "robots"},
                "message": {} if whispered else message,
                "response_url": self.slack.response_url(channel, person),
                "actions": [_pressed(message["blocks"], label)],
            },
        )

    def press_at_home(self, label: str, *, person: str = ADA) -> str:
        """Press the first button, or choose the first option, with that label in the Home tab."""
        view = self.slack.workspace.homes[person]
        return self.slack.send(
            "interactive",
            self._interaction("block_actions", person)
            | {"container": {"type": "view", "view_id": "VHOME"}, "view": view, "actions": [_pressed(view, label)]},
        )

    def send_action(self, value: str, *, person: str = ADA, action_id: str = "command:0") -> str:
        """Press a forged button."""
        return self.slack.send(
            "interactive",
            self._interaction("block_actions", person)
            | {
                "container": {"type": "message", "channel_id": OPEN},
                "channel": {"id": OPEN},
                "actions": [_action({"type": "button", "action_id": action_id, "value": value})],
            },
        )

    def shortcut(self, callback_id: str, *, person: str = ADA) -> str:
        """Use a global shortcut."""
        return self.slack.send("interactive", self._interaction("shortcut", person) | {"callback_id": callback_id})

    def type(self, query: str, *, person: str = ADA) -> str:
        """Type into the query of the modal that was opened last."""
        action = {"type": "plain_text_input", "action_id": "query", "block_id": "query", "value": query}
        return self.slack.send(
            "interactive",
            self._interaction("block_actions", person)
            | {"container": {"type": "view"}, "view": self.modal, "actions": [action]},
        )

    def submit(
        self,
        query: str,
        *,
        channel: str | None = OPEN,
        schedule: str = "instant",
        at: str | None = "09:00",
        zone: str = "UTC",
        person: str = ADA,
    ) -> str:
        """Fill in and submit the modal that was opened last; without ``channel`` if it does not ask for one."""
        values: dict[str, Any] = {
            "query": {"query": {"type": "plain_text_input", "value": query}},
            "schedule": {"schedule": {"type": "static_select", "selected_option": {"value": schedule}}},
            "time": {"time": {"type": "timepicker", "selected_time": at}},
            "zone": {"zone": {"type": "static_select", "selected_option": {"value": zone}}},
        }
        if channel is not None:
            values["channel"] = {"channel": {"type": "conversations_select", "selected_conversation": channel}}
        view = self.modal | {"state": {"values": values}}
        return self.slack.send("interactive", self._interaction("view_submission", person) | {"view": view})

    def look_at_home(self, *, person: str = ADA) -> str:
        """Open the Home tab."""
        return self.event(type="app_home_opened", user=person, channel="D0HOME", tab="home")

    def invite(self, channel: str, *, person: str = BOT) -> str:
        """Invite somebody, by default the bot, to the channel."""
        self.slack.workspace.conversations[channel].members.add(person)
        return self.event(type="member_joined_channel", user=person, channel=channel, channel_type="C")

    def kick(self, channel: str, *, event: str = "channel_left") -> str:
        """Remove the bot from the channel."""
        self.slack.workspace.conversations[channel].members.discard(BOT)
        return self.event(type=event, channel=channel, **({"user": BOT} if event == "member_left_channel" else {}))

    def archive(self, channel: str, *, archived: bool = True) -> str:
        """Archive or unarchive the channel."""
        self.slack.workspace.conversations[channel].archived = archived
        return self.event(type="channel_archive" if archived else "channel_unarchive", channel=channel, user=ADA)

    @property
    def modal(self) -> dict[str, Any]:
        """The modal that was opened last."""
        return list(self.slack.workspace.views.values())[-1]

    def shown(self, channel: str = OPEN, person: str = ADA) -> list[dict[str, Any]]:
        """The messages that the person sees in the channel: everybody's, then their own."""
        workspace = self.slack.workspace
        own = [
            whisper.message for whisper in workspace.whispers if (whisper.channel, whisper.person) == (channel, person)
        ]
        return [*workspace.conversations[channel].messages, *own]

    def seen(self, channel: str = OPEN, person: str = ADA) -> str:
        """All that the person reads in the channel."""
        return "\n".join(words(message.get("blocks") or message.get("text")) for message in self.shown(channel, person))

    def _interaction(self, kind: str, person: str) -> dict[str, Any]:
        name = self.slack.workspace.people[person]["name"]
        return {
            "type": kind,
            "team": {"id": TEAM},
            "user": {"id": person, "username": name, "name": name, "team_id": TEAM},
            "trigger_id": self._trigger(),
        }

    def _trigger(self) -> str:
        trigger = f"trigger-{next(NUMBERS)}"
        self.slack.workspace.triggers.add(trigger)
        return trigger


def event_payload(event: dict[str, object]) -> dict[str, Any]:
    """An event as Slack sends it."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{next(NUMBERS)}",
        "event": event,
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
    }


def words(node: object) -> str:
    """The text that people read there, a line for each text."""
    return "\n".join(_texts(node)).replace("\u2060", "")


def read(mrkdwn: str) -> str:
    """What people read of mrkdwn, without the marks of our own."""
    return re.sub(r"[*`\u2060]", "", html.unescape(re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", mrkdwn)))


def formatted(message: dict[str, Any]) -> list[str]:
    """Mentions, emoji names, formats and addresses in a message, except for our own links."""
    found = re.findall(OBEYED, message["text"])
    for part in walk(message.get("blocks")):
        if part.get("type") in {"user", "usergroup", "broadcast", "channel", "emoji", "color"}:
            found.append(str(part))
        if part.get("type") == "mrkdwn":
            found += re.findall(OBEYED, part["text"])
        if part.get("type") == "plain_text" and part.get("emoji") is not False:
            found += re.findall(r":smile:", part["text"])
        found += [url for name in ("url", "image_url") if "evil" in (url := str(part.get(name, "")))]
    return found


def labels(message: dict[str, Any]) -> list[str]:
    """The labels of a message's buttons and options."""
    return [label for part in walk(message.get("blocks")) if (label := _label(part))]


def _label(element: dict[str, Any]) -> str:
    """The label of a button, or of an option."""
    is_labelled = element.get("type") == "button" or ("value" in element and "type" not in element)
    return str(element["text"]["text"]) if is_labelled and isinstance(element.get("text"), dict) else ""


def _pressed(node: object, label: str) -> dict[str, Any]:
    """The action of pressing the first button there, or choosing the first option, with that label."""
    for part in walk(node):
        if part.get("type") == "button" and _label(part) == label:
            return _action(part)
        for option in part.get("options", []):
            if _label(option) == label:
                kept = {name: value for name, value in part.items() if name != "options"}
                return _action(kept | {"selected_option": option})
    raise AssertionError(f"nothing says {label}")


def _action(button: dict[str, Any]) -> dict[str, Any]:
    return {"block_id": "b", "action_ts": "1.0", **button}


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield html.unescape(node)
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child)
    elif isinstance(node, dict) and node.get("type") in INLINE:
        yield "".join(str(element.get("text") or element.get("fallback", "")) for element in node["elements"])
    elif isinstance(node, dict):
        text = node.get("text")
        if isinstance(text, str):
            yield read(text) if node.get("type") == "mrkdwn" else text
        yield from _texts([value for value in node.values() if isinstance(value, (dict, list))])
