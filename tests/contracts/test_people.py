"""What every store promises about people."""

from __future__ import annotations

from bot.ports.stores import Stores


def test_the_zone_of_somebody_who_never_told_it_is_unknown(stores: Stores) -> None:
    assert stores.people.zone("discord", "7") == ""


def test_the_latest_zone_of_a_person_is_remembered(stores: Stores) -> None:
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        stores.people.set_zone("discord", "7", zone)
        assert stores.people.zone("discord", "7") == zone


def test_a_person_is_one_of_a_platform(stores: Stores) -> None:
    stores.people.set_zone("discord", "7", "Europe/Berlin")
    assert stores.people.zone("slack", "7") == stores.people.zone("discord", "8") == ""
