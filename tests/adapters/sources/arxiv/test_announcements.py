"""When arXiv announces what is submitted: https://info.arxiv.org/help/availability.html."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.arxiv.announcements import earliest_list, may_announce


@pytest.mark.parametrize(
    ("submitted", "listed"),
    [
        ("Mon 2026-08-24 13:59", date(2026, 8, 25)),
        ("Mon 2026-08-24 14:00", date(2026, 8, 26)),
        ("Tue 2026-08-25 13:59", date(2026, 8, 26)),
        ("Wed 2026-08-26 14:00", date(2026, 8, 28)),
        ("Thu 2026-08-27 13:59", date(2026, 8, 28)),
        ("Thu 2026-08-27 14:00", date(2026, 8, 31)),
        ("Fri 2026-08-28 13:59", date(2026, 8, 31)),
        ("Fri 2026-08-28 18:22", date(2026, 9, 1)),
        ("Sat 2026-08-29 09:00", date(2026, 9, 1)),
        ("Sun 2026-08-30 23:59", date(2026, 9, 1)),
        ("Mon 2026-08-31 13:59", date(2026, 9, 1)),
    ],
)
def test_the_deadline_in_new_york_decides(submitted: str, listed: date) -> None:
    local = datetime.strptime(submitted[4:], "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("America/New_York"))
    assert f"{local:%a}" == submitted[:3]
    assert earliest_list(local.astimezone(UTC)) == listed


MOMENTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(MOMENTS)
def test_it_is_announced_on_a_working_day_within_four_days(submitted: datetime) -> None:
    listed = earliest_list(submitted)
    assert may_announce(listed)
    assert 0 <= (listed - submitted.date()).days <= 4


@given(MOMENTS, st.integers(0, 1_000_000))
def test_who_submits_later_is_not_announced_earlier(submitted: datetime, seconds: int) -> None:
    assert earliest_list(submitted + timedelta(seconds=seconds)) >= earliest_list(submitted)
