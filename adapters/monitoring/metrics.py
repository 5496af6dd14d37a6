"""The metrics for Prometheus at ``/metrics``; docs/monitoring.md explains each of them.

Events are counted when the core reports them (`Meter`). Gauges are looked up when Prometheus asks, in a worker thread,
so that nothing else waits for the database. A label has a handful of values: never a channel, a person or a query.
"""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.domain import Claim
from bot.domain.polls import Poll
from bot.domain.times import start_of
from bot.errors import StorageError
from bot.ports.meter import Outcome
from bot.ports.stores import Stores
from bot.status import Status

MINUTE, HOUR, DAY = 60, 3600, 86400

DELAYS = (1, 5, 15, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY)
"""Seconds, from a card that is posted at once to one that waited as long as is allowed."""

POLLS = ("good", "partial", "failed")
"""Whether a poll read every due list, some of them, or none."""


DATABASE_UP = "Whether the database could be read just now."

POLL_BEGAN = {
    "last_poll": "When the latest finished poll began.",
    "last_good_poll": "When the latest poll that read every list began; missing until there is one.",
}


class Metrics:
    """See `Meter`; `answer` gives the page that Prometheus reads."""

    def __init__(self, platforms: Iterable[str], faults: Iterable[str] = (), sources: Iterable[str] = ()) -> None:
        """Start every counter at 0: ``increase()`` does not see the first event of one that appears with it.

        Args:
            platforms: Names of the platforms that are on.
            faults: Kinds of errors of the database.
            sources: Names of the sources that are read.
        """
        disable_created_metrics()  # type: ignore[no-untyped-call]  # they would double the number of series, and nobody needs them
        self._platforms = tuple(platforms)
        self._registry = registry = CollectorRegistry()
        self._asked = asyncio.Lock()
        ProcessCollector(registry=registry)

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(f"paperwire_{name}", meaning, labels, registry=registry)

        self._polls = counter("polls", "Polls that ended.", "outcome")
        self._lists = counter("lists", "Lists that were read whole.", "source")
        self._papers = counter("papers", "Papers that were new to the store.", "source")
        self._skipped = counter("records_skipped", "Records of lists that made no sense and were left out.")
        self._matches = counter("matches", "Deliveries that were enqueued, each a paper for a channel.")
        self._deliveries = counter("deliveries", "Deliveries by the outcome of an attempt.", "platform", "outcome")
        self._expired = counter("deliveries_expired", "Deliveries that were dropped after waiting for too long.")
        self._faults = counter("storage_errors", "Times that the database could not be used.", "kind")
        self._delay = Histogram(
            "paperwire_delivery_delay_seconds",
            "Time between matching a paper and posting it.",
            ("platform", "message"),
            buckets=DELAYS,
            registry=registry,
        )
        for outcome in POLLS:
            self._polls.labels(outcome)
        for source in sources:
            self._lists.labels(source)
            self._papers.labels(source)
        for kind in faults:
            self._faults.labels(kind)
        for name in self._platforms:
            for outcome in get_args(Outcome):
                self._deliveries.labels(name, outcome)
            for message in ("card", "digest"):
                self._delay.labels(name, message)

    def polled(self, poll: Poll) -> None:
        """See `Meter.polled`."""
        self._polls.labels(outcome_of(poll)).inc()
        for source, read in poll.by_source.items():
            self._lists.labels(source).inc(read.lists)
            self._papers.labels(source).inc(read.new)
        self._skipped.inc(poll.skipped)

    def matched(self, deliveries: int) -> None:
        """See `Meter.matched`."""
        self._matches.inc(deliveries)

    def attempted(self, claim: Claim, outcome: Outcome, *, at: datetime) -> None:
        """See `Meter.attempted`."""
        name = claim.channel.platform
        self._deliveries.labels(name, outcome).inc(len(claim.deliveries if outcome == "failed" else claim.all))
        if outcome == "delivered":
            delay = self._delay.labels(name, "card" if len(claim.all) == 1 else "digest")
            for delivery in claim.deliveries:
                delay.observe(max((at - delivery.enqueued_at).total_seconds(), 0))

    def expired(self, deliveries: int) -> None:
        """See `Meter.expired`."""
        self._expired.inc(deliveries)

    def storage_failed(self, kind: str) -> None:
        """See `Meter.storage_failed`."""
        self._faults.labels(kind).inc()

    def watch(self, status: Status, stores: Stores, now: Callable[[], datetime]) -> None:
        """Add gauges of the service and the database; ``now`` is the clock."""
        self._registry.register(Standing(self._platforms, status, stores, now))

    async def answer(self, accept: str) -> tuple[bytes, str]:
        """The page and its content type, as the header ``Accept`` asks.

        Pages are made one at a time, so that many requests never take more than one worker thread.
        """
        encode, content_type = choose_encoder(accept)
        async with self._asked:
            return await asyncio.to_thread(encode, self._registry), content_type


