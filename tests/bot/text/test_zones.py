"""Time zones as people name them."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.zone_nicknames import PLACES
from bot.text.zones import nearest_zone, zones_beginning, zones_meant


def abbreviations(zone: str) -> set[str]:
    """What the tz database calls the zone's time, in January and in July."""
    return {str(datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).tzname()) for month in (1, 7)}


PLACED = sorted(name for name in zoneinfo.available_timezones() if "/" in name)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        ("europe berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("UTC", "UTC"),
        ("Z", "UTC"),
        ("GMT", "GMT"),
        ("PST", "America/Los_Angeles"),
        ("PDT", "America/Los_Angeles"),
        ("Pacific time", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("CET", "Europe/Berlin"),
        ("CEST", "Europe/Berlin"),
        ("JST", "Asia/Tokyo"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT-5", "Etc/GMT+5"),
        ("utc + 0", "UTC"),
        ("+05:30", "Asia/Kolkata"),
        ("UTC+5:45", "Asia/Kathmandu"),
        ("India", "Asia/Kolkata"),
        ("Germany", "Europe/Berlin"),
        ("China", "Asia/Shanghai"),
        ("UK", "Europe/London"),
        ("South Korea", "Asia/Seoul"),
        ("Spain", "Europe/Madrid"),
        ("the Netherlands", "Europe/Amsterdam"),
        ("Japan", "Asia/Tokyo"),
        ("California", "America/Los_Angeles"),
        ("San Francisco", "America/Los_Angeles"),
        ("Beijing", "Asia/Shanghai"),
        ("Beijing time", "Asia/Shanghai"),
        ("Boston", "America/New_York"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("Zürich", "Europe/Zurich"),
        ("Saint-Petersburg", "Europe/Moscow"),
        ("Cambridge, UK", "Europe/London"),
        ("New York, NY", "America/New_York"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("München", "Europe/Berlin"),
        ("Oxford", "Europe/London"),
        ("EST5EDT", "EST5EDT"),
    ],
)
def test_a_zone_is_known_by_its_place_its_abbreviation_or_its_offset(text: str, zone: str) -> None:
    assert list(zones_meant(text)) == [zone]


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("IST", ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
        ("CST", ["America/Chicago", "Asia/Shanghai"]),
        ("MST", ["America/Denver", "America/Phoenix"]),
        ("Cambridge", ["Europe/London", "America/New_York"]),
        ("Georgia", ["Asia/Tbilisi", "America/New_York"]),
    ],
)
def test_of_a_name_that_may_be_several_all_are_offered(text: str, zones: list[str]) -> None:
    assert list(zones_meant(text)) == zones


@pytest.mark.parametrize("country", ["US", "Canada", "Australia", "Brazil", "Russia", "Indonesia", "Mexico"])
def test_of_a_wide_country_the_zones_of_most_airports_are_offered(country: str) -> None:
    assert 2 <= len(zones_meant(country)) <= 5


@pytest.mark.parametrize(
    ("country", "zone", "unlikely"),
    [
        ("Brazil", "America/Sao_Paulo", "America/Belem"),
        ("Australia", "Australia/Sydney", "Antarctica/Macquarie"),
        ("Australia", "Australia/Adelaide", "Australia/Broken_Hill"),
        ("Canada", "America/Halifax", "America/Blanc-Sablon"),
        ("USA", "America/New_York", "America/Detroit"),
        ("Russia", "Europe/Moscow", "Europe/Simferopol"),
    ],
)
def test_zones_of_a_country_that_are_alike_are_named_by_the_one_of_most_airports(
    country: str, zone: str, unlikely: str
) -> None:
    assert zone in zones_meant(country)
    assert unlikely not in zones_meant(country)


@pytest.mark.parametrize(
    "text", ["", "foo", "XYZ", "UTC+15", "localtime", "Factory", "\0", "../../etc/passwd", "a" * 99]
)
def test_what_is_no_zone_means_none(text: str) -> None:
    assert list(zones_meant(text)) == []


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlni", "Europe/Berlin"),
        ("europe/berlni", "Europe/Berlin"),
        ("Brasil", "America/Sao_Paulo"),
        ("San Fransisco", "America/Los_Angeles"),
        ("Indien", ""),
        ("XYZ", ""),
        ("foo", ""),
    ],
)
def test_the_nearest_name_is_offered_but_not_to_a_few_letters(text: str, zone: str) -> None:
    assert nearest_zone(text) == zone


def test_zones_are_completed_by_their_name_and_by_their_city() -> None:
    assert "Europe/Berlin" in list(zones_beginning("berl"))
    assert list(zones_beginning("europe/berl")) == ["Europe/Berlin"]


@given(name=st.sampled_from(PLACED))
def test_every_place_of_the_tz_database_is_read_as_itself(name: str) -> None:
    assert list(zones_meant(name)) == [name]


@given(text=st.text(max_size=30))
def test_any_text_means_zones_that_exist(text: str) -> None:
    assert all(ZoneInfo(zone) for zone in zones_meant(text))


@pytest.mark.parametrize("zone", PLACES)
def test_an_abbreviation_of_the_tz_database_belongs_to_places_that_use_it(zone: str) -> None:
    known = {name for place in PLACED for name in abbreviations(place)}
    assert {name.upper() for name in PLACES[zone]} & known <= abbreviations(zone)
