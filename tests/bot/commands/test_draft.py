"""What forms start from."""

from __future__ import annotations

import asyncio

from bot.commands.desk import Desk
from bot.domain.commands import Invocation
from bot.domain.messages import Draft
from tests.bot.commands.front_desk import say
from tests.builders import HERE


def draft(desk: Desk, text: str = "", zone: str = "Asia/Tokyo") -> Draft:
    """The form's beginning for somebody in that zone."""
    return asyncio.run(desk.draft(Invocation(HERE, "ada", "papers", text, time_zone=zone, locale="de")))


def test_a_new_subscription_starts_in_the_zone_of_the_person(desk: Desk) -> None:
    new = draft(desk)
    assert (new.number, new.query, new.schedule, new.at, new.zone) == (0, "", "instant", "09:00", "Asia/Tokyo")
    assert new.zones[0] == "Europe/Berlin"
    assert "Asia/Tokyo" not in new.zones


def test_a_subscription_is_edited_by_its_number(desk: Desk) -> None:
    say(desk, "/subscribe robots")
    say(desk, "/subscribe teapots")
    assert (draft(desk, "2").number, draft(desk, "2").query) == (2, "teapots")


def test_a_number_that_the_channel_does_not_have_starts_a_new_one(desk: Desk) -> None:
    say(desk, "/subscribe robots")
    assert (draft(desk, "7").number, draft(desk, "7").query) == (0, "")


def test_the_form_has_the_schedule_of_the_channel_in_parts(desk: Desk) -> None:
    say(desk, "/papers digest weekly mon thu 17:30 Europe/Paris top 5 even if empty")
    found = draft(desk)
    assert (found.schedule, found.at, found.zone) == ("weekly mon thu", "17:30", "Europe/Paris")
    assert (found.ending, found.zones[0]) == ("top 5 even if empty", "Asia/Tokyo")
