"""Settings, loaded as tests need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.errors import ConfigError


def load(tmp_path: Path, text: str = "", **environ: str) -> Settings:
    """The settings of a file with this text, and of this environment."""
    path = tmp_path / "config.toml"
    path.write_text(text)
    return load_settings(path, environ)


def errors(tmp_path: Path, text: str = "", **environ: str) -> str:
    """The mistakes that are reported."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text, **environ)
    return str(caught.value)
