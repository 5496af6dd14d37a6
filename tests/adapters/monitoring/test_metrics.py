"""What Prometheus reads."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.monitoring.metrics import Metrics
from bot.domain import Address, Claim, Delivery, Pause
from bot.domain.polls import Poll, SourceRead
from bot.ports.meter import Outcome
from bot.ports.stores import Stores
from bot.status import Status
from storage import open_database, stores_of
from tests.builders import HERE, NOW, a_paper, list_of, subscribe
from tests.fakes.platform import Pinboard

SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Page:
    """What was measured, as Prometheus understands it."""

    metrics: Metrics

    def __call__(self, name: str, **labels: str) -> float | None:
        """The value of that sample; None when there is none."""
        body, _ = asyncio.run(self.metrics.answer("text/plain"))
        samples = [
            sample
            for family in text_string_to_metric_families(body.decode())
            for sample in family.samples
            if sample.name == name and sample.labels == labels
        ]
        return samples[0].value if samples else None


@pytest.fixture
def metrics() -> Metrics:
    """Nothing happened yet."""
    return Metrics(["terminal", "slack"], ["full", "other"])


@pytest.fixture
def page(metrics: Metrics) -> Page:
    """What these metrics say."""
    return Page(metrics)


def a_claim(*ages: timedelta, channel: Address = HERE) -> Claim:
    """A message about as many papers, matched so long ago."""
    deliveries = tuple(Delivery(a_paper(), channel, "robots", NOW - age) for age in ages)
    return Claim("key", channel, deliveries, NOW)


@pytest.mark.parametrize(
    ("poll", "outcome"),
    [
        (Poll(NOW, lists=3), "good"),
        (Poll(NOW), "good"),
        (Poll(NOW, lists=1, failures=("no answer",)), "partial"),
        (Poll(NOW, failures=("no answer",)), "failed"),
    ],
)
def test_polls_are_counted_by_what_came_of_them(metrics: Metrics, page: Page, poll: Poll, outcome: str) -> None:
    metrics.polled(poll)
    assert page("paperwire_polls_total", outcome=outcome) == 1
    others = {"good", "partial", "failed"} - {outcome}
    assert [page("paperwire_polls_total", outcome=other) for other in others] == [0, 0]


def test_what_polls_bring_is_added_up(metrics: Metrics, page: Page) -> None:
    for _ in range(2):
        read = {"huggingface": SourceRead(4, 90, 20), "arxiv": SourceRead(2, 900, 300)}
        metrics.polled(Poll(NOW, lists=6, papers=990, new=320, skipped=1, by_source=read))
    metrics.matched(7)
    metrics.expired(3)
    assert page("paperwire_lists_total", source="huggingface") == 8
    assert page("paperwire_papers_total", source="huggingface") == 40
    assert page("paperwire_papers_total", source="arxiv") == 600
    assert page("paperwire_records_skipped_total") == 2
    assert page("paperwire_matches_total") == 7
    assert page("paperwire_deliveries_expired_total") == 3


@pytest.mark.parametrize("outcome", ["delivered", "rescheduled", "held", "failed"])
def test_deliveries_are_counted_by_platform_and_outcome_from_nought(
    metrics: Metrics, page: Page, outcome: Outcome
) -> None:
    assert page("paperwire_deliveries_total", platform="slack", outcome=outcome) == 0
    metrics.attempted(a_claim(SECOND, SECOND, channel=Address("slack", "C1")), outcome, at=NOW)
    assert page("paperwire_deliveries_total", platform="slack", outcome=outcome) == 2
    assert page("paperwire_deliveries_total", platform="terminal", outcome=outcome) == 0


def test_the_delay_of_each_paper_is_measured_cards_and_digests_apart(metrics: Metrics, page: Page) -> None:
    metrics.attempted(a_claim(4 * SECOND), "delivered", at=NOW)
    metrics.attempted(a_claim(30 * SECOND, timedelta(hours=7)), "delivered", at=NOW)
    metrics.attempted(a_claim(SECOND), "failed", at=NOW)
    name = "paperwire_delivery_delay_seconds"
    assert page(f"{name}_count", platform="terminal", message="card") == 1
    assert page(f"{name}_sum", platform="terminal", message="card") == 4
    assert page(f"{name}_bucket", platform="terminal", message="card", le="5.0") == 1
    assert page(f"{name}_count", platform="terminal", message="digest") == 2
    assert page(f"{name}_bucket", platform="terminal", message="digest", le="60.0") == 1


def test_a_clock_that_was_set_back_makes_no_negative_delay(metrics: Metrics, page: Page) -> None:
    metrics.attempted(a_claim(-SECOND), "delivered", at=NOW)
    assert page("paperwire_delivery_delay_seconds_sum", platform="terminal", message="card") == 0


def test_a_database_that_cannot_be_used_is_counted_by_kind(metrics: Metrics, page: Page, tmp_path: Path) -> None:
    database = open_database(tmp_path / "paperwire.db", metrics.storage_failed)
    with sqlite3.connect(tmp_path / "paperwire.db") as other:
        other.execute("DROP TABLE settled")
    other.close()
    with pytest.raises(Exception, match="cannot be used"):
        stores_of(database).outbox.counts()
    database.close()
    assert page("paperwire_storage_errors_total", kind="other") == 1
    assert page("paperwire_storage_errors_total", kind="full") == 0


@dataclass(slots=True)
class Watched:
    """A service whose state is looked up."""

    metrics: Metrics
    stores: Stores
    status: Status = field(default_factory=lambda: Status(NOW, timedelta(minutes=10)))

    def __post_init__(self) -> None:
        """Watch it, half an hour later."""
        self.metrics.watch(self.status, self.stores, lambda: NOW + timedelta(minutes=30))


@pytest.fixture
def service(metrics: Metrics, stores: Stores) -> Watched:
    """A service that just started."""
    return Watched(metrics, stores)


def test_the_last_good_poll_is_missing_until_there_was_one(service: Watched, page: Page) -> None:
    assert page("paperwire_last_good_poll_timestamp_seconds") is None
    service.status.polled(Poll(NOW))
    service.status.polled(Poll(NOW + SECOND, failures=("no answer",)))
    assert page("paperwire_last_good_poll_timestamp_seconds") == NOW.timestamp()
    assert page("paperwire_last_poll_timestamp_seconds") == NOW.timestamp() + 1
    assert page("paperwire_poll_interval_seconds") == 600


def test_a_platform_is_down_that_stopped_or_does_not_hear(service: Watched, page: Page) -> None:
    service.status.platforms["terminal"] = ""
    service.status.serving["terminal"] = pinboard = Pinboard()
    assert page("paperwire_platform_up", platform="terminal") == 1
    pinboard.trouble = "disconnected since noon"
    assert page("paperwire_platform_up", platform="terminal") == 0
    service.status.platforms["slack"] = "its token was revoked"
    assert page("paperwire_platform_up", platform="slack") == 0


def test_the_queue_and_how_late_it_is_are_looked_up(service: Watched, page: Page) -> None:
    assert page("paperwire_queue_lag_seconds") == 0
    stores = service.stores
    subscribe(stores, HERE, "*")
    stores.papers.save("newsstand", list_of(a_paper(id="9901.00001"), a_paper(id="9901.00002")), at=NOW)
    stores.outbox.enqueue_first(stores.subscriptions.pending(limit=1)[0], ["9901.00001", "9901.00002"], at=NOW)
    assert page("paperwire_queue_deliveries", state="due") == 2
    assert page("paperwire_queue_lag_seconds") == 1800
    assert stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40) is not None
    assert page("paperwire_queue_deliveries", state="claimed") == 1


def test_paused_channels_are_counted_by_platform(service: Watched, page: Page) -> None:
    subscribe(service.stores, HERE, "*")
    service.stores.channels.pause(HERE, Pause("archived", "unarchive it", since=NOW, probe_at=NOW))
    assert page("paperwire_channels_paused", platform="terminal") == 1
    assert page("paperwire_channels_paused", platform="slack") == 0


def test_the_running_version_is_shown(service: Watched, page: Page) -> None:
    body, _ = asyncio.run(service.metrics.answer("text/plain"))
    assert b'paperwire_build_info{python="3.' in body
    assert page("process_resident_memory_bytes")


def test_a_database_that_cannot_be_read_leaves_the_rest_readable(metrics: Metrics, page: Page, tmp_path: Path) -> None:
    database = open_database(tmp_path / "paperwire.db")
    Watched(metrics, stores_of(database))
    assert page("paperwire_database_up") == 1
    with sqlite3.connect(tmp_path / "paperwire.db") as other:
        other.execute("DROP TABLE channels")
    other.close()
    assert page("paperwire_database_up") == 0
    assert page("paperwire_poll_interval_seconds") == 600
    database.close()


def test_openmetrics_is_spoken_where_it_is_wanted(metrics: Metrics) -> None:
    body, content_type = asyncio.run(metrics.answer("application/openmetrics-text; version=1.0.0"))
    assert content_type.startswith("application/openmetrics-text")
    assert body.endswith(b"# EOF\n")


def test_the_event_loop_never_waits_for_the_database(service: Watched) -> None:
    """A database that answers nothing until the loop has gone on."""
    threads: list[str] = []
    gone_on = threading.Event()

    class Waiting:
        def counts(self) -> dict[str, int]:
            threads.append(threading.current_thread().name)
            assert gone_on.wait(timeout=10)
            return {"due": 0, "claimed": 0}

        def next_due(self, *, platforms: object) -> None:
            """Nothing is due."""

    async def scraped() -> None:
        waiting = replace(service.stores, outbox=Waiting())  # type: ignore[arg-type]
        metrics = Metrics(["terminal"])
        metrics.watch(service.status, waiting, lambda: NOW)
        scrape = asyncio.create_task(metrics.answer(""))
        await asyncio.sleep(0)
        gone_on.set()
        await scrape

    asyncio.run(scraped())
    assert threads
    assert threading.main_thread().name not in threads
