"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.dates import days_named, weekday_named

MONDAY = date(2026, 11, 30)

ALIKE = [
    ("today", "2026-11-30"),
    ("Yesterday", "2026-11-29"),
    ("tomorrow", "2026-12-01"),
    ("the day before yesterday", "2026-11-28"),
    ("3 days ago", "2026-11-27"),
    ("a week ago", "2026-11-23"),
    ("two days ago", "2026-11-28"),
    ("in 3 days", "2026-12-03"),
    ("last friday", "2026-11-27"),
    ("previous friday", "2026-11-27"),
    ("yesterday's papers", "2026-11-29"),
    ("this morning", "2026-11-30"),
    ("last monday", "2026-11-23"),
    ("this friday", "2026-12-04"),
    ("next tue", "2026-12-01"),
    ("2026-11-24", "2026-11-24"),
    ("2026/11/24", "2026-11-24"),
    ("20261124", "2026-11-24"),
    ("24.11.2026", "2026-11-24"),
    ("24.11.26", "2026-11-24"),
    ("24 Nov 2026", "2026-11-24"),
    ("November 24, 2026", "2026-11-24"),
    ("24-nov-2026", "2026-11-24"),
    ("Tuesday, 24 November 2026", "2026-11-24"),
]
"""What means the same day whichever way one looks."""

EITHER_WAY = [
    ("tuesday", "2026-11-24", "2026-12-01"),
    ("monday", "2026-11-30", "2026-12-07"),
    ("on Thurs", "2026-11-26", "2026-12-03"),
    ("24 Nov", "2026-11-24", "2027-11-24"),
    ("Nov 24", "2026-11-24", "2027-11-24"),
    ("24th of November", "2026-11-24", "2027-11-24"),
    ("24.11.", "2026-11-24", "2027-11-24"),
    ("24.11", "2026-11-24", "2027-11-24"),
    ("24/11", "2026-11-24", "2027-11-24"),
    ("11/24", "2026-11-24", "2027-11-24"),
    ("5/5", "2026-05-05", "2027-05-05"),
    ("24 Dec", "2025-12-24", "2026-12-24"),
    ("1 Dec", "2026-12-01", "2026-12-01"),
    ("Sept 3", "2026-09-03", "2027-09-03"),
    ("the 24th", "2026-11-24", "2026-12-24"),
    ("29 Feb", "2024-02-29", "2028-02-29"),
]
"""What means the latest such day, or the next one."""


@pytest.mark.parametrize(
    ("text", "latest", "following"), [*((text, day, day) for text, day in ALIKE), *EITHER_WAY], ids=str
)
def test_a_day_is_read_however_people_write_it(text: str, latest: str, following: str) -> None:
    assert [str(day) for day in days_named(text, MONDAY)] == [latest]
    assert [str(day) for day in days_named(text, MONDAY, ahead=True)] == [following]


def test_figures_that_may_be_two_days_are_both() -> None:
    assert days_named("3/4", MONDAY) == (date(2026, 4, 3), date(2026, 3, 4))
    assert days_named("3/4/2026", MONDAY) == (date(2026, 4, 3), date(2026, 3, 4))
    assert days_named("3.4.", MONDAY) == (date(2026, 4, 3),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "5",
        "nov",
        "31.2.",
        "2026-13-01",
        "30/30",
        "Mon 24 Nov",
        "ma 3",
        "last week",
        "2 hours ago",
        "٣ Nov",
        "24 nov nov",
        "24 Nov 2026 and more",
        "999999999 weeks ago",
        "0 days ago",
        "32nd",
        "tuesday" * 20,
    ],
)
def test_what_is_no_day_means_none(text: str) -> None:
    assert days_named(text, MONDAY) == ()


@given(text=st.text(max_size=30), today=st.dates(date(1, 1, 1), date(9999, 12, 31)), ahead=st.booleans())
def test_any_text_means_at_most_two_days(text: str, today: date, *, ahead: bool) -> None:
    assert len(days_named(text, today, ahead=ahead)) <= 2


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_as_itself_in_each_form_with_a_year(day: date) -> None:
    forms = [f"{day}", f"{day:%d.%m.%Y}", f"{day:%d %b %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%A, %d %B %Y}"]
    assert {days_named(form, MONDAY) for form in forms} == {(day,)}


@pytest.mark.parametrize(
    ("word", "weekday"),
    [
        ("mon", 0),
        ("Tues", 1),
        ("weds", 2),
        ("thursdays", 3),
        ("fr", 4),
        ("sat.", 5),
        ("sunday's", 6),
        ("t", None),
        ("montag", None),
        ("", None),
        ("days", None),
    ],
)
def test_a_weekday_is_known_by_its_beginning(word: str, weekday: int | None) -> None:
    assert weekday_named(word) == weekday
