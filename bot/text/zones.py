"""Time zones as people name them: Europe/Berlin, PST, UTC+2, India, San Francisco."""

from __future__ import annotations

import difflib
import importlib.resources
import re
import unicodedata
import zoneinfo
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import airportsdata

from bot.text.zone_nicknames import PLACES

NOT_ZONES = {"Factory", "localtime", "posixrules"}
"""Files in the tz database that are not time zones."""

NO_PLACE = "Etc/"
"""The prefix of zones that are no place; their signs mislead: ``Etc/GMT+2`` is two hours *west* of Greenwich."""

MOST = 5
"""The most zones that a name is said to mean."""

LONGEST_TEXT = 60
"""Characters that are read; the longest name of a zone has 32."""

CLEARLY = 3
"""How many times more often a city's name must stand for one zone than for all others, to mean that zone alone."""

SHORTEST_SLIP = 5
"""Letters from which a similar name is offered: of three letters, any is similar to many."""

CLOSE = 0.8
"""How alike a similar name is, from 0 to 1."""

MAINLAND = re.compile(r"^most of |\(mainland\)$|^Beijing Time$")
"""How the tz database's list of places marks the zone of nearly everybody in a country."""

COUNTRIES_TOO = {
    "united kingdom": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "uk": "GB", "us": "US", "usa": "US", "america": "US",
    "united states of america": "US", "korea": "KR", "republic of korea": "KR",
    "ksa": "SA", "uae": "AE", "emirates": "AE", "czechia": "CZ", "turkiye": "TR",
    "holland": "NL", "the netherlands": "NL",
    "viet nam": "VN", "swaziland": "SZ", "russian federation": "RU", "ivory coast": "CI", "prc": "CN",
}  # fmt: skip
"""Usual names that the tz database's list of countries leaves out."""

OFFSET = re.compile(r"(?:utc|gmt|z)? ?([+-]) ?([0-9]{1,2})(?::?([0-9]{2}))?")

MARKS = str.maketrans("_/,−’", "   -'")

SUFFIX = re.compile(r" (?:(?:standard|daylight|summer|local) )?time(?: ?zone)?$|'s time$")


@lru_cache(maxsize=1)
def available_zones() -> Collection[str]:
    """The names of the tz database; looking for them takes a while."""
    return frozenset(zoneinfo.available_timezones() - NOT_ZONES)


def zones_meant(text: str) -> Sequence[str]:
    """The IANA names of the zones that ``text`` may mean, the likeliest first; none where it means none.

    Zones that are alike in every season count as one.
    """
    typed = _folded(text)
    if not typed or len(text) > LONGEST_TEXT:
        return ()
    return different_zones(_read(typed) or _read(typed.replace("-", " ")) or _within(typed))[:MOST]


def _read(typed: str) -> Sequence[str]:
    for read in (_offset, _nickname, _by_name, _country, _place, _older_name):
        found = read(typed) or (read(bare) if (bare := SUFFIX.sub("", typed)) != typed else ())
        if found:
            return found
    return ()


def _within(typed: str) -> Sequence[str]:
    """A city with its country or state behind it: ``Cambridge UK``; of a state's code, such as NY, nothing is known."""
    city, _, place = typed.rpartition(" ")
    zones = _read(city) if city else ()
    rules = set(map(_rules, _read(place)))
    there = [zone for zone in zones if _rules(zone) in rules]
    return there or (zones if len(place) == len("NY") and place.isalpha() else ())


def nearest_zone(text: str) -> str:
    """The zone whose name, city or country is spelled most like ``text``; empty where none is."""
    typed = _folded(text[:LONGEST_TEXT])
    if len(typed) < SHORTEST_SLIP:
        return ""
    # The zone's own names first: among more names, a slip may be as near to one that nobody meant.
    for names in ({**_zone_cities(), **_zone_names()}, _countries(), _places()):
        # Few slips are in the first letter, and of the many cities one is like almost any word.
        beginning_alike = [name for name in names if name[:1] == typed[0]]
        if near := difflib.get_close_matches(typed, beginning_alike, n=1, cutoff=CLOSE):
            return (_country(near[0]) or names[near[0]])[0]
    return ""


def zones_beginning(text: str) -> Iterator[str]:
    """Zones whose name, or whose city's name, begins with ``text``."""
    typed = _folded(text)
    offered = [name for (name,) in _zone_names().values() if not name.startswith(NO_PLACE)]
    by_name = [name for name in offered if _folded(name).startswith(typed)]
    by_city = [name for name in offered if _folded(name.rpartition("/")[2]).startswith(typed)]
    yield from dict.fromkeys([*by_name, *by_city])


