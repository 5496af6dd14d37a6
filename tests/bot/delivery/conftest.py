"""What the tests of deliveries share."""

from __future__ import annotations

import pytest

from bot.ports.stores import Stores
from tests.bot.delivery.house import House
from tests.bot.delivery.office import Office
from tests.builders import HERE, subscribe


@pytest.fixture
def office(stores: Stores) -> Office:
    """A courier whose channel is subscribed to robots."""
    subscribe(stores, HERE, "robots")
    return Office(stores)


@pytest.fixture
def house(stores: Stores) -> House:
    """A service with a channel that is subscribed to robots."""
    return House(stores)
