"""Every key that can be set, with its type, its range and its default."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, SecretStr

from bot.config.files import at_home
from bot.text.addresses import is_host, parts_of
from bot.text.arxiv_categories import category
from bot.text.durations import duration
from bot.text.zones import zones_meant

USUAL_NAMES = {
    "SLACK_BOT_TOKEN": "platforms.slack.bot_token",
    "SLACK_APP_TOKEN": "platforms.slack.app_token",
    "SLACK_SIGNING_SECRET": "platforms.slack.signing_secret",
    "DISCORD_TOKEN": "platforms.discord.token",
    "HF_TOKEN": "sources.huggingface.token",
}

SECRET_FILES = {**{name.lower(): key for name, key in USUAL_NAMES.items()}, "heartbeat_url": "heartbeat.url"}
"""The names of files in a folder of secrets, and the keys they hold."""

SECRETS = tuple(SECRET_FILES.values())

LONGEST = timedelta(days=3650)
"""Longer than anybody needs; much longer could not be added to a date."""

LEAST_KEPT = 60
"""Days: backtests look back 30, lists are read for 30, and what was found waits for up to 14."""

MOST_CATEGORIES = 50
"""More would take longer than there is between two readings, at a request in three seconds."""

CATEGORIES = (
    f'a list of up to {MOST_CATEGORIES} categories of arXiv, such as ["cs.LG", "hep-th"];'
    " https://arxiv.org/category_taxonomy has them all"
)


def _interval(value: object) -> object:
    interval = duration(value, units="s m h d") if isinstance(value, str) else None
    if interval is None or interval > LONGEST:
        raise ValueError(f"a duration such as 30s, 10m, 2h or 1d, from 1s to {LONGEST.days}d")
    return interval


def _whole(least: int, most: int, *, zero: str = "") -> BeforeValidator:
    """A whole number in that range; or 0, where ``zero`` says what that is for."""

    def check(value: object) -> object:
        if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
            value = int(value)
        if type(value) is int and (least <= value <= most or (zero and value == 0)):  # bool is a subclass of int
            return value
        raise ValueError(f"a whole number from {least} to {most}{f', or 0 {zero}' if zero else ''}")

    return BeforeValidator(check)


def _address_check(*schemes: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        parts = parts_of(value, *schemes)
        if parts and is_host(parts.hostname or "") and value.isascii() and not parts.query and not parts.fragment:
            return value
        begin = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ValueError(f"an address that begins with {begin} and a host, without ? and #")

    return check


def _address(*schemes: str) -> AfterValidator:
    return AfterValidator(_address_check(*schemes))


def _secret_address(*schemes: str) -> AfterValidator:
    address = _address_check(*schemes)

    def check(value: SecretStr) -> SecretStr:
        written = value.get_secret_value()
        return SecretStr(address(written)) if written else value

    return AfterValidator(check)


def _filled(value: object) -> object:
    if not (isinstance(value, str) and value.strip()):
        raise ValueError("a text that is not empty")
    return value


def _host(value: str) -> str:
    if not is_host(value.strip()):
        raise ValueError("a name or an address of this machine, such as 127.0.0.1 or ::1, without a port")
    return value.strip()


def _path(value: object, example: str = "data/paperwire.db") -> Path:
    path = at_home(str(_filled(value)))
    if not path.resolve().name:
        raise ValueError(f"a file, such as {example}")
    return path


def _path_of_subjects(value: object) -> Path | None:
    return None if value is None or value == "" else _path(value, "subjects.toml")


def _categories(value: object) -> tuple[str, ...]:
    """Categories of arXiv, in a list; in a variable with blanks or commas between them."""
    if isinstance(value, str):
        value = [part.strip("[]\"'") for part in re.split(r"[\s,]+", value)]
        value = [part for part in value if part]
    if not isinstance(value, list | tuple):
        raise ValueError(CATEGORIES)  # noqa: TRY004 - pydantic makes errors of values of ValueError alone
    found = tuple(dict.fromkeys(category(each) if isinstance(each, str) else "" for each in value))
    if "" in found or len(found) > MOST_CATEGORIES:
        raise ValueError(CATEGORIES)
    return found


def _token(prefix: str, expected: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(rf"({prefix}[!-~]+)?", value.get_secret_value()):
            raise ValueError(f"{expected}, without blanks and line breaks in it")
        return value

    return AfterValidator(check)


# Slack's tokens differ in how they begin: https://docs.slack.dev/authentication/tokens
BOT_TOKEN = _token("xoxb-", "the bot token, which begins with xoxb- (the one with xapp- is the app_token)")
APP_TOKEN = _token("xapp-", "the app token, which begins with xapp- (the one with xoxb- is the bot_token)")

Token = Annotated[SecretStr, _token("", "a token")]
WebAddress = Annotated[str, _address("http", "https"), AfterValidator(lambda value: value.rstrip("/"))]


class Section(BaseModel):
    """A table of the configuration; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Storage(Section):
    """``[storage]``."""

    path: Annotated[Path, BeforeValidator(_path)] = Path("data/paperwire.db")
    keep_days: Annotated[int, _whole(LEAST_KEPT, LONGEST.days, zero="to keep papers for ever")] = 365

    @property
    def keep(self) -> timedelta | None:
        """How long papers are kept; None means for ever."""
        return timedelta(days=self.keep_days) if self.keep_days else None


