"""Settings: ``config.toml`` and the environment, checked whole before anything starts.

Where a value stands in several places, the first of these counts: ``PAPERWIRE_POLL__INTERVAL`` and the like; the same
with ``_FILE`` behind it, for secrets, naming a file that holds it; the usual name of a token, such as
``SLACK_BOT_TOKEN``; that with ``_FILE``; the configuration file; the default.

The environment is laid over the file here, and pydantic checks the sum: every error can then name the place that the
value came from, which the sources of pydantic-settings do not keep.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import ConfigError

PREFIX = "PAPERWIRE_"

RESERVED = frozenset({"PAPERWIRE_CONFIG", "PAPERWIRE_LOG_FORMAT"})
"""Variables that are no settings: where the file is, and what the log looks like."""

USUAL_NAMES = {
    "SLACK_BOT_TOKEN": "platforms.slack.bot_token",
    "SLACK_APP_TOKEN": "platforms.slack.app_token",
    "SLACK_SIGNING_SECRET": "platforms.slack.signing_secret",
    "DISCORD_TOKEN": "platforms.discord.token",
    "HF_TOKEN": "sources.huggingface.token",
}

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    written = re.fullmatch(r"(\d{1,7})([smhd])", value.strip()) if isinstance(value, str) else None
    if written is None:
        raise ValueError("a duration such as 30s, 10m, 2h or 1d")
    return timedelta(seconds=int(written[1]) * UNITS[written[2]])


def _at_least_a_second(value: timedelta) -> timedelta:
    if value < timedelta(seconds=1):
        raise ValueError("a duration of at least 1s")
    return value


def _address(schemes: tuple[str, ...]) -> AfterValidator:
    def check(value: str) -> str:
        try:
            parts = urlsplit(value)
            allowed = parts.scheme in schemes and bool(parts.hostname) and not re.search(r"\s", value)
            _ = parts.port
        except ValueError:
            allowed = False
        if not allowed:
            raise ValueError(f"an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return value

    return AfterValidator(check)


def _token(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and not secret.startswith(prefix):
            raise ValueError(f"a token that begins with {prefix}")
        if re.search(r"\s", secret):
            raise ValueError("a token without blanks or line breaks in it")
        return value

    return AfterValidator(check)


Duration = Annotated[timedelta, BeforeValidator(_duration)]
WebAddress = Annotated[str, _address(("http", "https")), AfterValidator(lambda value: value.rstrip("/"))]
SocketAddress = Annotated[str, _address(("ws", "wss"))]


class Section(BaseModel):
    """A table of the configuration: frozen, and without keys that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Storage(Section):
    """``[storage]``."""

    path: Path = Path("data/paperwire.db")


class Poll(Section):
    """``[poll]``."""

    interval: Annotated[Duration, AfterValidator(_at_least_a_second)] = timedelta(minutes=10)
    lookback_days: int = Field(default=3, ge=0, le=30)


class DeliverySettings(Section):
    """``[delivery]``."""

    max_attempts: int = Field(default=10, ge=1, le=1000)
    flood_limit: int = Field(default=20, ge=1, le=1000)


