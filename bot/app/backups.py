"""Backup and restore of the configured database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.app.wiring import clock
from bot.config import Settings
from storage.sqlite.files import backup
from storage.sqlite.files.backup import HEADER, Backup, Restored

__all__ = ["HEADER", "back_up", "refuse_what_is_not_a_backup", "restore"]


def back_up(settings: Settings, file: Path, *, keeps: Mapping[Path, str], overwrite: bool) -> Backup:
    """Copy the database to ``file``, while a service may be running; see `storage.sqlite.files.backup.back_up`.

    Raises:
        StorageError: It cannot be done; the message gives the reason and the repair.
    """
    return backup.back_up(settings.storage.path, file, keeps=keeps, overwrite=overwrite, at=clock())


def refuse_what_is_not_a_backup(begins: bytes, called: str) -> None:
    """Refuse what begins with these `HEADER` bytes, before the rest is read.

    Raises:
        StorageError: It is not a backup of Paperwire.
    """
    backup.refuse_header(begins, called)


def restore(settings: Settings, file: Path, *, called: str) -> Restored:
    """Replace the database with the backup in ``file``; see `storage.sqlite.files.backup.restore`.

    Raises:
        StorageError: It cannot be done; the database is as it was.
    """
    return backup.restore(file, settings.storage.path, at=clock(), called=called)
