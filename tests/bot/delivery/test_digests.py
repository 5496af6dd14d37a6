"""When a channel's next digest is due by its stored schedule, and which digests are skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.delivery.digests import next_digest, skip_empty
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, subscribe


def test_the_next_digest_is_the_next_moment_of_the_schedule() -> None:
    assert next_digest("daily 09:00 Europe/Berlin", NOW) == datetime(2026, 3, 11, 8, tzinfo=UTC)


def test_a_stored_schedule_that_is_no_longer_understood_goes_on_a_day_later() -> None:
    assert next_digest("daily 09:00 Atlantis/Capital", NOW) == NOW + timedelta(days=1)


def test_digests_without_papers_are_skipped(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    stores.channels.set_schedule(HERE, "daily 09:00 UTC", NOW - timedelta(days=2), at=NOW)
    skip_empty(stores.channels, NOW)
    channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.digest_due == datetime(2026, 3, 11, 9, tzinfo=UTC)
