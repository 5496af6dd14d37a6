"""Settings: where they come from, and how mistakes in them are reported."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.config import Settings, find_config, keys, load_settings
from bot.errors import ConfigError
from tests.bot.config.loaded import errors, load
from tests.builders import ROOT

EXAMPLE = ROOT / "config.example.toml"


def test_without_settings_every_default_applies() -> None:
    assert load_settings(None, {}) == Settings()


def test_the_file_is_read(tmp_path: Path) -> None:
    settings = load(tmp_path, '[poll]\ninterval = "5m"\n[platforms.terminal]\nenabled = true')
    assert settings.poll.interval == timedelta(minutes=5)
    assert settings.platforms.terminal.enabled


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    settings = load(tmp_path, '[poll]\ninterval = "5m"', PAPERWIRE_POLL__INTERVAL="2h")
    assert settings.poll.interval == timedelta(hours=2)


DURATION = "a duration such as 30s, 10m, 2h or 1d, from 1s to 3650d"

ADDRESS = "an address that begins with http:// or https:// and a host, without ? and #"

TAXONOMY = "https://arxiv.org/category_taxonomy has them all"
CATEGORIES = f'a list of up to 50 categories of arXiv, such as ["cs.LG", "hep-th"]; {TAXONOMY}'

OF_THIS_MACHINE = "a name or an address of this machine, such as 127.0.0.1 or ::1, without a port"

NOT_HOSTS = ["a..b", "a b", "a" * 64, "127.0.0.1:80", "[::1]", "http://localhost", ".", "ü"]

WRONG = [
    ("[poll]\nintervall = 1", "poll.intervall: there is no such setting. Did you mean poll.interval?"),
    ("[pol]\ninterval = 1", "pol: there is no such setting. Did you mean poll?"),
    ("[platforms.slak]\ntoken = 1", "platforms.slak: there is no such setting. Did you mean platforms.slack?"),
    ("[zzz]", "zzz: there is no such setting. config.example.toml has them all."),
    *(
        (f'[sources.huggingface]\nbase_url = "https://{host}"', f"sources.huggingface.base_url: it must be {ADDRESS}.")
        for host in ("a..b", "a" * 64)
    ),
    *(
        (f"[sources.arxiv]\ncategories = {given}", f"sources.arxiv.categories: it must be {CATEGORIES}.")
        for given in (
            '["cs.LGG"]',
            '["robots"]',
            '["hep-th.AB"]',
            '["cs.LG", 7]',
            "7",
            '"cs.LG, LG"',
            '["cs."]',
            '[""]',
        )
    ),
    ('[poll]\ninterval = "soon"', f"poll.interval: it must be {DURATION}."),
    ("[poll]\ninterval = 600", f"poll.interval: it must be {DURATION}."),
    ('[poll]\ninterval = "0s"', f"poll.interval: it must be {DURATION}."),
    ('[poll]\ninterval = "٣m"', f"poll.interval: it must be {DURATION}."),
    ('[poll]\ninterval = "99999999d"', f"poll.interval: it must be {DURATION}."),
    ("[poll]\nlookback_days = -1", "poll.lookback_days: it must be a whole number from 0 to 30."),
    ("[poll]\nlookback_days = 31", "poll.lookback_days: it must be a whole number from 0 to 30."),
    ("[delivery]\nmax_attempts = 0", "delivery.max_attempts: it must be a whole number from 1 to 1000."),
    ("[delivery]\nmax_attempts = true", "delivery.max_attempts: it must be a whole number from 1 to 1000."),
    ("[delivery]\nflood_limit = 2.0", "delivery.flood_limit: it must be a whole number from 1 to 1000."),
    ('[http]\nport = "web"', "http.port: it must be a whole number from 0 to 65535."),
    ("[http]\nport = 70000", "http.port: it must be a whole number from 0 to 65535."),
    ('[http]\nhost = ""', "http.host: it must be a text that is not empty."),
    *((f'[http]\nhost = "{host}"', f"http.host: it must be {OF_THIS_MACHINE}.") for host in NOT_HOSTS),
    ('[storage]\npath = "/"', "storage.path: it must be a file, such as data/paperwire.db."),
    ('[storage]\npath = "/tmp/.."', "storage.path: it must be a file, such as data/paperwire.db."),
    ('[storage]\npath = " "', "storage.path: it must be a text that is not empty."),
    (
        "[storage]\nkeep_days = 59",
        "storage.keep_days: it must be a whole number from 60 to 3650, or 0 to keep papers for ever.",
    ),
    (
        "[storage]\nkeep_days = true",
        "storage.keep_days: it must be a whole number from 60 to 3650, or 0 to keep papers for ever.",
    ),
    ("[storage]\npath = 7", "storage.path: it must be a text that is not empty."),
    ('[meaning]\nsubjects = "/"', "meaning.subjects: it must be a file, such as subjects.toml."),
    ("[meaning]\nsubjects = []", "meaning.subjects: it must be a text that is not empty."),
    ('[commands]\nwho = "me"', "commands.who: it must be everyone or admins."),
    ('[platforms.terminal]\nenabled = "perhaps"', "platforms.terminal.enabled: it must be true or false."),
    ("[platforms.discord]\ntoken = 7", "platforms.discord.token: it must be a text in quotes."),
    (
        '[platforms.slack]\nbot_token = "xapp-1"',
        "bot_token: it must be the bot token, which begins with xoxb- (the one with xapp- is the app_token)",
    ),
    (
        '[platforms.slack]\napp_token = "xoxb-1"',
        "app_token: it must be the app token, which begins with xapp- (the one with xoxb- is the bot_token)",
    ),
    ('[platforms.slack]\nbot_token = "xoxb-1"', "platforms.slack.app_token: missing"),
    ('[platforms.slack]\napp_token = "xapp-1"', "platforms.slack.bot_token: missing"),
    ("storage = 3", "storage: it must be a table of keys."),
    ("[[poll]]", "poll: it must be a table of keys."),
    (
        "[poll]\ninterval 5m",
        "config.toml is not TOML: Expected '=' after a key in a key/value pair (at line 2, column 10).",
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in errors(tmp_path, text)


def test_a_wrong_variable_is_named_as_it_was_set(tmp_path: Path) -> None:
    assert errors(tmp_path, PAPERWIRE_HTTP__PORT="web").startswith("PAPERWIRE_HTTP__PORT: it must be a whole number")
    assert "SLACK_BOT_TOKEN: it must be the bot token, which begins with xoxb-" in errors(
        tmp_path,
        SLACK_BOT_TOKEN="xapp-9",  # noqa: S106 - no secret
    )


def test_an_unknown_variable_is_named_with_the_nearest(tmp_path: Path) -> None:
    for variable in ("PAPERWIRE_POLL__INTERVALL", "PAPERWIRE_POLL_INTERVAL"):
        assert "Did you mean PAPERWIRE_POLL__INTERVAL?" in errors(tmp_path, **{variable: "5m"})
    assert "config.example.toml has them all." in errors(tmp_path, PAPERWIRE_X="1")


def test_every_wrong_setting_is_reported_at_once(tmp_path: Path) -> None:
    assert len(errors(tmp_path, '[http]\nport = -1\n[commands]\nwho = "me"').splitlines()) == 2


def test_wrong_variables_files_and_keys_are_reported_together(tmp_path: Path) -> None:
    lines = errors(
        tmp_path,
        '[commands]\nwho = "me"',
        PAPERWIRE_POL="1",
        PAPERWIRE_HTTP__PORT="web",
        HF_TOKEN_FILE=str(tmp_path),
        SLACK_BOT_TOKEN="xoxb-1",  # noqa: S106 - no secret
    ).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "PAPERWIRE_POL",
        "HF_TOKEN_FILE",
        "PAPERWIRE_HTTP__PORT",
        "commands.who",
    ]


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("sources.huggingface.base_url", "ftp://x.example"),
        ("sources.huggingface.base_url", "https://"),
        ("sources.huggingface.base_url", "huggingface.co"),
        ("sources.huggingface.base_url", "https://x.example/?a=b"),
        ("platforms.slack.api_url", "https://x.example:web/"),
        ("platforms.slack.api_url", "https://x example/"),
        ("platforms.discord.api_url", "wss://x.example"),
        ("platforms.discord.gateway_url", "https://x.example"),
    ],
)
def test_a_malformed_address_is_refused(tmp_path: Path, key: str, address: str) -> None:
    table, _, name = key.rpartition(".")
    begin = "ws:// or wss://" if name == "gateway_url" else "http:// or https://"
    assert f"{key}: it must be an address that begins with {begin} and a host" in errors(
        tmp_path, f'[{table}]\n{name} = "{address}"'
    )


@pytest.mark.parametrize("slash", ["", "/"])
def test_addresses_end_as_their_clients_need_it(tmp_path: Path, slash: str) -> None:
    settings = load(
        tmp_path,
        PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL=f"http://127.0.0.1:8000{slash}",
        PAPERWIRE_PLATFORMS__SLACK__API_URL=f"http://127.0.0.1:8000/api{slash}",
        PAPERWIRE_PLATFORMS__DISCORD__API_URL=f"http://127.0.0.1:8000/api/v10{slash}",
    )
    assert settings.sources.huggingface.base_url == "http://127.0.0.1:8000"
    assert settings.platforms.slack.api_url == "http://127.0.0.1:8000/api/"
    assert settings.platforms.discord.api_url == "http://127.0.0.1:8000/api/v10"


@pytest.mark.parametrize(
    "given",
    ["cs.LG,hep-th, cond-mat.str-el", "cs.LG hep-th cond-mat.str-el", '["cs.LG", "hep-th", "cond-mat.str-el"]'],
)
def test_categories_of_arxiv_are_read_from_a_list_or_a_variable(tmp_path: Path, given: str) -> None:
    arxiv = load(tmp_path, PAPERWIRE_SOURCES__ARXIV__CATEGORIES=given).sources.arxiv
    assert arxiv.categories == ("cs.LG", "hep-th", "cond-mat.str-el")


def test_categories_of_arxiv_are_spelled_as_arxiv_does_and_each_is_there_once(tmp_path: Path) -> None:
    arxiv = load(tmp_path, '[sources.arxiv]\ncategories = ["CS.lg", "cs.LG", "Stat", "physics.OPTICS"]').sources.arxiv
    assert arxiv.categories == ("cs.LG", "stat", "physics.optics")


def test_arxiv_is_on_when_it_has_categories(tmp_path: Path) -> None:
    assert not load(tmp_path).sources.arxiv.is_on
    assert load(tmp_path, PAPERWIRE_SOURCES__ARXIV__CATEGORIES="cs.LG").sources.arxiv.is_on


@pytest.mark.parametrize(
    ("written", "span"),
    [("1s", timedelta(seconds=1)), ("90m", timedelta(minutes=90)), ("2h", timedelta(hours=2)), ("1d", timedelta(1))],
)
def test_durations_are_read(tmp_path: Path, written: str, span: timedelta) -> None:
    assert load(tmp_path, PAPERWIRE_POLL__INTERVAL=written).poll.interval == span


def test_every_key_can_come_from_the_environment(tmp_path: Path) -> None:
    values = {key: written(default) for key, default in keys()}
    environ = {f"PAPERWIRE_{key.upper().replace('.', '__')}": str(value) for key, value in values.items()}
    assert load(tmp_path, **environ) == Settings()


def test_a_platform_is_on_when_its_tokens_are_there(tmp_path: Path) -> None:
    neither = load(tmp_path).platforms
    assert not neither.slack.is_on
    assert not neither.discord.is_on
    both = load(tmp_path, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", DISCORD_TOKEN="d").platforms  # noqa: S106
    assert both.slack.is_on
    assert both.discord.is_on


def test_reserved_and_foreign_variables_are_ignored(tmp_path: Path) -> None:
    environ = {"PAPERWIRE_CONFIG": "x", "PAPERWIRE_LOG_FORMAT": "json", "PAPER": "1", "POLL__INTERVAL": "1"}
    assert load(tmp_path, **environ) == Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().poll.lookback_days = 5


INJECTED = {
    "PAPERWIRE_SERVICE_HOST": "10.0.0.11",
    "PAPERWIRE_SERVICE_PORT": "8080",
    "PAPERWIRE_SERVICE_PORT_HTTP": "8080",
    "PAPERWIRE_PORT": "tcp://10.0.0.11:8080",
    "PAPERWIRE_PORT_8080_TCP": "tcp://10.0.0.11:8080",
    "PAPERWIRE_PORT_8080_TCP_PROTO": "tcp",
    "PAPERWIRE_PORT_8080_TCP_PORT": "8080",
    "PAPERWIRE_PORT_8080_TCP_ADDR": "fd00::11",
}
"""What Kubernetes sets beside a Service named paperwire."""


def test_variables_that_kubernetes_sets_for_a_service_of_our_name_are_ignored(tmp_path: Path) -> None:
    assert load(tmp_path, **INJECTED) == Settings()


@pytest.mark.parametrize("name", sorted(INJECTED))
def test_a_variable_that_only_looks_like_kubernetes_is_still_unknown(tmp_path: Path, name: str) -> None:
    """A setting whose name somebody got wrong has another kind of value."""
    assert name in errors(tmp_path, **{name: "on my machine"})


def test_a_port_without_its_table_is_still_unknown(tmp_path: Path) -> None:
    assert "Did you mean PAPERWIRE_HTTP__PORT?" in errors(tmp_path, PAPERWIRE_PORT="8080")


@pytest.mark.parametrize("content", [b"\xff", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content) if content else path.mkdir()
    with pytest.raises(ConfigError, match=r"config\.toml cannot be read: "):
        load_settings(find_config(None, {}, tmp_path), {})


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--config names"):
        find_config(tmp_path / "missing.toml", {}, tmp_path)
    with pytest.raises(ConfigError, match="PAPERWIRE_CONFIG names"):
        find_config(None, {"PAPERWIRE_CONFIG": "missing.toml"}, tmp_path)


def test_config_toml_in_the_current_folder_is_read_if_it_exists(tmp_path: Path) -> None:
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
    if default is None:
        return ""
    if isinstance(default, tuple):
        return list(default)
    return str(default) if isinstance(default, Path) else default
