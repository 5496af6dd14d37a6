"""Writes files: each whole or not at all, safe against a power cut, and never over what has to stay."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.errors import FileError

UNFINISHED = ".unfinished"
"""The end of a file's name while it is being written."""

ONLY_OWNER = 0o600
EVERYONE = 0o666
"""What everybody may read and write, before the process's umask takes something away."""

REPAIRS = {
    errno.ENOSPC: "Free some space on its disk, or name another file.",
    errno.EDQUOT: "Free some space on its disk, or name another file.",
    errno.ENOENT: "Make its folder first, or name another file.",
    errno.ENOTDIR: "A part of its path is a file; name another one.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.ELOOP: "Name another file.",
}
"""What to do about an error of writing, where it isn't about permissions."""


def is_same(one: Path, other: Path) -> bool:
    """Whether both are one file, through links of any kind too; neither has to exist."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()


def is_stream(target: Path) -> bool:
    """Whether it is a device or a pipe, such as ``/dev/stdout``, which is written to and never replaced."""
    try:
        kind = target.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)


def free_to_write(
    target: Path, *, keeps: Mapping[Path, str], overwrite: bool, made_here: Callable[[Path], bool] = lambda _: False
) -> Path:
    """The file to write, with links followed.

    Args:
        target: What was named.
        keeps: Files that are never overwritten, and what each is: "the database itself".
        overwrite: Whether another file may be overwritten.
        made_here: Whether the file that is there was made by the same command, so that it may be overwritten.

    Raises:
        FileError: It is a folder or one of ``keeps``, or exists and may not be overwritten.
    """
    try:
        kind = target.stat().st_mode
    except FileNotFoundError:
        kind = None
    except OSError as error:  # such as links that go round in a circle
        raise cannot_write(target, error) from None
    for kept, what in keeps.items():
        if is_same(target, kept):
            raise FileError(f"{target} is {what}, and is never overwritten. Name another file.")
    if kind is None:
        return target.resolve()
    if stat.S_ISDIR(kind):
        raise FileError(f"{target} is a folder. Name a file in it.")
    if not stat.S_ISREG(kind):
        raise FileError(f"{target} is not an ordinary file. Name another one.")
    with _naming(target):
        is_ours = overwrite or made_here(target)
    if not is_ours:
        raise FileError(f"{target} already exists. Name another file, or overwrite it with --force.")
    return target.resolve()


def write_text(
    target: Path,
    text: str,
    *,
    keeps: Mapping[Path, str],
    overwrite: bool,
    made_here: Callable[[Path], bool] = lambda _: False,
) -> None:
    """Write a file in UTF-8; see `free_to_write` and `is_stream`.

    Raises:
        FileError: It cannot be written, or must not be.
    """
    if is_stream(target):
        with _naming(target):
            target.write_text(text, encoding="utf-8", newline="\n")
        return
    path = free_to_write(target, keeps=keeps, overwrite=overwrite, made_here=made_here)
    with unfinished(path, mode=EVERYONE) as copy:
        with _naming(target):
            copy.write_text(text, encoding="utf-8", newline="\n")
            _take_after(copy, path)
        put_in_place(copy, path)


@contextlib.contextmanager
def unfinished(target: Path, *, mode: int = ONLY_OWNER, alone: bool = False) -> Iterator[Path]:
    """An empty file beside ``target``; removed afterwards, with all that is named after it, unless it was put in place.

    With ``alone``, no other process makes one at the same time, so those that were never finished are removed.

    Raises:
        FileError: It cannot be created.
    """
    for left in target.parent.glob(f"{glob.escape(target.name)}.*{UNFINISHED}*") if alone else ():
        left.unlink(missing_ok=True)
    copy = target.with_name(f"{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
    with _naming(target):
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    try:
        yield copy
    finally:
        for left in copy.parent.glob(f"{glob.escape(copy.name)}*"):
            left.unlink(missing_ok=True)


def put_in_place(copy: Path, target: Path) -> None:
    """Make ``copy`` the ``target`` in one step, safe against a power cut.

    Raises:
        FileError: The disk does not allow it.
    """
    with _naming(target):
        _to_disk(copy)
        copy.replace(target)
        _to_disk(target.parent)


def cannot_write(target: Path, error: OSError) -> FileError:
    """The error of a file that cannot be written, with its repair."""
    repair = REPAIRS.get(error.errno or 0, "Name a file in a folder that you can write to.")
    return FileError(f"{target} cannot be written: {error.strerror}. {repair}")


@contextlib.contextmanager
def _naming(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # nobody reads any more, which is not the file's fault
        raise cannot_write(target, error) from error


def _take_after(copy: Path, before: Path) -> None:
    """Give the copy the permissions and, where that is allowed, the owner of the file that it replaces."""
    with contextlib.suppress(FileNotFoundError):
        there = before.stat()
        with contextlib.suppress(PermissionError):
            os.chown(copy, there.st_uid, there.st_gid)
        copy.chmod(stat.S_IMODE(there.st_mode))


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
