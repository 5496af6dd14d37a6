"""Where settings and secrets are read from, whatever wrote the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Settings, find_config, load_settings
from bot.config.files import LARGEST_CONFIG, LARGEST_SECRET
from bot.errors import ConfigError
from tests.bot.config.loaded import errors, load

BOM = "\ufeff".encode()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_tilde_is_the_home_folder_in_every_path(home: Path) -> None:
    (home / "secrets").mkdir()
    (home / "secrets" / "hf_token").write_text("hf")
    (home / "discord").write_text("d")
    assert load(home, PAPERWIRE_STORAGE__PATH="~/x.db").storage.path == home / "x.db"
    assert load(home, '[storage]\npath = "~/x.db"').storage.path == home / "x.db"
    assert load(home, PAPERWIRE_SECRETS="~/secrets").secrets() == ["hf"]
    assert load(home, DISCORD_TOKEN_FILE="~/discord").secrets() == ["d"]  # noqa: S106 - the name of a file
    assert find_config(None, {"PAPERWIRE_CONFIG": "~/config.toml"}, Path.cwd()) == home / "config.toml"
    assert find_config(Path("~/config.toml"), {}, Path.cwd()) == home / "config.toml"


def test_a_tilde_within_a_path_is_a_character(home: Path) -> None:
    assert load(home, PAPERWIRE_STORAGE__PATH="data/~/x~.db").storage.path == Path("data/~/x~.db")


def test_without_a_home_folder_a_tilde_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    for variable in ("PAPERWIRE_STORAGE__PATH", "PAPERWIRE_SECRETS", "DISCORD_TOKEN_FILE"):
        told = errors(tmp_path, **{variable: "~nobody-here/x"})
        assert told.startswith(f"{variable}: it must be a path that is here")
        assert "\n" not in told
    with pytest.raises(ConfigError, match=r"^--config: it must be a path that is here"):
        find_config(Path("~nobody-here/x"), {}, Path.cwd())


def test_a_path_that_cannot_be_one_is_an_error(tmp_path: Path) -> None:
    assert errors(tmp_path, '[storage]\npath = "a\\u0000b"').startswith("storage.path: it must be a path")


@pytest.mark.parametrize("content", [BOM + b"token", b"token\r\n", b" token \r\r\n", BOM + b"\r\ntoken\r\n"])
def test_a_secret_is_read_whatever_wrote_its_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token").write_bytes(content)
    assert load_settings(None, {"DISCORD_TOKEN_FILE": str(tmp_path / "token")}).secrets() == ["token"]
    (tmp_path / "discord_token").write_bytes(content)
    assert load_settings(None, {"PAPERWIRE_SECRETS": str(tmp_path)}).secrets() == ["token"]
    assert load_settings(None, {"DISCORD_TOKEN": content.decode()}).secrets() == ["token"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_configuration_is_read_whatever_wrote_it(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(BOM + b"[poll]" + end + b'interval = "5m"' + end)
    assert load_settings(path, {}).poll.interval.total_seconds() == 300


def test_a_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[poll]\n", encoding="utf-16")
    with pytest.raises(ConfigError, match="it is not in UTF-8"):
        load_settings(path, {})


def test_a_file_that_is_too_large_or_never_ends_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_text("#" * (LARGEST_CONFIG + 1))
    for endless in (path, Path("/dev/zero")):
        with pytest.raises(ConfigError, match=r"more than 1,000,000 bytes"):
            load_settings(endless, {})
    path.write_text("x" * (LARGEST_SECRET + 1))
    for endless in (path, Path("/dev/zero")):
        with pytest.raises(ConfigError, match=r"^DISCORD_TOKEN_FILE: .* more than 10,000 bytes"):
            load_settings(None, {"DISCORD_TOKEN_FILE": str(endless)})


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "poll.interval = " + "9" * 5_000,
        "poll.interval = 0x" + "f" * 5_000,
        "poll.interval = 0o" + "7" * 9_000,
        "poll.interval = 0b" + "1" * 20_000,
        "poll.interval = 1e" + "9" * 5_000,
        "poll.interval = 9999-99-99",
        "poll.lookback_days = 0x" + "f" * 5_000,
        "storage.path = 0x" + "f" * 5_000,
        "storage.keep_days = nan",
        "storage.keep_days = -inf",
        "platforms.terminal.enabled = 0x" + "f" * 5_000,
        "platforms.discord.token = 0x" + "f" * 5_000,
        "commands.who = 0x" + "f" * 5_000,
        "http = 0x" + "f" * 5_000,
        "x." * 500 + "x = 1",
    ],
)
def test_values_without_end_are_errors_of_a_line(tmp_path: Path, text: str) -> None:
    told = errors(tmp_path, text)
    assert "\n" not in told.strip()
    assert len(told) < 2_000


@pytest.mark.parametrize("key", ["POLL__INTERVAL", "POLL__LOOKBACK_DAYS", "HTTP__PORT", "STORAGE__KEEP_DAYS"])
@pytest.mark.parametrize("value", ["9" * 5_000, "0x" + "f" * 5_000, "nan", "inf", "1e999", "-" + "9" * 5_000 + "d"])
def test_values_without_end_in_the_environment_are_errors_of_a_line(tmp_path: Path, key: str, value: str) -> None:
    told = errors(tmp_path, **{f"PAPERWIRE_{key}": value})
    assert told.startswith(f"PAPERWIRE_{key}: it must be ")
    assert "\n" not in told


@pytest.mark.parametrize("written", ["xml", "JSON", "json ", "0"])
def test_a_format_of_the_log_that_is_not_known_is_an_error(tmp_path: Path, written: str) -> None:
    assert errors(tmp_path, PAPERWIRE_LOG_FORMAT=written) == "PAPERWIRE_LOG_FORMAT: it must be text or json."


@pytest.mark.parametrize("written", ["", "text", "json"])
def test_the_log_is_text_or_json(tmp_path: Path, written: str) -> None:
    assert load(tmp_path, PAPERWIRE_LOG_FORMAT=written) == Settings()


def test_a_folder_of_secrets_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "missing", tmp_path / "file"):
        told = errors(tmp_path, PAPERWIRE_SECRETS=str(path), PAPERWIRE_POLL__INTERVAL="x").splitlines()
        assert told[0] == f"PAPERWIRE_SECRETS: {path} is not a folder. Name one that holds the secrets, or unset it."
        assert told[1].startswith("PAPERWIRE_POLL__INTERVAL")


def test_the_folder_where_containers_have_their_secrets_is_there_only_if_they_have_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.config.loading.MOUNTED", tmp_path / "missing")
    assert load(tmp_path, PAPERWIRE_SECRETS=str(tmp_path / "missing")) == Settings()