class Http(Section):
    """``[http]``."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8080, ge=0, le=65535)


class HuggingFaceSettings(Section):
    """``[sources.huggingface]``."""

    base_url: WebAddress = "https://huggingface.co"
    token: Annotated[SecretStr, _token("")] = SecretStr("")


class Sources(Section):
    """``[sources]``."""

    huggingface: HuggingFaceSettings = HuggingFaceSettings()


class SlackSettings(Section):
    """``[platforms.slack]``."""

    bot_token: Annotated[SecretStr, _token("xoxb-")] = SecretStr("")
    app_token: Annotated[SecretStr, _token("xapp-")] = SecretStr("")
    signing_secret: Annotated[SecretStr, _token("")] = SecretStr("")
    api_url: Annotated[WebAddress, AfterValidator(lambda value: f"{value}/")] = "https://slack.com/api/"


class DiscordSettings(Section):
    """``[platforms.discord]``."""

    token: Annotated[SecretStr, _token("")] = SecretStr("")
    api_url: WebAddress = "https://discord.com/api/v10"
    gateway_url: SocketAddress = "wss://gateway.discord.gg/"


class TerminalSettings(Section):
    """``[platforms.terminal]``."""

    enabled: bool = False


class Platforms(Section):
    """``[platforms]``."""

    slack: SlackSettings = SlackSettings()
    discord: DiscordSettings = DiscordSettings()
    terminal: TerminalSettings = TerminalSettings()


class Commands(Section):
    """``[commands]``."""

    who: Literal["everyone", "admins"] = "everyone"
    max_subscriptions: int = Field(default=100, ge=1, le=10_000)


class Settings(Section):
    """Everything that can be set; `keys` names it all."""

    storage: Storage = Storage()
    poll: Poll = Poll()
    delivery: DeliverySettings = DeliverySettings()
    http: Http = Http()
    sources: Sources = Sources()
    platforms: Platforms = Platforms()
    commands: Commands = Commands()

    def secrets(self) -> list[str]:
        """Every token there is, for keeping them out of the log."""
        slack, discord, hub = self.platforms.slack, self.platforms.discord, self.sources.huggingface
        tokens = (slack.bot_token, slack.app_token, slack.signing_secret, discord.token, hub.token)
        return [token.get_secret_value() for token in tokens if token.get_secret_value()]


def keys(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every key (``poll.interval``) with its default."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from keys(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field.default


def find_config(option: Path | None, environ: Mapping[str, str], folder: Path) -> Path | None:
    """The configuration file: the one named, else ``PAPERWIRE_CONFIG``, else ``config.toml`` in ``folder`` if any.

    Raises:
        ConfigError: A file was named that is not there.
    """
    named = option or (Path(environ["PAPERWIRE_CONFIG"]) if environ.get("PAPERWIRE_CONFIG") else None)
    if named is not None:
        if not named.is_file():
            origin = "--config" if option else "PAPERWIRE_CONFIG"
            raise ConfigError(f"{origin} names {named}, which is not there. config.example.toml is one to begin with.")
        return named
    default = folder / "config.toml"
    return default if default.is_file() else None


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of that file (None: of no file) and this environment.

    Raises:
        ConfigError: A line for each key that is unknown, wrong or missing, with what is allowed.
    """
    known = [key for key, _ in keys()]
    values = _read(path) if path else {}
    origins: dict[str, str] = {}
    for key, value, variable in _from_environment(environ, known):
        _put(values, key, value)
        origins[key] = variable
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(details, origins, known) for details in error.errors())) from None
    _check_pairs(settings)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not TOML: {error}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None


def _from_environment(environ: Mapping[str, str], known: list[str]) -> Iterator[tuple[str, str, str]]:
    """Keys, values and the variables they came from, those that count least first."""
    secrets = set(USUAL_NAMES.values())
    named = {f"{PREFIX}{key.upper().replace('.', '__')}": key for key in known}
    for names in (USUAL_NAMES, named):
        for variable, key in names.items():
            if key in secrets and environ.get(f"{variable}_FILE"):
                yield key, _secret_of(f"{variable}_FILE", environ), f"{variable}_FILE"
        for variable, key in names.items():
            if environ.get(variable) or (variable in environ and names is named):
                yield key, environ[variable].strip(), variable
    allowed = named.keys() | {f"{variable}_FILE" for variable, key in named.items() if key in secrets} | RESERVED
    for variable in environ:
        if variable.startswith(PREFIX) and variable not in allowed:
            raise ConfigError(f"{variable}: there is no such setting.{_nearest(variable, allowed)}")


def _secret_of(variable: str, environ: Mapping[str, str]) -> str:
    try:
        secret = Path(environ[variable]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{variable}: the file it names cannot be read ({type(error).__name__}).") from None
    if not secret:
        raise ConfigError(f"{variable}: the file it names is empty; it must hold the secret and nothing else.")
    return secret


def _put(values: dict[str, Any], key: str, value: str) -> None:
    *tables, name = key.split(".")
    for table in tables:
        inner = values.setdefault(table, {})
        if not isinstance(inner, dict):
            return
        values = inner
    values[name] = value


def _explain(details: ErrorDetails, origins: Mapping[str, str], known: list[str]) -> str:
    key = ".".join(str(part) for part in details["loc"])
    place = origins.get(key, key)
    if details["type"] == "extra_forbidden":
        tables = {known_key.rpartition(".")[0] for known_key in known}
        return f"{place}: there is no such setting.{_nearest(key, {*known, *tables} - {''})}"
    if details["type"] == "value_error":
        return f"{place}: it must be {details['ctx']['error']}."
    if details["type"] == "literal_error":
        return f"{place}: it must be {' or '.join(get_args(Commands.model_fields['who'].annotation))}."
    said = details["msg"].removeprefix("Input should be ").removeprefix("a valid ")
    return f"{place}: it must be {said}."


def _nearest(wrong: str, known: Any) -> str:  # noqa: ANN401 - any collection of names
    near = difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else " config.example.toml has them all."


def _check_pairs(settings: Settings) -> None:
    slack = settings.platforms.slack
    for missing, there in (("app_token", "bot_token"), ("bot_token", "app_token")):
        if getattr(slack, there).get_secret_value() and not getattr(slack, missing).get_secret_value():
            raise ConfigError(
                f"platforms.slack.{missing}: missing, while platforms.slack.{there} is set; Slack needs both."
                f" Set it, or SLACK_{missing.upper()}."
            )
