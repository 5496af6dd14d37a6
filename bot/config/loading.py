"""Settings: ``config.toml`` and the environment, checked whole before anything starts.

Where a value stands in several places, the first of these counts: ``PAPERWIRE_POLL__INTERVAL`` and the like, even if
empty; the same with ``_FILE`` behind it, for secrets, naming a file that holds it; the usual name of a token, such as
``SLACK_BOT_TOKEN``; that with ``_FILE``; a file named ``slack_bot_token`` in the folder ``PAPERWIRE_SECRETS``; the
configuration file; the default. Paths are relative to the folder that
Paperwire is started in.

The environment is laid over the file here, and pydantic checks the sum: every error can then name the place that the
value came from, which the sources of pydantic-settings do not keep.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config.settings import KEYS, SECRET_FILES, SECRETS, USUAL_NAMES, Settings, SlackSettings
from bot.errors import ConfigError

PREFIX = "PAPERWIRE_"

SECRETS_FOLDER = "PAPERWIRE_SECRETS"

RESERVED = frozenset({"PAPERWIRE_CONFIG", "PAPERWIRE_LOG_FORMAT", SECRETS_FOLDER})
"""Variables that are no settings: where the file is, what the log looks like, and where files with secrets are."""

INJECTED = {
    r"PAPERWIRE_SERVICE_HOST|PAPERWIRE_PORT_\d+_(TCP|UDP|SCTP)_ADDR": r"[0-9a-f.:]+",
    r"PAPERWIRE_SERVICE_PORT(_[A-Z0-9_]+)?|PAPERWIRE_PORT_\d+_(TCP|UDP|SCTP)_PORT": r"\d+",
    r"PAPERWIRE_PORT(_\d+_(TCP|UDP|SCTP))?": r"(tcp|udp|sctp)://\S+",
    r"PAPERWIRE_PORT_\d+_(TCP|UDP|SCTP)_PROTO": r"tcp|udp|sctp",
}
"""What Kubernetes sets in the pods beside a Service named paperwire, and with which values; no settings either:
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables."""

VARIABLES = {f"{PREFIX}{key.upper().replace('.', '__')}": key for key in KEYS}
"""Our own names of the environment's variables, and the keys they stand for."""

ALLOWED = {"bool": "true or false", "model": "a table of keys", "string": "a text in quotes"}
"""What pydantic's kinds of errors mean for whoever writes a setting; our own validators say it themselves."""


