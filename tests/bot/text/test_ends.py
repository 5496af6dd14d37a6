"""Ends of a time as people write them, at 18:00 on a Monday in Berlin."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.ends import ends_named

NOW = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("3d", "3 Dec 18:00"),
        ("for 3 days", "3 Dec 18:00"),
        ("2 weeks", "14 Dec 18:00"),
        ("90 minutes", "30 Nov 19:30"),
        ("1h30m", "30 Nov 19:30"),
        ("1h30", "30 Nov 19:30"),
        ("until 19h30", "30 Nov 19:30"),
        ("tomorrow", "1 Dec 00:00"),
        ("until tomorrow morning", "1 Dec 09:00"),
        ("until 9:00 tomorrow", "1 Dec 09:00"),
        ("tonight", "1 Dec 00:00"),
        ("for the rest of the day", "1 Dec 00:00"),
        ("monday", "7 Dec 00:00"),
        ("until monday", "7 Dec 00:00"),
        ("next week", "7 Dec 00:00"),
        ("over the weekend", "7 Dec 00:00"),
        ("until the end of the week", "7 Dec 00:00"),
        ("until friday at 9", "4 Dec 09:00"),
        ("until friday, 9 p.m.", "4 Dec 21:00"),
        ("until 24 Dec", "24 Dec 00:00"),
        ("until 24.12. 9:30", "24 Dec 09:30"),
        ("until the 24th", "24 Dec 00:00"),
        ("until 19:00", "30 Nov 19:00"),
        ("until 5pm", "1 Dec 17:00"),
        ("until 9", "1 Dec 09:00"),
        ("next month", "1 Dec 00:00"),
    ],
)
def test_an_end_is_read_however_people_write_it(text: str, end: str) -> None:
    [found] = ends_named(text, NOW, BERLIN)
    shown = found.astimezone(ZoneInfo(BERLIN))
    assert f"{shown.day} {shown:%b %H:%M}" == end


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0d", "3m", "48", "yesterday", "until 1 Nov 2026", "a few days", "until", "99999999w", "x" * 99],
)
def test_what_is_no_end_means_none(text: str) -> None:
    assert list(ends_named(text, NOW, BERLIN)) == []


def test_figures_that_may_be_two_days_are_both() -> None:
    assert len(ends_named("until 3/4", NOW, BERLIN)) == 2


@given(text=st.text(alphabet="untilforday 0123456789:./-amp", max_size=30))
def test_every_end_lies_ahead(text: str) -> None:
    assert all(end > NOW for end in ends_named(text, NOW, BERLIN))
