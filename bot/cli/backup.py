"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_settings

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command(
    epilog="Example: paperwire backup paperwire-backup.db", short_help="Copy the database, while the service runs."
)
@file_argument
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
@config_option
def backup(file: Path, config: Path | None, *, force: bool) -> None:
    """Copy the database to FILE, whole and checked, while the service keeps running.

    The copy contains no tokens; only its owner may read it.
    """
    settings = read_settings(config)
    from bot.app.backups import back_up
    from bot.text.figures import counted, megabytes

    copy = back_up(settings, file, overwrite=force)
    click.echo(
        f"Backed up {settings.storage.path} to {file}: {counted(copy.papers, 'paper')},"
        f" {counted(copy.subscriptions, 'subscription')}, {megabytes(copy.size)}."
    )


@click.command(
    epilog="Example: paperwire restore paperwire-backup.db", short_help="Restore a backup, with the service stopped."
)
@file_argument
@config_option
def restore(file: Path, config: Path | None) -> None:
    """Replace the database with a backup; stop the service first.

    The old database is kept beside it.
    """
    settings = read_settings(config)
    from bot.app.backups import restore
    from bot.text.figures import counted, moment

    done = restore(settings, file)
    click.echo(
        f"Restored {settings.storage.path} from {file}, as it was on {moment(done.backup.made_at)}:"
        f" {counted(done.backup.papers, 'paper')}, {counted(done.backup.subscriptions, 'subscription')}.\n"
        "What people changed after that is not in it: subscriptions added, removed or changed, and schedules.\n"
        "Papers posted after that are looked for in their channels first, so that they do not come twice."
    )
    if done.replaced:
        click.echo(f"The old database is kept as {done.replaced}.")
