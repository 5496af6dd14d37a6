"""/papers zone, and the question for people's time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands.desk import Desk
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of
from tests.builders import HERE

LONGEST_COMMAND = 100 - len("pw:papers:")
"""Characters after ``/papers`` that a choice may have in Discord."""

LONGEST_SCHEDULE = "weekly mon tue wed thu fri sat 09:00 top 10 even if empty"


def say(desk: Desk, text: str, **given: str) -> Reply:
    """Type ``/papers`` and the text, as somebody whose zone no platform knows."""
    return desk.reply(Invocation(HERE, "ada", "papers", text, **{"person_id": "7", **given}))  # type: ignore[arg-type]


def options(reply: Reply) -> tuple[Button, ...]:
    """The answers that it offers."""
    assert reply.menu is not None
    assert reply.menu.prompt == "Which time zone is yours?"
    return reply.menu.options


def schedule(stores: Stores) -> str:
    """The channel's schedule."""
    channel = stores.channels.get(HERE)
    assert channel is not None
    return channel.schedule


def test_a_schedule_of_somebody_whose_zone_is_unknown_asks_for_it(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "digest daily 9am top 5", locale="de")
    assert (schedule(stores), reply.advice) == ("daily 09:00 UTC top 5", "")
    assert options(reply)[0] == Button("Berlin (now 13:00)", "papers", "zone Europe/Berlin daily 09:00 top 5")


def test_the_answer_sets_the_schedule_in_that_zone_and_is_remembered(desk: Desk, stores: Stores) -> None:
    answer = options(say(desk, "digest daily 9am", locale="de"))[0]
    assert "every day at 09:00 (Europe/Berlin)" in say(desk, answer.text).text
    assert schedule(stores) == "daily 09:00 Europe/Berlin"
    again = say(desk, "digest mondays 8am")
    assert (schedule(stores), again.menu) == ("weekly mon 08:00 Europe/Berlin", None)


def test_whoever_names_a_zone_is_not_asked_and_it_is_not_remembered(desk: Desk) -> None:
    assert say(desk, "digest daily 9am Tokyo").menu is None
    assert say(desk, "zone").text == "I don't know your time zone, so I use UTC."


def test_whose_zone_the_platform_knows_is_not_asked(desk: Desk, stores: Stores) -> None:
    assert say(desk, "digest daily 9am", time_zone="Asia/Tokyo").menu is None
    assert schedule(stores) == "daily 09:00 Asia/Tokyo"


def test_who_cannot_be_remembered_is_told_how_to_name_a_zone(desk: Desk) -> None:
    reply = say(desk, "digest daily 9am top 5", person_id="")
    assert reply.menu is None
    assert reply.advice == "To use your own time zone: /papers digest daily 09:00 Europe/Berlin top 5"


def test_a_zone_is_remembered_however_it_is_named_and_shown(desk: Desk) -> None:
    assert say(desk, "zone new york").text == "Your time zone is America/New_York: New York (now 08:00)."
    assert say(desk, "zone").text == "Your time zone is America/New_York: New York (now 08:00)."
    changed = say(desk, "zone UTC+2")
    assert changed.text == "Your time zone is UTC+2: UTC+2 (now 14:00)."
    assert changed.buttons == (Button("Undo", "papers", "zone America/New_York"),)


def test_a_remembered_zone_is_that_of_pauses_too(desk: Desk) -> None:
    say(desk, "zone Tokyo")
    assert say(desk, "pause until monday 9am").text.startswith("Paused until 16 March 2026, 09:00 Asia/Tokyo.")


def test_people_of_two_platforms_with_the_same_id_are_two(desk: Desk) -> None:
    say(desk, "zone Tokyo")
    other = Invocation(Address("discord", "1"), "ben", "papers", "zone", person_id="7")
    assert desk.reply(other).text.startswith("I don't know your time zone")


def test_a_zone_that_may_be_several_is_asked_about(desk: Desk) -> None:
    reply = say(desk, "zone IST")
    assert (reply.ok, reply.text) == (False, "“IST” can mean several time zones.")
    assert say(desk, reply.buttons[0].text).text.startswith("Your time zone is Asia/Kolkata")


@pytest.mark.parametrize(
    ("typed", "repair"), [("Berlni", "Did you mean Europe/Berlin?"), ("xyz", "Write it as Europe/Berlin")]
)
def test_what_is_no_zone_is_refused_with_a_repair(desk: Desk, typed: str, repair: str) -> None:
    reply = say(desk, f"zone {typed}")
    assert (reply.ok, reply.text) == (False, f"I don't know the time zone “{typed}”.")
    assert reply.advice.startswith(repair)


def test_a_zone_that_the_platform_tells_is_changed_there(desk: Desk) -> None:
    at_home = {"time_zone": "Europe/Berlin"}
    assert say(desk, "zone", **at_home).text.endswith("Terminal tells me.")
    reply = say(desk, "zone Tokyo", **at_home)
    assert (reply.ok, reply.text) == (False, "Terminal tells me your time zone: Europe/Berlin.")


def test_only_who_may_set_a_schedule_sets_one_with_a_zone(stores: Stores) -> None:
    desk = desk_of(stores, who="admins")
    assert not say(desk, "zone Europe/Berlin daily 09:00").ok
    assert stores.channels.get(HERE) is None
    assert say(desk, "zone").text.startswith("Your time zone is Europe/Berlin")


@pytest.mark.parametrize("locale", ["", "en-US", "en_GB", "es-419", "pt-BR", "ja", "zh-Hant-TW", "tlh"])
def test_every_answer_fits_on_a_choice_with_the_longest_schedule(desk: Desk, locale: str) -> None:
    answers = options(say(desk, f"digest {LONGEST_SCHEDULE}", locale=locale))
    assert 2 <= len(answers) <= 12
    assert max(len(answer.text) for answer in answers) <= LONGEST_COMMAND
    assert len({answer.text for answer in answers}) == len(answers)


def test_likely_zones_are_those_of_the_language_then_others_from_west_to_east(stores: Stores) -> None:
    desk = replace(desk_of(stores), now=lambda: datetime(2026, 7, 1, 12, tzinfo=UTC))
    labels = [answer.label for answer in options(say(desk, "zone", locale="ja"))]
    assert labels[:3] == ["Tokyo (now 21:00)", "Los Angeles (now 05:00)", "Chicago (now 07:00)"]
    assert labels[-1] == "Sydney (now 22:00)"
    assert "India (now 17:30)" in labels
