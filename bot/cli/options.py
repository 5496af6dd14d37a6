"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.domain import Address
from bot.errors import CommandError

if TYPE_CHECKING:
    from bot.config import Settings

PLATFORMS = ("slack", "discord", "terminal")
"""Platforms that a channel can be on, configured or not."""

DASHES = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""For commands that take a query, in which ``-survey`` is not an option, and ``-hallucination`` not ``-h``."""

Function = TypeVar("Function", bound=Callable[..., Any])


class ChannelType(click.ParamType[Address]):
    """A channel written as ``platform:channel-id``."""

    name = "channel"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:  # noqa: ANN401
        """The channel's address; a usage error if its platform does not exist."""
        try:
            address = value if isinstance(value, Address) else Address.parse(value)
        except CommandError as error:
            self.fail(f"{error.message} {error.repair}", param, ctx)
        if address.platform not in PLATFORMS:
            self.fail(f"“{address.platform}” is not a platform; the platforms are {', '.join(PLATFORMS)}.", param, ctx)
        return address


config_option: Callable[[Function], Function] = click.option(
    "--config",
    "config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The configuration file. Default: $PAPERWIRE_CONFIG, else config.toml if there is one.",
)

json_option: Callable[[Function], Function] = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

channel_argument: Callable[[Function], Function] = click.argument("channel", type=ChannelType())


def read_settings(config: Path | None) -> Settings:
    """The settings of this process, from the file and the environment.

    Raises:
        ConfigError: Something in them is wrong.
    """
    from bot.config import find_config, load_settings

    return load_settings(find_config(config, os.environ, Path.cwd()), os.environ)
