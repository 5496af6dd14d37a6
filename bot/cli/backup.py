"""``backup`` and ``restore``: a copy of the database, and its way back."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_settings

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command(
    epilog="Example: paperwire backup paperwire-backup.db", short_help="Copy the database, while the service runs."
)
@file_argument
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
@config_option
def backup(file: Path, config: Path | None, *, force: bool) -> None:
    """Copy the database to FILE, whole and checked, while the service goes on.

    The copy holds no token; only its owner may read it.
    """
    settings = read_settings(config)
    from bot.app.backups import back_up
    from bot.text.figures import counted, megabytes

    made = back_up(settings, file, overwrite=force)
    click.echo(
        f"Backed up {settings.storage.path} to {file}: {counted(made.papers, 'paper')},"
        f" {counted(made.subscriptions, 'subscription')}, {megabytes(made.size)}."
    )


@click.command(
    epilog="Example: paperwire restore paperwire-backup.db", short_help="Put a backup back, with the service stopped."
)
@file_argument
@config_option
def restore(file: Path, config: Path | None) -> None:
    """Put a backup in the place of the database; stop the service first.

    The database that was there is kept beside it.
    """
    settings = read_settings(config)
    from bot.app.backups import restore
    from bot.text.figures import counted, moment

    done = restore(settings, file)
    click.echo(
        f"Restored {settings.storage.path} from {file}, as it was on {moment(done.backup.made_at)}:"
        f" {counted(done.backup.papers, 'paper')}, {counted(done.backup.subscriptions, 'subscription')}.\n"
        "What people changed after that moment is not in it: subscriptions made, ended or given another schedule.\n"
        "Papers that were posted after it are looked for in their channels first, so they do not come twice."
    )
    if done.replaced:
        click.echo(f"The database that was there before is kept as {done.replaced}.")
