"""How schedules are written, completed and described."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.digest_schedules import Schedule, completions
from bot.errors import CommandError
from tests.bot.delivery.schedules import SCHEDULES, parsed


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("daily 09:00 Europe/Berlin", "daily 09:00 Europe/Berlin"),
        ("  DAILY   9:00 europe/berlin ", "daily 09:00 Europe/Berlin"),
        ("daily 09:00", "daily 09:00 UTC"),
        ("weekdays 17:30 Asia/Kolkata", "weekdays 17:30 Asia/Kolkata"),
        ("weekly mon 09:00", "weekly mon 09:00 UTC"),
        ("Weekly Thursday 09:00 America/New York", "weekly thu 09:00 America/New_York"),
        ("weekly thurs 09:00", "weekly thu 09:00 UTC"),
        ("weekly fri, mon 09:00 Even If Empty", "weekly mon fri 09:00 UTC even if empty"),
        ("weekly mon,tue,wed,thu,fri 09:00", "weekdays 09:00 UTC"),
        ("daily 0:00 utc even if empty", "daily 00:00 UTC even if empty"),
        ("9am", "daily 09:00 UTC"),
        ("9", "daily 09:00 UTC"),
        ("every day at 9", "daily 09:00 UTC"),
        ("every morning at 9:30", "daily 09:30 UTC"),
        ("every friday morning at 9", "weekly fri 09:00 UTC"),
        ("weekday mornings 8am", "weekdays 08:00 UTC"),
        ("daily 9am my time", "daily 09:00 UTC"),
        ("weekdays at 8 in our local time", "weekdays 08:00 UTC"),
        ("daily 9.30", "daily 09:30 UTC"),
        ("daily noon", "daily 12:00 UTC"),
        ("9:00 PM daily", "daily 21:00 UTC"),
        ("daily 9 o'clock", "daily 09:00 UTC"),
        ("weekdays 9am", "weekdays 09:00 UTC"),
        ("business days at 8.30", "weekdays 08:30 UTC"),
        ("mon-fri 9am", "weekdays 09:00 UTC"),
        ("Monday to Wednesday at 9", "weekly mon tue wed 09:00 UTC"),
        ("sat – mon 9:00", "weekly mon sat sun 09:00 UTC"),
        ("mondays 09:00", "weekly mon 09:00 UTC"),
        ("weekends 10am", "weekly sat sun 10:00 UTC"),
        ("mon, wed and fri 8am", "weekly mon wed fri 08:00 UTC"),
        ("every week on Friday 16:00", "weekly fri 16:00 UTC"),
        ("every monday at 5 p.m. in New York", "weekly mon 17:00 America/New_York"),
        ("in Berlin at 9 every day", "daily 09:00 Europe/Berlin"),
        ("daily Berlin 9am", "daily 09:00 Europe/Berlin"),
        ("daily 09:00 berlin", "daily 09:00 Europe/Berlin"),
        ("daily 09:00 PST", "daily 09:00 America/Los_Angeles"),
        ("Daily 7:30 a.m. Eastern Time", "daily 07:30 America/New_York"),
        ("daily 09:00 San Francisco", "daily 09:00 America/Los_Angeles"),
        ("daily 09:00 India", "daily 09:00 Asia/Kolkata"),
        ("daily 9am UTC + 2", "daily 09:00 Etc/GMT-2"),
        ("daily 9am even when there's nothing new", "daily 09:00 UTC even if empty"),
        ("daily 09:00 top 5", "daily 09:00 UTC top 5"),
        ("top 10 papers, weekdays 9am Berlin", "weekdays 09:00 Europe/Berlin top 10"),
        ("mondays 9am with at most five papers", "weekly mon 09:00 UTC top 5"),
        ("daily 09:00 Europe/Berlin top 10 even if empty", "daily 09:00 Europe/Berlin top 10 even if empty"),
    ],
)
def test_a_schedule_is_read_however_it_is_written(written: str, canonical: str) -> None:
    assert str(parsed(written)) == canonical


@given(schedule=SCHEDULES)
def test_the_canonical_form_of_a_schedule_is_read_as_the_same_schedule(schedule: Schedule) -> None:
    assert Schedule.parse(str(schedule)) == schedule


@pytest.mark.parametrize("text", [" Instant ", "off", "no digest", "at once", "None", "immediately."])
def test_instant_means_no_schedule(text: str) -> None:
    assert Schedule.parse(text) is None


def test_a_schedule_without_a_zone_is_in_the_one_that_is_given() -> None:
    assert str(Schedule.parse("daily 9am", zone="Asia/Tokyo")) == "daily 09:00 Asia/Tokyo"
    assert str(Schedule.parse("daily 9am Berlin", zone="Asia/Tokyo")) == "daily 09:00 Europe/Berlin"


@pytest.mark.parametrize(
    ("written", "message", "repair"),
    [
        ("", "I don't understand that schedule.", "daily 09:00"),
        ("hourly", "I don't understand the schedule “hourly”.", "daily 09:00"),
        ("daily", "At what time?", "daily 09:00 UTC"),
        ("daily 24:00", "I can't read “24:00” as a time.", "HH:MM"),
        ("daily 9-10", "I can't read “9-10” as a time.", "HH:MM"),
        ("daily 9am and 5pm", "I can use only one of these times.", "daily 09:00 UTC or daily 17:00 UTC"),
        ("daily 09:60", "I can't read “09:60” as a time.", "HH:MM"),
        ("weekly 09:00", "On which days of the week?", "mondays 09:00"),
        ("weekly t 09:00", "I can't read “t” as a day of the week.", "mon, tue"),
        ("daily ٠٩:٠٠", "as a time.", "HH:MM"),
        ("daily 09:00 UTC and more", "I don't know the time zone", ""),
        ("weekly montag 09:00", "I can't read “montag” as a day of the week.", "mon, tue"),
        ("every other day 9am", "I don't understand the schedule “every other day 9am”.", "daily 09:00"),
        ("daily 09:00 IST", "“IST” can mean several time zones.", "Asia/Kolkata, Europe/Dublin or Asia/Jerusalem"),
        ("daily 09:00 Europe/Berlni", "I don't know the time zone", "Did you mean Europe/Berlin?"),
        ("daily 09:00 ../../etc/passwd", "I don't know the time zone", "Europe/Berlin"),
        ("daily 09:00 localtime", "I don't know the time zone", ""),
        ("daily 09:00 \0", "I don't know the time zone", "Europe/Berlin"),
        (
            "daily 09:00 top 11",
            "I can't limit a digest to the top 11 papers.",
            "1 to 10. For example: daily 09:00 UTC top 10",
        ),
        ("top 50", "I can't limit a digest to the top 50 papers.", "daily 09:00 UTC top 10"),
        ("daily 09:00 top 0", "A digest of no papers is no digest.", "daily 09:00 UTC top 1"),
        ("every 2 days 9am", "I don't understand the schedule “every 2 days 9am”.", "weekdays 9am"),
        ("every second monday 9am", "I don't understand the schedule", "mondays 17:30"),
        ("daily 9 and weekends 10", "I can't read “10” as a time.", "HH:MM"),
        ("top 3", "At what time?", "daily 09:00 UTC top 3"),
        ("on", "At what time?", "daily 09:00 UTC"),
        ("instant even if empty", "I don't understand the schedule “instant even if empty”.", "daily"),
        ("even if empty", "I don't understand the schedule “even if empty”.", "daily"),
        ("daily " * 1000, "I don't understand that schedule.", "daily"),
    ],
)
def test_a_mistake_in_a_schedule_is_explained_with_a_repair(written: str, message: str, repair: str) -> None:
    with pytest.raises(CommandError) as caught:
        Schedule.parse(written)
    assert message in caught.value.message
    assert repair in caught.value.repair


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("daily 9am Berlni", ["daily 09:00 Europe/Berlin"]),
        ("daily 9am CST", ["daily 09:00 America/Chicago", "daily 09:00 Asia/Shanghai"]),
        ("weekdays", ["weekdays 09:00 UTC"]),
        ("mondays 9am and 5pm", ["weekly mon 09:00 UTC", "weekly mon 17:00 UTC"]),
        ("weekly 9am", [f"weekly {day} 09:00 UTC" for day in "mon tue wed thu fri".split()]),
        ("daily 9am XYZ", []),
        ("every friday morning", ["weekly fri 09:00 UTC"]),
        ("mondays 9am Berlin top 40", ["weekly mon 09:00 Europe/Berlin top 10"]),
    ],
)
def test_schedules_that_may_be_meant_are_offered(written: str, offered: list[str]) -> None:
    with pytest.raises(CommandError) as caught:
        Schedule.parse(written)
    assert [instead.text.removeprefix("digest ") for instead in caught.value.instead] == offered


@given(text=st.one_of(st.text(), st.lists(st.sampled_from("daily weekly mon 09:00 UTC , : even if empty".split()))))
def test_any_text_is_either_a_schedule_or_refused(text: str | list[str]) -> None:
    try:
        schedule = Schedule.parse(text if isinstance(text, str) else " ".join(text))
    except CommandError:
        return
    assert schedule is None or Schedule.parse(str(schedule)) == schedule


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("daily 09:00 Europe/Berlin", "every day at 09:00 (Europe/Berlin)"),
        ("weekdays 09:00", "every weekday at 09:00 (UTC)"),
        ("weekly mon 09:00", "every Monday at 09:00 (UTC)"),
        ("weekly mon thu 09:00", "every Monday and Thursday at 09:00 (UTC)"),
        ("daily 09:00 even if empty", "every day at 09:00 (UTC), even if there is nothing new"),
        ("daily 09:00 top 5 even if empty", "every day at 09:00 (UTC), top 5 by votes, even if there is nothing new"),
        ("daily 09:00 UTC+2", "every day at 09:00 (UTC+2)"),
    ],
)
def test_a_schedule_is_described_in_words(written: str, words: str) -> None:
    assert parsed(written).in_words() == words


def test_schedules_are_completed_while_they_are_typed() -> None:
    assert list(completions("we")) == ["weekdays 09:00", "weekly mon 09:00"]
    assert "instant" in list(completions(""))
    assert list(completions("daily 08:00 europe/berl")) == ["daily 08:00 Europe/Berlin"]
    assert "daily 08:00 Europe/Berlin" in list(completions("daily 08:00 berl"))
    zone = list(completions("daily 08:00 utc"))
    assert zone == ["daily 08:00 UTC", "daily 08:00 UTC top 10", "daily 08:00 UTC even if empty"]
    time = list(completions("daily 08:00"))[:3]
    assert time == ["daily 08:00", "daily 08:00 top 10", "daily 08:00 even if empty"]
    assert "daily 08:00 top 10" in list(completions("daily 08:00 to"))


@given(text=st.text(max_size=30))
def test_completing_any_text_raises_nothing(text: str) -> None:
    assert all(isinstance(schedule, str) for schedule in completions(text))


@given(text=st.sampled_from(["", "d", "weekly mon 7:30 ", "daily 09:00 a", "weekdays 23:59 new york"]))
def test_every_completion_is_a_schedule(text: str) -> None:
    for schedule in completions(text):
        Schedule.parse(schedule)


def test_times_are_to_the_minute() -> None:
    assert parsed("daily 9:05").at == time(9, 5)
