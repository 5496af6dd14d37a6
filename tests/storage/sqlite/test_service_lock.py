"""One service on a database, whatever it calls it."""

from __future__ import annotations

import fcntl
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import AlreadyRunning, StorageError
from storage.sqlite.files.service_lock import RunningService, ServiceLock, read_service


def test_only_one_service_can_hold_a_database(path: Path) -> None:
    with ServiceLock(path), pytest.raises(AlreadyRunning, match="process"), ServiceLock(path):
        pass


def test_the_database_is_free_after_the_service_has_ended(path: Path) -> None:
    with ServiceLock(path):
        pass
    with ServiceLock(path) as lock:
        lock.announce(http="http://127.0.0.1:8080")
        content = json.loads(path.with_name("paperwire.db.lock").read_text())
        assert read_service(path) == RunningService(content["pid"], "http://127.0.0.1:8080")
    assert read_service(path) is None


def test_a_service_can_start_while_somebody_asks_whether_one_runs(path: Path) -> None:
    asking = path.with_name("paperwire.db.lock").open("w")
    fcntl.flock(asking, fcntl.LOCK_SH)
    threading.Timer(0.1, asking.close).start()
    with ServiceLock(path):
        assert asking.closed


def test_a_lock_that_cannot_be_written_is_an_error(path: Path) -> None:
    path.with_name("paperwire.db.lock").mkdir()
    with pytest.raises(StorageError, match="cannot be used"), ServiceLock(path):
        pass
    assert read_service(path) is None


def by_link(path: Path, elsewhere: Path) -> Path:
    """A symbolic link to the database."""
    elsewhere.joinpath("other.db").symlink_to(path)
    return elsewhere / "other.db"


def by_linked_folder(path: Path, elsewhere: Path) -> Path:
    """The database in a folder that is a symbolic link."""
    elsewhere.joinpath("data").symlink_to(path.parent)
    return elsewhere / "data" / path.name


def by_hard_link(path: Path, elsewhere: Path) -> Path:
    """A second name for the database's file, as a mount in a container gives it one."""
    elsewhere.joinpath("other.db").hardlink_to(path)
    return elsewhere / "other.db"


@pytest.mark.parametrize("named", [by_link, by_linked_folder, by_hard_link])
def test_only_one_service_can_hold_a_database_whatever_it_calls_it(
    path: Path, tmp_path: Path, named: Callable[[Path, Path], Path]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = named(path, elsewhere)
    with ServiceLock(path), pytest.raises(AlreadyRunning, match="Stop it"), ServiceLock(other):
        pass
    with ServiceLock(other), pytest.raises(AlreadyRunning, match="Stop it"), ServiceLock(path):
        pass


@pytest.mark.parametrize("named", [by_link, by_linked_folder])
def test_a_running_service_is_found_by_a_symbolic_link(
    path: Path, tmp_path: Path, named: Callable[[Path, Path], Path]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with ServiceLock(path) as lock:
        lock.announce(http="http://127.0.0.1:8080")
        service = read_service(named(path, elsewhere))
    assert service is not None
    assert service.http == "http://127.0.0.1:8080"


def test_a_service_waits_or_refuses_while_a_backup_is_restored(path: Path) -> None:
    with (
        ServiceLock(path, is_restore=True),
        pytest.raises(AlreadyRunning, match=r"being restored .* Try again"),
        ServiceLock(path),
    ):
        pass
