"""Settings: ``config.toml`` and the environment, checked whole before anything starts.

If a value is set in several places, the first of these counts: ``PAPERWIRE_POLL__INTERVAL`` and the like, even if
empty; the same with ``_FILE`` behind it, for secrets, naming a file that holds it; the usual name of a token, such as
``SLACK_BOT_TOKEN``; that with ``_FILE``; a file named ``slack_bot_token`` in the folder ``PAPERWIRE_SECRETS``; the
configuration file; the default. Paths are relative to the folder that Paperwire is started in.

The environment is laid over the file here, and pydantic validates the result, so that every error can name the place
that the value came from; pydantic-settings does not keep that.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config.files import LARGEST_CONFIG, LARGEST_SECRET, at_home, read
from bot.config.settings import KEYS, SECRET_FILES, SECRETS, USUAL_NAMES, Settings, SlackSettings
from bot.errors import ConfigError
from bot.text.shorten import shorten
from bot.text.toml import tables_in

PREFIX = "PAPERWIRE_"

SECRETS_FOLDER, LOG_FORMAT = "PAPERWIRE_SECRETS", "PAPERWIRE_LOG_FORMAT"

MOUNTED = Path("/run/secrets")
"""Where containers have their secrets: the folder that the image names, there only if there are any."""

RESERVED = frozenset({"PAPERWIRE_CONFIG", LOG_FORMAT, SECRETS_FOLDER})
"""Variables that are not settings: the file, the format of the log, and the folder of secrets."""

KUBERNETES = ("PAPERWIRE_SERVICE_", "PAPERWIRE_PORT")
"""How the variables begin that Kubernetes sets in the pods beside a Service named paperwire; they are not settings.

``PAPERWIRE_PORT`` is always among them and holds an address such as ``tcp://10.0.0.11:8080``:
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables.
"""

VARIABLES = {f"{PREFIX}{key.upper().replace('.', '__')}": key for key in KEYS}
"""The environment variables of our own, and the keys that they set."""

LONGEST_NAME = 80
"""Characters of a key that are shown."""

ALLOWED = {"bool": "true or false", "model": "a table of keys", "string": "a text in quotes"}
"""What a value must be, by pydantic's kinds of errors; our own validators say it themselves."""


