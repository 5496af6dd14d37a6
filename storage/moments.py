"""Sets right the moments that were stored while the machine's clock was ahead.

Each column has a latest moment that it can hold; docs/decisions.md has them all. Columns that are missing here do no
harm: ``lists.read_at`` (a list that was read later than now is read again), ``papers.changed_at`` and ``matched_at``
(nothing is decided by comparing them with the clock, except that old papers are kept), ``quiet_until`` (people's own).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import PROBE_EVERY, WATCHED_FOR
from storage.columns import stamp
from storage.gaps import UNKNOWN
from storage.outbox.next_due import DUE_AGAIN
from storage.sqlite.engine import Database

EDITED_WITHIN = timedelta(hours=1)
"""The longest that a posted message waits for its next edit."""

LOOKED_FOR = timedelta(days=6)
"""How old a claim is taken to be if nobody knows when it was made; it is given up after seven days."""

SET_RIGHT = """
UPDATE subscriptions SET created_at = min(created_at, :now), counts_from = min(counts_from, :now), pending = 1
    WHERE max(created_at, coalesce(counts_from, '')) > :now;
UPDATE subscriptions SET paused_at = :now WHERE paused_at > :now;
UPDATE outbox SET enqueued_at = min(enqueued_at, :now), settled_at = min(settled_at, :now)
    WHERE enqueued_at > :now OR settled_at > :now;
DELETE FROM votes WHERE at > :now;
UPDATE followed SET again_at = min(again_at, :now), until = min(until, :followed)
    WHERE again_at > :edited OR until > :followed;
UPDATE gaps SET until = :now WHERE until > :now;
UPDATE gaps SET since = :unknown WHERE since > :now AND until IS NOT NULL;
UPDATE channels SET claimed_at = :looked_for WHERE claimed_at > :now;
UPDATE set_aside SET claimed_at = :looked_for WHERE claimed_at > :now;
UPDATE set_aside SET next_try = :now WHERE next_try > :soon;
UPDATE channels SET pause_told_at = :now WHERE pause_told_at > :now;
UPDATE channels SET paused_since = min(paused_since, :now), probe_at = min(probe_at, :probe)
    WHERE paused_since > :now OR probe_at > :probe;
UPDATE channels SET quiet_since = :now WHERE quiet_since > :now;
UPDATE saved SET at = :now WHERE at > :now;
UPDATE opinions SET at = :now WHERE at > :now;
UPDATE posting_outages SET since = min(since, :now), next_try = min(next_try, :soon)
    WHERE since > :now OR next_try > :soon
"""

BRING_DIGEST = "UPDATE channels SET digest_due = :due WHERE rhythm = :schedule AND digest_due > :due RETURNING pk"

TOO_FAR_AHEAD = """
SELECT pk FROM channels WHERE next_due > max(:soon, coalesce(digest_due, ''), coalesce(quiet_until, ''))
"""


class SqlMoments:
    """See `Moments`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def schedules(self) -> Sequence[str]:
        """Every schedule; see `Moments.schedules`."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT rhythm FROM channels WHERE digest_due IS NOT NULL")
            return [row["rhythm"] or "" for row in rows]

    def set_right(self, *, now: datetime, soon: datetime, digests: Mapping[str, datetime]) -> int:
        """Bring back what lies too far ahead; see `Moments.set_right`."""
        values = {
            "now": stamp(now),
            "soon": stamp(soon),
            "edited": stamp(now + EDITED_WITHIN),
            "probe": stamp(now + PROBE_EVERY),
            "followed": stamp(now + WATCHED_FOR),
            "looked_for": stamp(now - LOOKED_FOR),
            "unknown": stamp(now - UNKNOWN),
        }
        with self._database.writing() as connection:
            rows = sum(connection.execute(statement, values).rowcount for statement in SET_RIGHT.split(";"))
            channels = {
                row["pk"]
                for schedule, due in digests.items()
                for row in connection.execute(BRING_DIGEST, {"schedule": schedule, "due": stamp(due)}).fetchall()
            }
            channels |= {row["pk"] for row in connection.execute(TOO_FAR_AHEAD, values).fetchall()}
            connection.executemany(DUE_AGAIN, [{"channel": pk, "at": stamp(now)} for pk in channels])
            return rows + len(channels)