def find_config(option: Path | None, environ: Mapping[str, str], folder: Path) -> Path | None:
    """The configuration file: the one named, else ``PAPERWIRE_CONFIG``, else ``config.toml`` in ``folder`` if any.

    Raises:
        ConfigError: A file was named that is not there.
    """
    named = option or (Path(environ["PAPERWIRE_CONFIG"]) if environ.get("PAPERWIRE_CONFIG") else None)
    if named is None:
        return folder / "config.toml" if os.access(folder / "config.toml", os.F_OK) else None
    if not os.access(named, os.F_OK):
        origin = "--config" if option else "PAPERWIRE_CONFIG"
        raise ConfigError(f"{origin} names {named}, which is not there. config.example.toml is one to begin with.")
    return named


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of that file (None: of no file) and this environment.

    Raises:
        ConfigError: A line for each key that is unknown, wrong or missing, with what is allowed.
    """
    values = _read(path) if path else {}
    allowed = {*RESERVED, *VARIABLES, *(f"{variable}_FILE" for variable, key in VARIABLES.items() if key in SECRETS)}
    problems = [
        f"{variable}: there is no such setting.{_nearest(variable, VARIABLES, prefix=PREFIX)}"
        for variable in environ
        if variable.startswith(PREFIX) and variable not in allowed and not _is_injected(variable, environ[variable])
    ]
    problems += _misnamed(environ)
    origins: dict[str, str] = {}
    for name, key in SECRET_FILES.items():
        try:
            held = _held(name, environ)
        except ConfigError as error:
            problems.append(str(error))
            continue
        if held is not None:
            origins[key], value = held
            _put(values, key, value)
    for variable, key in (*USUAL_NAMES.items(), *VARIABLES.items()):  # those that count least first
        try:
            given = _given(variable, key, environ)
        except ConfigError as error:
            problems.append(str(error))
            continue
        if given is not None:
            origins[key], value = given
            _put(values, key, value)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems += [_explain(details, origins) for details in error.errors()]
    else:
        problems += [] if problems else _unpaired(settings.platforms.slack)
        if not problems:
            return settings
    raise ConfigError("\n".join(problems))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} cannot be read: it is not in UTF-8.") from None
    except ValueError as error:  # TOMLDecodeError, which names line and column, or a number without end
        raise ConfigError(f"{path} is not TOML: {error}.") from None


def _is_injected(variable: str, value: str) -> bool:
    return any(re.fullmatch(name, variable) and re.fullmatch(shape, value) for name, shape in INJECTED.items())


def _given(variable: str, key: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """The variable that a value came from, and the value; None when the environment has neither it nor its file.

    Raises:
        ConfigError: Its file cannot be read, or is empty.
    """
    if environ.get(variable) or (variable in environ and variable in VARIABLES):
        return variable, environ[variable].strip()
    named = f"{variable}_FILE"
    if key not in SECRETS or not environ.get(named):
        return None
    secret = _secret(Path(environ[named]), f"{named}: the file that it names")
    if not secret:
        raise ConfigError(f"{named}: the file that it names is empty; it must hold the secret and nothing else.")
    return named, secret


def _held(name: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """The place and the secret of a file in the folder of secrets; None when it is not there, or empty.

    Raises:
        ConfigError: It cannot be read.
    """
    path = Path(environ.get(SECRETS_FOLDER) or os.devnull) / name
    if not os.access(path, os.F_OK):
        return None
    secret = _secret(path, str(path))
    return (str(path), secret) if secret else None


def _secret(path: Path, called: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{called} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{called} cannot be read: it is not in UTF-8.") from None


def _misnamed(environ: Mapping[str, str]) -> Iterator[str]:
    """Files in the folder of secrets whose names are nearly right."""
    folder = environ.get(SECRETS_FOLDER)
    try:
        files = sorted(each.name for each in Path(folder).iterdir() if each.is_file()) if folder else []
    except OSError:
        return  # there need be none
    for name in files:
        near = difflib.get_close_matches(name.lower().replace("-", "_"), SECRET_FILES, n=1, cutoff=0.8)
        if near and name not in SECRET_FILES:
            yield f"{Path(str(folder)) / name}: there is no such secret. Did you mean {near[0]}?"


def _put(values: dict[str, Any], key: str, value: str) -> None:
    *tables, name = key.split(".")
    for table in tables:
        inner = values.setdefault(table, {})
        if not isinstance(inner, dict):
            return
        values = inner
    values[name] = value


def _explain(details: ErrorDetails, origins: Mapping[str, str]) -> str:
    key = ".".join(str(part) for part in details["loc"])
    place = origins.get(key, key)
    if details["type"] == "extra_forbidden":
        return (
            f"{place}: there is no such setting.{_nearest(key, {*KEYS, *(name.rpartition('.')[0] for name in KEYS)})}"
        )
    context = details.get("ctx", {})
    allowed = context.get("error") or context.get("expected") or ALLOWED.get(details["type"].partition("_")[0])
    return f"{place}: it must be {str(allowed or 'something else').replace(chr(39), '')}."


def _nearest(wrong: str, known: Iterable[str], *, prefix: str = "") -> str:
    """What was probably meant; ``prefix``, which all of them have, makes none of them nearer."""
    names = sorted(name.removeprefix(prefix) for name in known)
    near = difflib.get_close_matches(wrong.removeprefix(prefix), names, n=1, cutoff=0.5)
    return f" Did you mean {prefix}{near[0]}?" if near else " config.example.toml has them all."


def _unpaired(slack: SlackSettings) -> list[str]:
    there, missing = ("bot_token", "app_token") if slack.bot_token.get_secret_value() else ("app_token", "bot_token")
    if slack.is_on or not getattr(slack, there).get_secret_value():
        return []
    place, variable = f"platforms.slack.{missing}", f"SLACK_{missing.upper()}"
    return [f"{place}: missing, while platforms.slack.{there} is set; Slack needs both. Set it, or {variable}."]
