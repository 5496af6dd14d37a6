"""Schedules for the tests: any, and those that are written."""

from __future__ import annotations

import zoneinfo

from hypothesis import strategies as st

from bot.delivery.digest_schedules import Schedule

ZONES = st.sampled_from(["UTC", *sorted(name for name in zoneinfo.available_timezones() if "/" in name)])

SCHEDULES = st.builds(
    Schedule,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    ZONES,
    st.booleans(),
    st.none() | st.integers(1, 10),
)


def parsed(text: str) -> Schedule:
    """The schedule in ``text``."""
    schedule = Schedule.parse(text)
    assert schedule is not None
    return schedule
