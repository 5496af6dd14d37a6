"""Secrets: where they come from, and that they are never shown."""

from __future__ import annotations

import json
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings, keys
from bot.config.loading import VARIABLES
from bot.config.settings import SECRET_FILES, SECRETS, USUAL_NAMES
from bot.errors import ConfigError
from tests.bot.config.loaded import errors, load

NAMES = [*USUAL_NAMES.items(), *VARIABLES.items()]


def test_the_usual_names_of_tokens_work(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        SLACK_BOT_TOKEN="xoxb-1",  # noqa: S106 - no secret
        SLACK_APP_TOKEN="xapp-1",  # noqa: S106 - no secret
        SLACK_SIGNING_SECRET="s",  # noqa: S106 - no secret
        DISCORD_TOKEN="d",  # noqa: S106 - no secret
        HF_TOKEN="h",  # noqa: S106 - no secret
    )
    assert settings.secrets() == ["xoxb-1", "xapp-1", "s", "d", "h"]


def test_our_own_name_overrides_the_usual_one(tmp_path: Path) -> None:
    settings = load(tmp_path, PAPERWIRE_PLATFORMS__DISCORD__TOKEN="ours", DISCORD_TOKEN="usual")  # noqa: S106
    assert settings.platforms.discord.token.get_secret_value() == "ours"


@pytest.mark.parametrize("variable", ["DISCORD_TOKEN_FILE", "PAPERWIRE_PLATFORMS__DISCORD__TOKEN_FILE"])
def test_secrets_are_read_from_files(tmp_path: Path, variable: str) -> None:
    (tmp_path / "token").write_text("from a file\n".replace(" ", "-"))
    settings = load(tmp_path, **{variable: str(tmp_path / "token")})
    assert settings.platforms.discord.token.get_secret_value() == "from-a-file"


def test_a_secret_file_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    assert "DISCORD_TOKEN_FILE" in errors(tmp_path, DISCORD_TOKEN_FILE=str(tmp_path / "missing"))
    assert "is empty" in errors(tmp_path, DISCORD_TOKEN_FILE=str(tmp_path / "empty"))


def test_every_token_can_come_from_a_file_and_has_a_usual_name() -> None:
    assert set(SECRETS) == {key for key, default in keys() if isinstance(default, SecretStr)}


@pytest.mark.parametrize("key", SECRETS)
@pytest.mark.parametrize("planted", ["planted secret", "xoxp-planted", "xoxb-planted", "plänted", "planted\x00"])
def test_a_token_is_never_shown(tmp_path: Path, key: str, planted: str) -> None:
    """Neither in an error nor in its cause, nor in the settings as they are printed."""
    table, _, name = key.rpartition(".")
    (tmp_path / "secret").write_text(planted)
    ways: list[tuple[str, dict[str, str]]] = [
        (f"[{table}]\n{name} = {json.dumps(planted)}", {}),
        (f"[{table}]\n{name}s = {json.dumps(planted)}", {}),
        (f"[{table}]\n{name} = [{json.dumps(planted)}]", {}),
        *(("", {variable: planted}) for variable, target in NAMES if target == key),
        *(("", {f"{variable}_FILE": str(tmp_path / "secret")}) for variable, target in NAMES if target == key),
    ]
    for text, environ in ways:
        try:
            shown = repr(load(tmp_path, text, **environ))
        except ConfigError as error:
            shown = "".join(traceback.format_exception(error))
        assert "planted" not in shown
        assert "plänted" not in shown


def test_an_empty_usual_name_is_ignored_but_an_empty_name_of_ours_counts(tmp_path: Path) -> None:
    """The first is what compose files leave behind; the second turns off what the file turns on."""
    file = '[platforms.discord]\ntoken = "d"'
    assert load(tmp_path, file, DISCORD_TOKEN="").platforms.discord.is_on
    assert not load(tmp_path, file, PAPERWIRE_PLATFORMS__DISCORD__TOKEN="").platforms.discord.is_on