class Poll(Section):
    """``[poll]``."""

    interval: Annotated[timedelta, BeforeValidator(_interval)] = timedelta(minutes=10)
    lookback_days: Annotated[int, _whole(0, 30)] = 3


class DeliverySettings(Section):
    """``[delivery]``."""

    max_attempts: Annotated[int, _whole(1, 1000)] = 10
    flood_limit: Annotated[int, _whole(1, 1000)] = 5


class Http(Section):
    """``[http]``."""

    host: Annotated[str, BeforeValidator(_filled), AfterValidator(_host)] = "127.0.0.1"
    port: Annotated[int, _whole(0, 65535)] = 8080


class HeartbeatSettings(Section):
    """``[heartbeat]``."""

    url: Annotated[SecretStr, _secret_address("http", "https")] = SecretStr("")


class HuggingFaceSettings(Section):
    """``[sources.huggingface]``."""

    base_url: WebAddress = "https://huggingface.co"
    token: Token = SecretStr("")


class ArxivSettings(Section):
    """``[sources.arxiv]``."""

    categories: Annotated[tuple[str, ...], BeforeValidator(_categories)] = ()
    oai_url: WebAddress = "https://oaipmh.arxiv.org/oai"
    rss_url: WebAddress = "https://rss.arxiv.org/rss"
    keep_days: Annotated[int, _whole(LEAST_KEPT, LONGEST.days, zero="to keep papers as long as others")] = 60

    @property
    def is_on(self) -> bool:
        """Whether there are categories to read."""
        return bool(self.categories)

    @property
    def keep(self) -> timedelta | None:
        """How long papers are kept that nobody wanted; None means as long as others."""
        return timedelta(days=self.keep_days) if self.keep_days else None


class Sources(Section):
    """``[sources]``."""

    huggingface: HuggingFaceSettings = HuggingFaceSettings()
    arxiv: ArxivSettings = ArxivSettings()


class SlackSettings(Section):
    """``[platforms.slack]``."""

    bot_token: Annotated[SecretStr, BOT_TOKEN] = SecretStr("")
    app_token: Annotated[SecretStr, APP_TOKEN] = SecretStr("")
    signing_secret: Token = SecretStr("")
    api_url: Annotated[WebAddress, AfterValidator(lambda value: f"{value}/")] = "https://slack.com/api/"
    unfurl: bool = False

    @property
    def is_on(self) -> bool:
        """Whether both tokens are set; one without the other is an error."""
        return bool(self.bot_token.get_secret_value() and self.app_token.get_secret_value())


class DiscordSettings(Section):
    """``[platforms.discord]``."""

    token: Token = SecretStr("")
    api_url: WebAddress = "https://discord.com/api/v10"
    gateway_url: Annotated[str, _address("ws", "wss")] = "wss://gateway.discord.gg/"

    @property
    def is_on(self) -> bool:
        """Whether the token is set."""
        return bool(self.token.get_secret_value())


class TerminalSettings(Section):
    """``[platforms.terminal]``."""

    enabled: bool = False


class Platforms(Section):
    """``[platforms]``."""

    slack: SlackSettings = SlackSettings()
    discord: DiscordSettings = DiscordSettings()
    terminal: TerminalSettings = TerminalSettings()


def _zone(value: object) -> object:
    zones = zones_meant(value) if isinstance(value, str) else ()
    if len(zones) != 1:
        raise ValueError("a time zone such as Europe/Berlin, America/New_York or UTC")
    return zones[0]


class Digest(Section):
    """``[digest]``."""

    time_zone: Annotated[str, BeforeValidator(_zone)] = "UTC"


class Commands(Section):
    """``[commands]``."""

    who: Literal["everyone", "admins"] = "everyone"
    max_subscriptions: Annotated[int, _whole(1, 10_000)] = 100


class MeaningSettings(Section):
    """``[meaning]``."""

    subjects: Annotated[Path | None, BeforeValidator(_path_of_subjects)] = None


class Settings(Section):
    """All settings; `keys` lists them."""

    storage: Storage = Storage()
    poll: Poll = Poll()
    delivery: DeliverySettings = DeliverySettings()
    http: Http = Http()
    heartbeat: HeartbeatSettings = HeartbeatSettings()
    sources: Sources = Sources()
    platforms: Platforms = Platforms()
    digest: Digest = Digest()
    commands: Commands = Commands()
    meaning: MeaningSettings = MeaningSettings()

    def secrets(self) -> list[str]:
        """Every secret that is set, to keep them out of the log."""
        tokens = (operator.attrgetter(key)(self).get_secret_value() for key in SECRETS)
        return [token for token in tokens if token]


def keys(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every key (``poll.interval``) with its default."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from keys(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field.default


KEYS = tuple(key for key, _ in keys())