def find_config(option: Path | None, environ: Mapping[str, str], folder: Path) -> Path | None:
    """The configuration file: ``option``, else ``PAPERWIRE_CONFIG``, else ``config.toml`` in ``folder``, if it exists.

    Raises:
        ConfigError: The file that was named does not exist.
    """
    origin = "--config" if option else "PAPERWIRE_CONFIG"
    written = str(option or environ.get("PAPERWIRE_CONFIG", ""))
    if not written:
        return folder / "config.toml" if os.access(folder / "config.toml", os.F_OK) else None
    path = _path(written, origin)
    if not os.access(path, os.F_OK):
        raise ConfigError(f"{origin} names {path}, which does not exist. Start with a copy of config.example.toml.")
    return path


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read the settings from that file, if any, and this environment.

    Raises:
        ConfigError: A line for each key that is unknown, wrong or missing, with what is allowed.
    """
    values = _read(path) if path else {}
    problems = [*_unknown(environ), *_log_format(environ)]
    folder = None
    try:
        folder = secrets_folder(environ)
    except ConfigError as error:
        problems.append(str(error))
    problems += _misnamed(folder)
    origins: dict[str, str] = {}
    for key, origin, look in _given(environ, folder):
        try:
            value = look()
        except ConfigError as error:
            problems.append(str(error))
            continue
        if value or origin in environ:  # an empty file in the folder of secrets counts as missing
            origins[key] = origin
            _put(values, key, value)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems += [_explain(details, origins) for details in error.errors()]
    else:
        # Where something else is wrong, that may be why a token is missing.
        problems = problems or _unpaired(settings.platforms.slack)
        if not problems:
            return settings
    raise ConfigError("\n".join(problems))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tables_in(read(path, str(path), LARGEST_CONFIG))
    except ValueError as error:
        raise ConfigError(f"{path} is not TOML: {error}.") from None


def _given(environ: Mapping[str, str], folder: Path | None) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """What the environment sets, least important first: the key, where its value comes from, and how to read it.

    A usual name that is empty is ignored: compose files leave such variables behind.
    """
    for path, key in ((folder / name, key) for name, key in SECRET_FILES.items()) if folder else ():
        if os.access(path, os.F_OK):
            yield key, str(path), partial(_secret, path, str(path))
    for variable, key in (*USUAL_NAMES.items(), *VARIABLES.items()):
        file = f"{variable}_FILE"
        if environ.get(variable) or (variable in environ and variable in VARIABLES):
            yield key, variable, partial(_cleaned, environ[variable])
        elif key in SECRETS and environ.get(file):
            yield key, file, partial(_named_secret, file, environ[file])


def _secret(path: Path, called: str) -> str:
    return _cleaned(read(path, called, LARGEST_SECRET))


def _cleaned(value: str) -> str:
    """Without what editors and shells leave around it."""
    return value.removeprefix("\ufeff").strip()


def _named_secret(variable: str, written: str) -> str:
    called = f"{variable}: the file that it names"
    secret = _secret(_path(written, variable), called)
    if not secret:
        raise ConfigError(f"{called} is empty; it must hold the secret and nothing else.")
    return secret


def _path(written: str, origin: str) -> Path:
    try:
        return at_home(written)
    except ValueError as error:
        raise ConfigError(f"{origin}: it must be {error}.") from None


def secrets_folder(environ: Mapping[str, str]) -> Path | None:
    """The folder of secrets; None if none is named, or cannot be a folder.

    Raises:
        ConfigError: It is not a folder that is there.
    """
    written = environ.get(SECRETS_FOLDER, "")
    if not written:
        return None
    folder = _path(written, SECRETS_FOLDER)
    if folder.is_dir() or (folder == MOUNTED and not os.access(folder, os.F_OK)):
        return folder
    raise ConfigError(f"{SECRETS_FOLDER}: {folder} is not a folder. Name one that holds the secrets, or unset it.")


def secret_files(environ: Mapping[str, str]) -> list[Path]:
    """Every file that a secret is read from, or would be if it were there.

    Raises:
        ConfigError: A path in the environment cannot be one, or the folder of secrets is not there.
    """
    folder = secrets_folder(environ)
    variables = [f"{name}_FILE" for name, key in {**USUAL_NAMES, **VARIABLES}.items() if key in SECRETS]
    named = [_path(environ[variable], variable) for variable in variables if environ.get(variable)]
    return [*named, *(folder / name for name in SECRET_FILES if folder)]


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    """Variables with our prefix that set nothing."""
    known = {*RESERVED, *VARIABLES, *(f"{variable}_FILE" for variable, key in VARIABLES.items() if key in SECRETS)}
    others = KUBERNETES if "://" in environ.get("PAPERWIRE_PORT", "") else ()
    for variable in environ:
        if variable.startswith(PREFIX) and variable not in known and not variable.startswith(others):
            yield f"{variable}: there is no such setting.{_nearest(variable, VARIABLES, prefix=PREFIX)}"


def _log_format(environ: Mapping[str, str]) -> Iterator[str]:
    written = environ.get(LOG_FORMAT, "")
    if written not in {"", "text", "json"}:
        yield f"{LOG_FORMAT}: it must be text or json."


def _misnamed(folder: Path | None) -> Iterator[str]:
    """Files in the folder of secrets whose names are almost right."""
    if folder is None:
        return
    try:
        files = sorted(file.name for file in folder.iterdir() if file.is_file())
    except OSError:
        return  # it may be entered, but not listed
    for name in files:
        near = difflib.get_close_matches(name.lower().replace("-", "_"), SECRET_FILES, n=1, cutoff=0.8)
        if near and name not in SECRET_FILES:
            yield f"{folder / name}: there is no such secret. Did you mean {near[0]}?"


def _put(values: dict[str, Any], key: str, value: str) -> None:
    *tables, name = key.split(".")
    for table in tables:
        inner = values.setdefault(table, {})
        if not isinstance(inner, dict):
            return
        values = inner
    values[name] = value


def _explain(details: ErrorDetails, origins: Mapping[str, str]) -> str:
    key = shorten(".".join(str(part) for part in details["loc"]), LONGEST_NAME)
    place = origins.get(key, key)
    if details["type"] == "extra_forbidden":
        tables = (name.rpartition(".")[0] for name in KEYS)
        return f"{place}: there is no such setting.{_nearest(key, (*KEYS, *tables))}"
    context = details.get("ctx", {})
    allowed = context.get("error") or context.get("expected") or ALLOWED.get(details["type"].partition("_")[0])
    return f"{place}: it must be {str(allowed or 'something else').replace(chr(39), '')}."


def _nearest(wrong: str, known: Iterable[str], *, prefix: str = "") -> str:
    """What was probably meant; the ``prefix`` that all names have is left out of the comparison."""
    names = sorted({name.removeprefix(prefix) for name in known})
    near = difflib.get_close_matches(wrong.removeprefix(prefix), names, n=1, cutoff=0.5)
    return f" Did you mean {prefix}{near[0]}?" if near else " config.example.toml has them all."


def _unpaired(slack: SlackSettings) -> list[str]:
    there, missing = ("bot_token", "app_token") if slack.bot_token.get_secret_value() else ("app_token", "bot_token")
    if slack.is_on or not getattr(slack, there).get_secret_value():
        return []
    place, variable = f"platforms.slack.{missing}", f"SLACK_{missing.upper()}"
    return [f"{place}: missing, while platforms.slack.{there} is set; Slack needs both. Set it, or {variable}."]