class Standing(Collector):
    """Gauges that are looked up when Prometheus asks."""

    def __init__(self, platforms: Iterable[str], status: Status, stores: Stores, now: Callable[[], datetime]) -> None:
        self._platforms = tuple(platforms)
        self._status = status
        self._stores = stores
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """All gauges; those of the database only while it can be read."""
        about = {"version": __version__, "python": platform.python_version()}
        yield InfoMetricFamily("paperwire_build", "The versions that run here.", value=about)
        yield from self._service()
        try:
            yield from self._database()
        except StorageError:
            yield GaugeMetricFamily("paperwire_database_up", DATABASE_UP, value=0)
        else:
            yield GaugeMetricFamily("paperwire_database_up", DATABASE_UP, value=1)

    def _service(self) -> Iterator[Metric]:
        status = self._status
        interval = status.interval.total_seconds()
        yield GaugeMetricFamily("paperwire_poll_interval_seconds", "Time between two polls.", value=interval)
        polls = {"last_poll": status.last_poll and status.last_poll.at, "last_good_poll": status.last_good_poll}
        for name, at in polls.items():
            metric = GaugeMetricFamily(f"paperwire_{name}_timestamp_seconds", POLL_BEGAN[name])
            if at:
                metric.add_metric((), at.timestamp())
            yield metric
        yield from self._sources()
        up = GaugeMetricFamily(
            "paperwire_platform_up", "Whether the platform is connected and brings commands.", labels=["platform"]
        )
        for name in self._platforms:
            up.add_metric([name], not status.trouble_of(name))
        yield up
        posts = GaugeMetricFamily("paperwire_platform_takes_messages", "Whether posts go through.", labels=["platform"])
        now = self._now()
        for name in self._platforms:
            posts.add_metric([name], not status.takes_nothing(name, now))
        yield posts

    def _sources(self) -> Iterator[Metric]:
        poll = self._status.last_poll
        away = {outage.source for outage in poll.outages} if poll else set()
        reached = GaugeMetricFamily("paperwire_source_up", "Whether the latest poll got a list.", labels=["source"])
        newest = GaugeMetricFamily(
            "paperwire_newest_list_timestamp_seconds", "The latest day with papers on its list.", labels=["source"]
        )
        for source in poll.by_source if poll else ():
            reached.add_metric([source], source not in away)
        for source, day in self._status.newest_of.items():
            newest.add_metric([source], start_of(day).timestamp())
        yield reached
        yield newest

    def _database(self) -> Iterator[Metric]:
        counts, paused = self._stores.outbox.counts(), self._stores.channels.paused()
        next_due = self._stores.outbox.next_due(platforms=self._platforms)
        open_now = GaugeMetricFamily("paperwire_queue_deliveries", "Deliveries on their way.", labels=["state"])
        for state in ("due", "claimed"):
            open_now.add_metric([state], counts[state])
        yield open_now
        lag = max((self._now() - next_due).total_seconds(), 0) if next_due else 0
        yield GaugeMetricFamily("paperwire_queue_lag_seconds", "How late the most overdue message is.", value=lag)
        held = GaugeMetricFamily("paperwire_channels_paused", "Channels that cannot be posted to.", labels=["platform"])
        for name in self._platforms:
            held.add_metric([name], paused.get(name, 0))
        yield held


def outcome_of(poll: Poll) -> str:
    """The poll's outcome, one of `POLLS`."""
    if not poll.failures:
        return "good"
    return "partial" if poll.lists else "failed"
