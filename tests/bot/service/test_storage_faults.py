"""A running service whose disk is full, or whose database is locked, damaged or read-only; and the time after that."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import storage.sqlite.engine
from adapters.platforms.terminal.platform import Terminal
from bot.app.wiring import terminal_log
from bot.delivery.dispatcher import SHORTEST_REST, Dispatcher
from bot.domain import Address, Paper, Receipt
from bot.domain.messages import Message
from bot.service.service import Service
from storage import open_database, stores_of
from tests.builders import HERE, ROOT, a_paper, subscribe
from tests.damage import damage
from tests.fakes.source import Newsstand
from tests.running_service import run_service, until

pytestmark = pytest.mark.usefixtures("impatient")

SUBSCRIBE_AS_NOBODY = """
import os
import bot.app.wiring, bot.cli, bot.commands, bot.matching.glossary, storage
if os.getuid() == 0:  # to whom everything is allowed
    os.setuid(65534)
bot.cli.cli()
"""


class Holding(Terminal):
    """A terminal that shows a message, and then lets another program lock the database."""

    def __init__(self, path: Path, screen: io.StringIO) -> None:
        """Begin without a lock."""
        super().__init__(terminal_log(path), output=screen, typed=())
        self.other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Show the message, and lock the database."""
        receipt = await super().post(channel, message, key=key)
        if not self.other.in_transaction:
            self.other.execute("BEGIN IMMEDIATE")
        return receipt


class House:
    """A service with a terminal, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Begin with a subscription to robots, and an empty list."""
        self.path = folder / "paperwire.db"
        self.listed: list[Paper] = []
        self.screen = io.StringIO()
        self.troubles: list[str] = []
        database = open_database(self.path)
        subscribe(stores_of(database), HERE, "robots", at=datetime.now(UTC))
        database.close()

    def list_paper(self, number: int, **given: str) -> None:
        """List one more paper."""
        day = datetime.now(UTC).date()
        title = f"Robots-{number}"
        self.listed.append(a_paper(id=f"9901.{number:05}", title=title, list_day=day, **given))

    def live(self, act: Callable[[Service], Awaitable[None]], shown_by: Terminal | None = None) -> None:
        """Run the service, as a new process would, while things happen."""
        stand = Newsstand(lists={datetime.now(UTC).date(): self.listed})
        terminal = shown_by or Terminal(terminal_log(self.path), output=self.screen, typed=())
        run_service(self.path, stand, terminal, act)

    async def shows(self, *numbers: int) -> None:
        """Wait until these papers are shown, each once."""
        await until(lambda: all(f"Robots-{number}\n" in self.screen.getvalue() for number in numbers))
        assert [self.screen.getvalue().count(f"Robots-{number}\n") for number in numbers] == [1] * len(numbers)


async def until_reported(service: Service, trouble: str) -> None:
    """Wait until the service reports that trouble."""
    await until(lambda: any(trouble in line for line in service.status.troubles(now=datetime.now(UTC))))


async def well(service: Service) -> None:
    """Wait until the service is well."""
    await until(lambda: service.status.troubles(now=datetime.now(UTC)) == [])


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the service's pauses."""
    monkeypatch.setitem(Dispatcher.__init__.__kwdefaults__ or {}, "pause", SHORTEST_REST)
    monkeypatch.setattr(storage.sqlite.engine, "BUSY_SECONDS", 0.1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; the test is skipped where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(  # noqa: S603 - a folder of our own
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)],  # noqa: S607 - wherever it is
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 - as above


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_full_disk_is_reported_and_once_there_is_space_everything_comes_once(
    small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(small_disk)
    filler = small_disk / "filler"

    async def fill_and_free(service: Service) -> None:
        house.list_paper(1)
        await house.shows(1)
        fill(filler)
        for number in range(2, 9):
            house.list_paper(number, abstract="robots " * 300)
        await until_reported(service, "Free some space on its disk.")
        assert "Robots-8" not in house.screen.getvalue()
        filler.unlink()
        await house.shows(*range(1, 9))
        await well(service)

    house.live(fill_and_free)
    house.live(well)
    assert house.screen.getvalue().count("Robots-8\n") == 1
    assert "disk is full" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_database_locked_by_another_program_is_reported_and_used_again_afterwards(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def hold_and_let_go(service: Service) -> None:
        house.list_paper(1)
        await house.shows(1)
        with contextlib.closing(sqlite3.connect(house.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            house.list_paper(2)
            await until_reported(service, "Another program has locked it")
        await house.shows(1, 2)
        await well(service)

    house.live(hold_and_let_go)


def test_a_message_that_was_shown_but_could_not_be_recorded_is_not_shown_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    terminal = Holding(house.path, house.screen)

    async def hold_and_let_go(service: Service) -> None:
        house.list_paper(1)
        await until_reported(service, "Another program has locked it")
        assert "Robots-1\n" in house.screen.getvalue()
        terminal.other.rollback()
        await well(service)
        await until(lambda: service.stores.outbox.counts()["delivered"] == 1)
        await house.shows(1)

    house.live(hold_and_let_go, terminal)
    terminal.other.close()


def test_a_damaged_page_is_reported_with_its_repair_and_the_rest_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(tmp_path)

    async def show_some(_service: Service) -> None:
        for number in range(1, 10):
            house.list_paper(number, abstract="robots " * 300)
        await house.shows(*range(1, 10))

    house.live(show_some)
    place, whole = damage(house.path, "papers_by_day")

    async def suffer_and_heal(service: Service) -> None:
        house.list_paper(10)
        await until_reported(service, "damaged; restore a backup")
        with house.path.open("r+b") as file:
            file.seek(place)
            file.write(whole)
        await house.shows(*range(1, 11))
        await well(service)

    house.live(suffer_and_heal)
    assert "damaged; restore a backup" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_database_that_may_not_be_written_is_a_line_with_its_repair(open_folder: Path) -> None:
    path = House(open_folder).path
    path.chmod(0o444)
    open_folder.chmod(0o555)
    process = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", SUBSCRIBE_AS_NOBODY, "subscribe", "terminal:local", "teapots"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": "/", "PAPERWIRE_STORAGE__PATH": str(path)},
        cwd=ROOT,
    )
    assert process.returncode == 1
    assert process.stderr.startswith("paperwire: The database ")
    assert "Let the user who runs Paperwire write to" in process.stderr
    assert len(process.stderr.splitlines()) == 1


def fill(filler: Path) -> None:
    """Write until the disk is full."""
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
