"""``paperwire check`` where the database, its folder or its disk is broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.app.check import check_meaning, check_room
from bot.config import Settings
from bot.domain import Finding
from bot.ports.stores.meaning import Fitting
from storage.sqlite.files.service_lock import ServiceLock
from tests.bot.app.broken_set_ups import Case, assert_found
from tests.builders import HERE, NOW
from tests.damage import damage
from tests.machine import Machine


def unwritable_folder(machine: Machine) -> None:
    """Make the database's folder one where even root cannot write."""
    machine.settings["PAPERWIRE_STORAGE__PATH"] = "/proc/paperwire/paperwire.db"


def path_is_a_folder(machine: Machine) -> None:
    machine.database.mkdir(parents=True)


def folder_is_a_file(machine: Machine) -> None:
    (machine.folder / "data").write_text("")


def damaged_page(machine: Machine) -> None:
    machine.make_database(HERE)
    damage(machine.database, "subscriptions")


def no_database(machine: Machine) -> None:
    machine.database.parent.mkdir()
    machine.database.write_text("Dear diary, " * 1000)


def newer_database(machine: Machine) -> None:
    machine.make_database()
    machine.sql("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperwire', 'tomorrow', '')")


def zone_is_gone(machine: Machine) -> None:
    machine.make_database(HERE)
    machine.sql("UPDATE channels SET rhythm = 'daily 09:00 Atlantis/Capital', digest_due = '2026-03-10'")


def service_is_running(machine: Machine) -> None:
    machine.make_database()
    machine.stack.enter_context(ServiceLock(machine.database)).announce(http="http://127.0.0.1:8765")


CASES = [
    Case(
        "a folder that cannot be written",
        unwritable_folder,
        "database",
        "failed",
        "The folder /proc cannot be written",
        "Let the user who runs Paperwire write to it",
    ),
    Case(
        "a folder in the place of the database",
        path_is_a_folder,
        "database",
        "failed",
        "is a folder",
        "Name a file in storage.path",
    ),
    Case(
        "a file in the place of its folder",
        folder_is_a_file,
        "database",
        "failed",
        "cannot be accessed: Not a directory",
        "Name another file in storage.path",
    ),
    Case("a damaged database", damaged_page, "database", "failed", "is damaged", "Restore a backup"),
    Case(
        "a file that is not a database",
        no_database,
        "database",
        "failed",
        "file is not a database",
        "name another file in storage.path",
    ),
    Case(
        "a newer database",
        newer_database,
        "database",
        "failed",
        "was written by a later version of Paperwire",
        "Install that version",
    ),
    Case(
        "another program's database",
        lambda machine: machine.sql("CREATE TABLE photos (id INTEGER)"),
        "database",
        "failed",
        "is another program's database",
        "Name another file in storage.path",
    ),
    Case(
        "a service that runs already",
        service_is_running,
        "service",
        "ok",
        f"process {os.getpid()} is running on this database, and answers at http://127.0.0.1:8765",
        "",
    ),
    Case(
        "a time zone that is gone",
        zone_is_gone,
        "digests of terminal:local",
        "warning",
        "“daily 09:00 Atlantis/Capital” can no longer be read",
        "/papers digest",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_broken_is_named_with_its_repair(machine: Machine, case: Case) -> None:
    assert_found(machine, case)


def test_a_database_of_an_earlier_version_is_not_upgraded(machine: Machine) -> None:
    machine.make_database(HERE)
    machine.sql("DELETE FROM _sqlite_migrations WHERE rowid = (SELECT max(rowid) FROM _sqlite_migrations)")
    before = machine.database.read_bytes()
    row = next(finding for finding in machine.check() if finding["subject"] == "database")
    assert row["state"] == "ok"
    assert row["detail"].endswith("1 subscription in 1 channel; the next start upgrades it")
    assert machine.database.read_bytes() == before


def test_a_disk_with_little_room_is_a_warning(tmp_path: Path) -> None:
    settings = Settings.model_validate({"storage": {"path": str(tmp_path / "data" / "paperwire.db")}})
    assert check_room(settings) == []
    [finding] = check_room(settings, room=10**18)
    assert (finding.state, finding.repair) == ("warning", "free some space")


@pytest.mark.parametrize(
    ("fitting", "papers", "detail"),
    [
        (None, 0, "not ready: it takes 150 papers of two months, and no papers are stored"),
        (None, 149, "not ready: it takes 150 papers of two months, and 149 papers are stored"),
        (None, 150, "not ready: a running service learns it within minutes"),
        (Fitting(NOW, 746, 0), 746, "learned from 746 papers on 10 March 2026"),
        (Fitting(NOW, 746, 12), 758, "learned from 746 papers on 10 March 2026, 12 papers new since"),
    ],
)
def test_it_says_whether_meaning_is_ready(fitting: Fitting | None, papers: int, detail: str) -> None:
    assert check_meaning(fitting, papers) == Finding("meaning", "ok", detail)
