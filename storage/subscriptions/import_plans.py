"""Applies a file of subscriptions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from bot.domain import ChannelPlan, NewSubscription, PlanResult
from bot.errors import TooManySubscriptions
from storage.channels import known, set_quiet
from storage.columns import maybe_stamp, stamp
from storage.outbox.next_due import DUE_AGAIN
from storage.subscriptions.insert import insert


def follow(connection: sqlite3.Connection, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> PlanResult:
    """Make what these plans lack; see `SubscriptionStore.follow`."""
    made = found = schedules = pauses = paused = 0
    for plan in plans:
        pk, number = known(connection, plan.channel)
        before = number
        for wanted in plan.subscriptions:
            number += insert(connection, pk, number, wanted, at)
            paused += _pause(connection, pk, wanted) if wanted.paused_at else 0
        if number > before:
            _check_limit(connection, pk, plan, limit)
            connection.execute("UPDATE channels SET next_number = ? WHERE pk = ?", (number, pk))
        made += number - before
        found += len(plan.subscriptions) - (number - before)
        new_schedule = _set_schedule(connection, pk, plan) if plan.sets_schedule else 0
        new_pause = set_quiet(connection, pk, plan.quiet) if plan.quiet else 0
        if new_schedule or new_pause:
            connection.execute(DUE_AGAIN, {"channel": pk, "at": stamp(at)})
        schedules += new_schedule
        pauses += new_pause
    return PlanResult(made, found, schedules, pauses, paused)


def _check_limit(connection: sqlite3.Connection, pk: int, plan: ChannelPlan, limit: int) -> None:
    count = connection.execute("SELECT count(*) FROM subscriptions WHERE channel = ?", (pk,)).fetchone()[0]
    if count > limit:
        raise TooManySubscriptions(str(plan.channel), count=count, limit=limit)


def _pause(connection: sqlite3.Connection, pk: int, wanted: NewSubscription) -> int:
    """Pause the channel's subscription to that query, unless it is paused already."""
    return connection.execute(
        "UPDATE subscriptions SET paused_at = ?, paused_by = ? WHERE channel = ? AND paused_at IS NULL"
        " AND query = (SELECT pk FROM queries WHERE canonical = ?)",
        (maybe_stamp(wanted.paused_at), wanted.paused_by, pk, wanted.canonical),
    ).rowcount


def _set_schedule(connection: sqlite3.Connection, pk: int, plan: ChannelPlan) -> int:
    """Set the planned schedule if the channel has another one; if it is the same, its next digest stays due."""
    return connection.execute(
        "UPDATE channels SET rhythm = :schedule, digest_due = :due, digest_last = NULL, empty_digests = :empty,"
        " digest_top = :top"
        " WHERE pk = :pk AND rhythm IS NOT :schedule",
        {
            "schedule": plan.schedule or None,
            "due": maybe_stamp(plan.digest_due),
            "empty": plan.even_if_empty,
            "top": plan.top,
            "pk": pk,
        },
    ).rowcount
