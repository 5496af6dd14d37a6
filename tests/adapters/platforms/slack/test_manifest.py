from __future__ import annotations

import json

from adapters.platforms.slack.manifest import EVENTS, SCOPES, manifest
from bot.commands.table import COMMANDS

NEEDED = {
    "app_mention": {"app_mentions:read"},
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "group_left": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
}
"""The scopes that an event needs: https://docs.slack.dev/reference/events. Others need none."""


def test_every_slash_command_is_registered_once() -> None:
    registered = [entry["command"] for entry in manifest(COMMANDS)["features"]["slash_commands"]]
    assert registered == [f"/{name}" for name in dict.fromkeys(command.slash for command in COMMANDS)]


def test_a_command_with_subcommands_hints_at_each() -> None:
    [papers] = [entry for entry in manifest(COMMANDS)["features"]["slash_commands"] if entry["command"] == "/papers"]
    hints = papers["usage_hint"].split(" | ")
    assert [hint.split()[0] for hint in hints] == [command.word for command in COMMANDS if command.slash == "papers"]


def test_slash_commands_keep_to_slacks_limits() -> None:
    for command in manifest(COMMANDS)["features"]["slash_commands"]:
        assert 0 < len(command["command"]) <= 32
        assert 0 < len(command["description"]) <= 2_000
        assert 0 < len(command.get("usage_hint", "none")) <= 1_000


def test_names_keep_to_slacks_limits() -> None:
    shown = manifest(COMMANDS)
    assert len(shown["display_information"]["name"]) <= 35
    assert len(shown["display_information"]["description"]) <= 140
    assert len(shown["features"]["bot_user"]["display_name"]) <= 80
    for shortcut in shown["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_every_event_has_the_scopes_that_it_needs() -> None:
    needed = {scope for event in EVENTS for scope in NEEDED.get(event, set())}
    assert needed <= set(SCOPES)


def test_the_desk_is_told_what_happens_to_channels() -> None:
    kinds = [f"{kind}_{what}" for kind in ("channel", "group") for what in "archive unarchive deleted left".split()]
    assert set(kinds) <= set(EVENTS)


def test_scopes_and_events_stand_in_order_and_once() -> None:
    assert list(SCOPES) == sorted(set(SCOPES))
    assert list(EVENTS) == sorted(set(EVENTS))
    assert manifest(COMMANDS)["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert manifest(COMMANDS)["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


def test_an_app_that_shows_pasted_papers_hears_of_their_addresses() -> None:
    shown = manifest(COMMANDS, unfurl=True)
    assert set(shown["oauth_config"]["scopes"]["bot"]) - set(SCOPES) == {"links:read", "links:write"}
    assert set(shown["settings"]["event_subscriptions"]["bot_events"]) - set(EVENTS) == {"link_shared"}
    assert shown["features"]["unfurl_domains"] == [
        "alphaxiv.org",
        "arxiv.org",
        "doi.org",
        "hf.co",
        "huggingface.co",
    ]


def test_an_app_that_does_not_asks_for_none_of_that() -> None:
    assert "unfurl_domains" not in manifest(COMMANDS)["features"]
    assert "link_shared" not in manifest(COMMANDS)["settings"]["event_subscriptions"]["bot_events"]
    assert "links:read" not in manifest(COMMANDS)["oauth_config"]["scopes"]["bot"]


def test_the_app_needs_no_public_address() -> None:
    settings = manifest(COMMANDS)["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert "url" not in json.dumps(manifest(COMMANDS))


def test_home_messages_and_the_shortcut_are_on() -> None:
    features = manifest(COMMANDS)["features"]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == ["subscribe"]