def _folded(text: str) -> str:
    """In lower case, without accents, and with blanks where IANA has other marks."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(plain.lower().translate(MARKS).replace(" & ", " and ").split())


def _offset(typed: str) -> Sequence[str]:
    """``UTC+2``, ``GMT-5``, ``+05:30``: a zone with that offset all year round."""
    found = OFFSET.fullmatch(typed)
    if not found:
        return ()
    sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
    if not minutes:
        # https://data.iana.org/time-zones/tzdb/etcetera: the sign is that of POSIX.
        name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
        return (name,) if name in available_zones() else ()
    offset = timedelta(hours=hours, minutes=minutes) * (1 if sign == "+" else -1)
    return [zone for zones in _zones_of_countries().values() for zone in zones if set(_rules(zone)) == {offset}]


def _nickname(typed: str) -> Sequence[str]:
    return [zone for zone, names in PLACES.items() if typed in names]


def _by_name(typed: str) -> Sequence[str]:
    """A name of the tz database, whole or without its continent."""
    return _zone_names().get(typed) or _zone_cities().get(typed, ())


def _country(typed: str) -> Sequence[str]:
    """A country: the zone of nearly everybody in it, or its zones by how many airports are in them; or a namesake."""
    zones = _countries().get(typed, ())
    if len(different_zones(zones)) > 1:
        # Of zones that are alike, too, the one with most airports stands for all: São Paulo rather than Belém.
        airports = _airports_of_zones()
        alike: Counter[tuple[timedelta, ...]] = Counter()
        for zone in zones:
            alike[_rules(zone)] += airports[zone]
        zones = sorted(zones, key=lambda zone: (-alike[_rules(zone)], -airports[zone]))
    return [*zones, *_places().get(typed, ())] if zones else ()


def _place(typed: str) -> Sequence[str]:
    """A city with an airport, also with its state or country behind it: ``Portland, Oregon``; or a state."""
    return _places().get(typed, ()) or _cities_of().get(typed, ())


def _older_name(typed: str) -> Sequence[str]:
    """A name that the tz database keeps for the sake of older systems: ``EST5EDT``, ``NZ``."""
    return _older_names().get(typed, ())


def different_zones(zones: Iterable[str]) -> list[str]:
    """The zones, without those that are alike in every season to an earlier one."""
    different: dict[tuple[timedelta, ...], str] = {}
    for zone in zones:
        different.setdefault(_rules(zone), zone)
    return list(different.values())


@lru_cache(maxsize=1024)
def _rules(zone: str) -> tuple[timedelta, ...]:
    """The zone's offsets in each month of this year and the next."""
    year, clock = datetime.now(UTC).year, zoneinfo.ZoneInfo(zone)
    months = (datetime(year + number // 12, number % 12 + 1, 15, tzinfo=clock) for number in range(24))
    return tuple(month.utcoffset() or timedelta() for month in months)


@lru_cache(maxsize=1)
def _zone_names() -> Mapping[str, Sequence[str]]:
    """Every zone by its name, but for those without a continent."""
    names = sorted(available_zones())
    return {_folded(name): (name,) for name in names if "/" in name or name in {"UTC", "GMT"}} | {"z": ("UTC",)}


@lru_cache(maxsize=1)
def _older_names() -> Mapping[str, Sequence[str]]:
    names = sorted(available_zones())
    return {_folded(name): (name,) for name in names if "/" not in name}


@lru_cache(maxsize=1)
def _zone_cities() -> Mapping[str, Sequence[str]]:
    """Zones that are a place, by the last part of their name: people know the zone of their city by the city."""
    places = {zone for zones in _zones_of_countries().values() for zone in zones}
    # Older names of a place stand for the same zone; a place's present name comes first.
    ordered = sorted(available_zones(), key=lambda name: (name not in places, name))
    cities: dict[str, Sequence[str]] = {}
    for name in ordered:
        if "/" in name and not name.startswith((NO_PLACE, "US/", "Canada/", "Mexico/", "Brazil/", "Chile/")):
            cities.setdefault(_folded(name.rpartition("/")[2]), (name,))
    return cities


def _table(name: str) -> list[list[str]]:
    """The lines of a table that comes with the tz database, each with its columns."""
    text = (importlib.resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@lru_cache(maxsize=1)
def _zones_of_countries() -> Mapping[str, Sequence[str]]:
    """The zones of each country, by its code: that of nearly everybody alone, else all."""
    zones: dict[str, list[str]] = {}
    mainland: dict[str, list[str]] = {}
    for code, _, name, *comment in _table("zone.tab"):
        if name in available_zones():
            zones.setdefault(code, []).append(name)
            if comment and MAINLAND.search(comment[0]):
                mainland.setdefault(code, []).append(name)
    return zones | mainland


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Sequence[str]]:
    """The zones of each country, by its names: ``Korea (South)`` is also “south korea”, ``Myanmar (Burma)`` “burma”."""
    codes: dict[str, str] = dict(COUNTRIES_TOO)
    for code, name in _table("iso3166.tab"):
        head, _, aside = _folded(name).removesuffix(")").partition(" (")
        codes[head] = codes.get(head, code)
        if aside:
            codes = {aside: code, f"{aside} {head}": code} | codes
    by_code = _zones_of_countries()
    return {name: by_code[code] for name, code in codes.items() if code in by_code}


@lru_cache(maxsize=1)
def _places() -> Mapping[str, Sequence[str]]:
    """The zones of cities, states and provinces that have an airport."""
    return _most_often((airport[where], airport["tz"]) for airport in _airports() for where in ("city", "subd"))


@lru_cache(maxsize=1)
def _cities_of() -> Mapping[str, Sequence[str]]:
    """The zones of the same cities, by their names with their state's, their country's, or its code."""
    codes = dict(_table("iso3166.tab"))
    return _most_often(
        (f"{airport['city']} {where}", airport["tz"])
        for airport in _airports()
        for where in (airport["subd"], airport["country"], codes.get(airport["country"], ""))
        if where and airport["city"]
    )


@lru_cache(maxsize=1)
def _airports_of_zones() -> Counter[str]:
    """How many airports are in each zone."""
    return Counter(airport["tz"] for airport in _airports())


def _airports() -> Collection[airportsdata.Airport]:
    known = available_zones()
    return [airport for airport in airportsdata.load("IATA").values() if airport["tz"] in known]


def _most_often(named: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """The zones of each name, the most frequent first; that one alone where it is so clearly."""
    counts: dict[str, Counter[str]] = {}
    for name, zone in named:
        counts.setdefault(_folded(name), Counter())[zone] += 1
    return {name: _clearly(count) for name, count in counts.items() if name}


def _clearly(count: Counter[str]) -> Sequence[str]:
    [(first, times), *_] = ranked = count.most_common()
    return (first,) if times >= CLEARLY * (count.total() - times) else [zone for zone, _ in ranked]
