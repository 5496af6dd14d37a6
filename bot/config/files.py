"""The files that settings and secrets are read from."""

from __future__ import annotations

from pathlib import Path

from bot.errors import ConfigError

LARGEST_CONFIG, LARGEST_SECRET = 1_000_000, 10_000
"""Bytes: config.example.toml has some 3,000, a token a hundred."""


def at_home(written: str) -> Path:
    """The path, with ``~`` for the home folder, as shells read it.

    Raises:
        ValueError: It names the home of nobody here, or cannot be a path; worded as what it must be.
    """
    if "\0" in written:
        raise ValueError("a path without characters that cannot be seen")
    try:
        return Path(written).expanduser()
    except RuntimeError:
        first = Path(written).parts[0]
        raise ValueError(
            f"a path that is here: {first} would be a home folder, and there is none (./{first} would be a file)"
        ) from None


def read(path: Path, called: str, largest: int) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; its lines may end as on any system.

    Raises:
        ConfigError: It cannot be read, or has more than ``largest`` bytes; ``called`` names it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise ConfigError(f"{called} cannot be read: {error.strerror}.") from None
    if len(content) > largest:
        raise ConfigError(f"{called} has more than {largest:,} bytes.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise ConfigError(f"{called} cannot be read: it is not in UTF-8.") from None
