"""Making what a file of subscriptions asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from bot.domain import ChannelPlan, PlanResult
from bot.errors import TooManySubscriptions
from storage.channels import known
from storage.columns import stamp
from storage.outbox.next_due import DUE_AGAIN, FOR_EVER
from storage.subscriptions.insert import insert


def follow(connection: sqlite3.Connection, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> PlanResult:
    """Make what these plans lack; see `SubscriptionStore.follow`."""
    made = found = schedules = pauses = 0
    for plan in plans:
        pk, number = known(connection, plan.channel)
        before = number
        for each in plan.subscriptions:
            number += insert(connection, pk, number, each, at)
        if number > before:
            _check_limit(connection, pk, plan, limit)
            connection.execute("UPDATE channels SET next_number = ? WHERE pk = ?", (number, pk))
        made += number - before
        found += len(plan.subscriptions) - (number - before)
        new_schedule, new_pause = _set_schedule(connection, pk, plan), _quieten(connection, pk, plan)
        if new_schedule or new_pause:
            connection.execute(DUE_AGAIN, {"channel": pk, "at": stamp(at)})
        schedules += new_schedule
        pauses += new_pause
    return PlanResult(made, found, schedules, pauses)


def _check_limit(connection: sqlite3.Connection, pk: int, plan: ChannelPlan, limit: int) -> None:
    count = connection.execute("SELECT count(*) FROM subscriptions WHERE channel = ?", (pk,)).fetchone()[0]
    if count > limit:
        raise TooManySubscriptions(str(plan.channel), count=count, limit=limit)


def _set_schedule(connection: sqlite3.Connection, pk: int, plan: ChannelPlan) -> int:
    """Set the planned schedule where it is another; a digest that is due then stays due where it is the same."""
    if not plan.sets_schedule:
        return 0
    return connection.execute(
        "UPDATE channels SET rhythm = :schedule, digest_due = :due, digest_last = NULL, empty_digests = :empty"
        " WHERE pk = :pk AND rhythm IS NOT :schedule",
        {
            "schedule": plan.schedule or None,
            "due": stamp(plan.digest_due) if plan.digest_due else None,
            "empty": plan.even_if_empty,
            "pk": pk,
        },
    ).rowcount


def _quieten(connection: sqlite3.Connection, pk: int, plan: ChannelPlan) -> int:
    """Set the planned pause where it is another."""
    quiet = plan.quiet
    if quiet is None:
        return 0
    until = stamp(quiet.until) if quiet.until else FOR_EVER
    return connection.execute(
        "UPDATE channels SET quiet_since = :since, quiet_until = :until, quiet_by = :by"
        " WHERE pk = :pk AND (quiet_since, quiet_until, quiet_by) IS NOT (:since, :until, :by)",
        {"since": stamp(quiet.since), "until": until, "by": quiet.by, "pk": pk},
    ).rowcount
