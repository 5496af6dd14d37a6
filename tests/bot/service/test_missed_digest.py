"""A digest that was missed while the service was down comes once, with what the first poll finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Digest
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.service.service import Service
from storage import open_stores
from tests.builders import HERE, a_paper, list_of, subscribe
from tests.fakes.platform import Pinboard
from tests.fakes.source import Newsstand
from tests.running_service import run_service, until

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.mark.parametrize("waiting", [0, 1, 3])
def test_a_missed_digest_comes_with_what_the_first_poll_finds(tmp_path: Path, waiting: int) -> None:
    database, now = tmp_path / "paperwire.db", datetime.now(UTC)
    day = now.date()
    with open_stores(database) as stores:
        subscribe(stores, HERE, "*", at=now)
        stores.channels.set_schedule(HERE, "daily 00:00 UTC", now - timedelta(hours=3), at=now)
        before = [a_paper(id=f"9901.0000{number}", list_day=day) for number in range(waiting)]
        stores.papers.save("newsstand", list_of(*before, day=day), at=now)
        Matcher(stores, Glossary(stores.papers), now=lambda: now).match_papers()
    found = [a_paper(id=f"9902.00{number:03}", list_day=day) for number in range(6)]
    board = Pinboard()

    async def act(_: Service) -> None:
        await until(lambda: board.posted)

    run_service(database, Newsstand(lists={day: [*before, *found]}), board, act)
    [(_, _, digest)] = board.posted
    assert isinstance(digest, Digest)
    assert len(digest.cards) == waiting + 6


def test_a_channel_without_digests_does_not_wait_for_the_poll(tmp_path: Path) -> None:
    database, now = tmp_path / "paperwire.db", datetime.now(UTC)
    with open_stores(database) as stores:
        subscribe(stores, HERE, "*", at=now)
        stores.papers.save("newsstand", list_of(a_paper(list_day=now.date())), at=now)
        Matcher(stores, Glossary(stores.papers), now=lambda: now).match_papers()
        stores.channels.hold_digests(now + timedelta(minutes=10))
        assert stores.outbox.due(now=now, platforms=["terminal"], limit=9) == [HERE]
