"""A running service whose platform takes nothing that is posted, and the time after that."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.monitoring.metrics import Metrics
from adapters.platforms.terminal.platform import Terminal
from bot.app.wiring import terminal_log
from bot.domain import Address, Receipt
from bot.domain.messages import Message
from bot.errors import RetryLater
from bot.service.service import Service
from storage import open_database, stores_of
from storage.sqlite.files.inspection import inspect
from tests.builders import HERE, a_paper, subscribe
from tests.fakes.source import Newsstand
from tests.running_service import run_service, until

pytestmark = pytest.mark.usefixtures("impatient")


class Refusing(Terminal):
    """A terminal that shows nothing until it is well."""

    is_well = False

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Refuse, or show the message."""
        if not self.is_well:
            raise RetryLater("the terminal has a problem (status 503)")
        return await super().post(channel, message, key=key)


def test_an_outage_of_posting_is_told_everywhere_until_something_goes_through(tmp_path: Path) -> None:
    path = tmp_path / "paperwire.db"
    database = open_database(path)
    subscribe(stores_of(database), HERE, "robots", at=datetime.now(UTC))
    database.close()
    terminal = Refusing(terminal_log(path), output=io.StringIO(), typed=())
    today = datetime.now(UTC).date()

    async def act(service: Service) -> None:
        metrics = Metrics(["terminal"])
        metrics.watch(service.status, service.stores, lambda: datetime.now(UTC))
        await until(lambda: service.status.posting)
        now = datetime.now(UTC)
        told = "nothing that I post has gone through since"
        assert told in "\n".join(service.status.lines(now))
        assert service.status.troubles(now=now) == []
        assert told in service.status.troubles(now=now + timedelta(minutes=11))[0]
        assert b'takes_messages{platform="terminal"} 0.0' in (await metrics.answer(""))[0]
        inspection = inspect(path)
        assert inspection is not None
        assert [outage.platform for outage in inspection.outages] == ["terminal"]
        terminal.is_well = True
        await until(lambda: not service.stores.outages.all())
        assert b'takes_messages{platform="terminal"} 1.0' in (await metrics.answer(""))[0]

    robots = a_paper(id="9901.00001", title="Robots", list_day=today)
    run_service(path, Newsstand(lists={today: [robots]}), terminal, act)
