"""``run``, ``demo``, ``health`` and ``backfill``."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import select
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import click

from bot.cli.options import config_option, json_option, read_settings
from bot.cli.output import progress, remark
from bot.errors import ChannelClosed

DEMO_QUERIES = ("reinforcement learning", 'diffusion AND video, "world model"')

INVITATION = """\
Now you: type a command and press Return, for example
  /subscribe agents -robot
  /subscriptions
  /papers help
quit or Control-D ends the demo."""


@click.command(epilog="Example: paperwire run --config config.toml", short_help="Run the service until it is stopped.")
@click.option("--once", is_flag=True, help="Read, match and post once, then exit; for cron.")
@config_option
def run(*, once: bool, config: Path | None) -> None:
    """Read lists, post what matches and answer commands, until stopped."""
    settings = read_settings(config)
    from bot.app import run as running
    from bot.service.log import set_up_logging

    set_up_logging(secrets=settings.secrets(), as_json=os.environ.get("PAPERWIRE_LOG_FORMAT") == "json")
    if not once:
        asyncio.run(running.run(settings))
    elif not asyncio.run(running.run_once(settings)):
        raise SystemExit(1)


@click.command(epilog="Example: paperwire demo --no-input", short_help="Show a day's papers in this terminal.")
@click.option("--no-input", is_flag=True, help="Show the cards and exit, without waiting for commands.")
def demo(*, no_input: bool) -> None:
    """Show a day's papers in this terminal, with nothing configured.

    The papers are invented, and the database is removed afterwards.
    """
    from bot.app import run as running
    from bot.service.log import set_up_logging

    set_up_logging(secrets=(), as_json=False, level=logging.ERROR)
    invitation = "" if no_input or not somebody_types() else INVITATION
    with tempfile.TemporaryDirectory(prefix="paperwire-") as folder:
        try:
            asyncio.run(running.demo(Path(folder), DEMO_QUERIES, invitation=invitation))
        except ChannelClosed:
            if sys.stdout is None:
                raise  # nothing could be shown; otherwise whoever looked has seen enough


def somebody_types() -> bool:
    """Whether commands come from a terminal, or were piped in; a silent pipe is not waited for."""
    try:
        return sys.stdin is not None and (sys.stdin.isatty() or bool(select.select([sys.stdin], [], [], 0)[0]))
    except (OSError, ValueError):  # closed, or not a file
        return False


@click.command(epilog="Example: paperwire health", short_help="Say whether the running service is healthy.")
@json_option
@config_option
def health(*, as_json: bool, config: Path | None) -> None:
    """Say whether the running service is healthy, and exit with 0 if it is; for container health checks."""
    settings = read_settings(config)
    from bot.app.health import troubles

    found = troubles(settings)
    if as_json:
        click.echo(json.dumps({"ok": not found, "troubles": found}))
    elif found:
        click.echo("\n".join(found), err=True)
    else:
        click.echo("ok")
    if found:
        raise SystemExit(1)


@click.command(epilog="Example: paperwire backfill --days 90")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How far back to read.")
@config_option
def backfill(days: int, config: Path | None) -> None:
    """Read past lists into the database; nothing is posted."""
    settings = read_settings(config)
    from bot.app import run as running
    from bot.app.which_database import remarks_on_writing
    from bot.text.figures import counted

    for line in remarks_on_writing(settings):
        remark(line)
    with progress("Reading lists", days) as advance:
        poll = asyncio.run(running.backfill(settings, timedelta(days=days - 1), lambda _day: advance()))
    click.echo(f"Read {counted(poll.lists, 'list')} with {counted(poll.papers, 'paper')}, {poll.new:,} of them new.")
    for failure in poll.failures:
        click.echo(failure, err=True)
    if poll.failures:
        raise SystemExit(1)
