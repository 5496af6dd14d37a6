"""``backup`` and ``restore``."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli.options import STANDARD, config_option, files_to_keep, force_option, read_settings

STDIN = "stdin"
"""What messages call what is read from a pipe."""

file_argument = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))


@click.command(
    epilog="Example: paperwire backup paperwire-backup.db", short_help="Copy the database, even while the service runs."
)
@file_argument
@force_option
@config_option
def backup(file: Path, config: Path | None, *, force: bool) -> None:
    """Copy the database to FILE, even while the service runs.

    The copy is checked, contains no tokens, and only its owner may read it. FILE may be -, for a pipe.
    """
    settings = read_settings(config)
    from bot.app.backups import back_up
    from bot.text.figures import counted, megabytes

    keeps = files_to_keep(settings, config)
    if file == STANDARD:
        with in_a_pipe() as through:
            copy = back_up(settings, through, keeps=keeps, overwrite=True)
    else:
        copy = back_up(settings, file, keeps=keeps, overwrite=force)
    click.echo(
        f"Backed up {settings.storage.path} to {'stdout' if file == STANDARD else file}:"
        f" {counted(copy.papers, 'paper')}, {counted(copy.subscriptions, 'subscription')}, {megabytes(copy.size)}.",
        err=file == STANDARD,
    )


@contextlib.contextmanager
def in_a_pipe() -> Iterator[Path]:
    """A file that is sent to stdout afterwards.

    Raises:
        UsageError: Stdout is a terminal, or closed.
    """
    if sys.stdout is None or sys.stdout.isatty():
        raise click.UsageError("A backup is not text: name a file, or send it to one: paperwire backup - > FILE")
    with tempfile.TemporaryDirectory(prefix="paperwire-") as folder:
        path = Path(folder, "backup.db")
        yield path
        with path.open("rb") as copy, open(sys.stdout.fileno(), "wb", closefd=False) as stdout:
            shutil.copyfileobj(copy, stdout)


@contextlib.contextmanager
def from_a_pipe() -> Iterator[Path]:
    """A file that holds what came from stdin.

    Raises:
        StorageError: It is not a backup; of what goes on for ever, only the beginning is read.
    """
    from bot.app.backups import HEADER, refuse_what_is_not_a_backup

    with tempfile.TemporaryDirectory(prefix="paperwire-") as folder:
        path = Path(folder, "stdin")
        with path.open("wb") as copy:
            begins = sys.stdin.buffer.read(HEADER) if sys.stdin else b""
            refuse_what_is_not_a_backup(begins, STDIN)
            copy.write(begins)
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield path


@click.command(
    epilog="Example: paperwire restore paperwire-backup.db", short_help="Replace the database with a backup."
)
@file_argument
@config_option
def restore(file: Path, config: Path | None) -> None:
    """Replace the database with the backup in FILE; stop the service first.

    The old database is kept beside it. FILE may be -, for a pipe.
    """
    settings = read_settings(config)
    from bot.app.backups import restore
    from bot.text.figures import counted, moment

    called = STDIN if file == STANDARD else str(file)
    with from_a_pipe() if file == STANDARD else contextlib.nullcontext(file) as read:
        done = restore(settings, read, called=called)
    click.echo(
        f"Restored {settings.storage.path} from {called},"
        f" as it was on {moment(done.backup.made_at)}:"
        f" {counted(done.backup.papers, 'paper')}, {counted(done.backup.subscriptions, 'subscription')}.\n"
        "Later changes of subscriptions and schedules are not in it.\n"
        "Papers posted since then are looked up in their channels first, so that none is posted twice."
    )
    if done.replaced:
        click.echo(f"The old database is kept as {done.replaced}.")
