"""The ``paperwire`` command line: its commands and exit codes.

0: did it. 1: could not; one clear line on stderr says why. 2: wrong usage or configuration.
Commands import what is heavy themselves, so that the others and ``--help`` stay fast.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from bot import __version__
from bot.cli.backup import backup, restore
from bot.cli.check import check
from bot.cli.in_shell import in_shell
from bot.cli.invite import discord_invite, slack_manifest
from bot.cli.options import CHANNEL
from bot.cli.output import readers_may_leave, remark, short_errors_of_usage
from bot.cli.preview import preview
from bot.cli.run import backfill, demo, health, run
from bot.cli.subscriptions import subscribe, subscriptions, unsubscribe
from bot.cli.transfer import export, import_, move
from bot.cli.try_query import try_
from bot.errors import ConfigError, PaperwireError, QueryError
from bot.text.characters import visible_lines


class Commands(click.Group):
    """A group that turns Paperwire's errors into a line on stderr and an exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; ``paperwire help run`` is ``paperwire run --help``."""
        with short_errors_of_usage():
            return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own
        """Run as a program, help included; what cannot be printed is an error of one line."""
        with readers_may_leave():
            try:
                return super().main(*args, **kwargs)
            except OSError as error:  # such as a full disk that the output is written to
                where = f"{error.filename}: " if error.filename else ""
                remark(f"paperwire: {where}{error.strerror or error}")
                sys.exit(1)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was typed."""
        try:
            with short_errors_of_usage():
                return super().invoke(ctx)
        except PaperwireError as error:
            remark(f"paperwire: {in_shell(visible_lines(str(error)), ctx.meta.get(CHANNEL))}")
            ctx.exit(2 if isinstance(error, ConfigError | QueryError) else 1)


HELP = ["-h", "--help"]


@click.group(cls=Commands, context_settings={"help_option_names": HELP})
@click.version_option(__version__, "-V", "--version", prog_name="paperwire")
def cli() -> None:
    """Daily research papers, posted where your team talks.

    Start with:  paperwire demo
    """


for subcommand in (export, import_, move):
    subscriptions.add_command(subcommand)

for command in (
    run,
    demo,
    check,
    health,
    subscribe,
    unsubscribe,
    subscriptions,
    try_,
    preview,
    backfill,
    backup,
    restore,
    slack_manifest,
    discord_invite,
):
    cli.add_command(command)

# Click remembers a command's option for help, so each has to know it without the group that it is called in.
for each in (*cli.commands.values(), *subscriptions.commands.values()):
    each.context_settings.setdefault("help_option_names", HELP)