def test_the_first_place_that_has_a_value_counts(tmp_path: Path) -> None:
    """In this order: our name, our file, the usual name, its file, the configuration file."""
    places = ["PAPERWIRE_PLATFORMS__DISCORD__TOKEN", "DISCORD_TOKEN"]
    environ = {}
    for place in places:
        environ[place] = place
        environ[f"{place}_FILE"] = str(tmp_path / place)
        (tmp_path / place).write_text(f"{place}_FILE\n")
    for name in [name for place in places for name in (place, f"{place}_FILE")]:
        settings = load(tmp_path, '[platforms.discord]\ntoken = "file"', **environ)
        assert settings.platforms.discord.token.get_secret_value() == name
        del environ[name]
    assert load(tmp_path, '[platforms.discord]\ntoken = "file"').platforms.discord.token.get_secret_value() == "file"


@pytest.mark.parametrize(("name", "key"), SECRET_FILES.items())
def test_secrets_are_read_from_a_folder_of_files(tmp_path: Path, name: str, key: str) -> None:
    held = {"platforms.slack.bot_token": "xoxb-1", "platforms.slack.app_token": "xapp-1"}.get(
        key, "https://x.example/1"
    )
    (tmp_path / name).write_text(f"{held}\n")
    (tmp_path / "kubernetes.io").mkdir()
    (tmp_path / "ca-certificates").touch()
    other = {"slack_bot_token": {"SLACK_APP_TOKEN": "xapp-1"}, "slack_app_token": {"SLACK_BOT_TOKEN": "xoxb-1"}}
    settings = load(tmp_path, PAPERWIRE_SECRETS=str(tmp_path), **other.get(name, {}))
    assert held in settings.secrets()


def test_the_files_in_a_folder_of_secrets_may_be_empty(tmp_path: Path) -> None:
    (tmp_path / "discord_token").touch()
    assert load(tmp_path, PAPERWIRE_SECRETS=str(tmp_path)) == Settings()


def test_variables_override_a_folder_of_secrets_which_overrides_the_file(tmp_path: Path) -> None:
    (tmp_path / "discord_token").write_text("folder")
    file, folder = '[platforms.discord]\ntoken = "file"', str(tmp_path)
    assert load(tmp_path, file, PAPERWIRE_SECRETS=folder).platforms.discord.token.get_secret_value() == "folder"
    settings = load(tmp_path, file, PAPERWIRE_SECRETS=folder, DISCORD_TOKEN="usual")  # noqa: S106 - none
    assert settings.platforms.discord.token.get_secret_value() == "usual"


def test_mistakes_in_a_folder_of_secrets_are_named_without_the_secrets(tmp_path: Path) -> None:
    (tmp_path / "slack-bot-token").write_text("xoxb-planted")
    (tmp_path / "discord_token").write_text("planted planted")
    (tmp_path / "hf_token").mkdir()
    lines = errors(tmp_path, PAPERWIRE_SECRETS=str(tmp_path)).splitlines()
    assert [line.removeprefix(f"{tmp_path}/").split(" ")[0] for line in lines] == [
        "slack-bot-token:",
        "hf_token",
        "discord_token:",
    ]
    assert "Did you mean slack_bot_token?" in lines[0]
    assert "planted" not in str(lines)


def test_the_heartbeats_address_is_a_secret_that_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("https://monitor.example/ping/planted\n")
    settings = load(tmp_path, PAPERWIRE_HEARTBEAT__URL_FILE=str(tmp_path / "url"))
    assert settings.heartbeat.url.get_secret_value() == "https://monitor.example/ping/planted"
    assert settings.secrets() == ["https://monitor.example/ping/planted"]
    assert "planted" not in repr(settings)


def test_a_malformed_heartbeat_address_is_named_but_not_shown(tmp_path: Path) -> None:
    shown = errors(tmp_path, '[heartbeat]\nurl = "monitor.example/planted"')
    assert shown.startswith("heartbeat.url: it must be an address that begins with http:// or https://")
    assert "planted" not in shown
