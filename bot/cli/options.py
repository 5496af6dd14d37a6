"""Options and arguments that several commands share."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.domain import Address
from bot.errors import CommandError
from bot.text.characters import visible

if TYPE_CHECKING:
    from bot.config import Settings

PLATFORMS = ("slack", "discord", "terminal")
"""Platforms that a channel can be on, configured or not."""

STANDARD = Path("-")
"""What stands for stdin or stdout where a file is named."""

CHANNEL = "bot.cli.channel"
"""Where click's context keeps the channel that was named, for messages about it."""

Function = TypeVar("Function", bound=Callable[..., Any])


SHORT = {"-h": "--help", "-o": "--output"}
"""Options with a short name, which are only understood where they stand alone."""


class QueryCommand(click.Command):
    """A command that takes a query, in which ``-survey`` is not an option, and ``-orchards`` not ``-o``."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        """As `click.Command`."""
        settings = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
        super().__init__(**{**attributes, "context_settings": settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; of those with one minus sign, only a short name that stands alone is an option."""
        end = args.index("--") if "--" in args else len(args)
        known = [name for parameter in self.get_params(ctx) for name in parameter.opts if name.startswith("--")]
        for name in (word.partition("=")[0] for word in args[:end]):
            if name.startswith("--") and name not in known:
                raise click.NoSuchOption(name, possibilities=difflib.get_close_matches(name, known), ctx=ctx)
        short = {name: option for name, option in SHORT.items() if option in known}
        return super().parse_args(ctx, [short.get(word, word) for word in args[:end]] + args[end:])


class ChannelType(click.ParamType[Address]):
    """A channel written as ``platform:channel-id``."""

    name = "channel"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Address:  # noqa: ANN401
        """The channel's address; a usage error if its platform does not exist."""
        try:
            address = value if isinstance(value, Address) else Address.parse(value)
        except CommandError as error:
            self.fail(visible(f"{error.message} {error.repair}"), param, ctx)
        if address.platform not in PLATFORMS:
            self.fail(f"“{address.platform}” is not a platform; the platforms are {', '.join(PLATFORMS)}.", param, ctx)
        if ctx is not None:
            ctx.meta.setdefault(CHANNEL, address)
        return address


config_option: Callable[[Function], Function] = click.option(
    "--config",
    "config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The configuration file. Default: $PAPERWIRE_CONFIG, else config.toml if there is one.",
)

force_option: Callable[[Function], Function] = click.option(
    "--force", is_flag=True, help="Overwrite FILE if it exists."
)

json_option: Callable[[Function], Function] = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

channel_argument: Callable[[Function], Function] = click.argument("channel", type=ChannelType())


def read_settings(config: Path | None) -> Settings:
    """The settings of this process, from the file and the environment.

    Raises:
        ConfigError: Something in them is wrong.
    """
    from bot.config import load_settings

    return load_settings(config_file(config), os.environ)


def config_file(config: Path | None) -> Path | None:
    """The configuration file that the settings come from, if there is one.

    Raises:
        ConfigError: The file that was named does not exist.
    """
    from bot.config import find_config

    return find_config(config, os.environ, Path.cwd())


def files_to_keep(settings: Settings, config: Path | None) -> dict[Path, str]:
    """The files that no command may overwrite, and what each is."""
    from bot.app.wiring import files_in_use
    from bot.config import secret_files

    secrets = dict.fromkeys(secret_files(os.environ), "a file for a secret")
    file = config_file(config)
    return {**files_in_use(settings), **secrets, **({file: "the configuration file"} if file else {})}
