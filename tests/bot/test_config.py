"""Settings: where they come from, and what is said when they are wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings, find_config, keys, load_settings
from bot.errors import ConfigError

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"


def load(tmp_path: Path, text: str = "", **environ: str) -> Settings:
    """The settings of a file with this text, and of this environment."""
    path = tmp_path / "config.toml"
    path.write_text(text)
    return load_settings(path, environ)


def said(tmp_path: Path, text: str = "", **environ: str) -> str:
    """What is said about settings that are wrong."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text, **environ)
    return str(caught.value)


def test_nothing_set_is_every_default() -> None:
    assert load_settings(None, {}) == Settings()


def test_the_file_is_read(tmp_path: Path) -> None:
    settings = load(tmp_path, '[poll]\ninterval = "5m"\n[platforms.terminal]\nenabled = true')
    assert settings.poll.interval == timedelta(minutes=5)
    assert settings.platforms.terminal.enabled


def test_the_environment_counts_more_than_the_file(tmp_path: Path) -> None:
    settings = load(tmp_path, '[poll]\ninterval = "5m"', PAPERWIRE_POLL__INTERVAL="2h")
    assert settings.poll.interval == timedelta(hours=2)


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


def test_our_own_name_counts_more_than_the_usual_one(tmp_path: Path) -> None:
    settings = load(tmp_path, PAPERWIRE_PLATFORMS__DISCORD__TOKEN="ours", DISCORD_TOKEN="usual")  # noqa: S106
    assert settings.platforms.discord.token.get_secret_value() == "ours"


@pytest.mark.parametrize("variable", ["DISCORD_TOKEN_FILE", "PAPERWIRE_PLATFORMS__DISCORD__TOKEN_FILE"])
def test_secrets_are_read_from_files(tmp_path: Path, variable: str) -> None:
    (tmp_path / "token").write_text("from a file\n".replace(" ", "-"))
    settings = load(tmp_path, **{variable: str(tmp_path / "token")})
    assert settings.platforms.discord.token.get_secret_value() == "from-a-file"


def test_a_secret_file_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    assert "DISCORD_TOKEN_FILE" in said(tmp_path, DISCORD_TOKEN_FILE=str(tmp_path / "missing"))
    assert "is empty" in said(tmp_path, DISCORD_TOKEN_FILE=str(tmp_path / "empty"))


WRONG = [
    ("[poll]\nintervall = 1", "poll.intervall: there is no such setting. Did you mean poll.interval?"),
    ("[pol]\ninterval = 1", "pol: there is no such setting. Did you mean poll?"),
    ('[poll]\ninterval = "soon"', "poll.interval: it must be a duration such as 30s, 10m, 2h or 1d."),
    ("[poll]\ninterval = 600", "poll.interval: it must be a duration such as 30s, 10m, 2h or 1d."),
    ('[poll]\ninterval = "0s"', "poll.interval: it must be a duration of at least 1s."),
    ("[poll]\nlookback_days = -1", "poll.lookback_days: it must be greater than or equal to 0."),
    ('[http]\nport = "web"', "http.port: it must be integer"),
    ("[http]\nport = 70000", "http.port: it must be less than or equal to 65535."),
    ('[commands]\nwho = "me"', "commands.who: it must be everyone or admins."),
    ('[platforms.terminal]\nenabled = "perhaps"', "platforms.terminal.enabled: it must be boolean"),
    ('[sources.huggingface]\nbase_url = "ftp://x"', "begins with http:// or https://"),
    (
        '[platforms.slack]\nbot_token = "xapp-1"',
        "platforms.slack.bot_token: it must be a token that begins with xoxb-.",
    ),
    ('[platforms.slack]\nbot_token = "xoxb-1"', "platforms.slack.app_token: missing"),
    ('[platforms.slack]\napp_token = "xapp-1"', "platforms.slack.bot_token: missing"),
    ("storage = 3", "storage: it must be"),
    ("[poll", "is not TOML"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in said(tmp_path, text)


def test_a_wrong_variable_is_named_as_it_was_set(tmp_path: Path) -> None:
    assert said(tmp_path, PAPERWIRE_HTTP__PORT="web").startswith("PAPERWIRE_HTTP__PORT: it must be integer")
    assert "SLACK_BOT_TOKEN: it must be a token that begins with xoxb-" in said(tmp_path, SLACK_BOT_TOKEN="xapp-9")  # noqa: S106


def test_an_unknown_variable_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert "Did you mean PAPERWIRE_POLL__INTERVAL?" in said(tmp_path, PAPERWIRE_POLL__INTERVALL="5m")


def test_every_wrong_setting_is_told_at_once(tmp_path: Path) -> None:
    assert len(said(tmp_path, '[http]\nport = -1\n[commands]\nwho = "me"').splitlines()) == 2


def test_a_token_is_never_shown(tmp_path: Path) -> None:
    for message in (
        said(tmp_path, SLACK_BOT_TOKEN="planted-token"),  # noqa: S106 - no secret
        said(tmp_path, '[platforms.slack]\nbot_token = "xoxb-planted-token"'),
        said(tmp_path, '[platforms.discord]\ntoken = "planted token"'),
        repr(load(tmp_path, DISCORD_TOKEN="planted-token")),  # noqa: S106 - no secret
    ):
        assert "planted" not in message


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--config names"):
        find_config(tmp_path / "missing.toml", {}, tmp_path)
    with pytest.raises(ConfigError, match="PAPERWIRE_CONFIG names"):
        find_config(None, {"PAPERWIRE_CONFIG": "missing.toml"}, tmp_path)


def test_config_toml_is_read_where_paperwire_starts_if_it_is_there(tmp_path: Path) -> None:
    assert find_config(None, {}, tmp_path) is None
    (tmp_path / "config.toml").touch()
    assert find_config(None, {}, tmp_path) == tmp_path / "config.toml"


def test_the_example_names_every_key_with_its_default_and_no_other() -> None:
    example = {
        f"{table}.{key}": value
        for table, values in flattened(tomllib.loads(EXAMPLE.read_text())).items()
        for key, value in values.items()
    }
    assert example == {key: written(default) for key, default in keys()}


def test_the_example_can_be_used_as_it_is() -> None:
    assert load_settings(EXAMPLE, {}) == Settings()


def flattened(tables: dict[str, object], prefix: str = "") -> dict[str, dict[str, object]]:
    """Tables by their dotted name."""
    found: dict[str, dict[str, object]] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            found |= flattened(value, f"{prefix}{name}.")
        else:
            found.setdefault(prefix.rstrip("."), {})[name] = value
    return found


def written(default: object) -> object:
    """A default as a person would write it."""
    if isinstance(default, timedelta):
        return re.sub(r"^0:(\d+):00$", lambda found: f"{int(found[1])}m", str(default))
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return str(default) if isinstance(default, Path) else default
